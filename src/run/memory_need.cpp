#include "memory_need.h"

#include <algorithm>
#include <variant>

#include "source_image.h"

namespace tenfold {
namespace {

std::uint64_t pixels_of(cv::Size size) {
  return static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
}

// What geometry reads instead of the pixels: grey in pairs, BGR with a fourth byte, or premultiplied in 16
// bits.
std::uint64_t bytes_of_padded(int pixel_type) {
  const int channels = CV_MAT_CN(pixel_type);
  if (pixel_type == CV_8UC1) return 2;
  if (pixel_type == CV_8UC3) return 4;
  return channels % 2 == 0 ? static_cast<std::uint64_t>(2 * channels) : 0;
}

bool is_fence(const Step& step) {
  return std::holds_alternative<PixelStep>(step) || std::holds_alternative<BlendStep>(step);
}

// The result; what a fence reads, writes and needs for itself; an average of what is shrunk; the encoder's
// bytes, which grow by doubling.
std::uint64_t bytes_per_thread(const Job& job, const Sample& sample) {
  constexpr std::uint64_t kCoefficientBytes = 2 * 3 * sizeof(std::int16_t);  // of source and result
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
  if (is_turned_losslessly(job, sample)) bytes += source * kCoefficientBytes;
  const bool same_format = job.encoder.format == header.format;
  const double scale = static_cast<double>(made) / static_cast<double>(source);
  const auto raw = static_cast<double>(made * pixel_bytes);
  const double encoded = same_format ? 1.5 * static_cast<double>(sample.size_bytes) * scale : raw;
  return bytes + static_cast<std::uint64_t>(std::min(encoded, 2 * raw));
}

// What the jobs of a sample want to have of it.
struct Views {
  bool pixels = false, planes = false;
  bool averages = false;  // that all copies share
};

void add_views(const Job& job, const Sample& sample, Views& views) {
  const ImageHeader& header = sample.header;
  const bool as_planes = job.verbatim ? header.format == Format::kJpeg : wants_planes(job, sample);
  const bool planes = header.pixel_type == CV_8UC3 && as_planes;
  (planes ? views.planes : views.pixels) = true;
  if (job.verbatim) return;
  views.averages = views.averages || 4 * pixels_of(job.chain.frame) < sample.header.pixel_count();
}

std::uint64_t bytes_per_pixel(const Views& views, const ImageHeader& header) {
  constexpr std::uint64_t kPlanes = 3 * (1 + 2);  // and their pairs, at most: chroma may be whole
  const auto pixel_bytes = static_cast<std::uint64_t>(CV_ELEM_SIZE(header.pixel_type));
  const std::uint64_t turning = header.orientation != 1 ? pixel_bytes : 0;
  std::uint64_t bytes = views.planes ? kPlanes : 0;
  if (views.pixels || !views.planes)
    bytes += pixel_bytes + std::max(bytes_of_padded(header.pixel_type), turning);
  const std::uint64_t channels = pixel_bytes == 3 ? 4 : pixel_bytes;
  if (views.averages)
    bytes += (2 * channels + 2) / 3;  // in 16 bits, of a quarter, a sixteenth, … of the pixels
  return bytes;
}

}  // namespace

MemoryNeed memory_need(const Jobs& jobs, const Sample& sample, std::span<const SamplePlan> plans) {
  constexpr std::uint32_t kCopies = 4;  // of which at least one has each transform that is on for a quarter
  constexpr std::uint64_t kColor = 4;   // bytes a pixel of a mask, with its file
  const std::uint64_t mask_bytes = jobs.recipe().input.annotations.masks.empty() ? 0 : kColor;
  MemoryNeed need;
  Views views;
  for (const SamplePlan& plan : plans) {
    OutputId output{.sample = sample, .class_index = plan.class_index, .split = plan.split};
    for (output.copy = plan.first_job(); output.copy <= std::min(plan.copies, plan.first_copy - 1 + kCopies);
         ++output.copy) {
      const Job job = jobs.draw(output);
      need.thread =
          std::max(need.thread, bytes_per_thread(job, sample) + mask_bytes * pixels_of(job.chain.frame));
      add_views(job, sample, views);
    }
  }
  need.sample =
      sample.size_bytes + sample.header.pixel_count() * (bytes_per_pixel(views, sample.header) + mask_bytes);
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
