#include "tenfold/image/raw_png.h"

#include "image/png_reader.h"
#include "image/png_writer.h"

namespace tenfold {
namespace {

struct ValueReader : PngReader {
  using PngReader::PngReader;
  int bit_depth = 0;
};

void read_info(ValueReader& reader) {
  read_png_info(reader);
  reader.bit_depth = png_get_bit_depth(reader.png, reader.info);  // unpacked values have 8
  png_set_packing(reader.png);  // one byte for each value of fewer bits, as it is
  reader.passes = png_set_interlace_handling(reader.png);
  png_read_update_info(reader.png, reader.info);
}

void take_palette(const PngReader& reader, RawPng& image) {
  png_colorp colors = nullptr;
  int count = 0;
  if (png_get_PLTE(reader.png, reader.info, &colors, &count) == 0) return;
  for (int i = 0; i < count; ++i)
    image.palette.insert(image.palette.end(), {colors[i].red, colors[i].green, colors[i].blue});
  png_bytep alpha = nullptr;
  if (image.color_type == PNG_COLOR_TYPE_PALETTE &&
      png_get_tRNS(reader.png, reader.info, &alpha, &count, nullptr) != 0)
    image.palette_alpha.assign(alpha, alpha + count);
}

struct ValueWriter : PngWriter {
  using PngWriter::PngWriter;
  const RawPng* image = nullptr;
  std::array<png_color, PNG_MAX_PALETTE_LENGTH> palette{};
};

// Filters are for shades, and values are none.
void write(ValueWriter& writer) {
  const png_structp png = writer.png;
  const RawPng& image = *writer.image;
  begin_png(writer);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_IHDR(png, writer.info, static_cast<png_uint_32>(image.values.cols),
               static_cast<png_uint_32>(image.values.rows), image.bit_depth, image.color_type,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (!image.palette.empty())
    png_set_PLTE(png, writer.info, writer.palette.data(), static_cast<int>(image.palette.size() / 3));
  if (!image.palette_alpha.empty())
    png_set_tRNS(png, writer.info, image.palette_alpha.data(), static_cast<int>(image.palette_alpha.size()),
                 nullptr);
  png_write_info(png, writer.info);
  png_set_packing(png);
  for (int y = 0; y < image.values.rows; ++y) png_write_row(png, image.values.ptr(y));
  png_write_end(png, nullptr);
}

}  // namespace

Outcome<RawPng> decode_raw_png(std::span<const std::uint8_t> bytes, cv::Size size) {
  ValueReader reader(bytes);
  const auto damaged = [&] { return failure(Stage::kDecode, reader.errors.clause("decoded")); };
  if (!guarded(reader, read_info)) return damaged();
  if (cv::Size(reader.width(), reader.height()) != size)
    return failure(Stage::kDecode, size_differs_from_header().value());
  RawPng image;
  image.color_type = png_get_color_type(reader.png, reader.info);
  image.bit_depth = reader.bit_depth;
  const int bytes_per_pixel = static_cast<int>(png_get_rowbytes(reader.png, reader.info)) / size.width;
  image.values.create(size, CV_8UC(bytes_per_pixel));
  reader.first_row = image.values.data;
  reader.row_step = image.values.step;
  reader.rows = static_cast<png_uint_32>(size.height);
  if (!guarded<PngReader>(reader, read_png_rows) || reader.errors.damaged) return damaged();
  take_palette(reader, image);
  return image;
}

Outcome<Bytes> encode_raw_png(const RawPng& image) {
  Bytes out;
  ValueWriter writer(out);
  writer.image = &image;
  for (std::size_t i = 0; 3 * i + 2 < image.palette.size(); ++i)
    writer.palette[i] = {image.palette[3 * i], image.palette[3 * i + 1], image.palette[3 * i + 2]};
  if (!guarded(writer, write)) return failure(Stage::kEncode, writer.errors.clause("encoded"));
  return out;
}

}  // namespace tenfold
