#include "pixel_cache.h"

namespace tenfold {
namespace {

std::uint64_t bytes_of(const cv::Mat& pixels) { return pixels.total() * pixels.elemSize(); }

}  // namespace

cv::Mat PixelCache::get(const std::string& name, const std::function<cv::Mat()>& load) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = places_.find(name); found != places_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->pixels;
    }
  }
  cv::Mat pixels = load();
  const std::lock_guard lock(mutex_);
  if (places_.contains(name)) return pixels;
  entries_.push_front({name, pixels});
  places_[name] = entries_.begin();
  used_ += bytes_of(pixels);
  shrink_to_budget();
  return pixels;
}

void PixelCache::shrink_to_budget() {
  while (used_ > budget_ && !entries_.empty()) {
    used_ -= bytes_of(entries_.back().pixels);
    places_.erase(entries_.back().name);
    entries_.pop_back();
  }
}

}  // namespace tenfold
