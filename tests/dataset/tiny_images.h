// Images of a few pixels, for tests that care for files and not for pictures.

#pragma once

#include <opencv2/core.hpp>
#include <stdexcept>
#include <string>

#include "tenfold/image/codec.h"

namespace tenfold {

inline std::string tiny_image(Format format = Format::kPnm, cv::Size size = {2, 2}) {
  Bytes bytes;
  if (!encode(cv::Mat(size, CV_8UC3, cv::Scalar(10, 120, 230)), {}, {format, 90}, bytes))
    throw std::runtime_error("cannot encode a tiny image");
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace tenfold
