// Makes photographs of 8, 10 and 12 megapixels out of small ones, for the job k224.
//
//   photographs IN OUT COUNT
//
// Each is a mosaic of pictures of IN at twice their size, which is about as sharp as a telephone's camera.
// The same IN gives the same photographs.

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "bench/each_image.h"

namespace tenfold::bench {
namespace {

constexpr int kMagnification = 2;
const cv::Size kSizes[] = {{3264, 2448}, {3648, 2736}, {4000, 3000}};

void lay_tile(const cv::Mat& tile, cv::Point corner, cv::Mat& photograph) {
  const cv::Rect place = cv::Rect(corner, tile.size()) & cv::Rect({}, photograph.size());
  tile(cv::Rect({}, place.size())).copyTo(photograph(place));
}

// Takes the pictures from `next` on, and leaves it at the one after the last.
cv::Mat mosaic(const std::vector<std::filesystem::path>& pictures, cv::Size size, std::size_t& next) {
  cv::Mat photograph(size, CV_8UC3);
  for (int y = 0, row_height = 0; y < size.height; y += row_height) {
    row_height = size.height;
    for (int x = 0, width = 0; x < size.width; x += width) {
      const std::string name = pictures[next++ % pictures.size()].string();
      cv::Mat tile = cv::imread(name);
      if (tile.empty()) give_up("cannot read '" + name + "'");
      cv::resize(tile, tile, {}, kMagnification, kMagnification, cv::INTER_CUBIC);
      width = tile.cols;
      row_height = std::min(row_height, tile.rows);
      lay_tile(tile, {x, y}, photograph);
    }
  }
  return photograph;
}

}  // namespace
}  // namespace tenfold::bench

int main(int argc, char** argv) {
  using namespace tenfold::bench;
  if (argc != 4) give_up("usage: photographs IN OUT COUNT");
  const auto pictures = images_below(argv[1]);
  if (pictures.empty()) give_up("there is no picture to make photographs of");
  const std::filesystem::path folder = std::filesystem::path(argv[2]) / "photographs";
  std::filesystem::create_directories(folder);
  std::size_t next = 0;
  for (int i = 0; i < std::atoi(argv[3]); ++i) {
    const cv::Mat photograph =
        mosaic(pictures, kSizes[static_cast<std::size_t>(i) % std::size(kSizes)], next);
    const std::filesystem::path file = folder / (std::to_string(100 + i) + ".jpg");
    if (!cv::imwrite(file.string(), photograph, {cv::IMWRITE_JPEG_QUALITY, 90}))
      give_up("cannot write '" + file.string() + "'");
  }
}
