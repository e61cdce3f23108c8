// COCO's object detection format: one file that tells of the objects of many images.
//
//   {"info": …, "licenses": …,
//    "images": [{"id": 1, "file_name": "cat/1.jpg", "width": 640, "height": 480, …}, …],
//    "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [x, y, width, height], "area": …,
//                     "iscrowd": 0, "segmentation": [[x1, y1, x2, y2, …], …], …}, …],
//    "categories": [{"id": 3, "name": "cat", …}, …]}
//
// Places are in pixels, from the picture's top left corner. An object follows with the four sides of its
// bbox, or, where it has polygons, with their corners, and then its bbox is the rectangle around them
// (annotation.h). Its mask as run lengths (RLE) and its keypoints do not follow: they stay where nothing
// moves and are left out where something does. What else the file says stays, but for where the image was to
// be had (coco_url).
//
// A file may be hostile: what it can make a reader keep is bounded by its size.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "tenfold/base/outcome.h"
#include "tenfold/fusion/movement.h"
#include "tenfold/image/header.h"

namespace tenfold {

// Larger ones are refused.
inline constexpr std::uint64_t kLargestCocoFile = std::uint64_t{512} << 20;

// What a file says of one image.
struct CocoImage {
  std::string file_name;
  std::string entry;                 // of `images`, a JSON object
  std::vector<std::string> objects;  // of `annotations`, likewise, in the file's order
};

struct CocoFile {
  std::vector<CocoImage> images;  // in the file's order
  std::string rest;               // all but images and annotations: a JSON object with `categories`
};

// Fails where it is no such file or contradicts itself; reasons are clauses, such as "annotations[3] is of no
// image that the file has".
tl::expected<CocoFile, std::string> parse_coco(std::string_view text);

// The objects of one image. Immutable; may be used by several threads at once.
class CocoObjects {
 public:
  // None, on an image of which no file tells.
  CocoObjects();
  CocoObjects(CocoObjects&&) noexcept;
  ~CocoObjects();

  // Fails with SampleFailure{kDecode} where they are damaged or not the image's.
  static Outcome<CocoObjects> read(const CocoImage& of_file, const ImageHeader& image, double min_visibility);

  // What does not follow.
  std::size_t run_lengths() const;
  std::size_t keypoints() const;

  // The entry of the image under this name and in this size, a JSON object without its id.
  std::string image_entry(const std::string& file_name, cv::Size size) const;

  // Those of the image that was moved so, JSON objects without their ids and that of the image. REQUIRES
  // movement.input() to be the upright size.
  std::vector<std::string> followed(const Movement& movement) const;

  // Whether a file has the entries that these come to where the image is moved so, whatever their numbers and
  // the image's name.
  bool are_followed_by(const CocoImage& of_file, const Movement& movement) const;

 private:
  struct Content;
  explicit CocoObjects(std::unique_ptr<const Content> content);

  std::unique_ptr<const Content> content_;
};

}  // namespace tenfold
