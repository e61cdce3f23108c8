// Movement: where the geometry of a program takes what its image shows, without pixels. Masks and boxes
// follow their image by it.
//
//   values    Each pixel of the output is looked up once, at the nearest pixel, however many steps there are,
//             and nothing is averaged where the image shrinks: values are never mixed. What lies beyond the
//             picture is the border policy's, as for the image, but a constant border gives 0, and so does
//             what a step paints around the picture.
//   outlines  Each corner is moved forwards, by the inverse of the map; where that is no matrix, it is found
//   by
//             Newton's method, and sides are cut into short pieces first. What leaves a frame on the way is
//             cut off. An outline stands for the object itself, not for its mirror images at the border.
//
// Steps of a blend are taken for color: a transform whose branches move pixels says that annotations cannot
// follow.

#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold {

using Outline = std::vector<cv::Point2d>;  // corners of a polygon; pixel centres lie at integers

struct MovedOutline {
  Outline outline;     // within the output's frame; empty: nothing is left
  double visible = 0;  // the share of its area that was not cut off; a product over fences
};

// Immutable; may be used by several threads at once.
class Movement {
 public:
  Movement(std::span<const Step> steps, cv::Size input, Border border);
  Movement(Movement&&) noexcept;
  ~Movement();

  cv::Size input() const;
  cv::Size output() const;

  // Whether every value and every outline stays where it is.
  bool moves_nothing() const;

  // Of any type. REQUIRES values.size() == input().
  cv::Mat moved(const cv::Mat& values) const;

  // What of it lies beyond the input's frame does not count.
  MovedOutline moved(const Outline& outline) const;

 private:
  struct Leg;
  std::vector<Leg> legs_;
  cv::Size input_, output_;
  Border border_;
};

// Whatever the direction of its corners.
double area_of(const Outline& outline);

// The smallest upright rectangle around it. REQUIRES a corner.
cv::Rect2d bound_of(const Outline& outline);

// What of it lies in a picture of this size, which covers [-0.5, width - 0.5].
Outline clipped(const Outline& outline, cv::Size frame);

}  // namespace tenfold
