// Steps: what a drawn transform is, before any pixel is touched. Transforms make them, fusion runs them.
//
//   GeometryStep  output size + map from output to input     all geometry between two fences is one resample
//   ColorStep     3×4 matrix on (b, g, r, 1)                 neighbours are one matrix, or three tables
//   LookupStep    a function of the code value               one table
//   PixelStep     anything else                              a fence that fusion does not cross
//   BlendStep     weighted mean of branches of steps         a fence, each branch a program of its own
//
// Coordinates: pixel centres lie at integers, x to the right, y down; an image of width w covers
// [-0.5, w - 0.5]. Code values are those of 8 bit, 0–255, whatever the image's depth: 16-bit images are
// scaled by 257. Colors are in OpenCV's order: blue, green, red.
//
// Steps are immutable values and may be shared between threads.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tenfold {

// A displacement field on a regular grid, in the frame where it was drawn: the point p of that frame is
// looked up at p + offset(p), bilinear between the knots. Knot (0, 0) lies at (-0.5, -0.5), the last at (w -
// 0.5, h - 0.5).
struct DisplacementGrid {
  cv::Size2d frame;            // width and height of the frame in pixels
  cv::Mat_<cv::Vec2f> offset;  // rows × columns of knots (at least 2 × 2), in pixels: x, y
};

// A map from the output's coordinates to the input's: matrix, or `then ∘ grid ∘ matrix` with a grid:
// q = matrix · p;  q' = q + grid(q);  input = then · q'. Matrices are homogeneous and row-major, column
// vectors.
struct GeometryMap {
  cv::Matx33d matrix = cv::Matx33d::eye();
  std::shared_ptr<const DisplacementGrid> grid;  // empty: no displacement
  cv::Matx33d then = cv::Matx33d::eye();         // identity without a grid
};

struct GeometryStep {
  cv::Size output;
  GeometryMap map;
};

// out = matrix · (b, g, r, 1). On grey images the step is what is left of it for b = g = r: the BT.601 luma
// of its result, a gain and an offset. Alpha is left alone.
struct ColorStep {
  cv::Matx34d matrix = cv::Matx34d::eye();
};

// out = function(value), on [0, 255] → [0, 255] with each of b, g, r alike; results beyond are clamped. It is
// tabled at 256 or 65,536 entries, so its argument is a rounded code value. Alpha is left alone.
struct LookupStep {
  std::function<double(double)> function;
};

// Changes the pixels in any way that keeps the alpha channel, the depth and the number of channels; works in
// place on H×W×{1,2,3,4} of CV_8U or CV_16U (grey, grey+alpha, BGR, BGRA). Must be a pure function of the
// image. What is painted around a picture says where the picture is, for masks and boxes are nowhere else.
struct PixelStep {
  std::function<void(cv::Mat&)> apply;
  std::optional<cv::Rect> picture{};
};

struct BlendBranch;

// The weighted mean of what its branches make of the image, rounded once. A branch without steps is the image
// itself. Branches keep the frame; the weights are not negative and add up to 1. Alpha is blended too, and
// colors count as much as they are opaque.
struct BlendStep {
  std::vector<BlendBranch> branches;
};

using Step = std::variant<GeometryStep, ColorStep, LookupStep, PixelStep, BlendStep>;

struct BlendBranch {
  double weight = 0;
  std::vector<Step> steps;
};

// Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), in the order b, g, r.
inline constexpr double kLumaBlue = 0.114, kLumaGreen = 0.587, kLumaRed = 0.299;

// Whether the step leaves every image of this size as it is (to the code value). A PixelStep never counts as
// neutral, nor does a BlendStep: a transform whose numbers are neutral draws an identity ColorStep instead.
bool is_neutral(const Step& step, cv::Size input);

// The frame after the step.
cv::Size output_size(const Step& step, cv::Size input);

// Pixels of the largest frame after any of the steps; 0 where there are none.
std::uint64_t largest_frame(std::span<const Step> steps, cv::Size input);

}  // namespace tenfold
