// What the journal of a run shard opens with: all that a merge must know of the run that the shard is part
// of, so that shards which do not belong together are told apart, and the dataset is not needed where all is
// made.
//
//   {"recipe": {…}, "catalog": hash, "versions": {…}, "inputs": [path, …], "folder": path, "times": hash}
//
// The recipe is private_json(); `inputs` and `folder` are where the dataset and the recipe's file were;
// `times` is the hash of the catalog's lines, which also have the times of files. The lines are those of
// catalog_lines(), and
// ["annotation", path, bytes, time, hash, width, height] for each file of masks and boxes.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "annotation_files.h"
#include "description.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/store/output_tree.h"

namespace tenfold {

struct ShardOpening {
  std::string recipe;  // JSON
  Hash128 catalog;
  Versions versions;
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path folder;
};

// Nothing where it is not as open_journal() writes it.
std::optional<ShardOpening> parse_opening(const JournalOpening& opening);

// Writes it, unless the journal opens so already; then what it has seen of the sources is known. From here on
// the tree changes.
void open_journal(const Recipe& recipe, const Catalog& catalog, const AnnotationFiles& annotations,
                  const RunShard& shard, OutputTree& tree);

// What the lines behind an opening say. Throws nlohmann::json::exception where they are not as they were
// written.
SourceIndex annotations_in(const std::vector<std::string>& lines);

// What shards have seen of the sources, in place of the index of an output.
SourceIndex index_of_seen(const Catalog& catalog, const OutputState& state);

// The versions that the output's files come from, as they are recorded: by shards, or else in dataset.json.
std::vector<Versions> recorded_versions(const OutputState& state);

}  // namespace tenfold
