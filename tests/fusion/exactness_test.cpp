// What a program promises to the bit.

#include <gtest/gtest.h>

#include <cmath>

#include "fusion/random_steps.h"
#include "tenfold/fusion/program.h"

namespace tenfold::test {
namespace {

const std::vector<int> kTypes{CV_8UC1, CV_8UC2, CV_8UC3, CV_8UC4, CV_16UC1, CV_16UC2, CV_16UC3, CV_16UC4};
const std::vector<cv::Size> kSizes{{1, 1}, {1, 7}, {9, 1}, {17, 11}, {300, 20}};
constexpr Interpolation kInterpolations[] = {Interpolation::kNearest, Interpolation::kLinear,
                                             Interpolation::kCubic, Interpolation::kLanczos};

// Noise without hidden colors: an alpha of 0 makes color free.
cv::Mat noise(cv::Size size, int type) {
  cv::Mat pixels(size, type);
  cv::RNG random(7);
  random.fill(pixels, cv::RNG::UNIFORM, 1, CV_MAT_DEPTH(type) == CV_8U ? 256 : 65536);
  return pixels;
}

cv::Mat run(const std::vector<Step>& steps, const cv::Mat& pixels, const SamplingPolicy& policy = {}) {
  const Source source(pixels.clone());
  const WorkspacePointer workspace = make_workspace();
  const cv::Mat result = Program(steps, pixels.size(), policy).run(source, *workspace).clone();
  EXPECT_EQ(cv::norm(source.pixels(), pixels, cv::NORM_INF), 0) << "the source has changed";
  return result;
}

void expect_equal(const cv::Mat& actual, const cv::Mat& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  ASSERT_EQ(actual.type(), expected.type());
  EXPECT_EQ(cv::norm(actual, expected, cv::NORM_INF), 0) << cv::typeToString(actual.type()) << actual.size();
}

SamplingPolicy with(Border border, Interpolation interpolation = Interpolation::kLinear) {
  return {interpolation, border, {10, 20, 30}};
}

// The pixel centres of an enlarged image lie within the picture, if beyond the centres of its edge pixels.
TEST(Exactness, EnlargingLetsNothingBleedIntoTheEdges) {
  const cv::Mat white(6, 8, CV_8UC1, cv::Scalar(255));
  cv::Mat striped(6, 8, CV_8UC1, cv::Scalar(255));
  striped.col(7).setTo(0);
  const auto enlarged = [](cv::Size input, cv::Size output) {
    const double x = static_cast<double>(input.width) / output.width,
                 y = static_cast<double>(input.height) / output.height;
    return std::vector<Step>{
        GeometryStep{output, {cv::Matx33d(x, 0, x / 2 - 0.5, 0, y, y / 2 - 0.5, 0, 0, 1)}}};
  };
  const auto steps = enlarged(white.size(), {20, 15});
  for (const Interpolation interpolation : kInterpolations) {
    expect_equal(run(steps, white, with(Border::kConstant, interpolation)),
                 cv::Mat(15, 20, CV_8UC1, cv::Scalar(255)));
    const cv::Mat wrapped = run(steps, striped, with(Border::kWrap, interpolation));
    expect_equal(wrapped.col(0), cv::Mat(15, 1, CV_8UC1, cv::Scalar(255)));
  }
}

TEST(Exactness, FlipsAndQuarterTurnsEqualOpenCvs) {
  for (const int type : kTypes) {
    for (const cv::Size size : kSizes) {
      const cv::Mat pixels = noise(size, type);
      cv::Mat expected;
      cv::flip(pixels, expected, 1);
      expect_equal(run({horizontal_flip(size)}, pixels), expected);
      cv::flip(pixels, expected, 0);
      expect_equal(run({vertical_flip(size)}, pixels), expected);
      cv::rotate(pixels, expected, cv::ROTATE_90_COUNTERCLOCKWISE);
      expect_equal(run({quarter_turn(size)}, pixels), expected);
      cv::rotate(pixels, expected, cv::ROTATE_180);
      expect_equal(run({rotation(size, 180)}, pixels), expected);
    }
  }
}

TEST(Exactness, WholePixelsAreKeptWhateverTheInterpolation) {
  for (const int type : kTypes) {
    const cv::Mat pixels = noise({23, 14}, type);
    for (const Interpolation interpolation : kInterpolations) {
      const cv::Mat moved =
          run({translation(pixels.size(), 5, -3)}, pixels, with(Border::kWrap, interpolation));
      for (int y = 0; y < moved.rows; ++y)
        for (int x = 0; x < moved.cols; ++x)
          expect_equal(moved({x, y, 1, 1}), pixels({(x + 23 - 5) % 23, (y + 3) % 14, 1, 1}));
    }
  }
}

// A nearly whole shift takes the samplers' way and not the copy's; both agree.
TEST(Exactness, SamplersAgreeWithTheCopyOnWholePixels) {
  for (const int type : kTypes) {
    const cv::Mat pixels = noise({23, 14}, type);
    GeometryStep bent = translation(pixels.size(), 5, -3);
    bent.map.matrix(2, 0) = 1e-12;  // no longer affine
    for (const Interpolation interpolation : kInterpolations) {
      const SamplingPolicy policy = with(Border::kReflect101, interpolation);
      const cv::Mat copied = run({translation(pixels.size(), 5, -3)}, pixels, policy);
      const cv::Mat sampled = run({bent}, pixels, policy);
      const bool has_alpha = pixels.channels() % 2 == 0;
      if (has_alpha)
        EXPECT_LE(cv::norm(copied, sampled, cv::NORM_INF), CV_MAT_DEPTH(type) == CV_8U ? 1 : 65535);
      else
        expect_equal(sampled, copied);
    }
  }
}

TEST(Exactness, CropsAreCut) {
  const cv::Mat pixels = noise({40, 30}, CV_8UC3);
  expect_equal(run({crop({7, 5, 20, 11})}, pixels), pixels({7, 5, 20, 11}));
}

TEST(Exactness, FourQuarterTurnsAreTheIdentity) {
  const cv::Size size(31, 18), turned(18, 31);
  const cv::Mat pixels = noise(size, CV_8UC3);
  expect_equal(
      run({quarter_turn(size), quarter_turn(turned), quarter_turn(size), quarter_turn(turned)}, pixels),
      pixels);
}

TEST(Exactness, TurningThereAndBackIsTheIdentity) {
  for (const int type : kTypes) {
    const cv::Mat pixels = noise({300, 40}, type);
    expect_equal(run({rotation(pixels.size(), 30), rotation(pixels.size(), -30)}, pixels), pixels);
  }
}

TEST(Exactness, DarkeningAndBrighteningLosesNothing) {
  for (const int type : kTypes) {
    const cv::Mat pixels = noise({50, 4}, type);
    expect_equal(run({gain(0.5), gain(2)}, pixels), pixels);
    expect_equal(run({gain(4), gain(0.25)}, pixels), pixels);
  }
}

TEST(Exactness, ACropAfterARotationSeesRealPixels) {
  const cv::Mat pixels(60, 60, CV_8UC3, cv::Scalar(200, 100, 50));
  const cv::Size size = pixels.size();
  // The crop, the shift and the shift back leave the frame and come back: fusion never sees the fill.
  const cv::Mat result = run({translation(size, 50, 0), rotation(size, 20), rotation(size, -20),
                              translation(size, -50, 0), rotation(size, 45), crop({20, 20, 20, 20})},
                             pixels, with(Border::kConstant));
  expect_equal(result, cv::Mat(20, 20, CV_8UC3, cv::Scalar(200, 100, 50)));
}

TEST(Exactness, AFlatImageStaysFlat) {
  for (const int type : kTypes) {
    const int code = CV_MAT_DEPTH(type) == CV_8U ? 201 : 50123;
    const cv::Mat pixels(29, 37, type, cv::Scalar::all(code));
    // Premultiplied 16-bit color has no bits behind the point, so that dividing by alpha may miss by one.
    const double bound = type == CV_16UC2 || type == CV_16UC4 ? 1 : 0;
    for (const Interpolation interpolation : kInterpolations) {
      const cv::Mat turned =
          run({rotation(pixels.size(), 33)}, pixels, with(Border::kReflect, interpolation));
      EXPECT_LE(cv::norm(turned, pixels, cv::NORM_INF), bound) << cv::typeToString(type);
    }
  }
}

TEST(Exactness, AConstantFillIsOpaqueAndPassesThroughTheColors) {
  const cv::Mat color = noise({8, 8}, CV_8UC4);
  const GeometryStep away = translation(color.size(), 100, 0);
  const GeometryStep away_between = translation(color.size(), 100.5, 0);
  for (const GeometryStep& step : {away, away_between}) {
    expect_equal(run({step, gain(2, 1)}, color, with(Border::kConstant)),
                 cv::Mat(8, 8, CV_8UC4, cv::Scalar(21, 41, 61, 255)));
    const cv::Mat grey = noise({8, 8}, CV_16UC1);  // luma 0.114 · 10 + 0.587 · 20 + 0.299 · 30 = 21.85
    expect_equal(run({step, gain(2)}, grey, with(Border::kConstant)),
                 cv::Mat(8, 8, CV_16UC1, cv::Scalar::all(std::round(21.85 * 257) * 2)));
  }
}

TEST(Exactness, ColorUnderAnAlphaOfZeroIsZero) {
  cv::Mat pixels = noise({9, 9}, CV_8UC4);
  pixels({2, 2, 5, 5}).setTo(cv::Scalar(9, 9, 9, 0));
  for (const GeometryStep& step : {rotation(pixels.size(), 10), horizontal_flip(pixels.size())}) {
    const cv::Mat result = run({step, gain(1, 50)}, pixels);
    EXPECT_EQ(result.at<cv::Vec4b>(4, 4), cv::Vec4b(0, 0, 0, 0));
  }
}

TEST(Exactness, PointwiseStepsLeaveAlphaAlone) {
  const cv::Mat pixels = noise({20, 3}, CV_8UC4);
  const cv::Mat result = run({gain(0.3, 9), LookupStep{[](double v) { return 255 - v; }}}, pixels);
  cv::Mat before, after;
  cv::extractChannel(pixels, before, 3);
  cv::extractChannel(result, after, 3);
  expect_equal(after, before);
}

TEST(Exactness, HugeGainsAndNoNumbersSaturate) {
  const cv::Mat pixels = noise({20, 3}, CV_8UC3);
  expect_equal(run({gain(1e30)}, pixels), cv::Mat(3, 20, CV_8UC3, cv::Scalar::all(255)));
  expect_equal(run({gain(100, 1e9)}, pixels), cv::Mat(3, 20, CV_8UC3, cv::Scalar::all(255)));
  expect_equal(run({LookupStep{[](double) { return std::nan(""); }}}, pixels),
               cv::Mat(3, 20, CV_8UC3, cv::Scalar::all(0)));
}

TEST(Exactness, PlacesFarAwayAndNoPlacesAreSafe) {
  for (const int type : kTypes) {
    const cv::Mat pixels = noise({7, 5}, type);
    for (int border = 0; border < 5; ++border) {
      for (const Interpolation interpolation : kInterpolations) {
        const SamplingPolicy policy = with(static_cast<Border>(border), interpolation);
        run({translation(pixels.size(), 1e18, -3)}, pixels, policy);
        run({translation(pixels.size(), 1e9 + 0.5, -1e9)}, pixels, policy);
        run({linear_step(pixels.size(), {1e7, 0, 0, 1e300})}, pixels, policy);
        GeometryStep horizon = translation(pixels.size(), 0, 0);
        horizon.map.matrix(2, 0) = -0.5;  // w = 0 at x = 2
        run({horizon}, pixels, policy);
      }
    }
  }
}

TEST(Program, ThatChangesNothingReturnsTheSource) {
  const Source source(noise({6, 4}, CV_8UC3));
  const WorkspacePointer workspace = make_workspace();
  const std::vector<Step> steps{gain(1), translation({6, 4}, 0, 0)};
  const Program program(steps, {6, 4}, {});
  EXPECT_TRUE(program.changes_nothing());
  EXPECT_EQ(program.run(source, *workspace).data, source.pixels().data);
  EXPECT_TRUE(Program({}, {6, 4}, {}).changes_nothing());
}

TEST(Program, WithAFenceOrAStepThatIsNotNeutralChangesSomething) {
  const std::vector<Step> fence{PixelStep{[](cv::Mat&) {}}};
  EXPECT_FALSE(Program(fence, {6, 4}, {}).changes_nothing());
  const std::vector<Step> pair{gain(0.5), gain(2)};
  EXPECT_FALSE(Program(pair, {6, 4}, {}).changes_nothing());
}

TEST(Program, GivesAFenceItsOwnPackedPixels) {
  for (const int type : kTypes) {
    const cv::Mat pixels = noise({6, 4}, type);
    int seen_type = -1;
    const PixelStep fence{[&](cv::Mat& image) {
      seen_type = image.type();
      image.setTo(cv::Scalar::all(3));
    }};
    run({fence}, pixels);  // checks that the source has not changed
    EXPECT_EQ(seen_type, type);
    expect_equal(run({rotation({6, 4}, 3), fence}, pixels), cv::Mat(4, 6, type, cv::Scalar::all(3)));
  }
}

}  // namespace
}  // namespace tenfold::test
