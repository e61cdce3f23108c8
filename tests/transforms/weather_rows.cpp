#include "rows.h"

namespace tenfold {
namespace {

// What the steps make of an image of one color.
auto turns(const cv::Mat& image, const cv::Mat& expected) {
  return [=](const Drawn& drawn) {
    EXPECT_TRUE(same_pixels(run(drawn.steps, image), expected)) << run(drawn.steps, image);
  };
}

cv::Mat flat(cv::Size size, int type, const cv::Scalar& color) { return {size, type, color}; }

// On the sun, which stands on the first pixel: 0.4 · (1.4 + 0.45) of (0.85, 0.95, 1), in b, g, r.
void shines(const Drawn& drawn) {
  const cv::Mat result = run(drawn.steps, flat({21, 21}, CV_8UC3, {0, 0, 0}));
  EXPECT_EQ(result.at<cv::Vec3b>(0, 0), cv::Vec3b(160, 179, 189));
  EXPECT_LT(result.at<cv::Vec3b>(3, 0)[2], 100);  // 1.4 sizes away
}

// references/weather.py; the noise key of copy 1 is known.
void hazes(const Drawn& drawn) {
  constexpr std::array<int, 8> kRow{162, 183, 187, 192, 200, 194, 184, 171};
  if (drawn.values.back() != DrawnValue{"noise", "1e3ce305f30d1ef2"}) return;
  const cv::Mat result = run(drawn.steps, flat({8, 6}, CV_8UC1, {0}));
  for (int x = 0; x < 8; ++x)
    EXPECT_EQ(result.at<std::uint8_t>(2, x), kRow[static_cast<std::size_t>(x)]) << x;
}

// Corners lie 0.6 to 1.4 sizes of 30 pixels from the centre and two neighbours at most 81 degrees apart, so
// the shadow reaches 0.6 · cos(40.5°) sizes everywhere and nowhere beyond 1.4, but for its edge of a pixel.
void darkens_around_its_centre(const Drawn& drawn) {
  const cv::Mat result = run(drawn.steps, flat({100, 100}, CV_8UC1, {200}));
  const cv::Point2d center(number(drawn, "x") * 100 - 0.5, number(drawn, "y") * 100 - 0.5);
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 100; ++x) {
      const double sizes = cv::norm(cv::Point2d(x, y) - center) / 30;
      if (sizes < 0.42) {
        ASSERT_EQ(result.at<std::uint8_t>(y, x), 50) << x << ", " << y;
      }
      if (sizes > 1.45) {
        ASSERT_EQ(result.at<std::uint8_t>(y, x), 200) << x << ", " << y;
      }
    }
  }
}

std::vector<Row> falling_rows() {
  // Streaks have the code value 200: 200 / 0.9 dims to it. Flakes have 250 = 0.8 · 248.75 + 0.2 · 255.
  const cv::Mat bright = flat({60, 40}, CV_16UC3, cv::Scalar::all(57'111));
  const cv::Mat water = flat({60, 40}, CV_16UC3, cv::Scalar::all(200 * 257));
  const cv::Mat light = flat({60, 40}, CV_16UC3, cv::Scalar::all(63'929));
  const cv::Mat snow = flat({60, 40}, CV_16UC3, cv::Scalar::all(250 * 257));
  return {
      {"rain", {{"amount", fixed(0.4)}}, bright.size(), turns(bright, water)},
      {"snow", {{"amount", fixed(1)}}, light.size(), turns(light, snow)},
  };
}

}  // namespace

std::vector<Row> weather_rows() {
  std::vector<Row> all = falling_rows();
  const cv::Mat haze = flat({9, 7}, CV_16UC3, cv::Scalar(228, 225, 222) * 257);
  const cv::Mat grey = flat({20, 20}, CV_8UC2, {100, 30}), dark = flat({20, 20}, CV_8UC2, {50, 30});
  const cv::Mat mud = flat({40, 30}, CV_8UC3, {32, 54, 74});
  const cv::Mat white = flat({21, 21}, CV_8UC1, {255});
  const ParameterValues sun{
      {"x", fixed(0.5 / 21)}, {"y", fixed(0.5 / 21)}, {"size", fixed(0.1)}, {"intensity", fixed(0.4)}};
  const std::vector<Row> still{
      {"fog", {{"density", fixed(0.8)}}, haze.size(), turns(haze, haze)},
      {"fog", {{"density", fixed(0.5)}, {"color", Color{255, 255, 255}}}, {8, 6}, hazes},
      // No corner is nearer than three sides, so the edges are beyond the image.
      {"shadow",
       {{"darkness", fixed(0.5)}, {"size", fixed(5)}, {"softness", fixed(0)}, {"vertices", fixed(8)}},
       grey.size(),
       turns(grey, dark)},
      {"shadow",
       {{"darkness", fixed(0.75)}, {"size", fixed(0.3)}, {"softness", fixed(0)}, {"vertices", fixed(8)}},
       {100, 100},
       darkens_around_its_centre},
      {"sun_flare", sun, {21, 21}, shines},
      {"sun_flare", sun, {21, 21}, turns(white, white)},
      {"spatter", {{"kind", "mud"}, {"amount", fixed(0.4)}}, mud.size(), turns(mud, mud)},
  };
  all.insert(all.end(), still.begin(), still.end());
  return all;
}

}  // namespace tenfold
