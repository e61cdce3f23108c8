// Of OpenCV's threads none is wanted: parallelism is across images.

#pragma once

namespace tenfold {

// Tells OpenCV to use one thread, for the whole process and from now on. May be called from several threads at
// once, which cv::setNumThreads() may not.
void use_one_opencv_thread();

}  // namespace tenfold
