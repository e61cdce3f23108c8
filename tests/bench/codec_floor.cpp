// The codec floor: what any program must at least do to write COPIES images per input image.
//
// Each input is decoded once and encoded COPIES times with tenfold's settings, and each result is written to
// a file: no transform, no manifest, no journal. JPEG goes through libjpeg-turbo at quality 95 and 4:2:0, PNG
// through libpng.
//
//   codec_floor IN OUT COPIES THREADS [SIDE]
//
// With SIDE, JPEGs are decoded at the smallest power of two of their size that keeps both sides >= 2*SIDE,
// and SIDE x SIDE windows are encoded instead of the whole image: the floor of "photographs to 224x224".

#include <png.h>
#include <turbojpeg.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>

#include "bench/each_image.h"

namespace tenfold::bench {
namespace {

constexpr int kJpegQuality = 95;
// Those of src/image/png_encoder.cpp.
constexpr int kPngLevel = 3, kSmallPngMemoryLevel = 5;
constexpr std::size_t kSmallPngBytes = 16 * 1024;

using Bytes = std::vector<std::uint8_t>;

struct Pixels {
  int width = 0, height = 0, channels = 0;
  Bytes bytes{};

  int row_bytes() const { return width * channels; }
};

class JpegCodec {
 public:
  explicit JpegCodec(int side) : side_(side) {}
  JpegCodec(const JpegCodec&) = delete;
  JpegCodec& operator=(const JpegCodec&) = delete;
  ~JpegCodec() {
    tjFree(jpeg_);
    tjDestroy(decoder_);
    tjDestroy(encoder_);
  }

  void decode(const Bytes& file, Pixels& pixels) {
    int subsampling = 0, colors = 0;
    if (tjDecompressHeader3(decoder_, file.data(), file.size(), &pixels.width, &pixels.height, &subsampling,
                            &colors) != 0)
      give_up(tjGetErrorStr2(decoder_));
    shrink(pixels);
    pixels.channels = subsampling == TJSAMP_GRAY ? 1 : 3;
    pixels.bytes.resize(static_cast<std::size_t>(pixels.row_bytes()) * pixels.height);
    if (tjDecompress2(decoder_, file.data(), file.size(), pixels.bytes.data(), pixels.width, 0, pixels.height,
                      format(pixels), 0) != 0)
      give_up(tjGetErrorStr2(decoder_));
  }

  // The copy-th of `copies` windows, which lie from one corner to the other.
  std::span<const std::uint8_t> encode(const Pixels& pixels, int copy, int copies) {
    const int width = side_ > 0 ? std::min(side_, pixels.width) : pixels.width;
    const int height = side_ > 0 ? std::min(side_, pixels.height) : pixels.height;
    const int last = std::max(copies - 1, 1);
    const int x = (pixels.width - width) * copy / last, y = (pixels.height - height) * copy / last;
    const std::uint8_t* window = &pixels.bytes[static_cast<std::size_t>(y) * pixels.row_bytes() +
                                               static_cast<std::size_t>(x) * pixels.channels];
    const int subsampling = pixels.channels == 1 ? TJSAMP_GRAY : TJSAMP_420;
    if (tjCompress2(encoder_, window, width, pixels.row_bytes(), height, format(pixels), &jpeg_, &size_,
                    subsampling, kJpegQuality, 0) != 0)
      give_up(tjGetErrorStr2(encoder_));
    return {jpeg_, size_};
  }

 private:
  static int format(const Pixels& pixels) { return pixels.channels == 1 ? TJPF_GRAY : TJPF_BGR; }

  void shrink(Pixels& pixels) const {
    if (side_ == 0) return;
    tjscalingfactor factor{1, 1};
    while (factor.denom < 8 && std::min(pixels.width, pixels.height) / (factor.denom * 2) >= 2 * side_)
      factor.denom *= 2;
    pixels.width = TJSCALED(pixels.width, factor);
    pixels.height = TJSCALED(pixels.height, factor);
  }

