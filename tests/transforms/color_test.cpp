// Beyond the rows: what the transforms of color and tone promise of whole families of images and numbers.

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "drawing.h"
#include "tenfold/run/statistics.h"

namespace tenfold {
namespace {

cv::Matx34d matrix_of(std::string_view name, const ParameterValues& values) {
  return std::get<ColorStep>(drawn(name, values, {1, 1}).step()).matrix;
}

cv::Matx44d square(const cv::Matx34d& m) {
  cv::Matx44d result = cv::Matx44d::eye();
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j) result(i, j) = m(i, j);
  return result;
}

// Every code value once.
cv::Mat all_codes() {
  cv::Mat codes(16, 16, CV_8UC1);
  for (int i = 0; i < 256; ++i) codes.at<std::uint8_t>(i / 16, i % 16) = static_cast<std::uint8_t>(i);
  return codes;
}

cv::Mat in_16_bit(const cv::Mat& image) {
  cv::Mat result;
  image.convertTo(result, CV_16U, 257);
  return result;
}

TEST(ColorJitter, IsBrightnessContrastSaturationAndHueInThisOrder) {
  const cv::Matx44d chain = square(matrix_of("hue", {{"degrees", fixed(-18)}})) *
                            square(matrix_of("saturation", {{"factor", fixed(1.3)}})) *
                            square(matrix_of("contrast", {{"factor", fixed(0.7)}})) *
                            square(matrix_of("brightness", {{"factor", fixed(1.1)}}));
  const cv::Matx44d jitter = square(matrix_of("color_jitter", {{"brightness", fixed(1.1)},
                                                               {"contrast", fixed(0.7)},
                                                               {"saturation", fixed(1.3)},
                                                               {"hue", fixed(-0.05)}}));
  EXPECT_LT(cv::norm(chain, jitter, cv::NORM_INF), 1e-12);
}

TEST(HueSaturationValue, TurnsRedToGreenToBlueAt120) {
  const cv::Mat image = textured({20, 20}, CV_8UC3);
  const cv::Mat turned = changed("hue_saturation_value", {{"hue", fixed(120)}}, image);
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      const auto& in = image.at<cv::Vec3b>(y, x);
      EXPECT_EQ(turned.at<cv::Vec3b>(y, x), cv::Vec3b(in[1], in[2], in[0]));
    }
  }
}

TEST(HueSaturationValue, ComesBackAfterAFullTurn) {
  for (const int type : {CV_8UC3, CV_16UC3}) {
    const cv::Mat image = textured({20, 20}, type);
    const ParameterValues half{{"hue", fixed(180)}};
    const cv::Mat back = changed("hue_saturation_value", half, changed("hue_saturation_value", half, image));
    EXPECT_LE(cv::norm(back, image, cv::NORM_INF), 1);
  }
}

TEST(HueSaturationValue, LeavesGreyGreyAndNearlyGreyNearlyGrey) {
  const cv::Mat grey(4, 4, CV_8UC3, cv::Scalar(90, 90, 90));
  const cv::Mat nearly(4, 4, CV_8UC3, cv::Scalar(200, 199, 200));
  const ParameterValues strong{{"hue", fixed(50)}, {"saturation", fixed(200)}};
  EXPECT_TRUE(same_pixels(changed("hue_saturation_value", strong, grey), grey));
  EXPECT_LE(cv::norm(changed("hue_saturation_value", strong, nearly), nearly, cv::NORM_INF), 2);
}

TEST(Temperature, GetsBluerWithEveryKelvin) {
  double red = 10, blue = 0;
  for (double kelvin = 2000; kelvin <= 15'000; kelvin += 100) {
    const cv::Matx34d m = matrix_of("temperature", {{"kelvin", fixed(kelvin)}});
    EXPECT_LT(m(2, 2), red) << kelvin;
    EXPECT_GT(m(0, 0), blue) << kelvin;
    red = m(2, 2);
    blue = m(0, 0);
  }
  const cv::Matx34d nearly = matrix_of("temperature", {{"kelvin", fixed(6500)}});
  EXPECT_LT(cv::norm(nearly, cv::Matx34d::eye(), cv::NORM_INF), 1e-3);
}

TEST(ToneCurve, NeverFallsAndKeepsBlackAndWhite) {
  for (const double shadows : {-0.33, 0.0, 0.33}) {
    for (const double highlights : {-0.33, 0.0, 0.33}) {
      const auto step =
          drawn("tone_curve", {{"shadows", fixed(shadows)}, {"highlights", fixed(highlights)}}, {1, 1});
      const auto& curve = std::get<LookupStep>(step.step()).function;
      EXPECT_EQ(curve(0), 0);
      EXPECT_EQ(curve(255), 255);
      for (int value = 1; value <= 255; ++value) EXPECT_GE(curve(value), curve(value - 1));
    }
  }
}

