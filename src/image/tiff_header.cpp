#include "image/header_readers.h"
#include "image/tiff_directory.h"

namespace tenfold {

Parsed<ImageHeader> read_tiff_header(ByteSource& source) {
  const std::optional<TiffDirectory> directory = read_tiff_directory(source);
  if (!directory || !directory->whole) return header_cut_off(Format::kTiff);
  const Parsed<cv::Size> size = checked_size(Format::kTiff, directory->width, directory->height);
  if (!size) return tl::unexpected(size.error());
  return ImageHeader{.format = Format::kTiff,
                     .stored = *size,
                     .orientation = directory->orientation,
                     .several_images = directory->another_follows};
}

}  // namespace tenfold
