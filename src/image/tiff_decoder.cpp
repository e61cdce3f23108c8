// TIFF to pixels, by libtiff.
//
// Grey and RGB of 8 and 16 bits are read sample by sample, so that 16 bits and straight alpha survive. All
// else that libtiff can show (palettes, fewer bits, CMYK, YCbCr, CCITT, …) goes through its own conversion to
// 8 bits. libtiff leaves the orientation alone here: the pixels come as they are stored.

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>
#include <vector>

#include "image/codecs.h"
#include "image/tiff_directory.h"
#include "image/tiff_stream.h"

namespace tenfold {
namespace {

// A tile may be larger than the image, but not by as much as hostile files claim.
std::int64_t max_block_bytes(cv::Size size) {
  constexpr std::int64_t kBytesPerPixel = 32, kSpareBytes = 64 << 20;
  return kSpareBytes + kBytesPerPixel * size.width * size.height;
}

struct TiffTags {
  std::uint32_t width = 0, height = 0;
  std::uint16_t bits = 1, samples = 1, photometric = 0, planar = PLANARCONFIG_CONTIG;
  std::uint16_t sample_format = SAMPLEFORMAT_UINT, compression = COMPRESSION_NONE;
  bool alpha = false, premultiplied = false;

  int colors() const { return photometric == PHOTOMETRIC_RGB ? 3 : 1; }
  bool is_grey() const {
    return photometric == PHOTOMETRIC_MINISWHITE || photometric == PHOTOMETRIC_MINISBLACK;
  }
};

TiffTags read_tags(TIFF* tiff) {
  TiffTags tags;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &tags.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &tags.height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &tags.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &tags.samples);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &tags.planar);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &tags.sample_format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &tags.compression);
  if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &tags.photometric) == 0) {
    tags.photometric = tags.samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  }
  std::uint16_t extra_count = 0;
  const std::uint16_t* extra = nullptr;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extra_count, &extra);
  if (extra_count > 0) {
    tags.premultiplied = extra[0] == EXTRASAMPLE_ASSOCALPHA;
    tags.alpha = tags.premultiplied || extra[0] == EXTRASAMPLE_UNASSALPHA;
  } else {
    tags.alpha = tags.samples == tags.colors() + 1;  // writers that do not say what their fourth sample is
  }
  return tags;
}

// The compressions that people's files have. libtiff knows more, whose decoders allocate what the data ask
// for (JBIG, LZMA) or are kept for files of the last century (old JPEG, ThunderScan, NeXT, PixarLog).
bool is_supported(std::uint16_t compression) {
  constexpr std::array<int, 12> kSupported{
      COMPRESSION_NONE,      COMPRESSION_CCITTRLE, COMPRESSION_CCITTRLEW,     COMPRESSION_CCITTFAX3,
      COMPRESSION_CCITTFAX4, COMPRESSION_LZW,      COMPRESSION_JPEG,          COMPRESSION_DEFLATE,
      COMPRESSION_PACKBITS,  COMPRESSION_ZSTD,     COMPRESSION_ADOBE_DEFLATE, COMPRESSION_WEBP};
  return std::ranges::find(kSupported, compression) != kSupported.end();
}

// Tiles may be much larger than the image, and small ones many: the work that all of them are must stay
// within what a picture of this size could need.
bool blocks_are_reasonable(TIFF* tiff, cv::Size size) {
  constexpr std::int64_t kMaxBlocks = 4'000'000, kSpareBytes = std::int64_t{1} << 30;
  const bool tiled = TIFFIsTiled(tiff) != 0;
  const std::int64_t count = tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  const std::int64_t bytes = tiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff);
  return count <= kMaxBlocks && bytes <= max_block_bytes(size) &&
         count <= (kSpareBytes + max_block_bytes(size)) / std::max<std::int64_t>(bytes, 1);
}

// libtiff hands out what it has of data that were cut: each block must lie within the file. Blocks that the
// directory leaves out have offset 0.
Parsed<void> check_blocks(TIFF* tiff, std::uint64_t file_bytes) {
  const std::uint32_t count = TIFFIsTiled(tiff) != 0 ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  for (std::uint32_t i = 0; i < count; ++i) {
    int failed = 0;
    const std::uint64_t offset = TIFFGetStrileOffsetWithErr(tiff, i, &failed);
    const std::uint64_t bytes = failed == 0 ? TIFFGetStrileByteCountWithErr(tiff, i, &failed) : 0;
    if (failed != 0 || offset > file_bytes || file_bytes - offset < bytes) return cut_off();
    if (offset == 0) return refused("some strips or tiles of the TIFF are missing");
  }
  return {};
}

// Where the one strip of plain pixels is too short for the image, libtiff takes for pixels what lies behind
// it.
bool strip_is_short(TIFF* tiff, ByteSpan bytes, const TiffTags& tags) {
  if (tags.compression != COMPRESSION_NONE || TIFFIsTiled(tiff) != 0 || TIFFNumberOfStrips(tiff) != 1)
    return false;
  ByteSource source(bytes);
  const std::optional<TiffDirectory> directory = read_tiff_directory(source);
  return directory && directory->strip_bytes > 0 &&
         directory->strip_bytes < static_cast<std::uint64_t>(TIFFVStripSize(tiff, tags.height));
}

