// The decoder and the encoder of each format, below decode() and encode().
//
// Decoders return pixels as they lie in the file, not yet turned upright, of header.stored's size; encoders
// are given what their format can hold. Reasons are clauses; nothing throws but std::bad_alloc and
// cv::Exception, which codec.cpp catches.

#pragma once

#include <optional>
#include <span>

#include "image/parsed.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/planes.h"

namespace tenfold {

using ByteSpan = std::span<const std::uint8_t>;

Parsed<DecodedImage> decode_jpeg(ByteSpan bytes, const ImageHeader& header);
Parsed<DecodedImage> decode_png(ByteSpan bytes, const ImageHeader& header);
Parsed<DecodedImage> decode_webp(ByteSpan bytes, const ImageHeader& header);
Parsed<DecodedImage> decode_tiff(ByteSpan bytes, const ImageHeader& header);
Parsed<DecodedImage> decode_bmp(ByteSpan bytes, const ImageHeader& header);
Parsed<DecodedImage> decode_pnm(ByteSpan bytes, const ImageHeader& header);

// CV_8U of 1 or 3 channels. Without a quality, the source's tables are used, or else 95.
Parsed<void> encode_jpeg(const cv::Mat& pixels, const SourceTraits& source, std::optional<int> quality,
                         Bytes& out);
Parsed<std::optional<DecodedPlanes>> decode_jpeg_planes(ByteSpan bytes, const ImageHeader& header);
Parsed<void> encode_jpeg_planes(const PlaneLayout& layout, const PlaneRows& rows, const SourceTraits& source,
                                std::optional<int> quality, Bytes& out);
// CV_8U or CV_16U of 1–4 channels.
Parsed<void> encode_png(const cv::Mat& pixels, const SourceTraits& source, Bytes& out);
// CV_8U of 3 or 4 channels.
Parsed<void> encode_webp(const cv::Mat& pixels, bool lossless, int quality, Bytes& out);
// CV_8U or CV_16U of 1–4 channels.
Parsed<void> encode_tiff(const cv::Mat& pixels, Bytes& out);
// CV_8U of 1 or 3 channels.
Parsed<void> encode_bmp(const cv::Mat& pixels, Bytes& out);
// CV_8U or CV_16U of 1 or 3 channels: written as P5 or P6.
Parsed<void> encode_pnm(const cv::Mat& pixels, Bytes& out);

// What is reported where a file's pixels are not those that its header promised.
tl::unexpected<std::string> size_differs_from_header();

// Whether an ICC profile is one for grey or color pixels, as an image of so many channels needs.
bool profile_fits(ByteSpan profile, int channels);

}  // namespace tenfold
