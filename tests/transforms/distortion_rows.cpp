// Rows of the transforms that bend the picture or cut it up. The figures come from
// tests/transforms/references/geometry.py.

#include <algorithm>
#include <array>

#include "rows.h"

namespace tenfold {
namespace {

const cv::Size kFrame(64, 48);

const std::string& noise_of(const Drawn& drawn) {
  for (const DrawnValue& value : drawn.values)
    if (value.name == "noise") return std::get<std::string>(value.value);
  throw std::logic_error("no noise");
}

const DisplacementGrid& grid_of(const Drawn& drawn) {
  const auto& step = std::get<GeometryStep>(drawn.step());
  EXPECT_EQ(step.map.matrix, cv::Matx33d::eye());
  EXPECT_EQ(step.map.then, cv::Matx33d::eye());
  return *step.map.grid;
}

// The offset of a knot in pixels, where the transform draws this noise.
struct Knot {
  std::string noise;
  int row, column;
  double x, y;
};

auto displaces(cv::Size knots, const std::vector<Knot>& expected) {
  return [=](const Drawn& drawn) {
    const DisplacementGrid& grid = grid_of(drawn);
    EXPECT_EQ(std::get<GeometryStep>(drawn.step()).output, kFrame);
    EXPECT_EQ(grid.frame, cv::Size2d(kFrame));
    ASSERT_EQ(grid.offset.size(), knots);
    int found = 0;
    for (const Knot& knot : expected) {
      if (knot.noise != noise_of(drawn)) continue;
      ++found;
      EXPECT_NEAR(grid.offset(knot.row, knot.column)[0], knot.x, 1e-4);
      EXPECT_NEAR(grid.offset(knot.row, knot.column)[1], knot.y, 1e-4);
    }
    EXPECT_EQ(found, 2) << noise_of(drawn);
  };
}

void stays(const Drawn& drawn) { EXPECT_TRUE(is_neutral(drawn.step(), kFrame)); }

// 400×300: half the diagonal is 250 pixels.
auto bends_like_a_lens(double k) {
  return [k](const Drawn& drawn) {
    const DisplacementGrid& grid = grid_of(drawn);
    const cv::Size cells(grid.offset.cols - 1, grid.offset.rows - 1);
    double worst = 0;
    for (int y = 0; y < 300; ++y) {
      for (int x = 0; x < 400; ++x) {
        const cv::Point2d d(x - 199.5, y - 149.5);
        const double u = (x + 0.5) / 400 * cells.width, v = (y + 0.5) / 300 * cells.height;
        const int column = static_cast<int>(u), row = static_cast<int>(v);
        const auto knot = [&](int i, int j) { return cv::Vec2d(grid.offset(row + j, column + i)); };
        const double p = u - column, q = v - row;
        const cv::Vec2d offset =
            (1 - q) * ((1 - p) * knot(0, 0) + p * knot(1, 0)) + q * ((1 - p) * knot(0, 1) + p * knot(1, 1));
        worst = std::max(worst, cv::norm(offset - cv::Vec2d(d.x, d.y) * (k * d.dot(d) / (250 * 250))));
      }
    }
    EXPECT_LT(worst, 1.0 / 16);
    EXPECT_NEAR(grid.offset(0, 0)[0], -200 * k, 1e-4);
    EXPECT_NEAR(grid.offset(0, 0)[1], -150 * k, 1e-4);
  };
}

// 6×4 pixels in six tiles of 2×2.
void shuffles_six(const Drawn& drawn) {
  const std::vector<std::pair<std::string, std::array<int, 6>>> orders{
      {"ce09d26322d785db", {5, 1, 2, 4, 3, 0}},
      {"2fa6aedbd50558bc", {2, 4, 0, 3, 5, 1}},
      {"7a14996802233d64", {5, 3, 4, 0, 2, 1}},
  };
  const auto order =
      std::ranges::find(orders, noise_of(drawn), &std::pair<std::string, std::array<int, 6>>::first);
  ASSERT_NE(order, orders.end());
  const cv::Mat before = textured({6, 4}, CV_16UC4);
  cv::Mat after = before.clone();
  std::get<PixelStep>(drawn.step()).apply(after);
  const auto tile = [](int i) { return cv::Rect(i % 3 * 2, i / 3 * 2, 2, 2); };
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(same_pixels(after(tile(i)), before(tile(order->second[i])))) << i;
}

// 7×5 in tiles 2, 2 and 3 wide and 2 and 3 high: those of one size change places, and no pixel is lost.
void keeps_all_pixels(const Drawn& drawn) {
  const cv::Mat before = textured({7, 5}, CV_16UC1);
  const cv::Mat after = run(drawn.steps, before);
  std::vector<std::uint16_t> old(before.begin<std::uint16_t>(), before.end<std::uint16_t>());
  std::vector<std::uint16_t> now(after.begin<std::uint16_t>(), after.end<std::uint16_t>());
  std::ranges::sort(old);
  std::ranges::sort(now);
  EXPECT_EQ(old, now);
  const cv::Rect alone_of_its_size(4, 2, 3, 3);
  EXPECT_TRUE(same_pixels(after(alone_of_its_size), before(alone_of_its_size)));
}

std::vector<Row> bending_rows() {
  return {
      {"elastic",
       {{"alpha", fixed(4)}, {"sigma", fixed(12)}},
       kFrame,
       displaces({17, 13}, {{"e4d3eb2f1f87bcdf", 0, 0, 0.800299, 5.722155},
                            {"e4d3eb2f1f87bcdf", 7, 11, 1.671768, 0.415503},
                            {"3a116fe6e2f786ea", 0, 0, -1.686723, -7.367219},
                            {"3a116fe6e2f786ea", 7, 11, -0.656100, -8.151817},
                            {"75230919efdc8f77", 0, 0, 2.218923, 4.999150},
                            {"75230919efdc8f77", 7, 11, -1.440125, -1.668764}})},
      {"elastic", {{"alpha", fixed(0)}}, kFrame, stays},
      {"grid_distortion",
       {},
       kFrame,
       displaces({6, 6}, {{"ce09d26322d785db", 1, 4, 0.139384, 1.950323},
                          {"ce09d26322d785db", 3, 2, -3.901094, -3.224694},
                          {"2fa6aedbd50558bc", 1, 4, -2.988854, 0.536259},
                          {"2fa6aedbd50558bc", 3, 2, -2.771159, 3.156797},
                          {"7a14996802233d64", 1, 4, -0.427600, -1.376583},
                          {"7a14996802233d64", 3, 2, -0.365795, -0.977088}})},
      {"grid_distortion", {{"distort", fixed(0.3)}}, kFrame, stays},
      {"piecewise_affine",
       {{"scale", fixed(0.05)}, {"rows", 4}, {"columns", 5}},
       kFrame,
       displaces({5, 4}, {{"1e3ce305f30d1ef2", 0, 4, 1.590827, -6.070334},
                          {"1e3ce305f30d1ef2", 2, 1, 1.766972, -2.674824},
                          {"c443f259cf6005a2", 0, 4, 1.486679, -0.726922},
                          {"c443f259cf6005a2", 2, 1, -0.999257, -2.026662},
                          {"047d66ea01c56d38", 0, 4, 1.350692, 0.180502},
                          {"047d66ea01c56d38", 2, 1, 2.386361, -0.040254}})},
      {"thin_plate_spline",
       {{"scale", fixed(0.05)}},
       kFrame,
       displaces({49, 49}, {{"1e3ce305f30d1ef2", 16, 32, -1.364218, -0.921122},
                            {"1e3ce305f30d1ef2", 11, 42, -0.425511, -2.376932},
                            {"c443f259cf6005a2", 16, 32, 0.191600, -1.980618},
                            {"c443f259cf6005a2", 11, 42, -2.736699, -1.185142},
                            {"047d66ea01c56d38", 16, 32, 2.522029, 0.559989},
                            {"047d66ea01c56d38", 11, 42, 5.171759, 2.765558}})},
  };
}

}  // namespace

std::vector<Row> distortion_rows() {
  std::vector<Row> all = bending_rows();
  for (const double k : {-0.25, 0.1, 0.9})
    all.push_back({"optical_distortion", {{"k", fixed(k)}}, {400, 300}, bends_like_a_lens(k)});
  all.push_back({"grid_shuffle", {{"rows", 2}, {"columns", 3}}, {6, 4}, shuffles_six});
  all.push_back({"grid_shuffle", {{"rows", 2}, {"columns", 3}}, {7, 5}, keeps_all_pixels});
  return all;
}

}  // namespace tenfold
