#include "image/sample_files.h"

#include <gtest/gtest.h>
#include <tiffio.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

// clang-format off: jpeglib.h needs what <cstdio> declares
#include <jpeglib.h>
// clang-format on

namespace tenfold::test {
namespace {

void put_big(Bytes& out, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xFF));
}

void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

void set_jpeg_scans(jpeg_compress_struct& jpeg, const JpegOptions& options) {
  static constexpr jpeg_scan_info kSeparate[] = {
      {1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
  if (options.progressive) jpeg_simple_progression(&jpeg);
  if (!options.separate_scans) return;
  jpeg.scan_info = kSeparate;
  jpeg.num_scans = jpeg.num_components;
}

}  // namespace

cv::Mat pattern(cv::Size size, int type) {
  cv::Mat image(size, type);
  const int channels = image.channels(), full = image.depth() == CV_16U ? 65535 : 255;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      for (int c = 0; c < channels; ++c) {
        const int weight = c == 0   ? 3 * x + y
                           : c == 1 ? x + 5 * y
                           : c == 2 ? 2 * (size.width - x) + y
                                    : 4 * x + 3 * y;
        const int value = weight * full / (6 * (size.width + size.height));
        if (image.depth() == CV_16U) {
          image.ptr<std::uint16_t>(y, x)[c] = static_cast<std::uint16_t>(value);
        } else {
          image.ptr<std::uint8_t>(y, x)[c] = static_cast<std::uint8_t>(value);
        }
      }
    }
  }
  return image;
}

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) append(all, part);
  return all;
}

Bytes first_bytes(const Bytes& bytes, std::size_t count) {
  return Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
}

std::string text_of(std::span<const std::uint8_t> bytes) { return std::string(bytes.begin(), bytes.end()); }

Outcome<DecodedImage> read_and_decode(const Bytes& file) {
  const Outcome<ImageHeader> header = read_header(file);
  if (!header) return tl::unexpected(header.error());
  return decode(file, *header);
}

std::string reason(const Bytes& file) {
  const Outcome<DecodedImage> image = read_and_decode(file);
  return image ? "an image" : image.error().reason;
}

cv::Mat pixels_of(const Bytes& file) {
  const Outcome<DecodedImage> image = read_and_decode(file);
  EXPECT_TRUE(image) << image.error().reason;
  return image ? image->pixels : cv::Mat();
}

Bytes jpeg_file(const cv::Mat& pixels, const JpegOptions& options) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &out, &size);
  jpeg.image_width = static_cast<JDIMENSION>(pixels.cols);
  jpeg.image_height = static_cast<JDIMENSION>(pixels.rows);
  jpeg.input_components = pixels.channels();
  jpeg.in_color_space = pixels.channels() == 1   ? JCS_GRAYSCALE
                        : pixels.channels() == 3 ? JCS_EXT_BGR
                                                 : JCS_CMYK;
  jpeg_set_defaults(&jpeg);
  if (options.rgb) jpeg_set_colorspace(&jpeg, JCS_RGB);
  jpeg_set_quality(&jpeg, options.quality, TRUE);
  jpeg.restart_interval = options.restart_interval;
  if (pixels.channels() == 3 && !options.rgb) {
    jpeg.comp_info[0].h_samp_factor = options.horizontal;
    jpeg.comp_info[0].v_samp_factor = options.vertical;
  }
  if (pixels.channels() == 4) jpeg.write_Adobe_marker = options.adobe ? TRUE : FALSE;
  set_jpeg_scans(jpeg, options);
  jpeg_start_compress(&jpeg, TRUE);
  if (!options.icc_profile.empty()) {
    jpeg_write_icc_profile(&jpeg, options.icc_profile.data(),
                           static_cast<unsigned>(options.icc_profile.size()));
  }
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(pixels.ptr(static_cast<int>(jpeg.next_scanline)));
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  Bytes file(out, out + size);
  std::free(out);
  return file;
}

Bytes exif_block(int orientation, bool big_endian) {
  const auto value = static_cast<std::uint8_t>(orientation);
  if (big_endian) {
    return {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0};
  }
  return {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0};
}

Bytes gps_block(bool latitude, bool big_endian) {
  const std::uint8_t tag = latitude ? 2 : 0;
  if (big_endian) {
    return {'M', 'M', 0, 42, 0, 0, 0, 8,   0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26,
            0,   0,   0, 0,  0, 1, 0, tag, 0, 5, 0,    0,    0, 3, 0, 0, 0, 0, 0, 0, 0, 0};
  }
  return {'I', 'I', 42, 0, 8, 0, 0,   0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0,
          0,   0,   0,  0, 1, 0, tag, 0, 5, 0, 3,    0,    0, 0, 0, 0, 0, 0, 0,  0, 0, 0};
}

Bytes jpeg_segment(std::uint8_t marker, const Bytes& payload) {
  Bytes segment{0xFF, marker};
  put_big(segment, static_cast<std::uint32_t>(payload.size() + 2), 2);
  append(segment, payload);
  return segment;
}

Bytes with_segments(const Bytes& file, const Bytes& segments) {
  return joined({first_bytes(file, 2), segments, Bytes(file.begin() + 2, file.end())});
}

Bytes png_chunk(const PngChunk& chunk) {
  Bytes out;
  put_big(out, static_cast<std::uint32_t>(chunk.payload.size()), 4);
  append(out, bytes_of(chunk.type));
  append(out, chunk.payload);
  put_big(out, static_cast<std::uint32_t>(crc32(0, out.data() + 4, static_cast<uInt>(out.size() - 4))), 4);
  return out;
}

