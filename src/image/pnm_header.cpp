#include "image/header_readers.h"
#include "image/pnm_layout.h"

namespace tenfold {

Parsed<ImageHeader> read_pnm_header(ByteSource& source) {
  const Parsed<PnmLayout> layout = read_pnm_layout(source);
  if (!layout) return tl::unexpected(layout.error());
  const int depth = layout->max_value > 255 ? CV_16U : CV_8U;
  ImageHeader header{
      .format = Format::kPnm, .stored = layout->size, .pixel_type = CV_MAKETYPE(depth, layout->channels)};
  if (!layout->text) {
    // Binary images may follow each other in one file.
    const std::optional<Format> next =
        recognise(source.read_some(layout->pixels_offset + layout->binary_bytes(), 3));
    header.several_images = next == Format::kPnm;
  }
  return header;
}

}  // namespace tenfold
