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

struct PlanesWriter : JpegWriter {
  using JpegWriter::JpegWriter;
  const Planes* planes = nullptr;
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

// The row behind whose end the last sample is repeated until its blocks are whole.
JSAMPROW row_of_whole_blocks(const cv::Mat& plane, int y) {
  const JSAMPROW row = plane.data + static_cast<std::size_t>(y) * plane.step[0];
  std::fill(row + plane.cols, row + (plane.cols + DCTSIZE - 1) / DCTSIZE * DCTSIZE, row[plane.cols - 1]);
  return row;
}

void write_planes(PlanesWriter& writer) {
  jpeg_compress_struct& jpeg = writer.jpeg;
  const Planes& planes = *writer.planes;
  describe(writer, planes.size, planes.count, planes.count == 1 ? JCS_GRAYSCALE : JCS_YCbCr);
  jpeg.raw_data_in = TRUE;
  set_sampling(writer, planes.sampling.width, planes.sampling.height);
  start(writer);
  McuRows mcus;
  for (int mcu_row = 0; jpeg.next_scanline < jpeg.image_height; ++mcu_row) {
    for (int i = 0; i < planes.count; ++i) {
      const cv::Mat& plane = planes.plane[static_cast<std::size_t>(i)];
      const int rows = jpeg.comp_info[i].v_samp_factor * DCTSIZE;
      for (int y = 0; y < rows; ++y)
        mcus.rows[i][y] = row_of_whole_blocks(plane, std::min(mcu_row * rows + y, plane.rows - 1));
    }
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
    cv::Mat memory;
    cv::Mat& whole = reader.whole_blocks[static_cast<std::size_t>(i)];
    whole = plane_rows({size.width, (size.height + mcu_rows - 1) / mcu_rows * mcu_rows}, memory);
    planes.plane[static_cast<std::size_t>(i)] = whole.rowRange(0, size.height);
  }
  if (!guarded(reader, read_planes)) return refused(reader.errors.clause("decoded"));
  image.traits = taken_traits(reader, planes.count);
  return image;
}

Parsed<void> encode_jpeg_planes(const Planes& planes, const SourceTraits& source, std::optional<int> quality,
                                Bytes& out) {
  PlanesWriter writer(source, quality, out);
  writer.planes = &planes;
  if (!guarded(writer, write_planes)) return refused(writer.errors.clause("encoded"));
  return {};
}

}  // namespace tenfold