Bytes png_file(std::uint32_t width, std::uint32_t height, int depth, int color_type,
               const std::vector<Bytes>& rows, const std::vector<PngChunk>& extra,
               const std::vector<PngChunk>& behind) {
  Bytes ihdr;
  put_big(ihdr, width, 4);
  put_big(ihdr, height, 4);
  for (const int field : {depth, color_type, 0, 0, 0}) put_big(ihdr, static_cast<std::uint32_t>(field), 1);
  Bytes raw;
  for (const Bytes& row : rows) {
    raw.push_back(0);  // no filter
    append(raw, row);
  }
  uLongf size = compressBound(raw.size());
  Bytes packed(size);
  compress(packed.data(), &size, raw.data(), raw.size());
  packed.resize(size);

  Bytes file{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  append(file, png_chunk({"IHDR", ihdr}));
  for (const PngChunk& chunk : extra) append(file, png_chunk(chunk));
  append(file, png_chunk({"IDAT", packed}));
  for (const PngChunk& chunk : behind) append(file, png_chunk(chunk));
  append(file, png_chunk({"IEND", {}}));
  return file;
}

namespace {

void set_tiff_tags(TIFF* tiff, const cv::Mat& pixels, const TiffOptions& options) {
  const int channels = pixels.channels();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, pixels.cols);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, pixels.rows);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, static_cast<int>(8 * pixels.elemSize1()));
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, options.is_float ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
               channels >= 3          ? PHOTOMETRIC_RGB
               : options.min_is_white ? PHOTOMETRIC_MINISWHITE
                                      : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, options.planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, options.compression);
  if (options.orientation != 0) TIFFSetField(tiff, TIFFTAG_ORIENTATION, options.orientation);
  if (channels % 2 == 0) {
    const std::uint16_t extra = options.premultiplied ? EXTRASAMPLE_ASSOCALPHA : EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &extra);
  }
}

constexpr int kTileSide = 16;

void write_tiles(TIFF* tiff, const cv::Mat& pixels) {
  TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kTileSide);
  TIFFSetField(tiff, TIFFTAG_TILELENGTH, kTileSide);
  for (int y = 0; y < pixels.rows; y += kTileSide) {
    for (int x = 0; x < pixels.cols; x += kTileSide) {
      cv::Mat tile(kTileSide, kTileSide, pixels.type(), cv::Scalar::all(0));
      const cv::Rect place = cv::Rect(x, y, kTileSide, kTileSide) & cv::Rect({0, 0}, pixels.size());
      pixels(place).copyTo(tile(cv::Rect({0, 0}, place.size())));
      TIFFWriteTile(tiff, tile.data, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, 0);
    }
  }
}

void write_strips(TIFF* tiff, const cv::Mat& pixels, bool planar) {
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 5);
  std::vector<cv::Mat> planes{pixels.clone()};
  if (planar) cv::split(pixels, planes);
  for (std::size_t plane = 0; plane < planes.size(); ++plane) {
    for (int y = 0; y < pixels.rows; ++y) {
      TIFFWriteScanline(tiff, planes[plane].ptr(y), static_cast<std::uint32_t>(y),
                        static_cast<std::uint16_t>(plane));
    }
  }
}

}  // namespace

Bytes tiff_file(const cv::Mat& pixels, const TiffOptions& options) {
  const std::string mode =
      std::string("w") + (options.big_endian ? "b" : "l") + (options.big_tiff ? "8" : "");
  std::FILE* file = std::tmpfile();
  TIFF* tiff = TIFFFdOpen(dup(fileno(file)), "sample", mode.c_str());
  for (int page = 0; page < options.pages; ++page) {
    set_tiff_tags(tiff, pixels, options);
    if (options.tiled) {
      write_tiles(tiff, pixels);
    } else {
      write_strips(tiff, pixels, options.planar);
    }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  std::fseek(file, 0, SEEK_END);
  Bytes bytes(static_cast<std::size_t>(std::ftell(file)));
  std::rewind(file);
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  std::fclose(file);
  return bytes;
}

Bytes icc_profile(std::string_view color_space) {
  constexpr std::uint8_t kSize = 248, kTextOffset = 144, kTextBytes = kSize - kTextOffset;
  Bytes profile(kSize);
  profile[3] = kSize;
  profile[8] = 2;  // version
  const std::pair<std::size_t, std::string_view> texts[] = {{12, "mntr"}, {16, color_space}, {20, "XYZ "},
                                                            {36, "acsp"}, {132, "cprt"},     {144, "text"}};
  for (const auto& [offset, text] : texts) {
    std::ranges::copy(text, profile.begin() + static_cast<std::ptrdiff_t>(offset));
  }
  // The white point of the profile connection space, D50.
  const Bytes d50{0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D};
  std::ranges::copy(d50, profile.begin() + 68);
  profile[131] = 1;  // tag, then its place and length
  profile[139] = kTextOffset;
  profile[143] = kTextBytes;
  // Text that does not shrink: libpng takes a very short iCCP chunk for a broken one.
  for (int i = kTextOffset + 8; i < kSize; ++i)
    profile[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i * i * 7 + i / 3);
  return profile;
}

double mean_difference(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || a.type() != b.type()) return 1e9;
  return cv::norm(a, b, cv::NORM_L1) /
         static_cast<double>(a.total() * static_cast<std::size_t>(a.channels()));
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

}  // namespace tenfold::test
