// The operations of the policies on pixels, against Pillow: the figures are printed by
// references/policies.py.

#include <gtest/gtest.h>

#include "drawing.h"
#include "transforms/policies/operation.h"

namespace tenfold {
namespace {

using policies::Operation;

cv::Mat picture() {
  cv::Mat image(4, 5, CV_8UC3);
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x)
      for (int c = 0; c < 3; ++c)
        image.at<cv::Vec3b>(y, x)[c] =
            static_cast<std::uint8_t>(20 + (x * 37 + y * 91 + c * 53 + x * y * 11) % 200);
  return image;
}

cv::Mat done(Operation operation, double magnitude, const cv::Mat& image) {
  return run({policies::step_of(operation, magnitude, image.size())}, image);
}

void expect_values(const cv::Mat& image, const std::vector<int>& expected) {
  ASSERT_EQ(image.total() * image.channels(), expected.size());
  const cv::Mat values = image.reshape(1, 1);
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(values.at<std::uint8_t>(0, static_cast<int>(i)), expected[i]) << i;
}

TEST(PolicyOperations, ContrastAboutTheMeanAsPillow) {
  expect_values(
      done(Operation::kContrast, -0.9, picture()),
      {110, 115, 121, 114, 119, 124, 117, 123, 128, 121, 126, 112, 125, 110, 115, 119, 124, 130, 124, 129,
       115, 129, 114, 119, 114, 119, 124, 118, 124, 129, 128, 114, 119, 114, 119, 125, 120, 125, 111, 126,
       111, 117, 112, 117, 122, 117, 123, 128, 124, 130, 115, 111, 117, 122, 118, 124, 129, 125, 111, 116});
  expect_values(
      done(Operation::kContrast, 0.27, picture()),
      {0,  60,  128, 40,  107, 175, 87,  154, 222, 134, 201, 15, 181, 0,   62,  109, 176, 243, 170, 237,
       50, 230, 44,  111, 37,  105, 172, 98,  166, 233, 224, 37, 105, 45,  112, 180, 120, 187, 1,   195,
       8,  76,  16,  83,  150, 86,  153, 220, 175, 242, 55,  10, 77,  144, 98,  166, 233, 187, 1,   68});
}

TEST(PolicyOperations, SharpenAsPillow) {
  expect_values(
      done(Operation::kSharpness, -0.9, picture()),
      {20,  73,  126, 57,  110, 163, 94,  147, 200, 131, 184, 37, 168, 21,  74,  111, 164, 217, 131, 156,
       106, 151, 101, 113, 96,  108, 133, 103, 156, 209, 202, 55, 108, 102, 128, 139, 120, 145, 82,  138,
       73,  113, 38,  91,  144, 93,  146, 199, 163, 216, 69,  33, 86,  139, 103, 156, 209, 173, 26,  79});
  expect_values(
      done(Operation::kSharpness, 0.27, picture()),
      {20, 73,  126, 57,  110, 163, 94,  147, 200, 131, 184, 37, 168, 21,  74,  111, 164, 217, 167, 229,
       53, 224, 48,  113, 43,  108, 169, 103, 156, 209, 202, 55, 108, 49,  110, 175, 120, 181, 9,   191,
       20, 77,  38,  91,  144, 93,  146, 199, 163, 216, 69,  33, 86,  139, 103, 156, 209, 173, 26,  79});
}

TEST(PolicyOperations, StretchContrastAsPillow) {
  expect_values(
      done(Operation::kAutoContrast, 0, picture()),
      {0,  68,  133, 50,  116, 182, 100, 164, 232, 151, 213, 14, 201, 0,   64,  124, 187, 255, 189, 249,
       52, 254, 51,  116, 47,  113, 180, 113, 176, 244, 248, 44, 109, 55,  121, 188, 136, 198, 0,   216,
       14, 78,  24,  91,  157, 99,  163, 230, 194, 255, 57,  17, 85,  150, 113, 176, 244, 208, 6,   70});
}

TEST(PolicyOperations, PosterizeSolarizeAndInvertAsPillow) {
  expect_values(
      done(Operation::kPosterize, 3, picture()),
      {0,  64,  96, 32, 96,  160, 64,  128, 192, 128, 160, 32, 160, 0,   64, 96,  160, 192, 128, 192,
       64, 192, 32, 96, 32,  96,  160, 96,  128, 192, 192, 32, 96,  32,  96, 160, 96,  160, 0,   160,
       32, 64,  32, 64, 128, 64,  128, 192, 160, 192, 64,  32, 64,  128, 96, 128, 192, 160, 0,   64});
  expect_values(done(Operation::kSolarize, 128, picture()),
                {20, 73, 126, 57,  110, 92,  94,  108, 55, 124, 71, 37, 87,  21,  74,  111, 91,  38, 96, 43,
                 65, 48, 60,  113, 55,  108, 94,  103, 99, 46,  53, 55, 108, 61,  114, 88,  120, 82, 26, 76,
                 32, 85, 38,  91,  111, 93,  109, 56,  92, 39,  69, 33, 86,  116, 103, 99,  46,  82, 26, 79});
  expect_values(
      done(Operation::kInvert, 0, picture()),
      {235, 182, 129, 198, 145, 92,  161, 108, 55, 124, 71,  218, 87,  234, 181, 144, 91,  38, 96,  43,
       190, 48,  195, 142, 200, 147, 94,  152, 99, 46,  53,  200, 147, 194, 141, 88,  135, 82, 229, 76,
       223, 170, 217, 164, 111, 162, 109, 56,  92, 39,  186, 222, 169, 116, 152, 99,  46,  82, 229, 176});
}

TEST(PolicyOperations, DoToSixteenBitsWhatTheyDoToEight) {
  cv::Mat deep;
  picture().convertTo(deep, CV_16U, 257);
  for (const auto& [operation, magnitude] :
       std::vector<std::pair<Operation, double>>{{Operation::kContrast, 0.27},
                                                 {Operation::kSharpness, -0.9},
                                                 {Operation::kAutoContrast, 0},
                                                 {Operation::kSolarize, 128},
                                                 {Operation::kPosterize, 3},
                                                 {Operation::kInvert, 0}}) {
    cv::Mat shallow;
    done(operation, magnitude, deep).convertTo(shallow, CV_8U, 1 / 257.0);
    EXPECT_LE(cv::norm(shallow, done(operation, magnitude, picture()), cv::NORM_INF), 1)
        << policies::name_of(operation);
  }
}

TEST(PolicyOperations, OnGreyAreThoseOfThreeEqualChannels) {
  cv::Mat grey, same;
  cv::extractChannel(picture(), grey, 1);
  cv::merge(std::vector<cv::Mat>{grey, grey, grey}, same);
  for (int i = 0; i <= static_cast<int>(Operation::kInvert); ++i) {
    const auto operation = static_cast<Operation>(i);
    cv::Mat channel;
    cv::extractChannel(done(operation, 3, same), channel, 1);
    EXPECT_TRUE(same_pixels(done(operation, 3, grey), channel)) << policies::name_of(operation);
  }
}

TEST(PolicyOperations, SharpenNothingThatIsInvisibleIntoThePicture) {
  cv::Mat image(3, 3, CV_8UC4, cv::Scalar(0, 0, 255, 0));  // red, but invisible
  image.at<cv::Vec4b>(1, 1) = {100, 100, 100, 255};
  const cv::Mat before = image.clone();
  EXPECT_TRUE(same_pixels(done(Operation::kSharpness, 0.9, image), before));
  image.at<cv::Vec4b>(0, 0) = {200, 0, 100, 255};  // counts 1, the middle 5
  const cv::Mat result = done(Operation::kSharpness, -1, image);
  EXPECT_EQ(result.at<cv::Vec4b>(1, 1), cv::Vec4b(117, 83, 100, 255));  // 700/6, 500/6
}

TEST(PolicyOperations, LeaveImagesOfTwoPixelsUnsharpened) {
  const cv::Mat image = textured({2, 9}, CV_8UC3);
  EXPECT_TRUE(same_pixels(done(Operation::kSharpness, 0.9, image), image));
}

TEST(PolicyOperations, StretchNothingWhereAllPixelsAreEqual) {
  const cv::Mat flat(3, 4, CV_8UC3, cv::Scalar(7, 8, 9));
  EXPECT_TRUE(same_pixels(done(Operation::kAutoContrast, 0, flat), flat));
}

TEST(PolicyOperations, EqualizeAsTheTransformDoes) {
  const cv::Mat image = textured({40, 30}, CV_8UC4);
  EXPECT_TRUE(same_pixels(done(Operation::kEqualize, 0, image), changed("equalize", {}, image)));
}

cv::Matx33d map_of(Operation operation, double magnitude) {
  const Step step = policies::step_of(operation, magnitude, {11, 21});
  EXPECT_EQ(std::get<GeometryStep>(step).output, cv::Size(11, 21));
  return std::get<GeometryStep>(step).map.matrix;
}

TEST(PolicyOperations, MoveThePictureAsTorchvisionDoes) {
  const auto near = [](const cv::Matx33d& a, const cv::Matx33d& b) {
    return cv::norm(a, b, cv::NORM_INF) < 1e-12;
  };
  // The top left corner, (-0.5, -0.5), stays.
  EXPECT_TRUE(near(map_of(Operation::kShearX, 0.3), {1, 0.3, 0.15, 0, 1, 0, 0, 0, 1}));
  EXPECT_TRUE(near(map_of(Operation::kShearY, -0.3), {1, 0, 0, -0.3, 1, -0.15, 0, 0, 1}));
  EXPECT_TRUE(near(map_of(Operation::kTranslateX, 4), {1, 0, -4, 0, 1, 0, 0, 0, 1}));
  EXPECT_TRUE(near(map_of(Operation::kTranslateY, -4), {1, 0, 0, 0, 1, 4, 0, 0, 1}));
  // Counter-clockwise about (5, 10): what is seen at the top, (5, 0), was at the right, (15, 10).
  EXPECT_TRUE(near(map_of(Operation::kRotate, 90), {0, -1, 15, 1, 0, 5, 0, 0, 1}));
}

TEST(PolicyOperations, AreNeutralWithoutStrength) {
  const cv::Size frame{11, 21};
  for (const Operation operation :
       {Operation::kIdentity, Operation::kShearX, Operation::kShearY, Operation::kTranslateX,
        Operation::kTranslateY, Operation::kRotate, Operation::kBrightness, Operation::kColor,
        Operation::kContrast, Operation::kSharpness})
    EXPECT_TRUE(is_neutral(policies::step_of(operation, 0, frame), frame)) << policies::name_of(operation);
  EXPECT_TRUE(is_neutral(policies::step_of(Operation::kPosterize, 8, frame), frame));
}

}  // namespace
}  // namespace tenfold
