// JPEG to planes and back.
//
// libjpeg reads and writes whole rows of MCUs, and in each row of a plane whole blocks. What hangs over the
// image's right edge or bottom is dropped when it is read; when it is written, it repeats the last sample.

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>

#include "image/jpeg_reader.h"
#include "image/jpeg_writer.h"

namespace tenfold {
namespace {

constexpr int kMostPlanes = 3;

// The rows of all planes in one row of MCUs, as libjpeg wants them.
struct McuRows {
  JSAMPROW rows[kMostPlanes][MAX_SAMP_FACTOR * DCTSIZE];
  JSAMPARRAY planes[kMostPlanes]{rows[0], rows[1], rows[2]};
};

struct PlanesReader : JpegReader {
  std::array<cv::Mat, kMostPlanes> whole_blocks{};  // the planes, as high as all rows of MCUs
};

// Rows of all planes that make a row of MCUs, in memory with room for whole blocks.
class Strip {
 public:
  Strip(const PlaneLayout& layout, const PlaneRows& rows) : layout_(layout), rows_(rows) {
    for (int i = 0; i < layout.count; ++i) {
      const int height = i == 0 && layout.count > 1 ? layout.sampling.height * DCTSIZE : DCTSIZE;
      const int width = (layout.plane_size(i).width + DCTSIZE - 1) / DCTSIZE * DCTSIZE;
      memory_[static_cast<std::size_t>(i)].create(height, width, CV_8UC1);
    }
  }

  // Fills it with row `number` of MCUs and tells where its rows lie. Nothing of libjpeg runs meanwhile, so
  // objects may live here, and what the maker of rows throws may pass.
  void take(int number, McuRows& mcus) {
    for (int i = 0; i < layout_.count; ++i) {
      cv::Mat& memory = memory_[static_cast<std::size_t>(i)];
      const cv::Size plane = layout_.plane_size(i);
      const int first = number * memory.rows, count = std::min(memory.rows, plane.height - first);
      cv::Mat rows = memory(cv::Rect(0, 0, plane.width, count));
      rows_(i, first, rows);
      for (int y = 0; y < memory.rows; ++y) {
        const JSAMPROW row = memory.ptr(std::min(y, count - 1));
        std::fill(row + plane.width, row + memory.cols, row[plane.width - 1]);
        mcus.rows[i][y] = row;
      }
    }
  }

 private:
  const PlaneLayout& layout_;
  const PlaneRows& rows_;
  std::array<cv::Mat, kMostPlanes> memory_;
};

struct PlanesWriter : JpegWriter {
  using JpegWriter::JpegWriter;
  const PlaneLayout* layout = nullptr;
  std::optional<Strip> strip;
};

// 1, 2 or 4; 0 where it is none of them.
int ratio(int luma, int chroma) {
  for (const int ratio : {1, 2, 4})
    if (luma == ratio * chroma) return ratio;
  return 0;
}

// Nothing where the file's planes are none of Planes'.
std::optional<cv::Size> plane_sampling(const jpeg_decompress_struct& jpeg) {
  if (jpeg.jpeg_color_space == JCS_GRAYSCALE) return cv::Size(1, 1);
  if (jpeg.jpeg_color_space != JCS_YCbCr) return std::nullopt;
  const jpeg_component_info &y = jpeg.comp_info[0], &cb = jpeg.comp_info[1], &cr = jpeg.comp_info[2];
  const cv::Size sampling(ratio(y.h_samp_factor, cb.h_samp_factor), ratio(y.v_samp_factor, cb.v_samp_factor));
  const bool alike = cb.h_samp_factor == cr.h_samp_factor && cb.v_samp_factor == cr.v_samp_factor;
  if (!alike || sampling.empty() || sampling.area() > kMaxLumaBlocks) return std::nullopt;
  return sampling;
}

// A row may be written as far as its last MCU goes.
int width_of_mcus(int width) {
  constexpr int kMostWidth = MAX_SAMP_FACTOR * DCTSIZE;
  return (width + kMostWidth - 1) / kMostWidth * kMostWidth;
}

void read_planes(PlanesReader& reader) {
  jpeg_decompress_struct& jpeg = reader.jpeg;
  jpeg.raw_data_out = TRUE;
  start(reader);
  McuRows mcus;
  for (int mcu_row = 0; jpeg.output_scanline < jpeg.output_height; ++mcu_row) {
    for (int i = 0; i < jpeg.num_components; ++i) {
      const int rows = jpeg.comp_info[i].v_samp_factor * DCTSIZE;
      for (int y = 0; y < rows; ++y)
        mcus.rows[i][y] = reader.whole_blocks[static_cast<std::size_t>(i)].ptr(mcu_row * rows + y);
    }
    jpeg_read_raw_data(&jpeg, mcus.planes, static_cast<JDIMENSION>(jpeg.max_v_samp_factor * DCTSIZE));
  }
  finish(reader);
}

void write_planes(PlanesWriter& writer) {
  jpeg_compress_struct& jpeg = writer.jpeg;
  const PlaneLayout& layout = *writer.layout;
  describe(writer, layout.size, layout.count, layout.count == 1 ? JCS_GRAYSCALE : JCS_YCbCr);
  jpeg.raw_data_in = TRUE;
  set_sampling(writer, layout.sampling.width, layout.sampling.height);
  start(writer);
  McuRows mcus;
  for (int mcu_row = 0; jpeg.next_scanline < jpeg.image_height; ++mcu_row) {
    writer.strip->take(mcu_row, mcus);
    jpeg_write_raw_data(&jpeg, mcus.planes, static_cast<JDIMENSION>(jpeg.max_v_samp_factor * DCTSIZE));
  }
  jpeg_finish_compress(&jpeg);
}

}  // namespace

Parsed<std::optional<DecodedPlanes>> decode_jpeg_planes(ByteSpan bytes, const ImageHeader& header) {
  PlanesReader reader;
  if (const Parsed<void> opened = open(reader, bytes, header); !opened) return tl::unexpected(opened.error());
  const std::optional<cv::Size> sampling = plane_sampling(reader.jpeg);
  if (!sampling) return std::nullopt;
  DecodedPlanes image;
  Planes& planes = image.planes;
  planes.size = header.stored;
  planes.count = reader.jpeg.num_components;
  planes.sampling = *sampling;
  for (int i = 0; i < planes.count; ++i) {
    const cv::Size size = planes.plane_size(i);
    const int mcu_rows = reader.jpeg.comp_info[i].v_samp_factor * DCTSIZE;
    cv::Mat& whole = reader.whole_blocks[static_cast<std::size_t>(i)];
    whole.create((size.height + mcu_rows - 1) / mcu_rows * mcu_rows, width_of_mcus(size.width), CV_8UC1);
    planes.plane[static_cast<std::size_t>(i)] = whole(cv::Rect(cv::Point(), size));
  }
  if (!guarded(reader, read_planes)) return refused(reader.errors.clause("decoded"));
  image.traits = taken_traits(reader, planes.count);
  return image;
}

Parsed<void> encode_jpeg_planes(const PlaneLayout& layout, const PlaneRows& rows, const SourceTraits& source,
                                std::optional<int> quality, Bytes& out) {
  PlanesWriter writer(source, quality, out);
  writer.layout = &layout;
  writer.strip.emplace(layout, rows);
  if (!guarded(writer, write_planes)) return refused(writer.errors.clause("encoded"));
  return {};
}

}  // namespace tenfold
