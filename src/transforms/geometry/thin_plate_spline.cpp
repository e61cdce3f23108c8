// thin_plate_spline: moves each of points × points control points by normal numbers, and what lies between
// follows like a thin sheet of metal: of all maps that take the control points there, the one that bends
// least. F. L. Bookstein, "Principal warps: thin-plate splines and the decomposition of deformations", IEEE
// PAMI 11(6), 1989.
//
// The control points form a regular grid whose outer ones lie on the frame's edges. Coordinates are those of
// the unit square, so an image of another aspect shows the same bend, stretched; Albumentations' does so too.
// With U(r) = r²·log r, the displacement of a point p is
//
//   Σ w_i·U(|p - p_i|) + a_0 + a_x·x + a_y·y
//
// for the weights that give each control point its own and are orthogonal to 1, x and y. It is evaluated on
// the knots of a grid of at least 48 × 48 cells, control points among them, and is bilinear in between: for
// four points a side, off by about 1 % of the largest of their moves.

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/displacement.h"

namespace tenfold::builtin {
namespace {

constexpr int kFewestCells = 48;  // along each side

struct ThinPlateSpline {
  Range scale{0.01, 0.04};
  int points = 4;
};

// U(r) of r²; r²·log r = r²·log(r²) / 2.
double bend(double square) { return square > 0 ? 0.5 * square * std::log(square) : 0; }

// Solves matrix · x = right for two right-hand sides in place, by elimination with row pivots.
void solve(cv::Mat_<double> matrix, std::vector<cv::Vec2d>& right) {
  const int size = matrix.rows;
  for (int k = 0; k < size; ++k) {
    int pivot = k;
    for (int i = k + 1; i < size; ++i)
      if (std::abs(matrix(i, k)) > std::abs(matrix(pivot, k))) pivot = i;
    std::swap_ranges(matrix[k], matrix[k] + size, matrix[pivot]);
    std::swap(right[k], right[pivot]);
    for (int i = k + 1; i < size; ++i) {
      const double factor = matrix(i, k) / matrix(k, k);
      for (int j = k; j < size; ++j) matrix(i, j) -= factor * matrix(k, j);
      right[i] -= factor * right[k];
    }
  }
  for (int k = size - 1; k >= 0; --k) {
    for (int j = k + 1; j < size; ++j) right[k] -= matrix(k, j) * right[j];
    right[k] *= 1 / matrix(k, k);
  }
}

class ThinPlate {
 public:
  // Takes points[i] to points[i] + moves[i].
  ThinPlate(std::vector<cv::Point2d> points, const std::vector<cv::Vec2d>& moves)
      : points_(std::move(points)), weights_(moves) {
    const int count = static_cast<int>(points_.size());
    weights_.resize(count + 3);
    cv::Mat_<double> matrix(count + 3, count + 3, 0.0);
    for (int i = 0; i < count; ++i) {
      for (int j = 0; j < count; ++j) {
        const cv::Point2d d = points_[i] - points_[j];
        matrix(i, j) = bend(d.dot(d));
      }
      const double affine[] = {1, points_[i].x, points_[i].y};
      for (int j = 0; j < 3; ++j) matrix(i, count + j) = matrix(count + j, i) = affine[j];
    }
    solve(matrix, weights_);
  }

  cv::Vec2d displacement(cv::Point2d p) const {
    const cv::Vec2d* affine = &weights_[points_.size()];
    cv::Vec2d sum = affine[0] + affine[1] * p.x + affine[2] * p.y;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const cv::Point2d d = p - points_[i];
      sum += weights_[i] * bend(d.dot(d));
    }
    return sum;
  }

 private:
  std::vector<cv::Point2d> points_;
  std::vector<cv::Vec2d> weights_;  // then those of 1, x and y
};

Step draw(const ThinPlateSpline& p, Draw& draw) {
  const double scale = draw.uniform("scale", p.scale);
  const std::uint64_t noise = draw.noise_key();
  const cv::Size frame = draw.frame();
  if (scale == 0) return GeometryStep{frame, {}};

  const cv::Mat_<cv::Vec2d> numbers = normal_knots(noise, {p.points, p.points});
  std::vector<cv::Point2d> points;
  for (int row = 0; row < p.points; ++row)
    for (int column = 0; column < p.points; ++column)
      points.emplace_back(column / (p.points - 1.0), row / (p.points - 1.0));
  const ThinPlate plate(points, {numbers.begin(), numbers.end()});

  const int between = p.points - 1;
  const int cells = (kFewestCells + between - 1) / between * between;
  cv::Mat_<cv::Vec2f> offset(cells + 1, cells + 1);
  for (int row = 0; row <= cells; ++row) {
    for (int column = 0; column <= cells; ++column) {
      const cv::Vec2d z =
          plate.displacement({static_cast<double>(column) / cells, static_cast<double>(row) / cells});
      offset(row, column) = cv::Vec2d(z[0] * scale * frame.width, z[1] * scale * frame.height);
    }
  }
  return displaced_step(frame, offset);
}

}  // namespace

TransformSpec thin_plate_spline() {
  using P = ThinPlateSpline;
  return define<P>({.name = "thin_plate_spline",
                    .summary = "Moves control points at random and bends the picture smoothly between them.",
                    .use = "For shapes that bend as a whole: faces, leaves, handwriting. Not for stiff "
                           "things or where proportions are measured.",
                    .formula = "input = output + Σ w_i·U(|p - p_i|) + a affine part, U(r) = r²·log r",
                    .source = "Bookstein 1989",
                    .example = "{scale: [0.01, 0.05], points: 4}",
                    .always_random = true,
                    .parameters = {{.name = "scale",
                                    .member = &P::scale,
                                    .bounds = {0, 0.5},
                                    .unit = "fraction of the side",
                                    .neutral = 0,
                                    .text = "standard deviation of the control points' moves"},
                                   {.name = "points",
                                    .member = &P::points,
                                    .bounds = {2, 8},
                                    .text = "control points along each side"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
