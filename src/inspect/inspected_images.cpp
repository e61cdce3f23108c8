#include "inspected_images.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <mutex>
#include <opencv2/imgproc.hpp>

#include "tenfold/base/error.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

bool is_stopped(const InspectOptions& options) {
  return options.stop != nullptr && options.stop->load(std::memory_order_relaxed);
}

// Only luma is looked at, so the usual color images become it once, many pixels at a time. Alpha stays.
cv::Mat without_color(const cv::Mat& pixels) {
  if (pixels.type() != CV_8UC3) return pixels;
  cv::Mat luma;
  cv::cvtColor(pixels, luma, cv::COLOR_BGR2GRAY);
  return luma;
}

class ImageInspector {
 public:
  ImageInspector(const Catalog& catalog, const InspectOptions& options)
      : catalog_(catalog), options_(options), result_{std::vector<InspectedImage>(catalog.samples.size())} {}

  InspectedImages run() {
    if (options_.progressed) options_.progressed(0, catalog_.samples.size(), 0);
    tbb::parallel_for(std::size_t{0}, catalog_.samples.size(), [&](std::size_t i) { take(i); });
    end_if_stopped(options_);
    std::ranges::sort(result_.unusable, {}, [](const auto& entry) { return entry.first; });
    return std::move(result_);
  }

 private:
  void take(std::size_t i) {
    if (is_stopped(options_)) return;
    const Outcome<InspectedImage> image = inspect_file(i);
    const std::lock_guard lock(mutex_);
    if (image) {
      result_.of_samples[i] = *image;
    } else {
      result_.unusable.emplace_back(i, image.error());
    }
    bytes_ += catalog_.samples[i].size_bytes;
    if (options_.progressed) options_.progressed(++done_, catalog_.samples.size(), bytes_);
  }

  Outcome<InspectedImage> inspect_file(std::size_t i) const {
    const Outcome<Bytes> bytes = read_source(catalog_, catalog_.samples[i]);
    if (!bytes) return tl::unexpected(bytes.error());
    const Outcome<DecodedImage> image = decode(*bytes, catalog_.samples[i].header);
    if (!image) return tl::unexpected(image.error());
    const cv::Mat pixels = without_color(image->pixels);
    return InspectedImage{hash128(*bytes), measure_pixels(pixels), look_of(pixels), true};
  }

  const Catalog& catalog_;
  const InspectOptions& options_;
  std::mutex mutex_;  // guards all below
  InspectedImages result_;
  std::uint64_t done_ = 0, bytes_ = 0;
};

}  // namespace

void end_if_stopped(const InspectOptions& options) {
  if (is_stopped(options)) throw Error(ErrorKind::kInterrupted, "interrupted; nothing was written");
}

InspectedImages inspect_images(const Catalog& catalog, const InspectOptions& options) {
  return ImageInspector(catalog, options).run();
}

}  // namespace tenfold
