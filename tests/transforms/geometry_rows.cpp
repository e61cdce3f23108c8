#include <map>
#include <tuple>
#include <utility>

#include "rows.h"

namespace tenfold {

namespace {

std::vector<Row> affine_rows() {
  const double root = std::sqrt(3.0) / 2;
  return {
      {"horizontal_flip", {}, {5, 3}, maps_exactly({5, 3}, {-1, 0, 4, 0, 1, 0, 0, 0, 1})},
      {"vertical_flip", {}, {5, 3}, maps_exactly({5, 3}, {1, 0, 0, 0, -1, 2, 0, 0, 1})},
      {"transpose", {}, {5, 3}, maps_exactly({3, 5}, {0, 1, 0, 1, 0, 0, 0, 0, 1})},
      {"rotate90", {{"turns", fixed(0)}}, {5, 3}, maps_exactly({5, 3}, cv::Matx33d::eye())},
      // The output's top left pixel is the input's top right one.
      {"rotate90", {{"turns", fixed(1)}}, {5, 3}, maps_exactly({3, 5}, {0, -1, 4, 1, 0, 0, 0, 0, 1})},
      {"rotate90", {{"turns", fixed(2)}}, {5, 3}, maps_exactly({5, 3}, {-1, 0, 4, 0, -1, 2, 0, 0, 1})},
      {"rotate90", {{"turns", fixed(3)}}, {5, 3}, maps_exactly({3, 5}, {0, 1, 0, -1, 0, 2, 0, 0, 1})},
      // About (2, 1). A quarter turn of a square is rotate90's first.
      {"rotate", {{"degrees", fixed(90)}}, {5, 5}, maps_exactly({5, 5}, {0, -1, 4, 1, 0, 0, 0, 0, 1})},
      {"rotate", {{"degrees", fixed(-180)}}, {5, 3}, maps_exactly({5, 3}, {-1, 0, 4, 0, -1, 2, 0, 0, 1})},
      {"rotate",
       {{"degrees", fixed(30)}},
       {5, 3},
       maps({5, 3}, {root, -0.5, 2 - 2 * root + 0.5, 0.5, root, 1 - 1 - root, 0, 0, 1})},
      {"translate",
       {{"x", fixed(0.25)}, {"y", fixed(-0.1)}},
       {8, 20},
       maps_exactly({8, 20}, {1, 0, -2, 0, 1, 2, 0, 0, 1})},
      {"translate", {{"x", fixed(0.5)}}, {5, 3}, maps_exactly({5, 3}, {1, 0, -2.5, 0, 1, 0, 0, 0, 1})},
      {"scale", {{"factor", fixed(2)}}, {5, 3}, maps({5, 3}, {0.5, 0, 1, 0, 0.5, 0.5, 0, 0, 1})},
      {"scale",
       {{"x", fixed(4)}, {"y", fixed(0.5)}},
       {5, 3},
       maps({5, 3}, {0.25, 0, 1.5, 0, 2, -1, 0, 0, 1})},
      // What lies one pixel below the centre has moved one pixel to the right.
      {"shear", {{"x", fixed(45)}}, {5, 3}, maps({5, 3}, {1, -1, 1, 0, 1, 0, 0, 0, 1})},
      {"shear", {{"y", fixed(45)}}, {5, 3}, maps({5, 3}, {1, 0, 0, -1, 1, 2, 0, 0, 1})},
      {"shear", {{"x", fixed(45)}, {"y", fixed(45)}}, {5, 3}, maps({5, 3}, {2, -1, -1, -1, 1, 2, 0, 0, 1})},
      // Forward about (2, 1): shear [1 1; 0 1], times 2, a quarter turn [0 1; -1 0], then (1, 0.3):
      // [0 2; -2 -2]; its inverse is [-0.5 -0.5; 0.5 0].
      {"affine",
       {{"degrees", fixed(90)},
        {"translate_x", fixed(0.2)},
        {"translate_y", fixed(0.1)},
        {"scale", fixed(2)},
        {"shear_x", fixed(45)}},
       {5, 3},
       maps({5, 3}, {-0.5, -0.5, 2 + 0.5 * 3 + 0.5 * 1.3, 0.5, 0, 1 - 0.5 * 3, 0, 0, 1})},
      {"resize", {{"width", 10}, {"height", 2}}, {5, 4}, maps({10, 2}, {0.5, 0, -0.25, 0, 2, 0.5, 0, 0, 1})},
      {"resize", {{"width", 10}}, {4, 3}, maps({10, 8}, {0.4, 0, -0.3, 0, 0.375, -0.3125, 0, 0, 1})},
      {"resize", {{"height", 6}}, {4, 3}, maps({8, 6}, {0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1})},
      {"resize", {{"shorter", 6}}, {4, 3}, maps({8, 6}, {0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1})},
      {"resize", {{"shorter", 6}}, {3, 4}, maps({6, 8}, {0.5, 0, -0.25, 0, 0.5, -0.25, 0, 0, 1})},
      {"resize", {{"longer", 2}}, {4, 3}, maps({2, 2}, {2, 0, 0.5, 0, 1.5, 0.25, 0, 0, 1})},
      {"resize", {{"longer", 1}}, {400, 3}, maps({1, 1}, {400, 0, 199.5, 0, 3, 1, 0, 0, 1})},
  };
}

std::vector<Row> crop_rows() {
  const auto at_its_place = [](cv::Size output, cv::Size size, cv::Point2d zoom) {
    return [=](const Drawn& drawn) {
      const double x = number(drawn, "x");
      const double y = number(drawn, "y");
      EXPECT_EQ(number(drawn, "width"), size.width);
      EXPECT_EQ(number(drawn, "height"), size.height);
      maps(output, {zoom.x, 0, x + 0.5 * zoom.x - 0.5, 0, zoom.y, y + 0.5 * zoom.y - 0.5, 0, 0, 1})(drawn);
    };
  };
  return {
      {"crop", {{"scale", fixed(0.25)}}, {20, 12}, at_its_place({20, 12}, {10, 6}, {0.5, 0.5})},
      // Four times as wide for its height: 20·√(0.25·4) × 12·√(0.25/4).
      {"crop",
       {{"scale", fixed(0.25)}, {"ratio", fixed(4)}},
       {20, 12},
       at_its_place({20, 12}, {20, 3}, {1, 0.25})},
      {"crop",
       {{"width", 7}, {"height", 5}, {"keep_size", false}},
       {20, 12},
       at_its_place({7, 5}, {7, 5}, {1, 1})},
      {"crop", {{"width", 5}}, {20, 12}, at_its_place({20, 12}, {5, 12}, {0.25, 1})},
      {"crop", {{"width", 500}, {"height", 500}}, {20, 12}, maps_exactly({20, 12}, cv::Matx33d::eye())},
      {"crop", {{"scale", fixed(0.0001)}}, {20, 12}, at_its_place({20, 12}, {1, 1}, {0.05, 1.0 / 12})},
  };
}

// Draws are stratified: the first eight copies have one symmetry each.
void are_the_eight_symmetries(const Drawn&) {
  std::map<std::string, std::pair<cv::Size, cv::Matx33d>> expected{
      {"identity", {{5, 3}, cv::Matx33d::eye()}},
      {"rotate90", {{3, 5}, {0, -1, 4, 1, 0, 0, 0, 0, 1}}},
      {"rotate180", {{5, 3}, {-1, 0, 4, 0, -1, 2, 0, 0, 1}}},
      {"rotate270", {{3, 5}, {0, 1, 0, -1, 0, 2, 0, 0, 1}}},
      {"horizontal_flip", {{5, 3}, {-1, 0, 4, 0, 1, 0, 0, 0, 1}}},
      {"vertical_flip", {{5, 3}, {1, 0, 0, 0, -1, 2, 0, 0, 1}}},
      {"transpose", {{3, 5}, {0, 1, 0, 1, 0, 0, 0, 0, 1}}},
      {"transverse", {{3, 5}, {0, -1, 4, -1, 0, 2, 0, 0, 1}}}};
  for (std::uint32_t copy = 1; copy <= 8; ++copy) {
    const Drawn one = drawn("d4", {}, {5, 3}, {.copy = copy});
    const std::string& name = std::get<std::string>(one.values.front().value);
    ASSERT_TRUE(expected.contains(name)) << name;
    maps_exactly(expected[name].first, expected[name].second)(one);
    expected.erase(name);
  }
  EXPECT_TRUE(expected.empty());
}

cv::Point2d mapped(const cv::Matx33d& m, double x, double y) {
  const cv::Vec3d p = m * cv::Vec3d(x, y, 1);
  return {p[0] / p[2], p[1] / p[2]};
}

// Where the lines a-c and b-d meet.
cv::Point2d crossing(cv::Point2d a, cv::Point2d b, cv::Point2d c, cv::Point2d d) {
  const double t = (b - a).cross(d - b) / (c - a).cross(d - b);
  return a + t * (c - a);
}

// A homography is known by four corners. That it is one, and not bilinear, shows in the middle: straight
// diagonals stay straight, so their crossing becomes their crossing.
void moves_its_corners(const Drawn& drawn) {
  const auto& step = std::get<GeometryStep>(drawn.step());
  EXPECT_EQ(step.output, cv::Size(40, 30));
  std::vector<cv::Point2d> corners;
  for (const auto& [name, x, y] :
       {std::tuple("top_left", 0, 0), {"top_right", 1, 0}, {"bottom_right", 1, 1}, {"bottom_left", 0, 1}}) {
    const double dx = number(drawn, std::string(name) + "_x"), dy = number(drawn, std::string(name) + "_y");
    EXPECT_LE(std::max(std::abs(dx), std::abs(dy)), 0.2);
    corners.emplace_back((x + dx) * 40 - 0.5, (y + dy) * 30 - 0.5);
    EXPECT_LT(cv::norm(mapped(step.map.matrix, x * 40 - 0.5, y * 30 - 0.5) - corners.back()), 1e-9);
  }
  const cv::Point2d middle = crossing(corners[0], corners[1], corners[2], corners[3]);
  EXPECT_LT(cv::norm(mapped(step.map.matrix, 19.5, 14.5) - middle), 1e-9);
}

std::vector<Row> motion_rows() {
  const double root = std::sqrt(3.0) / 2;
  return {
      {"d4", {}, {5, 3}, are_the_eight_symmetries},
      // About (0.25 · 8 - 0.5, 1 · 20 - 0.5).
      {"zoom",
       {{"factor", fixed(2)}, {"x", fixed(0.25)}, {"y", fixed(1)}},
       {8, 20},
       maps({8, 20}, {0.5, 0, 0.75, 0, 0.5, 9.75, 0, 0, 1})},
      {"perspective", {{"scale", fixed(0.2)}}, {40, 30}, moves_its_corners},
      {"perspective", {{"scale", fixed(0)}}, {40, 30}, maps_exactly({40, 30}, cv::Matx33d::eye())},
      {"safe_rotate", {{"degrees", fixed(90)}}, {5, 3}, maps_exactly({3, 5}, {0, -1, 4, 1, 0, 0, 0, 0, 1})},
      // 40 · 0.866 + 30 · 0.5 = 49.64 by 40 · 0.5 + 30 · 0.866 = 45.98; the centre (24.5, 22.5) goes to
      // (19.5, 14.5).
      {"safe_rotate",
       {{"degrees", fixed(30)}},
       {40, 30},
       maps({50, 46},
            {root, -0.5, 19.5 - 24.5 * root + 11.25, 0.5, root, 14.5 - 12.25 - 22.5 * root, 0, 0, 1})},
      // A quarter turn of 40×30 shrinks by 30/40.
      {"safe_rotate",
       {{"degrees", fixed(90)}, {"keep_size", true}},
       {40, 30},
       maps({40, 30}, {0, -4.0 / 3, 19.5 + 14.5 * 4 / 3, 4.0 / 3, 0, 14.5 - 19.5 * 4 / 3, 0, 0, 1})},
  };
}

// The picture in its place and the color around it; a fill of red 200, green 100, blue 50.
auto lies_in(cv::Size frame, cv::Rect picture, bool is_painted) {
  return [=](const Drawn& drawn) {
    ASSERT_EQ(drawn.steps.size(), is_painted ? 2u : 1u);
    const auto& step = std::get<GeometryStep>(drawn.steps.front());
    const double x = 20.0 / picture.width, y = 12.0 / picture.height;
    maps(frame,
         {x, 0, x / 2 - 0.5 - x * picture.x, 0, y, y / 2 - 0.5 - y * picture.y, 0, 0, 1})({{step}, {}, {}});
    if (!is_painted) return;
    for (const auto& [type, color, inside] :
         {std::tuple(CV_8UC3, cv::Scalar(50, 100, 200), cv::Scalar(9, 8, 7)),
          {CV_16UC4, cv::Scalar(50 * 257, 100 * 257, 200 * 257, 65535), cv::Scalar(9, 8, 7, 6)},
          // 0.114 · 50 + 0.587 · 100 + 0.299 · 200 = 124.2
          {CV_8UC2, cv::Scalar(124, 255), cv::Scalar(9, 8)}}) {
      cv::Mat image(frame, type, inside), expected(frame, type, color);
      expected(picture).setTo(inside);
      std::get<PixelStep>(drawn.steps.back()).apply(image);
      EXPECT_TRUE(same_pixels(image, expected)) << image;
    }
  };
}

std::vector<Row> frame_rows() {
  const ParameterValue fill = Color{200, 100, 50};
  return {
      {"center_crop", {{"width", 7}, {"height", 6}}, {20, 12}, maps({7, 6}, {1, 0, 6, 0, 1, 3, 0, 0, 1})},
      {"center_crop", {{"width", 30}}, {20, 12}, maps_exactly({20, 12}, cv::Matx33d::eye())},
      {"center_crop", {{"scale", fixed(0.25)}}, {20, 12}, maps({10, 6}, {1, 0, 5, 0, 1, 3, 0, 0, 1})},
      {"center_crop",
       {{"scale", fixed(0.25)}, {"keep_size", true}},
       {20, 12},
       maps({20, 12}, {0.5, 0, 4.75, 0, 0.5, 2.75, 0, 0, 1})},
      {"crop_and_pad",
       {{"px", fixed(2)}, {"keep_size", false}},
       {20, 12},
       maps({24, 16}, {1, 0, -2, 0, 1, -2, 0, 0, 1})},
      {"crop_and_pad",
       {{"percent", fixed(-0.25)}, {"sample_independently", false}},
       {20, 12},
       maps({20, 12}, {0.5, 0, 4.75, 0, 0.5, 2.75, 0, 0, 1})},
      // 100 pixels off each side would leave none: the left gives 19 and the right nothing.
      {"crop_and_pad",
       {{"px", fixed(-100)}, {"keep_size", false}},
       {20, 12},
       maps({1, 1}, {1, 0, 19, 0, 1, 11, 0, 0, 1})},
      {"pad", {{"width", 25}, {"height", 2}}, {20, 12}, lies_in({25, 12}, {2, 0, 20, 12}, false)},
      {"pad", {{"multiple", 16}, {"fill", fill}}, {20, 12}, lies_in({32, 16}, {6, 2, 20, 12}, true)},
      {"pad",
       {{"multiple", 16}, {"position", "bottom_right"}, {"fill", fill}},
       {20, 12},
       lies_in({32, 16}, {12, 4, 20, 12}, true)},
      {"pad", {{"multiple", 4}, {"fill", fill}}, {20, 12}, lies_in({20, 12}, {0, 0, 20, 12}, false)},
      {"resize",
       {{"width", 50}, {"height", 60}, {"fit", "pad"}, {"fill", fill}},
       {20, 12},
       lies_in({50, 60}, {0, 15, 50, 30}, true)},
      {"resize",
       {{"width", 15}, {"height", 18}, {"fit", "crop"}},
       {20, 12},
       lies_in({15, 18}, {-7, 0, 30, 18}, false)},
  };
}

// The rectangle, whose place is drawn, fills the output.
auto shows(cv::Size output, cv::Size size) {
  return [=](const Drawn& drawn) {
    EXPECT_EQ(number(drawn, "crop_width"), size.width);
    EXPECT_EQ(number(drawn, "crop_height"), size.height);
    const double x = 1.0 * size.width / output.width, y = 1.0 * size.height / output.height;
    maps(output,
         {x, 0, number(drawn, "x") + x / 2 - 0.5, 0, y, number(drawn, "y") + y / 2 - 0.5, 0, 0, 1})(drawn);
  };
}

std::vector<Row> resized_crop_rows() {
  const auto row = [](double scale, double ratio, cv::Size size) {
    return Row{"resized_crop",
               {{"scale", fixed(scale)}, {"ratio", fixed(ratio)}, {"width", 8}, {"height", 4}},
               {40, 30},
               shows({8, 4}, size)};
  };
  return {
      row(0.25, 0.75, {15, 20}),  // √(300 · 0.75) × √(300 / 0.75)
      row(0.64, 1, {28, 28}),     // √768 = 27.7
      // √1200 = 34.6 is higher than the image, whose largest square is 30×30.
      row(1, 1, {30, 30}), row(0.5, 10, {40, 4}),  // 77.5 × 7.75, too wide
  };
}

}  // namespace

std::vector<Row> geometry_rows() {
  std::vector<Row> all;
  for (const auto& rows :
       {affine_rows(), crop_rows(), motion_rows(), frame_rows(), resized_crop_rows(), distortion_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace tenfold
