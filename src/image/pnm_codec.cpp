// PNM: P1–P6, of any largest value, widened to the whole range of 8 or 16 bits.

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>

#include "image/byte_order.h"
#include "image/codecs.h"
#include "image/pnm_layout.h"

namespace tenfold {
namespace {

bool is_digit(std::uint8_t byte) { return byte >= '0' && byte <= '9'; }
bool is_space(std::uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// The decimal samples of P1–P3.
class SampleText {
 public:
  SampleText(ByteSpan text, const PnmLayout& layout) : text_(text), layout_(layout) {}

  // A bit is one digit and needs no white space. A number must be followed by some: at the end of the file it
  // may have lost digits.
  Parsed<int> next() {
    skip_space_and_comments();
    if (text_.empty()) return cut_off();
    if (!is_digit(text_[0])) return refused("there is no number where a pixel should be");
    int value = 0;
    do {
      value = value * 10 + (text_[0] - '0');
      text_ = text_.subspan(1);
      if (value > layout_.max_value) return refused("a pixel is larger than the largest value of the header");
    } while (!layout_.bits && !text_.empty() && is_digit(text_[0]));
    if (layout_.bits) return value;
    if (text_.empty()) return cut_off();
    if (!is_space(text_[0]) && text_[0] != '#') return refused("there is no number where a pixel should be");
    return value;
  }

 private:
  void skip_space_and_comments() {
    bool comment = false;
    const auto is_skipped = [&](std::uint8_t byte) {
      if (byte == '#') comment = true;
      if (byte == '\n' || byte == '\r') comment = false;
      return comment || is_space(byte);
    };
    text_ = ByteSpan(std::ranges::find_if_not(text_, is_skipped), text_.end());
  }

  ByteSpan text_;
  const PnmLayout& layout_;
};

// The samples of one file, in the file's order.
class Samples {
 public:
  Samples(ByteSpan pixels, const PnmLayout& layout)
      : bytes_(pixels), text_(pixels, layout), layout_(layout) {}

  Parsed<int> next() {
    if (layout_.text) return text_.next();
    if (layout_.bits) {
      const int bit = bytes_[0] >> (7 - bit_) & 1;
      if (++bit_ == 8) end_row();
      return bit;
    }
    const int bytes = layout_.max_value > 255 ? 2 : 1;
    const int value = bytes == 2 ? big16(bytes_.data()) : bytes_[0];
    bytes_ = bytes_.subspan(static_cast<std::size_t>(bytes));
    if (value > layout_.max_value) return refused("a pixel is larger than the largest value of the header");
    return value;
  }

  // Rows of bits begin on a whole byte.
  void end_row() {
    if (bit_ > 0) bytes_ = bytes_.subspan(1);
    bit_ = 0;
  }

 private:
  ByteSpan bytes_;
  int bit_ = 0;
  SampleText text_;
  const PnmLayout& layout_;
};

template <typename Sample>
Parsed<void> read_samples(Samples& samples, const PnmLayout& layout, cv::Mat& pixels) {
  constexpr int kFull = static_cast<Sample>(~Sample{});
  for (int y = 0; y < pixels.rows; ++y) {
    Sample* row = pixels.ptr<Sample>(y);
    for (int x = 0; x < pixels.cols; ++x, row += layout.channels) {
      for (int c = 0; c < layout.channels; ++c) {
        const Parsed<int> value = samples.next();
        if (!value) return tl::unexpected(value.error());
        const std::int64_t level = layout.bits ? 1 - *value : *value;
        row[layout.channels - 1 - c] =
            static_cast<Sample>((level * kFull + layout.max_value / 2) / layout.max_value);
      }
    }
    samples.end_row();
  }
  return {};
}

}  // namespace

Parsed<DecodedImage> decode_pnm(ByteSpan bytes, const ImageHeader& header) {
  ByteSource source(bytes);
  const Parsed<PnmLayout> layout = read_pnm_layout(source);
  if (!layout) return tl::unexpected(layout.error());
  if (layout->size != header.stored) return size_differs_from_header();
  const ByteSpan data = bytes.subspan(layout->pixels_offset);
  // Of text, every sample needs a digit at least: no memory is asked for what cannot be there.
  const std::uint64_t least = layout->text ? static_cast<std::uint64_t>(layout->channels) *
                                                 static_cast<std::uint64_t>(layout->size.width) *
                                                 static_cast<std::uint64_t>(layout->size.height)
                                           : layout->binary_bytes();
  if (data.size() < least) return cut_off();

  DecodedImage image;
  image.traits.format = Format::kPnm;
  const bool wide = layout->max_value > 255;
  image.pixels.create(layout->size, CV_MAKETYPE(wide ? CV_16U : CV_8U, layout->channels));
  Samples samples(data, *layout);
  const Parsed<void> read = wide ? read_samples<std::uint16_t>(samples, *layout, image.pixels)
                                 : read_samples<std::uint8_t>(samples, *layout, image.pixels);
  if (!read) return tl::unexpected(read.error());
  return image;
}

Parsed<void> encode_pnm(const cv::Mat& pixels, Bytes& out) {
  const bool wide = pixels.depth() == CV_16U;
  const int channels = pixels.channels();
  const std::string head = std::string(channels == 3 ? "P6" : "P5") + "\n" + std::to_string(pixels.cols) +
                           " " + std::to_string(pixels.rows) + "\n" + (wide ? "65535" : "255") + "\n";
  out.assign(head.begin(), head.end());
  out.resize(head.size() + pixels.total() * pixels.elemSize());
  std::uint8_t* to = out.data() + head.size();
  for (int y = 0; y < pixels.rows; ++y) {
    for (int x = 0; x < pixels.cols; ++x) {
      for (int c = channels - 1; c >= 0; --c) {
        if (wide) {
          const std::uint16_t value = pixels.ptr<std::uint16_t>(y, x)[c];
          *to++ = static_cast<std::uint8_t>(value >> 8);
          *to++ = static_cast<std::uint8_t>(value & 0xFF);
        } else {
          *to++ = pixels.ptr<std::uint8_t>(y, x)[c];
        }
      }
    }
  }
  return {};
}

}  // namespace tenfold
