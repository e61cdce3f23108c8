// piecewise_affine: moves each point of a regular grid over the picture by normal numbers; imgaug's
// PiecewiseAffine. The points of the outer rows and columns lie on the frame's edges and move too.
//
// imgaug cuts each cell into two triangles and maps each by an affine map of its own. Here the four corners
// of a cell are joined bilinearly, which is continuous as well, has no diagonal to show and is exactly a
// displacement grid. Where `scale` is more than a fifth of the distance between points, cells may fold.

#include <algorithm>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/displacement.h"

namespace tenfold::builtin {
namespace {

struct PiecewiseAffine {
  Range scale{0.01, 0.04};
  int rows = 4, columns = 4;
};

Step draw(const PiecewiseAffine& p, Draw& draw) {
  const double scale = draw.uniform("scale", p.scale);
  const std::uint64_t noise = draw.noise_key();
  const cv::Size frame = draw.frame();
  if (scale == 0) return GeometryStep{frame, {}};
  const cv::Mat_<cv::Vec2d> numbers = normal_knots(noise, {p.columns, p.rows});
  cv::Mat_<cv::Vec2f> offset(numbers.size());
  std::ranges::transform(numbers, offset.begin(), [&](const cv::Vec2d& z) {
    return cv::Vec2d(z[0] * scale * frame.width, z[1] * scale * frame.height);
  });
  return displaced_step(frame, offset);
}

ParameterDefinition<PiecewiseAffine> count(std::string name, int PiecewiseAffine::*member, std::string text) {
  return {.name = std::move(name), .member = member, .bounds = {2, 100}, .text = std::move(text)};
}

}  // namespace

TransformSpec piecewise_affine() {
  using P = PiecewiseAffine;
  return define<P>(
      {.name = "piecewise_affine",
       .summary = "Moves the points of a grid at random and stretches the picture between them.",
       .use = "For uneven surfaces such as crumpled paper or skin, in small amounts. Not for stiff things; "
              "elastic is smoother.",
       .formula = "input = output + bilinear(scale · (w·z_x, h·z_y)), z standard normal at each point",
       .source = "imgaug PiecewiseAffine, bilinear between the points",
       .example = "{scale: [0.01, 0.04], rows: 4, columns: 4}",
       .always_random = true,
       .parameters = {{.name = "scale",
                       .member = &P::scale,
                       .bounds = {0, 0.5},
                       .unit = "fraction of the side",
                       .neutral = 0,
                       .text = "standard deviation of the points' moves"},
                      count("rows", &P::rows, "rows of points, the edges' included"),
                      count("columns", &P::columns, "columns of points, the edges' included")},
       .draw = draw});
}

}  // namespace tenfold::builtin
