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

}  // namespace

std::vector<Row> geometry_rows() {
  std::vector<Row> all;
  for (const auto& rows : {affine_rows(), crop_rows()}) all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace tenfold
