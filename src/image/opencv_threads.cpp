#include "tenfold/image/opencv_threads.h"

#include <mutex>
#include <opencv2/core/utility.hpp>

namespace tenfold {

void use_one_opencv_thread() {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  if (cv::getNumThreads() != 1) cv::setNumThreads(1);
}

}  // namespace tenfold