// Strips and tiles alike: a strip is a tile as wide as the image.
struct Blocks {
  bool tiled = false;
  std::uint32_t width = 0, height = 0;
  tmsize_t bytes = 0;
};

Blocks read_blocks(TIFF* tiff, const TiffTags& tags) {
  Blocks blocks;
  blocks.tiled = TIFFIsTiled(tiff) != 0;
  if (blocks.tiled) {
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &blocks.width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &blocks.height);
    blocks.bytes = TIFFTileSize(tiff);
  } else {
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &blocks.height);
    blocks.width = tags.width;
    blocks.height = std::min(blocks.height, tags.height);
    blocks.bytes = TIFFStripSize(tiff);
  }
  return blocks;
}

template <typename Sample>
class SampleReader {
 public:
  SampleReader(TIFF* tiff, const TiffTags& tags)
      : tiff_(tiff),
        tags_(tags),
        blocks_(read_blocks(tiff, tags)),
        separate_(tags.planar == PLANARCONFIG_SEPARATE) {}

  // False where libtiff met an error or a block came short.
  bool read(cv::Mat& pixels) {
    if (blocks_.width == 0 || blocks_.height == 0) return false;
    if (blocks_.bytes <= 0 || blocks_.bytes > max_block_bytes(pixels.size())) return false;
    buffer_.resize(static_cast<std::size_t>(blocks_.bytes) / sizeof(Sample));
    const int planes = separate_ ? pixels.channels() : 1;
    for (int plane = 0; plane < planes; ++plane) {
      for (std::uint32_t y = 0; y < tags_.height; y += blocks_.height) {
        for (std::uint32_t x = 0; x < tags_.width; x += blocks_.width) {
          if (!read_block(x, y, plane)) return false;
          copy_block(x, y, plane, pixels);
        }
      }
    }
    return true;
  }

 private:
  bool read_block(std::uint32_t x, std::uint32_t y, int plane) {
    const auto sample = static_cast<std::uint16_t>(plane);
    if (blocks_.tiled) {
      return TIFFReadEncodedTile(tiff_, TIFFComputeTile(tiff_, x, y, 0, sample), buffer_.data(),
                                 blocks_.bytes) == blocks_.bytes;
    }
    const tmsize_t expected = TIFFVStripSize(tiff_, std::min(blocks_.height, tags_.height - y));
    return expected > 0 && expected <= blocks_.bytes &&
           TIFFReadEncodedStrip(tiff_, TIFFComputeStrip(tiff_, y, sample), buffer_.data(), expected) ==
               expected;
  }

  void copy_block(std::uint32_t left, std::uint32_t top, int plane, cv::Mat& pixels) const {
    const int channels = pixels.channels(), colors = tags_.colors();
    const std::size_t samples = separate_ ? 1 : tags_.samples;
    const std::uint32_t width = std::min(blocks_.width, tags_.width - left);
    const std::uint32_t height = std::min(blocks_.height, tags_.height - top);
    const Sample invert =
        tags_.photometric == PHOTOMETRIC_MINISWHITE ? static_cast<Sample>(~Sample{}) : Sample{};
    for (std::uint32_t y = 0; y < height; ++y) {
      const Sample* from = buffer_.data() + std::size_t{y} * blocks_.width * samples;
      Sample* to = pixels.ptr<Sample>(static_cast<int>(top + y), static_cast<int>(left));
      for (std::uint32_t x = 0; x < width; ++x, from += samples, to += channels) {
        const int first = separate_ ? plane : 0, last = separate_ ? plane : channels - 1;
        for (int c = first; c <= last; ++c) {
          const bool color = c < colors;
          to[color ? colors - 1 - c : c] = static_cast<Sample>(from[c - first] ^ (color ? invert : Sample{}));
        }
      }
    }
  }

  TIFF* tiff_;
  const TiffTags& tags_;
  Blocks blocks_;
  bool separate_;
  std::vector<Sample> buffer_;
};

template <typename Sample>
void divide_by_alpha(cv::Mat& pixels) {
  constexpr std::uint64_t kFull = static_cast<Sample>(~Sample{});
  const int colors = pixels.channels() - 1;
  for (int y = 0; y < pixels.rows; ++y) {
    Sample* p = pixels.ptr<Sample>(y);
    for (int x = 0; x < pixels.cols; ++x, p += colors + 1) {
      const std::uint64_t alpha = p[colors];
      for (int c = 0; c < colors && alpha > 0; ++c) {
        p[c] = static_cast<Sample>(std::min(kFull, (p[c] * kFull + alpha / 2) / alpha));
      }
    }
  }
}

template <typename Sample>
bool read_samples(TIFF* tiff, const TiffTags& tags, cv::Mat& pixels) {
  pixels.create(static_cast<int>(tags.height), static_cast<int>(tags.width),
                CV_MAKETYPE(cv::DataType<Sample>::depth, tags.colors() + (tags.alpha ? 1 : 0)));
  if (!SampleReader<Sample>(tiff, tags).read(pixels)) return false;
  if (tags.premultiplied) divide_by_alpha<Sample>(pixels);
  return true;
}

