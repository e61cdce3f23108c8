// The layout of an output: how its images lie, and what stands beside them.
//
//   folders      one folder per class, and nothing else; beside boxes of COCO, lists of these
//                (run/coco_lists.h)
//   huggingface  the same, and metadata.jsonl, or one of them in the folder of each split
//   flat_csv     images/, and labels.csv
//   webdataset   shards (run/packing.h)
//
// A run makes every image as a file of its own, whatever the layout, so that all of them are made, kept and
// continued in one way; shards and lists are written when all images are there, right before the manifest.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "make.h"
#include "name_set.h"

namespace tenfold {

// Whether a finished tree has the layout of the recipe, with all that stands beside the images. Shards number
// the classes, so these must be the same, too; lists of boxes must have been made of what the sources' files
// say.
bool is_laid_out(const Recipe& recipe, const std::vector<std::string>& classes,
                 const AnnotationFiles& annotations, const OutputState& state);

// Gives images that are in shards files of their own, if that is what the layout wants.
void unpack(const MakeContext& context, const NameSet& wanted);

// Fills the manifest, whose lines `write_lines` writes, and writes what the layout wants beside the images of
// the plan. REQUIRES begin_change(). Throws Error.
Companions lay_out(const MakeContext& context, const Plan& plan, AtomicFile& manifest,
                   const std::function<void(AtomicFile&)>& write_lines);

}  // namespace tenfold
