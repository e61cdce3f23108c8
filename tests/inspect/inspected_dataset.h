// Datasets of real files, and what inspect says of them.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "support/temporary_folder.h"
#include "tenfold/image/codec.h"
#include "tenfold/inspect/inspect.h"

namespace tenfold::test {

// The left half of one code value, the right half of another; too small to be compared by its looks.
inline cv::Mat halves(int left, int right, cv::Size size = {48, 48}) {
  cv::Mat image(size, CV_8UC3, cv::Scalar::all(left));
  image.colRange(size.width / 2, size.width).setTo(cv::Scalar::all(right));
  return image;
}

inline Bytes encoded(const cv::Mat& image, Format format) {
  Bytes bytes;
  if (!encode(image, {.format = format}, {.format = format}, bytes))
    throw std::runtime_error("cannot encode");
  return bytes;
}

class InspectedDataset : public ::testing::Test {
 protected:
  InspectedDataset() { options_.thresholds.min_images = 1; }

  void write(const std::string& name, const Bytes& bytes) const {
    write_text(folder_ / name, std::string(bytes.begin(), bytes.end()));
  }
  void write_png(const std::string& name, const cv::Mat& image) const {
    write(name, encoded(image, Format::kPng));
  }

  Inspection inspect_now() const { return inspect(folder_.path(), options_); }

  // As "kind: sentence".
  std::vector<std::string> findings() const {
    const Inspection inspection = inspect_now();
    std::vector<std::string> texts;
    for (const DatasetFinding& finding : inspection.findings)
      texts.push_back(std::string(flaw_kind(finding.flaw).name) + ": " +
                      sentence(finding, inspection.thresholds));
    return texts;
  }

  TemporaryFolder folder_;
  InspectOptions options_{.jobs = 2};
};

}  // namespace tenfold::test
