// Pixels to JPEG, straight into the caller's bytes.

#include <algorithm>
#include <opencv2/core.hpp>

#include "image/codecs.h"
#include "image/jpeg_errors.h"

namespace tenfold {
namespace {

constexpr std::size_t kFirstBytes = 64 * 1024;
constexpr JDIMENSION kRowsAtATime = 16;
constexpr int kUsualQuality = 95;

struct JpegWriter {
  jpeg_compress_struct jpeg{};
  JpegErrors errors;
  jpeg_destination_mgr destination{};
  Bytes* out = nullptr;
  const cv::Mat* pixels = nullptr;
  const SourceTraits* source = nullptr;
  int quality = 0;  // 0: the source's tables

  JpegWriter() = default;
  JpegWriter(const JpegWriter&) = delete;
  JpegWriter& operator=(const JpegWriter&) = delete;
  ~JpegWriter() { jpeg_destroy_compress(&jpeg); }
};

// An exception must not fly through libjpeg.
bool resized(Bytes& bytes, std::size_t size) noexcept {
  try {
    bytes.resize(size);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void offer_bytes(j_compress_ptr jpeg, std::size_t used, std::size_t size) {
  Bytes& out = *static_cast<JpegWriter*>(jpeg->client_data)->out;
  if (!resized(out, size)) give_up(reinterpret_cast<j_common_ptr>(jpeg), "there is not enough memory");
  jpeg->dest->next_output_byte = out.data() + used;
  jpeg->dest->free_in_buffer = out.size() - used;
}

// What earlier images needed is reused; resize() clears only what lies beyond the last image's end.
void begin_output(j_compress_ptr jpeg) {
  const Bytes& out = *static_cast<JpegWriter*>(jpeg->client_data)->out;
  offer_bytes(jpeg, 0, std::max(out.capacity(), kFirstBytes));
}

boolean grow_output(j_compress_ptr jpeg) {
  const std::size_t used = static_cast<JpegWriter*>(jpeg->client_data)->out->size();
  offer_bytes(jpeg, used, 2 * used);
  return TRUE;
}

void end_output(j_compress_ptr jpeg) {
  Bytes& out = *static_cast<JpegWriter*>(jpeg->client_data)->out;
  resized(out, out.size() - jpeg->dest->free_in_buffer);
}

void set_source_tables(JpegWriter& writer) {
  constexpr int kUnscaled = 100;
  for (std::size_t i = 0; i < 2; ++i) {
    std::array<unsigned, DCTSIZE2> table;
    std::ranges::copy(writer.source->quantisation[i], table.begin());
    jpeg_add_quant_table(&writer.jpeg, static_cast<int>(i), table.data(), kUnscaled, FALSE);
  }
}

void set_sampling(JpegWriter& writer) {
  constexpr int kMaxLumaBlocks = 8;  // of the 10 that libjpeg allows in an MCU
  int horizontal = 2, vertical = 2;
  const SourceTraits& source = *writer.source;
  if (source.format == Format::kJpeg &&
      source.horizontal_sampling * source.vertical_sampling <= kMaxLumaBlocks) {
    horizontal = source.horizontal_sampling;
    vertical = source.vertical_sampling;
  }
  writer.jpeg.comp_info[0].h_samp_factor = horizontal;
  writer.jpeg.comp_info[0].v_samp_factor = vertical;
}

void write(JpegWriter& writer) {
  jpeg_compress_struct& jpeg = writer.jpeg;
  const cv::Mat& pixels = *writer.pixels;
  jpeg.err = writer.errors.install();
  jpeg_create_compress(&jpeg);
  jpeg.client_data = &writer;
  writer.destination.init_destination = begin_output;
  writer.destination.empty_output_buffer = grow_output;
  writer.destination.term_destination = end_output;
  jpeg.dest = &writer.destination;
  const bool color = pixels.channels() == 3;
  jpeg.image_width = static_cast<JDIMENSION>(pixels.cols);
  jpeg.image_height = static_cast<JDIMENSION>(pixels.rows);
  jpeg.input_components = pixels.channels();
  jpeg.in_color_space = color ? JCS_EXT_BGR : JCS_GRAYSCALE;
  jpeg_set_defaults(&jpeg);
  if (color) set_sampling(writer);
  if (writer.quality > 0) {
    jpeg_set_quality(&jpeg, writer.quality, TRUE);
  } else {
    set_source_tables(writer);
  }
  jpeg_start_compress(&jpeg, TRUE);
  const Bytes& profile = writer.source->icc_profile;
  if (profile_fits(profile, pixels.channels())) {
    jpeg_write_icc_profile(&jpeg, profile.data(), static_cast<unsigned>(profile.size()));
  }
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW rows[kRowsAtATime];
    const JDIMENSION count = std::min(kRowsAtATime, jpeg.image_height - jpeg.next_scanline);
    for (JDIMENSION i = 0; i < count; ++i) rows[i] = pixels.data + (jpeg.next_scanline + i) * pixels.step[0];
    jpeg_write_scanlines(&jpeg, rows, count);
  }
  jpeg_finish_compress(&jpeg);
}

bool has_tables(const SourceTraits& source) {
  return source.format == Format::kJpeg && source.quantisation[0][0] > 0 && source.quantisation[1][0] > 0;
}

}  // namespace

Parsed<void> encode_jpeg(const cv::Mat& pixels, const SourceTraits& source, std::optional<int> quality,
                         Bytes& out) {
  JpegWriter writer;
  writer.out = &out;
  writer.pixels = &pixels;
  writer.source = &source;
  writer.quality = quality ? *quality : has_tables(source) ? 0 : kUsualQuality;
  if (!guarded(writer, write)) return refused(writer.errors.clause("encoded"));
  return {};
}

}  // namespace tenfold
