#include <utility>

#include "annotations/placement.h"
#include "tenfold/annotations/annotation.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/raw_png.h"

namespace tenfold {
namespace {

class Mask : public Annotation {
 public:
  Mask(Bytes bytes, RawPng image, int orientation)
      : bytes_(std::move(bytes)), image_(std::move(image)), is_upright_(orientation == 1) {
    image_.values = turned_upright(image_.values, orientation);
  }

  Outcome<Bytes> followed(const Movement& movement, const std::string&) const override {
    if (movement.moves_nothing() && is_upright_) return bytes_;
    RawPng moved = image_;
    moved.values = movement.moved(image_.values);
    return encode_raw_png(moved);
  }

 private:
  const Bytes bytes_;
  RawPng image_;
  const bool is_upright_;
};

}  // namespace

Outcome<AnnotationPointer> read_mask(Bytes bytes, const ImageHeader& image) {
  const Outcome<ImageHeader> header = read_header(bytes);
  if (!header || header->format != Format::kPng) return failure(Stage::kDecode, "is no PNG");
  const Outcome<int> orientation = orientation_of(header->stored, image);
  if (!orientation) return tl::unexpected(orientation.error());
  Outcome<RawPng> values = decode_raw_png(bytes, header->stored);
  if (!values) return tl::unexpected(values.error());
  return std::make_unique<const Mask>(std::move(bytes), std::move(*values), *orientation);
}

}  // namespace tenfold
