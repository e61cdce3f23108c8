#include "fusion/pointwise.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/core/hal/intrin.hpp>

#include "fusion/fixed_matrix.h"

namespace tenfold {
namespace {

constexpr double kLuma[3] = {kLumaBlue, kLumaGreen, kLumaRed};

GreyLine grey_line(const cv::Matx34d& m) {
  GreyLine line{0.0, 0.0};
  for (int out = 0; out < 3; ++out) {
    line.gain += kLuma[out] * (m(out, 0) + m(out, 1) + m(out, 2));
    line.offset += kLuma[out] * m(out, 3);
  }
  return line;
}

// `second` after `first`.
cv::Matx34d composed(const cv::Matx34d& second, const cv::Matx34d& first) {
  cv::Matx34d result = second.get_minor<3, 3>(0, 0) * first;
  for (int row = 0; row < 3; ++row) result(row, 3) += second(row, 3);
  return result;
}

std::uint16_t code_of(double value, int max_code) {
  if (!(value > 0.0)) return 0;  // no number, too
  return static_cast<std::uint16_t>(std::lround(std::min(value, static_cast<double>(max_code))));
}

void fill_table(const LookupRun& run, const PixelFormat& format, std::vector<std::uint16_t>& table) {
  const double scale = format.codes_per_unit();
  table.resize(format.max_code() + 1);
  for (int code = 0; code <= format.max_code(); ++code) {
    std::uint16_t value = static_cast<std::uint16_t>(code);
    for (const auto& function : run.functions)
      value = code_of(function(value / scale) * scale, format.max_code());
    table[code] = value;
  }
}

template <int kChannels>
constexpr int kLanes = kChannels == 3 ? 4 : kChannels;

template <typename Code>
constexpr int kBehindPoint = sizeof(Code) == 1 ? kFractionBits : 0;

template <typename Code, int kChannels>
void load_pixels(const uchar* pixels, int count, std::uint16_t* value) {
  for (int i = 0; i < count; ++i, value += kLanes<kChannels>, pixels += kChannels * sizeof(Code)) {
    Code code[4] = {};
    std::memcpy(code, pixels, kChannels * sizeof(Code));
    for (int lane = 0; lane < kLanes<kChannels>; ++lane)
      value[lane] = static_cast<std::uint16_t>(code[lane] << kBehindPoint<Code>);
  }
}

// The last pixels are written one by one: the fast way writes a byte beyond each pixel.
void store_bgr(const std::uint16_t* value, int count, uchar* pixels) {
  alignas(16) uchar codes[4 * kBlock];
  for (int i = 0; i < count; i += 4)
    cv::v_store_aligned(codes + 4 * i, cv::v_rshr_pack<kFractionBits>(cv::v_load_aligned(value + 4 * i),
                                                                      cv::v_load_aligned(value + 4 * i + 8)));
  for (int i = 0; i + 1 < count; ++i) std::memcpy(pixels + 3 * i, codes + 4 * i, 4);
  std::memcpy(pixels + 3 * (count - 1), codes + 4 * (count - 1), 3);
}

template <typename Code, int kChannels>
void store_pixels(const std::uint16_t* value, int count, uchar* pixels) {
  constexpr int kHalf = (1 << kBehindPoint<Code>) >> 1;
  for (int i = 0; i < count; ++i, value += kLanes<kChannels>, pixels += kChannels * sizeof(Code)) {
    Code code[kChannels];
    for (int lane = 0; lane < kChannels; ++lane)
      code[lane] = static_cast<Code>((value[lane] + kHalf) >> kBehindPoint<Code>);
    std::memcpy(pixels, code, kChannels * sizeof(Code));
  }
}

// Calls `visit.operator()<Code, kChannels>()` for the format.
template <typename Visitor>
void with_format(const PixelFormat& format, Visitor visit) {
  const auto with_channels = [&]<typename Code>() {
    switch (format.channels) {
      case 1:
        return visit.template operator()<Code, 1>();
      case 2:
        return visit.template operator()<Code, 2>();
      case 3:
        return visit.template operator()<Code, 3>();
      default:
        return visit.template operator()<Code, 4>();
    }
  };
  if (format.depth == CV_8U)
    with_channels.template operator()<std::uint8_t>();
  else
    with_channels.template operator()<std::uint16_t>();
}

}  // namespace

void PointwiseChain::append(const ColorStep& step) {
  if (runs_.empty() || !std::holds_alternative<ColorRun>(runs_.back())) runs_.emplace_back(ColorRun{});
  auto& run = std::get<ColorRun>(runs_.back());
  const GreyLine line = grey_line(step.matrix);
  run.matrix = composed(step.matrix, run.matrix);
  run.grey = {line.gain * run.grey.gain, line.gain * run.grey.offset + line.offset};
}

void PointwiseChain::append(const LookupStep& step) {
  if (runs_.empty() || !std::holds_alternative<LookupRun>(runs_.back())) runs_.emplace_back(LookupRun{});
  std::get<LookupRun>(runs_.back()).functions.push_back(step.function);
}

PointwiseStages::Stage& PointwiseStages::next_stage(Kind kind) {
  if (used_ == static_cast<int>(stages_.size())) stages_.emplace_back();
  Stage& stage = stages_[used_++];
  stage.kind = kind;
  return stage;
}

void PointwiseStages::compile(const PointwiseChain& chain, const PixelFormat& format) {
  format_ = format;
  first_ = used_ = 0;
  for (const auto& run : chain.runs()) {
    if (const auto* color = std::get_if<ColorRun>(&run))
      next_stage(Kind::kMatrix).matrix = fixed_matrix(*color, format);
    else
      fill_table(std::get<LookupRun>(run), format, next_stage(Kind::kTable).table);
  }
}

std::optional<FixedLine> PointwiseStages::take_line() {
  if (empty() || stages_[first_].kind == Kind::kTable) return FixedLine{};
  const FixedMatrix& matrix = stages_[first_].matrix;
  if (!matrix.is_narrow) return std::nullopt;
  ++first_;
  return FixedLine{static_cast<std::int32_t>(matrix.coefficient[0][0]),
                   static_cast<std::int32_t>(matrix.offset[0])};
}

void PointwiseStages::load(const uchar* pixels, int count, WorkingRow& row) const {
  with_format(format_, [&]<typename Code, int kChannels>() {
    load_pixels<Code, kChannels>(pixels, count, row.value.data());
  });
}

void PointwiseStages::unpremultiply(int count, WorkingRow& row) const {
  const int lanes = format_.lanes(), colors = format_.colors();
  const auto full = static_cast<std::uint32_t>(format_.full_scale());
  std::uint16_t* value = row.value.data();
  for (int i = 0; i < count; ++i, value += lanes) {
    const std::uint32_t alpha = value[colors];
    if (alpha == full || alpha == 0) continue;
    for (int lane = 0; lane < colors; ++lane)
      value[lane] = static_cast<std::uint16_t>(std::min((value[lane] * full + alpha / 2) / alpha, full));
  }
}

void PointwiseStages::apply_table(const std::vector<std::uint16_t>& table, int count, WorkingRow& row) const {
  const int lanes = format_.lanes(), colors = format_.colors(), bits = format_.fraction_bits();
  const int half = (1 << bits) >> 1;
  std::uint16_t* value = row.value.data();
  for (int i = 0; i < count; ++i, value += lanes)
    for (int lane = 0; lane < colors; ++lane)
      value[lane] = static_cast<std::uint16_t>(table[(value[lane] + half) >> bits] << bits);
}

void PointwiseStages::clear_hidden_colors(int count, WorkingRow& row) const {
  const int lanes = format_.lanes(), colors = format_.colors(), half = (1 << format_.fraction_bits()) >> 1;
  std::uint16_t* value = row.value.data();
  for (int i = 0; i < count; ++i, value += lanes)
    if ((value[colors] + half) >> format_.fraction_bits() == 0) std::fill_n(value, colors, std::uint16_t{0});
}

void PointwiseStages::finish(int count, WorkingRow& row, uchar* pixels) const {
  for (int stage = first_; stage < used_; ++stage) {
    if (stages_[stage].kind == Kind::kMatrix)
      apply_matrix(stages_[stage].matrix, format_, count, row);
    else
      apply_table(stages_[stage].table, count, row);
  }
  if (format_.has_alpha()) clear_hidden_colors(count, row);
  if (format_.type() == CV_8UC3) return store_bgr(row.value.data(), count, pixels);
  with_format(format_, [&]<typename Code, int kChannels>() {
    store_pixels<Code, kChannels>(row.value.data(), count, pixels);
  });
}

}  // namespace tenfold