// libtiff's own conversion. Its alpha is of no use: what has straight alpha is read by samples.
bool read_converted(TIFF* tiff, const TiffTags& tags, std::string& reason, cv::Mat& pixels) {
  constexpr int kStopOnError = 1;
  TIFFRGBAImage image;
  char message[1024] = "";
  if (TIFFRGBAImageOK(tiff, message) == 0 || TIFFRGBAImageBegin(&image, tiff, kStopOnError, message) == 0) {
    reason = message;
    return false;
  }
  image.req_orientation = image.orientation;
  std::vector<std::uint32_t> raster(std::size_t{tags.width} * tags.height);
  const int done = TIFFRGBAImageGet(&image, raster.data(), tags.width, tags.height);
  TIFFRGBAImageEnd(&image);
  if (done == 0) return false;
  pixels.create(static_cast<int>(tags.height), static_cast<int>(tags.width),
                tags.is_grey() ? CV_8UC1 : CV_8UC3);
  const std::uint32_t* from = raster.data();
  for (int y = 0; y < pixels.rows; ++y) {
    std::uint8_t* to = pixels.ptr(y);
    for (int x = 0; x < pixels.cols; ++x, ++from) {
      if (!tags.is_grey()) {
        *to++ = static_cast<std::uint8_t>(TIFFGetB(*from));
        *to++ = static_cast<std::uint8_t>(TIFFGetG(*from));
      }
      *to++ = static_cast<std::uint8_t>(TIFFGetR(*from));
    }
  }
  return true;
}

std::string unsupported_type(const TiffTags& tags) {
  const std::string_view kind = tags.sample_format == SAMPLEFORMAT_IEEEFP ? "float"
                                : tags.sample_format == SAMPLEFORMAT_INT  ? "signed integer"
                                : tags.sample_format == SAMPLEFORMAT_UINT ? "unsigned integer"
                                                                          : "complex";
  return "pixels of type " + std::string(kind) + " " + std::to_string(tags.bits) + " are not supported";
}

Parsed<cv::Mat> read_pixels(TiffStream& stream, const TiffTags& tags) {
  const bool sampled = (tags.bits == 8 || tags.bits == 16) &&
                       tags.samples >= tags.colors() + (tags.alpha ? 1 : 0) &&
                       (tags.is_grey() || tags.photometric == PHOTOMETRIC_RGB);
  cv::Mat pixels;
  std::string reason;
  stream.forget_complaints();
  const bool done = !sampled          ? read_converted(stream.handle(), tags, reason, pixels)
                    : tags.bits == 16 ? read_samples<std::uint16_t>(stream.handle(), tags, pixels)
                                      : read_samples<std::uint8_t>(stream.handle(), tags, pixels);
  // CCITT's decoders fill with white what they cannot read, JPEG's with grey, and call it a warning.
  const bool invents = tags.compression == COMPRESSION_JPEG || tags.compression == COMPRESSION_CCITTFAX3 ||
                       tags.compression == COMPRESSION_CCITTFAX4 ||
                       tags.compression == COMPRESSION_CCITTRLE || tags.compression == COMPRESSION_CCITTRLEW;
  if (stream.has_errors()) return refused(stream.clause("decoded"));
  if (!reason.empty()) return refused("cannot be decoded (libtiff: " + reason + ")");
  if (!done || (invents && stream.has_warnings()))
    return refused("cannot be decoded (libtiff: the data are corrupt)");
  return pixels;
}

}  // namespace

Parsed<DecodedImage> decode_tiff(ByteSpan bytes, const ImageHeader& header) {
  TiffStream stream(bytes, max_block_bytes(header.stored));
  if (stream.handle() == nullptr) return refused(stream.clause("decoded"));
  const TiffTags tags = read_tags(stream.handle());
  if (cv::Size(static_cast<int>(tags.width), static_cast<int>(tags.height)) != header.stored) {
    return size_differs_from_header();
  }
  const bool unsigned_samples =
      tags.sample_format == SAMPLEFORMAT_UINT || tags.sample_format == SAMPLEFORMAT_VOID;
  if (!unsigned_samples || tags.bits > 16) return refused(unsupported_type(tags));
  if (!is_supported(tags.compression))
    return refused("a TIFF of compression " + std::to_string(tags.compression) + " is not supported");
  if (!blocks_are_reasonable(stream.handle(), header.stored))
    return refused("its strips or tiles are far larger or more than the image needs");
  if (const Parsed<void> blocks = check_blocks(stream.handle(), bytes.size()); !blocks)
    return tl::unexpected(blocks.error());
  if (strip_is_short(stream.handle(), bytes, tags)) return refused("its strip is too short for the image");
  Parsed<cv::Mat> pixels = read_pixels(stream, tags);
  if (!pixels) return tl::unexpected(pixels.error());
  DecodedImage image{.pixels = *pixels};
  image.traits.format = Format::kTiff;
  return image;
}

}  // namespace tenfold
