// Random images and chains of steps.

#pragma once

#include <opencv2/core.hpp>
#include <random>
#include <vector>

#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold::test {

class RandomSteps {
 public:
  explicit RandomSteps(std::uint32_t seed) : random_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }
  double real(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }

  // Noise of any of the eight formats; sides of 1, small ones and now and then more than one block of a row.
  cv::Mat image();
  SamplingPolicy policy();
  GeometryStep geometry(cv::Size frame);
  Step pointwise();

 private:
  GeometryStep grid(cv::Size frame);

  std::mt19937 random_;
};

// Steps about the centre of the frame, as transforms draw them.
GeometryStep linear_step(cv::Size frame, const cv::Matx22d& output_to_input, cv::Point2d shift = {0, 0});
GeometryStep rotation(cv::Size frame, double degrees);
GeometryStep horizontal_flip(cv::Size frame);
GeometryStep vertical_flip(cv::Size frame);
GeometryStep quarter_turn(cv::Size frame);  // counter-clockwise
GeometryStep crop(cv::Rect window);
GeometryStep translation(cv::Size frame, double right, double down);
ColorStep gain(double factor, double shift = 0);

}  // namespace tenfold::test
