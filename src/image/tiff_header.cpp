#include <algorithm>

#include "image/header_readers.h"
#include "image/tiff_directory.h"

namespace tenfold {

namespace {

int pixel_type(const TiffDirectory& directory) {
  constexpr std::uint64_t kMaxChannels = 4, kPaletteChannels = 3;
  const std::uint64_t channels = directory.palette ? kPaletteChannels : directory.samples;
  const int depth = directory.sample_bits == 16 && !directory.palette ? CV_16U : CV_8U;
  return CV_MAKETYPE(depth, static_cast<int>(std::clamp(channels, std::uint64_t{1}, kMaxChannels)));
}

}  // namespace

Parsed<ImageHeader> read_tiff_header(ByteSource& source) {
  const std::optional<TiffDirectory> directory = read_tiff_directory(source);
  if (!directory || !directory->whole) return header_cut_off(Format::kTiff);
  // libtiff keeps the values of every tag: thousands of them that share one large block would fill any
  // memory.
  constexpr std::uint64_t kSharedBytes = 1 << 20;
  if (directory->claimed_bytes > source.size() + kSharedBytes)
    return header_broken(Format::kTiff, "its tags claim more bytes than the file has");
  const Parsed<cv::Size> size = checked_size(Format::kTiff, directory->width, directory->height);
  if (!size) return tl::unexpected(size.error());
  return ImageHeader{.format = Format::kTiff,
                     .stored = *size,
                     .orientation = directory->orientation,
                     .located = directory->located,
                     .several_images = directory->another_follows,
                     .pixel_type = pixel_type(*directory)};
}

}  // namespace tenfold
