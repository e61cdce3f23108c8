#include "rows.h"

namespace tenfold {

namespace {

cv::Mat grey_row(const std::vector<std::uint8_t>& codes) { return cv::Mat(codes, true).reshape(1, 1); }

// The figures of temperature rest on other fits of the black body and of the observer: within 1.5 %.
auto gains(double red, double green, double blue) {
  return [=](const Drawn& drawn) {
    const auto& matrix = std::get<ColorStep>(drawn.step()).matrix;
    EXPECT_NEAR(matrix(0, 0), blue, 0.015);
    EXPECT_NEAR(matrix(1, 1), green, 0.015);
    EXPECT_NEAR(matrix(2, 2), red, 0.015);
    EXPECT_NEAR(kLumaBlue * matrix(0, 0) + kLumaGreen * matrix(1, 1) + kLumaRed * matrix(2, 2), 1, kClose);
  };
}

// Which of the outputs b, g, r takes which of the inputs.
auto reorders(const Drawn& drawn) {
  const std::string letters = "bgr";
  const auto& matrix = std::get<ColorStep>(drawn.step()).matrix;
  const auto& order = std::get<std::string>(drawn.values.front().value);
  EXPECT_NE(order, "rgb");
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      EXPECT_EQ(matrix(static_cast<int>(i), static_cast<int>(j)), order[2 - i] == letters[j] ? 1 : 0)
          << order;
}

auto drops_one(const Drawn& drawn) {
  const auto& matrix = std::get<ColorStep>(drawn.step()).matrix;
  cv::Matx34d expected = cv::Matx34d::eye();
  const std::string dropped = std::get<std::string>(drawn.values.back().value);
  const auto channel = static_cast<int>(std::string("bgr").find(dropped));
  expected(channel, channel) = 0;
  expected(channel, 3) = 40;
  EXPECT_EQ(matrix, expected) << dropped;
}

// Figures "of references" are what references/color.py prints.
std::vector<Row> matrix_rows() {
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
      {"channel_shift",
       {{"shift", fixed(-12.5)}},
       {1, 1},
       colors({1, 0, 0, -12.5, 0, 1, 0, -12.5, 0, 0, 1, -12.5})},
      {"grayscale",
       {},
       {1, 1},
       colors({0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0, 0.114, 0.587, 0.299, 0})},
      // Of references.
      {"color_jitter",
       {{"brightness", fixed(1.5)},
        {"contrast", fixed(0.5)},
        {"saturation", fixed(2)},
        {"hue", fixed(1. / 3)}},
       {1, 1},
       colors(
           {-0.0855, 1.05975, -0.22425, 64, -0.0855, -0.44025, 1.27575, 64, 1.4145, -0.44025, -0.22425, 64})},
  };
}

std::vector<Row> per_channel_rows() {
  return {
      {"rgb_shift",
       {{"red", fixed(10)}, {"blue", fixed(-2.5)}},
       {1, 1},
       colors({1, 0, 0, -2.5, 0, 1, 0, 0, 0, 0, 1, 10})},
      {"white_balance",
       {{"red", fixed(1.25)}, {"blue", fixed(0.5)}},
       {1, 1},
       colors({0.5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1.25, 0})},
      // Of references.
      {"temperature", {{"kelvin", fixed(3000)}}, {1, 1}, gains(1.280, 0.945, 0.549)},
      {"temperature", {{"kelvin", fixed(4500)}}, {1, 1}, gains(1.105, 0.983, 0.811)},
      {"temperature", {{"kelvin", fixed(10'000)}}, {1, 1}, gains(0.925, 1.007, 1.161)},
      {"fancy_pca", {}, {1, 1}, colors(cv::Matx34d::eye())},  // there is no dataset
      {"sepia",
       {{"strength", fixed(0.5)}},
       {1, 1},
       colors({0.5655, 0.267, 0.136, 0, 0.084, 0.843, 0.1745, 0, 0.0945, 0.3845, 0.6965, 0})},
      {"invert", {}, {1, 1}, colors({-1, 0, 0, 255, 0, -1, 0, 255, 0, 0, -1, 255})},
      {"channel_shuffle", {}, {1, 1}, reorders},
      {"channel_dropout", {{"fill", 40}}, {1, 1}, drops_one},
  };
}

std::vector<Row> lookup_rows() {
  return {
      {"gamma", {{"gamma", fixed(2)}}, {1, 1}, looks_up({0, 64. * 64 / 255, 128. * 128 / 255, 255})},
      {"gamma", {{"gamma", fixed(1)}}, {1, 1}, looks_up({0, 64, 128, 255})},
      {"tone_curve",
       {{"shadows", fixed(-0.2)}, {"highlights", fixed(0.1)}},
       {1, 1},
       looks_up({0, 46.06582698961937, 118.55014532871971, 255})},
      // Of references.
      {"solarize", {{"threshold", fixed(100)}}, {1, 1}, looks_up({0, 64, 127, 0})},
      {"posterize", {{"bits", fixed(3)}}, {1, 1}, looks_up({0, 64, 128, 224})},
  };
}

std::vector<Row> whole_image_rows() {
  // 16 bit: (65,535·below + 1) div 3, with 3 of 4 pixels below the highest.
  const cv::Mat dim = (cv::Mat_<std::uint16_t>(1, 4) << 100, 300, 200, 400);
  const cv::Mat even = (cv::Mat_<std::uint16_t>(1, 4) << 0, 43'690, 21'845, 65'535);
  // One tile and a slope without limit: 256 bins of two pixels of one value each: lut = sum·255/2.
  const cv::Mat two = (cv::Mat_<std::uint8_t>(1, 2) << 10, 200);
  const cv::Mat spread = (cv::Mat_<std::uint8_t>(1, 2) << 128, 255);
  // Of references; b, g, r.
  const cv::Mat bright = (cv::Mat_<cv::Vec3b>(1, 5) << cv::Vec3b(50, 100, 200), cv::Vec3b(90, 180, 40),
                          cv::Vec3b(90, 90, 90), cv::Vec3b(255, 245, 250), cv::Vec3b(240, 20, 10));
  const cv::Mat shifted = (cv::Mat_<cv::Vec3b>(1, 5) << cv::Vec3b(9, 170, 170), cv::Vec3b(150, 147, 4),
                           cv::Vec3b(60, 60, 60), cv::Vec3b(222, 207, 225), cv::Vec3b(210, 0, 131));
  const cv::Mat ramp = grey_row({30, 40, 60, 80, 100, 110, 130, 140, 170, 200});
  return {
      {"hue_saturation_value",
       {{"hue", fixed(40)}, {"saturation", fixed(50)}, {"value", fixed(-30)}},
       bright.size(),
       paints(bright, shifted)},
      // Of references; Pillow cuts off what is rounded here.
      {"auto_contrast",
       {{"cutoff", fixed(0)}},
       ramp.size(),
       paints_about(ramp, grey_row({0, 15, 45, 75, 105, 120, 150, 165, 210, 255}), 0)},
      {"auto_contrast",
       {{"cutoff", fixed(10)}},
       ramp.size(),
       paints_about(ramp, grey_row({0, 0, 39, 78, 117, 137, 176, 196, 255, 255}), 1)},
      {"auto_contrast",
       {{"cutoff", fixed(20)}},
       ramp.size(),
       paints_about(ramp, grey_row({0, 0, 0, 63, 127, 159, 223, 255, 255, 255}), 1)},
      {"equalize", {}, dim.size(), paints(dim, even)},
      {"clahe", {{"clip_limit", fixed(100)}, {"tiles", 1}}, two.size(), paints(two, spread)},
  };
}

std::vector<Row> place_rows() {
  const cv::Mat flat = grey_row({100, 100, 100});
  // Magnified by 1.1 about x = 2: looked up at 47, 279, 512, 745 and 977 / 256.
  const cv::Mat steps = (cv::Mat_<cv::Vec3b>(1, 5) << cv::Vec3b(0, 0, 0), cv::Vec3b(50, 50, 50),
                         cv::Vec3b(100, 100, 100), cv::Vec3b(150, 150, 150), cv::Vec3b(200, 200, 200));
  const cv::Mat fringed = (cv::Mat_<cv::Vec3b>(1, 5) << cv::Vec3b(0, 0, 9), cv::Vec3b(50, 50, 54),
                           cv::Vec3b(100, 100, 100), cv::Vec3b(150, 150, 146), cv::Vec3b(200, 200, 191));
  return {
      {"illumination",
       {{"strength", fixed(0.5)}, {"angle", fixed(0)}},
       flat.size(),
       paints(flat, grey_row({50, 100, 150}))},
      {"illumination",
       {{"kind", "radial"}, {"strength", fixed(0.5)}, {"x", fixed(0.5)}},
       flat.size(),
       paints(flat, grey_row({50, 150, 50}))},
      {"vignette", {{"strength", fixed(0.5)}}, flat.size(), paints(flat, grey_row({50, 100, 50}))},
      {"chromatic_aberration", {{"red", fixed(0.1)}}, steps.size(), paints(steps, fringed)},
  };
}

}  // namespace

std::vector<Row> color_rows() {
  std::vector<Row> all;
  for (const auto& rows :
       {matrix_rows(), per_channel_rows(), lookup_rows(), whole_image_rows(), place_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace tenfold
