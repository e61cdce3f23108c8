// grid_distortion: divides the picture into `steps` columns and as many rows and makes each of them wider or
// narrower; Albumentations' GridDistortion, normalized. Column i takes up 1/steps of the frame and shows
//
//   (1 + d_i) / Σ (1 + d_j)
//
// of the picture's width, d drawn from `distort` for each; rows likewise. The outer edges stay. The map is
// bilinear between the corners of the cells, so the grid says it exactly.

#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/displacement.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct GridDistortion {
  Range distort{-0.3, 0.3};
  int steps = 5;
};

// How far behind its place in the frame each cell's edge lies in the picture, as fractions of the side.
std::vector<double> edge_offsets(const GridDistortion& p, RowNoise noise) {
  std::vector<double> edges{0};
  for (int i = 0; i < p.steps; ++i) {
    const double u = noise.next() * 0x1p-32;
    edges.push_back(edges.back() + 1 + p.distort.low + u * (p.distort.high - p.distort.low));
  }
  const double sum = edges.back();
  for (int i = 0; i <= p.steps; ++i) edges[i] = edges[i] / sum - static_cast<double>(i) / p.steps;
  return edges;
}

Step draw(const GridDistortion& p, Draw& draw) {
  draw.record("distort_low", p.distort.low);
  draw.record("distort_high", p.distort.high);
  const std::uint64_t noise = draw.noise_key();
  const cv::Size frame = draw.frame();
  if (p.distort.is_fixed()) return GeometryStep{frame, {}};  // all columns alike, and all rows

  const std::vector<double> x = edge_offsets(p, RowNoise(noise, 0)), y = edge_offsets(p, RowNoise(noise, 1));
  cv::Mat_<cv::Vec2f> offset(p.steps + 1, p.steps + 1);
  for (int row = 0; row <= p.steps; ++row)
    for (int column = 0; column <= p.steps; ++column)
      offset(row, column) = cv::Vec2d(x[column] * frame.width, y[row] * frame.height);
  return displaced_step(frame, offset);
}

}  // namespace

TransformSpec grid_distortion() {
  using P = GridDistortion;
  return define<P>(
      {.name = "grid_distortion",
       .summary = "Makes columns and rows of the picture wider or narrower; the edges stay.",
       .use = "For writing and tissue, whose parts stretch unevenly. Not where straight lines or proportions "
              "matter.",
       .formula = "column i of the output shows (1 + d_i) / Σ (1 + d_j) of the width, rows likewise",
       .source = "Albumentations GridDistortion",
       .example = "{distort: ±0.3, steps: 5}",
       .always_random = true,
       .parameters = {{.name = "distort",
                       .member = &P::distort,
                       .bounds = {-0.9, 9},
                       .neutral = 0,
                       .text = "how much wider than the others a column or row becomes in the picture"},
                      {.name = "steps", .member = &P::steps, .bounds = {1, 100}, .text = "columns and rows"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
