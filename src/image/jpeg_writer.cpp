#include "image/jpeg_writer.h"

#include <algorithm>

namespace tenfold {
namespace {

constexpr std::size_t kFirstBytes = 64 * 1024;
constexpr int kUsualQuality = 95;

bool has_tables(const SourceTraits& source) {
  return source.format == Format::kJpeg && source.quantisation[0][0] > 0 && source.quantisation[1][0] > 0;
}

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

}  // namespace

JpegWriter::JpegWriter(const SourceTraits& traits, std::optional<int> wanted_quality, Bytes& bytes)
    : source(&traits),
      quality(wanted_quality       ? *wanted_quality
              : has_tables(traits) ? 0
                                   : kUsualQuality),
      out(&bytes) {}

void describe(JpegWriter& writer, cv::Size size, int components, J_COLOR_SPACE color_space) {
  jpeg_compress_struct& jpeg = writer.jpeg;
  jpeg.err = writer.errors.install();
  jpeg_create_compress(&jpeg);
  jpeg.client_data = &writer;
  writer.destination.init_destination = begin_output;
  writer.destination.empty_output_buffer = grow_output;
  writer.destination.term_destination = end_output;
  jpeg.dest = &writer.destination;
  jpeg.image_width = static_cast<JDIMENSION>(size.width);
  jpeg.image_height = static_cast<JDIMENSION>(size.height);
  jpeg.input_components = components;
  jpeg.in_color_space = color_space;
  jpeg_set_defaults(&jpeg);
}

void set_sampling(JpegWriter& writer, int horizontal, int vertical) {
  writer.jpeg.comp_info[0].h_samp_factor = horizontal;
  writer.jpeg.comp_info[0].v_samp_factor = vertical;
}

void start(JpegWriter& writer) {
  jpeg_compress_struct& jpeg = writer.jpeg;
  if (writer.quality > 0) {
    jpeg_set_quality(&jpeg, writer.quality, TRUE);
  } else {
    set_source_tables(writer);
  }
  jpeg_start_compress(&jpeg, TRUE);
  const Bytes& profile = writer.source->icc_profile;
  if (profile_fits(profile, jpeg.num_components))
    jpeg_write_icc_profile(&jpeg, profile.data(), static_cast<unsigned>(profile.size()));
}

}  // namespace tenfold
