#include <algorithm>

#include "image/header_readers.h"
#include "image/tiff_directory.h"
#include "image/webp_container.h"

namespace tenfold {

Parsed<ImageHeader> read_webp_header(ByteSource& source) {
  const Parsed<WebpContainer> container = read_webp_container(source);
  if (!container) return tl::unexpected(container.error());
  ImageHeader header{.format = Format::kWebp,
                     .stored = container->canvas,
                     .several_images = container->animated,
                     .pixel_type = container->alpha ? CV_8UC4 : CV_8UC3};
  if (container->exif_bytes > 0) {
    apply_exif(source.read_some(container->exif_offset, std::min(container->exif_bytes, kMaxExifBytes)),
               header);
  }
  return header;
}

}  // namespace tenfold
