#include "rows.h"

namespace tenfold {
namespace {

const ParameterValue kOchre = Color{.red = 200, .green = 100, .blue = 50};

cv::Mat applied(const Drawn& drawn, const cv::Mat& image) {
  cv::Mat result = image.clone();
  std::get<PixelStep>(drawn.step()).apply(result);
  return result;
}

// The rectangle where it was drawn, of this size, in this color; nothing else changes.
auto erases(cv::Size size, int type, const cv::Scalar& color) {
  return [=](const Drawn& drawn) {
    EXPECT_EQ(number(drawn, "width"), size.width);
    EXPECT_EQ(number(drawn, "height"), size.height);
    const cv::Mat image = textured({20, 10}, type);
    cv::Mat expected = image.clone();
    const cv::Point corner(static_cast<int>(number(drawn, "x")), static_cast<int>(number(drawn, "y")));
    cv::Mat rectangle = expected({corner, size});
    rectangle.setTo(color);
    if (expected.channels() == 4) cv::mixChannels(image({corner, size}), rectangle, {3, 3});
    EXPECT_TRUE(same_pixels(applied(drawn, image), expected));
  };
}

// How many pixels of a white image turn black; a bound where it is random.
auto erases_pixels(cv::Size frame, double count, double bound = 0.0) {
  return [=](const Drawn& drawn) {
    const cv::Mat white(frame, CV_8UC1, cv::Scalar(255));
    EXPECT_NEAR(cv::countNonZero(applied(drawn, white) == 0), count, bound);
  };
}

// A point that lies at (u, v) units from the grid's origin, along the grid's axes, is black where the
// fractions of both are below 0.4. Turned counter-clockwise by 30 degrees, with y downwards, the grid's first
// axis is (cos 30°, -sin 30°) and its second (sin 30°, cos 30°).
void masks_a_grid_turned_by_30_degrees(const Drawn& drawn) {
  const cv::Mat result = applied(drawn, cv::Mat(100, 100, CV_8UC1, cv::Scalar(255)));
  const double cosine = std::sqrt(0.75), sine = 0.5, unit = 25;
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 100; ++x) {
      const double dx = (x - 49.5) / unit, dy = (y - 49.5) / unit;
      const double u = cosine * dx - sine * dy + number(drawn, "offset_x");
      const double v = sine * dx + cosine * dy + number(drawn, "offset_y");
      const bool black = u - std::floor(u) < 0.4 && v - std::floor(v) < 0.4;
      ASSERT_EQ(result.at<std::uint8_t>(y, x), black ? 0 : 255) << x << ", " << y;
    }
  }
}