TEST(Posterize, HasTheSameLevelsIn16Bit) {
  const cv::Mat codes = all_codes();
  for (int bits = 1; bits <= 8; ++bits) {
    const Drawn step = drawn("posterize", {{"bits", fixed(bits)}}, codes.size());
    const cv::Mat narrow = run(step.steps, codes);
    EXPECT_TRUE(same_pixels(run(step.steps, in_16_bit(codes)), in_16_bit(narrow))) << bits;
    std::set<int> levels;
    for (const std::uint8_t code : cv::Mat_<std::uint8_t>(narrow)) levels.insert(code);
    EXPECT_EQ(levels.size(), std::size_t{1} << bits);
  }
}

TEST(Solarize, DoesTheSameIn16Bit) {
  const cv::Mat codes = all_codes();
  for (const double threshold : {0.0, 127.5, 128.0, 255.0}) {
    const Drawn step = drawn("solarize", {{"threshold", fixed(threshold)}}, codes.size());
    EXPECT_TRUE(same_pixels(run(step.steps, in_16_bit(codes)), in_16_bit(run(step.steps, codes))))
        << threshold;
  }
}

TEST(AutoContrast, ReachesBothEndsAndLeavesAFlatChannel) {
  for (const int depth : {CV_8U, CV_16U}) {
    const double white = depth == CV_8U ? 255 : 65'535;
    cv::Mat image = textured({30, 20}, CV_MAKETYPE(depth, 4));
    image.convertTo(image, -1, 0.3, 0.2 * white);
    cv::insertChannel(cv::Mat(image.size(), depth, cv::Scalar(77)), image, 1);
    const cv::Mat result = changed("auto_contrast", {{"cutoff", fixed(0)}}, image);
    for (int c = 0; c < 4; ++c) {
      cv::Mat before, after;
      cv::extractChannel(image, before, c);
      cv::extractChannel(result, after, c);
      if (c == 1 || c == 3) {
        EXPECT_TRUE(same_pixels(before, after));
        continue;
      }
      double low = 0, high = 0;
      cv::minMaxLoc(after, &low, &high);
      EXPECT_EQ(low, 0);
      EXPECT_EQ(high, white);
    }
  }
}

// Of six pixels; eigenvalues and eigenvectors are those that references/color.py prints, each vector with its
// largest entry positive.
class SixPixels : public DrawContext {
 public:
  SixPixels() {
    constexpr std::array<std::array<std::uint64_t, 3>, 6> kPixels{
        {{10, 20, 30}, {200, 180, 190}, {90, 120, 60}, {40, 10, 80}, {255, 250, 240}, {120, 90, 200}}};
    for (const auto& pixel : kPixels) {
      for (std::size_t i = 0; i < 3; ++i) {
        ++statistics_.histogram[i][pixel[i]];
        for (std::size_t j = 0; j < 3; ++j) statistics_.products[i][j] += pixel[i] * pixel[j];
      }
      ++statistics_.pixels;
    }
  }
  const Statistics* statistics(StatisticsScope) const override { return &statistics_; }

 private:
  Statistics statistics_;
};

TEST(FancyPca, AddsTheWeightedPrincipalComponentsOfTheDataset) {
  const SixPixels six;
  const cv::Vec3d variances(19278.909786280106, 1514.944756385311, 45.72879066791684);
  const cv::Matx33d axes(0.6150641736873536, 0.5856418070279519, 0.5279391405335737,     //
                         -0.10134037295033863, -0.6052987493584255, 0.7895210908110131,  //
                         0.7819374598115756, -0.5391076867251674, -0.3129484159686056);
  for (std::uint32_t copy = 1; copy <= 8; ++copy) {
    const Drawn pca = drawn(bound("fancy_pca", {{"std", fixed(0.3)}}), {1, 1}, {.copy = copy}, six);
    cv::Vec3d expected;
    for (int i = 0; i < 3; ++i)
      for (int c = 0; c < 3; ++c)
        expected[c] += number(pca, "alpha" + std::to_string(i + 1)) * variances[i] / 255 * axes(i, c);
    const auto& matrix = std::get<ColorStep>(pca.step()).matrix;
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(matrix(c, 3), expected[c], 1e-9);
  }
}

TEST(FancyPca, DrawsItsWeightsNormally) {
  double sum = 0, squares = 0;
  int beyond = 0;
  for (std::uint32_t copy = 1; copy <= 1024; ++copy) {
    const double alpha = number(drawn("fancy_pca", {}, {1, 1}, {.copy = copy}), "alpha2");
    sum += alpha;
    squares += alpha * alpha;
    beyond += std::abs(alpha) > 0.196 ? 1 : 0;
  }
  EXPECT_NEAR(sum / 1024, 0, 1e-3);
  EXPECT_NEAR(std::sqrt(squares / 1024), 0.1, 1e-3);
  EXPECT_NEAR(beyond / 1024.0, 0.05, 0.002);
}

