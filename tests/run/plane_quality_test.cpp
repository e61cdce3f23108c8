// A copy made on planes beside the copy that is made of pixels: what differs is how chroma is interpolated,
// what is clamped, and rounding. It stays below what JPEG itself loses.

#include <gtest/gtest.h>

#include <map>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "fusion/random_steps.h"
#include "tenfold/dataset/demo.h"
#include "tenfold/fusion/plane_program.h"
#include "tenfold/image/planes.h"

namespace tenfold::test {
namespace {

constexpr int kPicturesPerClass = 4;

ColorStep saturation(double factor) {
  ColorStep step;
  for (int row = 0; row < 3; ++row) {
    step.matrix(row, 0) = (1 - factor) * kLumaBlue;
    step.matrix(row, 1) = (1 - factor) * kLumaGreen;
    step.matrix(row, 2) = (1 - factor) * kLumaRed;
    step.matrix(row, row) += factor;
  }
  return step;
}

std::map<std::string, std::vector<Step>> programs(cv::Size frame) {
  return {{"a flip", {horizontal_flip(frame)}},
          {"a turn", {rotation(frame, 15)}},
          {"enlarged", {linear_step(frame, {1 / 1.3, 0, 0, 1 / 1.3})}},
          {"shrunk", {linear_step(frame, {1.6, 0, 0, 1.6})}},
          {"contrast", {gain(1.2, -25)}},
          {"brightness", {gain(0.8)}},
          {"saturation", {saturation(1.15)}},
          {"all of it", {rotation(frame, 12), gain(0.9, 6), saturation(0.9)}}};
}

cv::Mat decoded(const Bytes& file) { return decode(file, read_header(file).value()).value().pixels; }

cv::Mat by_planes(const Bytes& file, const std::vector<Step>& steps) {
  const DecodedPlanes decoded_planes = *decode_planes(file, read_header(file).value()).value();
  PlaneWorkspace workspace;
  const Planes planes = PlaneProgram(steps, PlaneSource(decoded_planes.planes, 1), {}, workspace).run();
  Bytes copy;
  EXPECT_TRUE(encode_planes(planes, decoded_planes.traits, 95, copy));
  return decoded(copy);
}

cv::Mat by_pixels(const Bytes& file, const std::vector<Step>& steps) {
  const DecodedImage image = decode(file, read_header(file).value()).value();
  const WorkspacePointer workspace = make_workspace();
  const Program program(steps, image.pixels.size(), {});
  Bytes copy;
  EXPECT_TRUE(encode(program.run(Source(image.pixels), *workspace), image.traits, {}, copy));
  return decoded(copy);
}

cv::Mat luma(const cv::Mat& pixels) {
  cv::Mat result;
  cv::cvtColor(pixels, result, cv::COLOR_BGR2GRAY);
  return result;
}

// Edges as soft as a lens makes them: those of a drawing alias in chroma, whichever way it goes.
TEST(PlaneCopies, AreWithin40DecibelsOfThoseMadeOfPixels) {
  for (const DemoClass& of_class : demo_classes())
    for (int i = 0; i < kPicturesPerClass; ++i) {
      cv::Mat picture;
      cv::GaussianBlur(demo_picture(of_class.name, i), picture, {}, 1);
      Bytes file;
      ASSERT_TRUE(encode(picture, {}, {}, file));
      for (const auto& [name, steps] : programs(picture.size())) {
        SCOPED_TRACE(name + " of " + of_class.name + " " + std::to_string(i));
        const cv::Mat planes = by_planes(file, steps), pixels = by_pixels(file, steps);
        ASSERT_EQ(planes.size(), pixels.size());
        EXPECT_GE(cv::PSNR(planes, pixels), 40);
        EXPECT_GE(cv::PSNR(luma(planes), luma(pixels)), 45);
      }
    }
}

}  // namespace
}  // namespace tenfold::test