  int side_;
  tjhandle decoder_ = tjInitDecompress(), encoder_ = tjInitCompress();
  unsigned char* jpeg_ = nullptr;
  unsigned long size_ = 0;
};

// Without handlers of one's own, libpng says what it dislikes and ends the program: right for a floor.
class PngCodec {
 public:
  void decode(const Bytes& file, Pixels& pixels) {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    std::span<const std::uint8_t> rest(file);
    png_set_read_fn(png, &rest, [](png_structp reader, png_bytep to, std::size_t count) {
      auto& left = *static_cast<std::span<const std::uint8_t>*>(png_get_io_ptr(reader));
      if (left.size() < count) png_error(reader, "the file is cut off");
      std::copy_n(left.data(), count, to);
      left = left.subspan(count);
    });
    png_read_info(png, info);
    png_set_expand(png);
    png_set_strip_16(png);
    png_read_update_info(png, info);
    pixels.width = static_cast<int>(png_get_image_width(png, info));
    pixels.height = static_cast<int>(png_get_image_height(png, info));
    pixels.channels = png_get_channels(png, info);
    pixels.bytes.resize(static_cast<std::size_t>(pixels.row_bytes()) * pixels.height);
    for (int y = 0; y < pixels.height; ++y)
      png_read_row(png, &pixels.bytes[static_cast<std::size_t>(y) * pixels.row_bytes()], nullptr);
    png_read_end(png, nullptr);
    png_destroy_read_struct(&png, &info, nullptr);
  }

  std::span<const std::uint8_t> encode(const Pixels& pixels) {
    constexpr int kTypes[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                              PNG_COLOR_TYPE_RGB_ALPHA};
    out_.clear();
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png, &out_,
        [](png_structp writer, png_bytep from, std::size_t count) {
          Bytes& out = *static_cast<Bytes*>(png_get_io_ptr(writer));
          out.insert(out.end(), from, from + count);
        },
        [](png_structp) {});
    png_set_compression_level(png, kPngLevel);
    if (is_small(pixels)) png_set_compression_mem_level(png, kSmallPngMemoryLevel);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, wants_filters(pixels) ? PNG_ALL_FILTERS : PNG_FILTER_NONE);
    png_set_IHDR(png, info, static_cast<png_uint_32>(pixels.width), static_cast<png_uint_32>(pixels.height),
                 8, kTypes[pixels.channels - 1], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < pixels.height; ++y)
      png_write_row(png, &pixels.bytes[static_cast<std::size_t>(y) * pixels.row_bytes()]);
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return out_;
  }

 private:
  static bool is_small(const Pixels& pixels) { return pixels.bytes.size() <= kSmallPngBytes; }

  static bool wants_filters(const Pixels& pixels) {
    if (!is_small(pixels)) return true;
    std::size_t equal = 0;
    for (auto row = pixels.bytes.begin(); row != pixels.bytes.end(); row += pixels.row_bytes())
      equal += std::inner_product(row + pixels.channels, row + pixels.row_bytes(), row, std::size_t{0},
                                  std::plus<>(), std::equal_to<>());
    return 2 * equal < pixels.bytes.size();
  }

  Bytes out_;
};

struct Worker {
  Worker(int copies_of_each, int side) : copies(copies_of_each), jpeg(side) {}

  void operator()(const std::filesystem::path& image, const std::string& stem, std::size_t) {
    std::ifstream file(image, std::ios::binary);
    const Bytes bytes{std::istreambuf_iterator<char>(file), {}};
    const bool is_png = image.extension() == ".png";
    if (is_png)
      png.decode(bytes, pixels);
    else
      jpeg.decode(bytes, pixels);
    for (int copy = 0; copy < copies; ++copy)
      write_file(stem + "_" + std::to_string(copy) + image.extension().string(),
                 is_png ? png.encode(pixels) : jpeg.encode(pixels, copy, copies));
  }

  int copies;
  JpegCodec jpeg;
  PngCodec png{};
  Pixels pixels{};
};

}  // namespace
}  // namespace tenfold::bench

int main(int argc, char** argv) {
  if (argc < 5) tenfold::bench::give_up("usage: codec_floor IN OUT COPIES THREADS [SIDE]");
  const int copies = std::atoi(argv[3]), threads = std::atoi(argv[4]),
            side = argc > 5 ? std::atoi(argv[5]) : 0;
  tenfold::bench::each_image(argv[1], argv[2], threads, [&] { return tenfold::bench::Worker(copies, side); });
}