TEST(ChromaticAberration, LeavesGreenAndGreyImages) {
  const ParameterValues values{{"red", fixed(0.05)}, {"blue", fixed(-0.05)}};
  const cv::Mat image = textured({40, 30}, CV_8UC3);
  cv::Mat green, kept;
  cv::extractChannel(image, green, 1);
  cv::extractChannel(changed("chromatic_aberration", values, image), kept, 1);
  EXPECT_TRUE(same_pixels(green, kept));
  const cv::Mat grey = textured({40, 30}, CV_16UC2);
  EXPECT_TRUE(same_pixels(changed("chromatic_aberration", values, grey), grey));
}

TEST(ChromaticAberration, DoesNotSeeInvisibleColors) {
  cv::Mat image(30, 30, CV_8UC4, cv::Scalar(255, 0, 255, 0));
  image(cv::Rect(8, 8, 14, 14)) = cv::Scalar(10, 20, 30, 255);
  const cv::Mat result = changed("chromatic_aberration", {{"red", fixed(0.1)}, {"blue", fixed(-0.1)}}, image);
  const cv::Rect inside(9, 9, 12, 12);  // where one of the four pixels that are looked up is visible
  EXPECT_TRUE(same_pixels(result(inside).clone(), image(inside).clone()));
}

// In 16 bit the curves are ours and in 8 bit OpenCV's, which are up to half a bin's step higher.
TEST(Clahe, DoesIn16BitWhatItDoesIn8) {
  cv::Mat ramp(96, 96, CV_8UC1);
  for (int y = 0; y < 96; ++y)
    for (int x = 0; x < 96; ++x)
      ramp.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(60 + x / 2 + y / 4 + 10 * std::sin(0.2 * x));
  for (const double limit : {1.0, 2.0, 4.0, 100.0}) {
    const ParameterValues values{{"clip_limit", fixed(limit)}, {"tiles", 1}};
    cv::Mat narrow;
    changed("clahe", values, in_16_bit(ramp)).convertTo(narrow, CV_8U, 1 / 257.0);
    EXPECT_LE(cv::norm(narrow, changed("clahe", values, ramp), cv::NORM_INF), 4) << limit;
  }
}

TEST(Clahe, LeavesAnEven16BitImage) {
  const cv::Mat even = in_16_bit(all_codes());
  for (const double limit : {1.0, 4.0}) {
    const cv::Mat result = changed("clahe", {{"clip_limit", fixed(limit)}, {"tiles", 1}}, even);
    EXPECT_LE(cv::norm(result, even, cv::NORM_INF), 1);
  }
}

// A dataset of one image has that image's statistics.
class OneImageDataset : public DrawContext {
 public:
  explicit OneImageDataset(const cv::Mat& image) {
    StatisticsSums sums(1);
    sums.add(image, 0);
    statistics_ = sums.of_all();
  }
  const Statistics* statistics(StatisticsScope) const override { return &statistics_; }

 private:
  Statistics statistics_;
};

TEST(Equalize, ByTheDatasetIsByTheImageWhereThatIsAllThereIs) {
  const cv::Mat image = textured({40, 30}, CV_8UC3);
  const OneImageDataset dataset(image);
  const Drawn by_dataset =
      drawn(bound("equalize", {{"scope", std::string("dataset")}}), image.size(), {}, dataset);
  EXPECT_TRUE(same_pixels(run(by_dataset.steps, image), changed("equalize", {}, image)));
  EXPECT_EQ(by_dataset.values.back().name, "statistics");
}

TEST(Equalize, MapsEveryImageOfADatasetAlike) {
  const OneImageDataset dataset(textured({40, 30}, CV_8UC3));
  const Drawn by_dataset = drawn(bound("equalize", {{"scope", std::string("dataset")}}), {2, 1}, {}, dataset);
  const cv::Mat one(1, 2, CV_8UC3, cv::Scalar(10, 100, 200));
  const cv::Mat other = (cv::Mat_<cv::Vec3b>(1, 2) << cv::Vec3b(10, 100, 200), cv::Vec3b(0, 0, 0));
  EXPECT_EQ(run(by_dataset.steps, one).at<cv::Vec3b>(0), run(by_dataset.steps, other).at<cv::Vec3b>(0));
}

// The same image with codes in the middle of their bins of 8 bit comes out within half a bin.
TEST(Equalize, ByTheDatasetDoesIn16BitWhatItDoesIn8) {
  const cv::Mat image = textured({400, 300}, CV_8UC3);
  const OneImageDataset dataset(image);
  const Drawn by_dataset =
      drawn(bound("equalize", {{"scope", std::string("dataset")}}), image.size(), {}, dataset);
  cv::Mat fine;
  image.convertTo(fine, CV_16U, 256, 128);
  cv::Mat coarse = run(by_dataset.steps, fine), expected = run(by_dataset.steps, image);
  coarse.convertTo(coarse, CV_64F, 1 / 257.0);
  expected.convertTo(expected, CV_64F);
  EXPECT_LT(cv::norm(coarse, expected, cv::NORM_INF), 1.5);  // half a bin, and what 8 bit rounds
}

}  // namespace
}  // namespace tenfold
