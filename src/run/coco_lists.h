// The boxes of an output in COCO's format: annotations.json, or, where the output has folders of splits, one
// file for each of them:
//
//   images/cat/a__x0001.jpg          annotations.json         has the file_name "cat/a__x0001.jpg"
//   images/train/cat/a__x0001.jpg    annotations/train.json   has the file_name "train/cat/a__x0001.jpg"
//
// Images stand in the plan's order, and so do their objects; both are numbered from 1. What moves the boxes
// is drawn once more, for draws are functions of the plan. The files are companions (store/record.h): written
// when all images are there, right before the manifest.

#pragma once

#include "make.h"

namespace tenfold {

// Writes them where the recipe has boxes of COCO, with the threads of the calling arena. REQUIRES
// begin_change(). Throws Error.
Companions write_coco_lists(const MakeContext& context, const Plan& plan);

// Whether the list has of the image with this name what `objects` come to where it is moved so, whatever
// their numbers. Fails where it cannot be read.
Outcome<bool> stands_in_list(const std::filesystem::path& list, const CocoObjects& objects,
                             const Movement& movement, std::string_view name);

// The name of the list that an image of the output stands in.
std::string coco_list_of(const std::string& image_name, bool split_folders);

// The image's name there.
std::string_view coco_name_of(std::string_view image_name);

}  // namespace tenfold
