// Decoded images by name, the latest used ones within a budget of memory.
//
// Thread safety: may be used from several threads at once. Two that miss the same image both load it.

#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <opencv2/core.hpp>
#include <string>
#include <unordered_map>

namespace tenfold {

class PixelCache {
 public:
  explicit PixelCache(std::uint64_t memory_bytes) : budget_(memory_bytes) {}

  // The image of this name; `load` makes it where it is not there. Not to be written to.
  cv::Mat get(const std::string& name, const std::function<cv::Mat()>& load);

 private:
  struct Entry {
    std::string name;
    cv::Mat pixels;
  };

  void shrink_to_budget();

  const std::uint64_t budget_;
  std::uint64_t used_ = 0;
  std::list<Entry> entries_;  // the latest used first
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  std::mutex mutex_;
};

}  // namespace tenfold
