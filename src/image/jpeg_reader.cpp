#include "image/jpeg_reader.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tenfold {
namespace {

constexpr int kIccMarker = JPEG_APP0 + 2;
constexpr int kMaxSegmentBytes = 0xFFFF;
// A progressive file of a few KiB may ask for thousands of passes over a huge image. Encoders use about 10.
constexpr int kMaxScans = 500;

void do_nothing(j_decompress_ptr) {}

// All bytes are in the buffer from the start: wanting more is wanting what the file does not have.
boolean on_end_of_bytes(j_decompress_ptr jpeg) {
  give_up(reinterpret_cast<j_common_ptr>(jpeg), kCutOff.data());
}

void skip_bytes(j_decompress_ptr jpeg, long count) {
  if (count <= 0) return;
  if (static_cast<std::size_t>(count) > jpeg->src->bytes_in_buffer) on_end_of_bytes(jpeg);
  jpeg->src->next_input_byte += count;
  jpeg->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

// Called again and again while a file of several scans is taken in.
void watch_scans(j_common_ptr common) {
  const j_decompress_ptr jpeg = reinterpret_cast<j_decompress_ptr>(common);
  JpegReader& reader = *static_cast<JpegReader*>(jpeg->client_data);
  if (jpeg->input_scan_number > kMaxScans) give_up(common, "has more than 500 scans");
  for (int i = 0; i < jpeg->comps_in_scan; ++i) {
    reader.components_seen |= 1U << jpeg->cur_comp_info[i]->component_index;
  }
}

J_COLOR_SPACE pixel_space(j_decompress_ptr jpeg) {
  switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE:
      return JCS_GRAYSCALE;
    case JCS_YCbCr:
    case JCS_RGB:
      return JCS_EXT_BGR;
    case JCS_CMYK:
    case JCS_YCCK:
      return JCS_CMYK;
    default:
      give_up(reinterpret_cast<j_common_ptr>(jpeg),
              "a JPEG of this number of color components is not supported");
  }
}

void read_own_header(JpegReader& reader) {
  jpeg_decompress_struct& jpeg = reader.jpeg;
  jpeg.err = reader.errors.install();
  jpeg_create_decompress(&jpeg);
  jpeg.client_data = &reader;
  reader.source.next_input_byte = reader.bytes.data();
  reader.source.bytes_in_buffer = reader.bytes.size();
  reader.source.init_source = do_nothing;
  reader.source.fill_input_buffer = on_end_of_bytes;
  reader.source.skip_input_data = skip_bytes;
  reader.source.resync_to_restart = jpeg_resync_to_restart;
  reader.source.term_source = do_nothing;
  jpeg.src = &reader.source;
  reader.progress.progress_monitor = watch_scans;
  jpeg.progress = &reader.progress;
  jpeg.mem->max_memory_to_use = reader.max_memory_bytes;
  jpeg_save_markers(&jpeg, kIccMarker, kMaxSegmentBytes);
  jpeg_read_header(&jpeg, TRUE);
  jpeg.out_color_space = pixel_space(&jpeg);
  jpeg_read_icc_profile(&jpeg, &reader.icc_profile, &reader.icc_bytes);
}

// Every component needs a scan, and what a progressive file began to refine it must have refined to the last
// bit. Coefficients other than DC may stay unsent: the standard allows it.
void check_scans(JpegReader& reader) {
  jpeg_decompress_struct& jpeg = reader.jpeg;
  if (!jpeg_has_multiple_scans(&jpeg)) return;
  bool whole = reader.components_seen == (1U << jpeg.num_components) - 1;
  for (int i = 0; jpeg.progressive_mode && i < jpeg.num_components; ++i) {
    const int* missing_bits = jpeg.coef_bits[i];
    whole = whole && missing_bits[0] >= 0 &&
            std::all_of(missing_bits, missing_bits + DCTSIZE2, [](int bits) { return bits <= 0; });
  }
  if (!whole) give_up(reinterpret_cast<j_common_ptr>(&jpeg), "some scans of the JPEG are missing");
}

// The ratio of luma's sampling to chroma's, 1 where it is none of 1–4.
int sampling_ratio(int luma, int chroma) {
  return chroma > 0 && luma > chroma && luma % chroma == 0 ? luma / chroma : 1;
}

void read_traits(const jpeg_decompress_struct& jpeg, SourceTraits& traits) {
  if (jpeg.num_components >= 3) {
    traits.horizontal_sampling =
        sampling_ratio(jpeg.comp_info[0].h_samp_factor, jpeg.comp_info[1].h_samp_factor);
    traits.vertical_sampling =
        sampling_ratio(jpeg.comp_info[0].v_samp_factor, jpeg.comp_info[1].v_samp_factor);
  }
  for (int i = 0; i < 2; ++i) {
    const JQUANT_TBL* table = jpeg.comp_info[std::min(i, jpeg.num_components - 1)].quant_table;
    if (table != nullptr)
      std::ranges::copy(table->quantval, traits.quantisation[static_cast<std::size_t>(i)].begin());
  }
}

}  // namespace

JpegReader::~JpegReader() {
  std::free(icc_profile);
  jpeg_destroy_decompress(&jpeg);
}

Parsed<void> open(JpegReader& reader, ByteSpan bytes, const ImageHeader& header) {
  reader.bytes = bytes;
  // The coefficients of a progressive file are kept whole: two bytes for each of at most four components,
  // and twice that for sides that are no whole blocks.
  constexpr long kBytesPerPixel = 16, kSpareBytes = 64L << 20;
  reader.max_memory_bytes = kSpareBytes + kBytesPerPixel * static_cast<long>(header.pixel_count());
  if (!guarded(reader, read_own_header)) return refused(reader.errors.clause("decoded"));
  const cv::Size size(static_cast<int>(reader.jpeg.image_width), static_cast<int>(reader.jpeg.image_height));
  if (size != header.stored) return size_differs_from_header();
  return {};
}

void start(JpegReader& reader) {
  jpeg_start_decompress(&reader.jpeg);
  check_scans(reader);
}

void finish(JpegReader& reader) {
  read_traits(reader.jpeg, reader.traits);  // finishing frees the tables
  jpeg_finish_decompress(&reader.jpeg);
}

SourceTraits taken_traits(JpegReader& reader, int channels) {
  reader.traits.format = Format::kJpeg;
  const ByteSpan profile(reader.icc_profile, reader.icc_bytes);
  if (profile_fits(profile, channels)) reader.traits.icc_profile.assign(profile.begin(), profile.end());
  return std::move(reader.traits);
}

}  // namespace tenfold
