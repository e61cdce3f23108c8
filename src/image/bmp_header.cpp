#include "image/bmp_layout.h"
#include "image/header_readers.h"

namespace tenfold {

Parsed<ImageHeader> read_bmp_header(ByteSource& source) {
  const Parsed<BmpLayout> layout = read_bmp_layout(source);
  if (!layout) return tl::unexpected(layout.error());
  return ImageHeader{.format = Format::kBmp, .stored = layout->size};
}

}  // namespace tenfold
