#include "memory_need.h"

#include <algorithm>
#include <variant>

namespace tenfold {
namespace {

std::uint64_t pixels_of(cv::Size size) {
  return static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
}

// What geometry reads instead of the pixels: BGR with a fourth byte, or premultiplied in 16 bits.
std::uint64_t bytes_of_padded(int pixel_type) {
  const int channels = CV_MAT_CN(pixel_type);
  if (pixel_type == CV_8UC3) return 4;
  return channels % 2 == 0 ? static_cast<std::uint64_t>(2 * channels) : 0;
}

bool is_fence(const Step& step) {
  return std::holds_alternative<PixelStep>(step) || std::holds_alternative<BlendStep>(step);
}

// The result; what a fence reads, writes and needs for itself; an average of what is shrunk; the encoder's
// bytes, which grow by doubling.
std::uint64_t bytes_per_thread(const Job& job, const Sample& sample) {
  const ImageHeader& header = sample.header;
  if (job.verbatim) return 0;
  const auto pixel_bytes = static_cast<std::uint64_t>(CV_ELEM_SIZE(header.pixel_type));
  cv::Size frame = header.upright();
  std::uint64_t fenced = 0;
  for (const Step& step : job.chain.steps) {
    frame = output_size(step, frame);
    if (is_fence(step)) fenced = std::max(fenced, pixels_of(frame));
  }
  const std::uint64_t made = pixels_of(frame), source = header.pixel_count();
  std::uint64_t bytes = std::max(made, fenced) * pixel_bytes;
  bytes += fenced * (2 * pixel_bytes + bytes_of_padded(header.pixel_type));
  if (made < source) bytes += std::min(2 * made, source / 4) * 2 * pixel_bytes;
  const bool same_format = job.encoder.format == header.format;
  const double scale = static_cast<double>(made) / static_cast<double>(source);
  const auto raw = static_cast<double>(made * pixel_bytes);
  const double encoded = same_format ? 1.5 * static_cast<double>(sample.size_bytes) * scale : raw;
  return bytes + static_cast<std::uint64_t>(std::min(encoded, 2 * raw));
}

}  // namespace

MemoryNeed memory_need(const Jobs& jobs, const Sample& sample, std::span<const SamplePlan> plans) {
  constexpr std::uint32_t kCopies = 4;  // of which at least one has each transform that is on for a quarter
  const ImageHeader& header = sample.header;
  const auto pixel_bytes = static_cast<std::uint64_t>(CV_ELEM_SIZE(header.pixel_type));
  const std::uint64_t turning = header.orientation != 1 ? pixel_bytes : 0;
  MemoryNeed need;
  need.sample = sample.size_bytes +
                header.pixel_count() * (pixel_bytes + std::max(bytes_of_padded(header.pixel_type), turning));
  for (const SamplePlan& plan : plans) {
    OutputId output{sample, plan.class_index};
    for (output.copy = plan.original ? 0 : 1; output.copy <= std::min(plan.copies, kCopies); ++output.copy)
      need.thread = std::max(need.thread, bytes_per_thread(jobs.draw(output), sample));
  }
  return need;
}

Flight flight_within(std::uint64_t budget, const MemoryNeed& need, int jobs) {
  const auto fitting = [](std::uint64_t room, std::uint64_t taken, std::uint64_t each, std::uint64_t most) {
    const std::uint64_t left = room - std::min(room, taken);
    return each == 0 ? most : std::clamp<std::uint64_t>(left / each, 1, most);
  };
  const auto most = static_cast<std::uint64_t>(jobs);
  const std::uint64_t threads = fitting(budget, need.sample, need.thread, most);
  return {fitting(budget, threads * need.thread, need.sample, 2 * most), static_cast<int>(threads)};
}

}  // namespace tenfold
