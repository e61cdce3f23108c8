// Beyond the rows: equalize, hue, gamma, saturation, right angles, the places of crops and sizes of frames.

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "drawing.h"

namespace tenfold {
namespace {

// Pillow's ImageOps.equalize, as its Python source has it, for one channel.
std::vector<int> pillow_table(const std::vector<int>& histogram) {
  int last = 0;
  int sum = 0;
  int used = 0;
  for (const int count : histogram) {
    sum += count;
    if (count != 0) {
      last = count;
      ++used;
    }
  }
  std::vector<int> table;
  const int step = (sum - last) / 255;
  if (used <= 1 || step == 0) {
    for (int i = 0; i < 256; ++i) table.push_back(i);
    return table;
  }
  int n = step / 2;
  for (int i = 0; i < 256; ++i) {
    table.push_back(std::min(n / step, 255));
    n += histogram[static_cast<std::size_t>(i)];
  }
  return table;
}

TEST(Equalize, DoesWhatPillowDoesIn8Bit) {
  for (const cv::Size size : {cv::Size(5, 5), cv::Size(20, 20), cv::Size(40, 30), cv::Size(301, 67)}) {
    cv::Mat image = textured(size, CV_8UC3);
    image.convertTo(image, -1, 1 / 3.0, 40);
    const cv::Mat result = changed("equalize", {}, image);
    for (int c = 0; c < 3; ++c) {
      std::vector<int> histogram(256);
      for (const auto& pixel : cv::Mat_<cv::Vec3b>(image)) ++histogram[pixel[c]];
      const auto table = pillow_table(histogram);
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
          ASSERT_EQ(result.at<cv::Vec3b>(y, x)[c], table[image.at<cv::Vec3b>(y, x)[c]]) << size;
    }
  }
}

TEST(Equalize, LeavesAFlatImageAsItIs) {
  for (const int type : {CV_8UC1, CV_8UC3, CV_16UC1, CV_16UC4}) {
    const cv::Mat flat(30, 30, type, cv::Scalar::all(77));
    EXPECT_TRUE(same_pixels(changed("equalize", {}, flat), flat));
  }
}

TEST(Equalize, Spreads16BitImagesOfAnySizeToBothEnds) {
  cv::Mat image = textured({10, 10}, CV_16UC1);
  image.convertTo(image, -1, 1 / 8.0, 1000);
  double low = 0, high = 0;
  cv::minMaxLoc(changed("equalize", {}, image), &low, &high);
  EXPECT_EQ(low, 0);
  EXPECT_EQ(high, 65'535);
}

TEST(Hue, KeepsGreyAndTheSumOfTheChannels) {
  for (double degrees = -180; degrees <= 180; degrees += 7.5) {
    const auto matrix =
        std::get<ColorStep>(drawn("hue", {{"degrees", fixed(degrees)}}, {1, 1}).step()).matrix;
    for (int i = 0; i < 3; ++i) {
      EXPECT_NEAR(matrix(i, 0) + matrix(i, 1) + matrix(i, 2), 1, 1e-15);
      EXPECT_NEAR(matrix(0, i) + matrix(1, i) + matrix(2, i), 1, 1e-15);
      EXPECT_EQ(matrix(i, 3), 0);
    }
  }
}

TEST(Saturation, KeepsTheLuma) {
  const auto m = std::get<ColorStep>(drawn("saturation", {{"factor", fixed(1.7)}}, {1, 1}).step()).matrix;
  for (int i = 0; i < 3; ++i) {
    const double luma = kLumaBlue * m(0, i) + kLumaGreen * m(1, i) + kLumaRed * m(2, i);
    EXPECT_NEAR(luma, (std::array{kLumaBlue, kLumaGreen, kLumaRed})[static_cast<std::size_t>(i)], 1e-12);
  }
}

TEST(Gamma, StaysWithinTheCodeValues) {
  for (const double gamma : {0.05, 0.5, 1.0, 3.0, 20.0}) {
    const auto function =
        std::get<LookupStep>(drawn("gamma", {{"gamma", fixed(gamma)}}, {1, 1}).step()).function;
    double before = -1;
    for (int value = 0; value <= 255; ++value) {
      const double now = function(value);
      EXPECT_GE(now, before);
      EXPECT_GE(now, 0);
      EXPECT_LE(now, 255);
      before = now;
    }
  }
}

TEST(Rotate, IsExactAtEveryMultipleOf90) {
  for (int quarter = -4; quarter <= 4; ++quarter) {
    const auto step = drawn("rotate", {{"degrees", fixed(90.0 * quarter)}}, {7, 7}).step();
    const auto expected = drawn("rotate90", {{"turns", fixed((quarter + 4) % 4)}}, {7, 7}).step();
    EXPECT_EQ(std::get<GeometryStep>(step).map.matrix, std::get<GeometryStep>(expected).map.matrix);
  }
}

TEST(Crop, LiesInsideTheImageAndReachesEveryPlace) {
  std::set<std::pair<double, double>> places;
  for (std::uint64_t sample = 0; sample < 20; ++sample) {
    for (std::uint32_t copy = 1; copy <= 64; ++copy) {
      const Drawn crop =
          drawn("crop", {{"width", 7}, {"height", 3}}, {10, 5}, {.sample = sample, .copy = copy});
      const double x = number(crop, "x");
      const double y = number(crop, "y");
      EXPECT_GE(x, 0);
      EXPECT_LE(x, 3);
      EXPECT_GE(y, 0);
      EXPECT_LE(y, 2);
      places.insert({x, y});
    }
  }
  EXPECT_EQ(places.size(), 12u);
}

TEST(Crop, DrawsItsRatioEvenlyToBothSides) {
  int wide = 0;
  for (std::uint32_t copy = 1; copy <= 64; ++copy)
    wide +=
        number(drawn("crop", {{"scale", fixed(0.5)}, {"ratio", Range{0.5, 2}}}, {100, 100}, {.copy = copy}),
               "ratio") > 1
            ? 1
            : 0;
  EXPECT_EQ(wide, 32);
}

TEST(CropAndPad, WritesDownWhatIsCutOrAddedInPixels) {
  const auto margins = [](const char* name, double value, bool independently) {
    const Drawn drawn_once =
        drawn("crop_and_pad", {{name, fixed(value)}, {"sample_independently", independently}}, {20, 12});
    return std::vector{number(drawn_once, "top"), number(drawn_once, "right"), number(drawn_once, "bottom"),
                       number(drawn_once, "left")};
  };
  for (const bool independently : {true, false}) {
    EXPECT_EQ(margins("percent", 1, independently), (std::vector<double>{12, 20, 12, 20}));
    EXPECT_EQ(margins("px", 1, independently), (std::vector<double>{1, 1, 1, 1}));
    EXPECT_EQ(margins("px", -100, independently), (std::vector<double>{-11, 0, 0, -19}));
  }
}

// A chain of these has frames that no int can hold; that it is refused comes later, with a sentence.
TEST(Frames, StopGrowingLongBeforeAnIntOverflows) {
  const std::vector<BoundTransform> growing{
      bound("safe_rotate", {{"degrees", fixed(45)}}), bound("pad", {{"multiple", 4096}}),
      bound("crop_and_pad", {{"percent", fixed(1)}, {"keep_size", false}}),
      bound("crop_and_pad", {{"px", fixed(10'000)}, {"keep_size", false}})};
  constexpr int kLongest = 1'000'000;
  for (const BoundTransform& transform : growing) {
    cv::Size frame(900'000, 700'000);
    for (int i = 0; i < 100; ++i) {
      const cv::Size before = frame;
      for (const Step& step : drawn(transform, frame).steps) frame = output_size(step, frame);
      ASSERT_GE(frame.width, before.width);
      ASSERT_GE(frame.height, before.height);
      ASSERT_LE(frame.width, kLongest);
      ASSERT_LE(frame.height, kLongest);
    }
    // A side that is longer from the start stays.
    const cv::Size strip(2'000'000'000, 3);
    for (const Step& step : drawn(transform, strip).steps) {
      EXPECT_LE(output_size(step, strip).width, strip.width);
      EXPECT_GE(output_size(step, strip).height, strip.height);
    }
  }
}

}  // namespace
}  // namespace tenfold
