// zoom: magnifies the picture about a point that is drawn in the image and stays where it is. With a factor
// above 1 the frame shows a part of the picture, and every such part is as likely as any other; with one
// below 1 the whole picture stands somewhere in the frame.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct Zoom {
  Range factor{1, 1.4};
  Range x{0, 1}, y{0, 1};
};

Step draw(const Zoom& p, Draw& draw) {
  const double factor = draw.log_uniform("factor", p.factor);
  const double x = draw.uniform("x", p.x) * draw.frame().width - 0.5;
  const double y = draw.uniform("y", p.y) * draw.frame().height - 0.5;
  GeometryStep step{draw.frame(), {}};
  const double m = 1 / factor;
  step.map.matrix = cv::Matx33d(m, 0, x * (1 - m), 0, m, y * (1 - m), 0, 0, 1);
  return step;
}

}  // namespace

TransformSpec zoom() {
  using P = Zoom;
  return define<P>({.name = "zoom",
                    .summary = "Magnifies the picture about a random point; the frame stays.",
                    .use = "For objects that come nearer, anywhere in the frame; above 1 nothing from beyond "
                           "the border is seen. Not where what is at the edge decides the class.",
                    .formula = "input = centre + (output - centre) / factor, centre = (x·w, y·h) - 0.5",
                    .example = "{factor: [1, 1.5]}",
                    .parameters = {{.name = "factor",
                                    .member = &P::factor,
                                    .bounds = {0.01, 100},
                                    .neutral = 1,
                                    .log_uniform = true,
                                    .text = "magnification; above 1 magnifies"},
                                   {.name = "x",
                                    .member = &P::x,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the width",
                                    .text = "where the point lies that stays, from the left"},
                                   {.name = "y",
                                    .member = &P::y,
                                    .bounds = {0, 1},
                                    .unit = "fraction of the height",
                                    .text = "where the point lies that stays, from the top"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
