// The header of each format, once its magic has been recognised. Work is bounded whatever the bytes say.

#pragma once

#include "image/byte_source.h"
#include "image/parsed.h"
#include "tenfold/image/header.h"

namespace tenfold {

Parsed<ImageHeader> read_jpeg_header(ByteSource& source);
Parsed<ImageHeader> read_png_header(ByteSource& source);
Parsed<ImageHeader> read_webp_header(ByteSource& source);
Parsed<ImageHeader> read_tiff_header(ByteSource& source);
Parsed<ImageHeader> read_bmp_header(ByteSource& source);
Parsed<ImageHeader> read_pnm_header(ByteSource& source);

// Orientation and place into `header`.
void apply_exif(std::span<const std::uint8_t> exif, ImageHeader& header);

// "the PNG header is cut off"
tl::unexpected<std::string> header_cut_off(Format format);
// "the PNG header is broken: <what>"
tl::unexpected<std::string> header_broken(Format format, std::string_view what);

// The size as a cv::Size; refuses sides of 0 and beyond kMaxSide.
Parsed<cv::Size> checked_size(Format format, std::uint64_t width, std::uint64_t height);

}  // namespace tenfold
