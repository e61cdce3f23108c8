#include "rows.h"

namespace tenfold {

std::vector<Row> color_rows() {
  // 16 bit: (65,535·below + 1) div 3, with 3 of 4 pixels below the highest.
  const cv::Mat dim = (cv::Mat_<std::uint16_t>(1, 4) << 100, 300, 200, 400);
  const cv::Mat even = (cv::Mat_<std::uint16_t>(1, 4) << 0, 43'690, 21'845, 65'535);
  // One tile and a slope without limit: 256 bins of two pixels of one value each: lut = sum·255/2.
  const cv::Mat two = (cv::Mat_<std::uint8_t>(1, 2) << 10, 200);
  const cv::Mat spread = (cv::Mat_<std::uint8_t>(1, 2) << 128, 255);
  return {
      {"brightness", {{"factor", fixed(1.5)}}, {1, 1}, colors({1.5, 0, 0, 0, 0, 1.5, 0, 0, 0, 0, 1.5, 0})},
      {"contrast", {{"factor", fixed(0.5)}}, {1, 1}, colors({0.5, 0, 0, 64, 0, 0.5, 0, 64, 0, 0, 0.5, 64})},
      {"saturation",
       {{"factor", fixed(0)}},
       {1, 1},
       colors({0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0})},
      {"saturation",
       {{"factor", fixed(2)}},
       {1, 1},
       colors({1.886, -0.587, -0.299, 0, -0.114, 1.413, -0.299, 0, -0.114, -0.587, 1.701, 0})},
      // Red to green, green to blue, blue to red.
      {"hue", {{"degrees", fixed(120)}}, {1, 1}, colors({0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0})},
      {"hue",
       {{"degrees", fixed(180)}},
       {1, 1},
       colors({-1. / 3, 2. / 3, 2. / 3, 0, 2. / 3, -1. / 3, 2. / 3, 0, 2. / 3, 2. / 3, -1. / 3, 0})},
      {"gamma", {{"gamma", fixed(2)}}, {1, 1}, looks_up({0, 64. * 64 / 255, 128. * 128 / 255, 255})},
      {"gamma", {{"gamma", fixed(1)}}, {1, 1}, looks_up({0, 64, 128, 255})},
      {"channel_shift",
       {{"shift", fixed(-12.5)}},
       {1, 1},
       colors({1, 0, 0, -12.5, 0, 1, 0, -12.5, 0, 0, 1, -12.5})},
      {"grayscale",
       {},
       {1, 1},
       colors({0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0})},
      {"equalize", {}, dim.size(), paints(dim, even)},
      {"clahe", {{"clip_limit", fixed(100)}, {"tiles", 1}}, two.size(), paints(two, spread)},
  };
}

}  // namespace tenfold
