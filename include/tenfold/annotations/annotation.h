// Annotations: the mask and the boxes of a sample, as its files hold them, and what becomes of them where the
// image is moved.
//
//   mask   A PNG of the image's size, of any kind. Values follow one by one and are never mixed; depth and
//          palette stay.
//   YOLO   Lines "class x y width height" or "class x1 y1 x2 y2 …", in parts of the image's sides.
//   COCO   One file for many images: coco.h.
//   VOC    XML; pixels count from 1, and xmax and ymax belong to the box. What else stands in the file stays.
//
// A box follows with its four sides, and becomes the smallest upright rectangle around what of them the frame
// still shows; a polygon follows with its corners, and its box is the rectangle around it. Either is dropped
// where the visible share of its area is below `min_visibility` (fusion/movement.h).
//
// An annotation belongs to the image as it is seen: upright. Where its size is that of the stored pixels of
// an image with an EXIF orientation, and not that of the upright ones, it is turned with them.
//
// Immutable; may be used by several threads at once.

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tenfold/base/file.h"
#include "tenfold/base/outcome.h"
#include "tenfold/fusion/movement.h"
#include "tenfold/image/header.h"

namespace tenfold {

// Part of the fingerprint of what is made: changes when the same annotations and steps give others.
inline constexpr std::uint32_t kAnnotationsVersion = 1;

// Larger text files are refused.
inline constexpr std::uint64_t kLargestLabelFile = std::uint64_t{16} << 20;

class Annotation {
 public:
  virtual ~Annotation() = default;

  // The file beside the image of this name that was moved so. REQUIRES movement.input() to be the upright
  // size.
  virtual Outcome<Bytes> followed(const Movement& movement, const std::string& image_name) const = 0;
};

using AnnotationPointer = std::unique_ptr<const Annotation>;

// Each fails with SampleFailure{kDecode} where the file is damaged, contradicts itself or is not the image's;
// reasons are clauses, such as "line 3: 'nan' is no number".
Outcome<AnnotationPointer> read_mask(Bytes bytes, const ImageHeader& image);
Outcome<AnnotationPointer> read_yolo(Bytes bytes, const ImageHeader& image, double min_visibility);
Outcome<AnnotationPointer> read_voc(Bytes bytes, const ImageHeader& image, double min_visibility);

}  // namespace tenfold
