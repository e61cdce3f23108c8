#include "image/bmp_layout.h"
#include "image/header_readers.h"

namespace tenfold {

Parsed<ImageHeader> read_bmp_header(ByteSource& source) {
  const Parsed<BmpLayout> layout = read_bmp_layout(source);
  if (!layout) return tl::unexpected(layout.error());
  const bool alpha = layout->packing == BmpPacking::kMasks && layout->masks[3] != 0;
  return ImageHeader{.format = Format::kBmp, .stored = layout->size, .pixel_type = alpha ? CV_8UC4 : CV_8UC3};
}

}  // namespace tenfold