// 8-bit values that are all equally likely have the mean 127.5 and the variance (256² - 1) / 12.
void fills_with_noise(const Drawn& drawn) {
  const cv::Mat flat(100, 100, CV_8UC3, cv::Scalar::all(7));
  cv::Scalar mean, deviation;
  cv::meanStdDev(applied(drawn, flat).reshape(1), mean, deviation);
  EXPECT_NEAR(mean[0], 127.5, 5 * std::sqrt(5461.25 / 30'000));
  EXPECT_NEAR(deviation[0] * deviation[0], 5461.25, 5 * 5461.25 * std::sqrt(0.8 / 30'000));  // kurtosis 1.8
}

// The whole image turned about its centre is its mirror image in both directions beyond the soft edge of two
// pixels.
void turns_over(const Drawn& drawn) {
  const cv::Mat image = textured({20, 20}, CV_16UC3);
  cv::Mat turned;
  cv::flip(image, turned, -1);
  const cv::Rect inside(2, 2, 16, 16);
  EXPECT_TRUE(same_pixels(applied(drawn, image)(inside), turned(inside)));
}

void hides_on_a_flat_image(const Drawn& drawn) {
  const cv::Mat flat(30, 40, CV_8UC4, cv::Scalar(10, 90, 200, 120));
  EXPECT_TRUE(same_pixels(applied(drawn, flat), flat));
}

std::vector<Row> patch_rows() {
  return {
      {"patch_transform",
       {{"area", fixed(1)},
        {"ratio", fixed(1)},
        {"degrees", fixed(180)},
        {"scale", fixed(1)},
        {"shift", fixed(0)}},
       {20, 20},
       turns_over},
      {"patch_transform", {{"area", fixed(0.1)}}, {40, 30}, hides_on_a_flat_image},
  };
}

std::vector<Row> mask_rows() {
  // 0.25 · 200 pixels, twice as wide as high. Grey: 0.114·50 + 0.587·100 + 0.299·200 = 124.2.
  const ParameterValues rectangle{
      {"scale", fixed(0.25)}, {"ratio", fixed(2)}, {"fill", "constant"}, {"color", kOchre}};
  const cv::Mat two = (cv::Mat_<cv::Vec4b>(1, 2) << cv::Vec4b(10, 20, 40, 200), cv::Vec4b(21, 20, 0, 100));
  // Weights 2 and 1: 13.67, 20, 26.67.
  const cv::Mat mean = (cv::Mat_<cv::Vec4b>(1, 2) << cv::Vec4b(14, 20, 27, 200), cv::Vec4b(14, 20, 27, 100));
  const ParameterValues black{{"fill", "constant"}};
  const auto in_black = [&](ParameterValues values) {
    values.insert(black.begin(), black.end());
    return values;
  };
  return {
      {"random_erasing", rectangle, {20, 10}, erases({10, 5}, CV_8UC3, {50, 100, 200})},
      {"random_erasing", rectangle, {20, 10}, erases({10, 5}, CV_8UC4, {50, 100, 200})},
      {"random_erasing", rectangle, {20, 10}, erases({10, 5}, CV_16UC3, {12'850, 25'700, 51'400})},
      {"random_erasing", rectangle, {20, 10}, erases({10, 5}, CV_8UC1, {124})},
      {"random_erasing", rectangle, {20, 10}, erases({10, 5}, CV_16UC1, {31'919})},
      {"coarse_dropout",
       {{"holes", fixed(1)}, {"hole_width", fixed(1)}, {"hole_height", fixed(1)}},
       two.size(),
       paints(two, mean)},
      {"coarse_dropout",
       in_black({{"holes", fixed(1)}, {"hole_width", fixed(0.3)}, {"hole_height", fixed(0.5)}}),
       {20, 10},
       erases_pixels({20, 10}, 30)},
      // Wherever the grid starts: in each unit of 6 pixels 3.
      {"grid_dropout",
       in_black({{"unit", fixed(0.5)}, {"ratio", fixed(0.5)}}),
       {12, 12},
       erases_pixels({12, 12}, 36)},
      {"grid_mask",
       in_black({{"unit", fixed(0.5)}, {"ratio", fixed(0.5)}, {"degrees", fixed(0)}}),
       {12, 12},
       erases_pixels({12, 12}, 36)},
      {"grid_mask",
       in_black({{"unit", fixed(0.5)}, {"ratio", fixed(0.5)}, {"degrees", fixed(90)}}),
       {12, 12},
       erases_pixels({12, 12}, 36)},
      // 0.4² of the pixels, but for what the edges cut.
      {"grid_mask",
       in_black({{"unit", fixed(0.05)}, {"ratio", fixed(0.4)}, {"degrees", fixed(30)}}),
       {400, 400},
       erases_pixels({400, 400}, 25'600, 800)},
      {"grid_mask",
       in_black({{"unit", fixed(0.25)}, {"ratio", fixed(0.4)}, {"degrees", fixed(30)}}),
       {100, 100},
       masks_a_grid_turned_by_30_degrees},
      {"pixel_dropout", in_black({{"amount", fixed(1)}}), {9, 9}, erases_pixels({9, 9}, 81)},
      {"pixel_dropout",
       in_black({{"amount", fixed(0.1)}}),
       {100, 100},
       erases_pixels({100, 100}, 1000, 5 * std::sqrt(900))},
      {"pixel_dropout", {{"amount", fixed(1)}, {"fill", "noise"}}, {100, 100}, fills_with_noise},
  };
}

}  // namespace

std::vector<Row> erasing_rows() {
  std::vector<Row> all;
  for (const auto& rows : {mask_rows(), patch_rows()}) all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace tenfold
