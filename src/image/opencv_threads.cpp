#include "tenfold/image/opencv_threads.h"

#include <mutex>
#include <opencv2/core/utility.hpp>

namespace tenfold {

void use_one_opencv_thread() {
  static std::once_flag once;
  std::call_once(once, [] { cv::setNumThreads(1); });
}

}  // namespace tenfold
