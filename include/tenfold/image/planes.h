// The planes of a JPEG, between its bytes and its bytes: luma and chroma as they lie in the file. A copy that
// only moves pixels and changes colors needs no more, so it spares the way to BGR and back, and chroma is
// work on a quarter of the pixels where it is subsampled.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <optional>
#include <span>

#include "tenfold/base/file.h"
#include "tenfold/base/outcome.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/header.h"

namespace tenfold {

// JFIF's Y, Cb and Cr in full range, or Y alone; as stored, which may not be upright. Chroma sample (i, j)
// stands for the luma samples h·i … h·i + h − 1, v·j … v·j + v − 1 and lies at their centre; where the sides
// are no multiples, the last one also stands for samples beyond the image.
struct PlaneLayout {
  cv::Size size{};          // of the image
  int count = 3;            // 1 or 3
  cv::Size sampling{1, 1};  // luma samples per chroma sample: 1, 2 or 4, at most 8; {2, 2} is 4:2:0

  // The size of a plane: `size`, for chroma divided by the sampling, rounded up.
  cv::Size plane_size(int index) const;
};

struct Planes : PlaneLayout {
  std::array<cv::Mat, 3> plane{};  // CV_8UC1 of plane_size()
};

struct DecodedPlanes {
  Planes planes{};
  SourceTraits traits{};
};

// Decodes a JPEG into its planes; nothing where it has other ones: CMYK, RGB, luma
// that is sampled less than chroma, sampling that differs between Cb and Cr or is not 1, 2 or 4, or 4 both
// ways, for which a JPEG of one scan has no room. Not turned upright. Fails as decode() does, but a file
// without such planes is only looked at as far as its header. REQUIRES a JPEG.
Outcome<std::optional<DecodedPlanes>> decode_planes(std::span<const std::uint8_t> bytes,
                                                    const ImageHeader& header);

// Fills `rows`, CV_8UC1 as wide as the plane, with as many of its rows from row `first` on. What it throws
// counts as a failure of the encoder.
using PlaneRows = std::function<void(int plane, int first, cv::Mat& rows)>;

// Encodes planes as a JPEG with their sampling; the same tables, profile and errors as encode() has. Asks for
// the rows of all planes that make a row of MCUs, then for the next ones, so that a row is encoded while it
// is in the cache.
Outcome<void> encode_planes(const PlaneLayout& layout, const PlaneRows& rows, const SourceTraits& source,
                            std::optional<int> quality, Bytes& out);
Outcome<void> encode_planes(const Planes& planes, const SourceTraits& source, std::optional<int> quality,
                            Bytes& out);

}  // namespace tenfold
