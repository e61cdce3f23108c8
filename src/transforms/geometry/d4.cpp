// d4: one of the eight symmetries of the square, each with the same chance and exact: the four quarter turns
// and their mirror images. Those that swap rows and columns swap width and height too.
//
// A symmetry is up to three mirrorings in this order: about the main diagonal, left and right, top and
// bottom. The names are those of what one sees: `rotate90` turns counter-clockwise by a quarter.

#include <array>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/geometry/affine_map.h"

namespace tenfold::builtin {
namespace {

struct D4 {};

struct Symmetry {
  const char* name;
  bool transposes, mirrors_x, mirrors_y;
};

constexpr std::array<Symmetry, 8> kSymmetries{{{"identity", false, false, false},
                                               {"rotate90", true, false, true},
                                               {"rotate180", false, true, true},
                                               {"rotate270", true, true, false},
                                               {"horizontal_flip", false, true, false},
                                               {"vertical_flip", false, false, true},
                                               {"transpose", true, false, false},
                                               {"transverse", true, true, true}}};

Step draw(const D4&, Draw& draw) {
  const auto& [name, transposes, mirrors_x, mirrors_y] =
      kSymmetries[static_cast<std::size_t>(draw.unit() * kSymmetries.size())];
  draw.record("symmetry", std::string(name));
  const cv::Size frame = draw.frame();
  const cv::Size output = transposes ? cv::Size(frame.height, frame.width) : frame;
  const double x_sign = mirrors_x ? -1 : 1, x_start = mirrors_x ? output.width - 1.0 : 0;
  const double y_sign = mirrors_y ? -1 : 1, y_start = mirrors_y ? output.height - 1.0 : 0;
  if (transposes) return exact_step(output, {0, y_sign, y_start, x_sign, 0, x_start, 0, 0, 1});
  return exact_step(output, {x_sign, 0, x_start, 0, y_sign, y_start, 0, 0, 1});
}

}  // namespace

TransformSpec d4() {
  return define<D4>(
      {.name = "d4",
       .summary = "Turns and mirrors the image by one of the eight symmetries of the square, "
                  "without interpolation.",
       .use = "For pictures from above or through a microscope: all eight views are equally likely, and no "
              "pixel is interpolated. Not where up and down, or left and right, mean something.",
       .formula = "input (x, y) = one of (±x, ±y), (±y, ±x) about the centre",
       .source = "the dihedral group of order 8",
       .example = "{p: 1}",
       .always_random = true,
       .draw = draw});
}

}  // namespace tenfold::builtin
