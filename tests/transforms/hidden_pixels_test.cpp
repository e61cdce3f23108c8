// Pixels of alpha 0 have a color that nobody sees; it must not change the others.

#include <gtest/gtest.h>

#include <limits>

#include "company.h"
#include "transforms/policies/whole_image.h"

namespace tenfold {
namespace {

constexpr int kVisibleRows = 20;
const cv::Size kFrame{24, 30};

// Dull and opaque above, garish and invisible below.
cv::Mat half_hidden(int type) {
  const int channels = CV_MAT_CN(type);
  const double white = CV_MAT_DEPTH(type) == CV_8U ? 255 : 65'535;
  cv::Mat image = textured(kFrame, type);
  cv::Mat visible = image.rowRange(0, kVisibleRows), hidden = image.rowRange(kVisibleRows, kFrame.height);
  visible.convertTo(visible, -1, 1 / 4.0, white / 8);
  const cv::Mat opaque(visible.size(), CV_MAKETYPE(CV_MAT_DEPTH(type), 1), cv::Scalar(white));
  cv::insertChannel(opaque, visible, channels - 1);
  hidden.setTo(cv::Scalar(0, white, 0, 0));
  if (channels == 2) hidden.setTo(cv::Scalar(white, 0));
  hidden.row(0).setTo(cv::Scalar::all(0));
  return image;
}

template <typename Change>
void expect_to_ignore_what_is_hidden(const Change& change) {
  for (const int type : {CV_8UC2, CV_8UC4, CV_16UC2, CV_16UC4}) {
    cv::Mat whole = half_hidden(type);
    const cv::Mat before = whole.rowRange(0, kVisibleRows).clone();
    cv::Mat alone = before.clone();
    change(alone);
    change(whole);
    EXPECT_TRUE(same_pixels(whole.rowRange(0, kVisibleRows), alone)) << type;
    EXPECT_FALSE(same_pixels(alone, before)) << type;

    cv::Mat nothing = half_hidden(type).rowRange(kVisibleRows, kFrame.height).clone();
    EXPECT_NO_THROW(change(nothing));
  }
}

auto transform(const std::string& name, const ParameterValues& values) {
  return [=](cv::Mat& image) {
    const Drawn result = drawn(bound(name, values), image.size(), {}, company());
    std::get<PixelStep>(result.step()).apply(image);
  };
}

TEST(HiddenPixels, DoNotCountInEqualize) { expect_to_ignore_what_is_hidden(transform("equalize", {})); }

TEST(HiddenPixels, DoNotCountInAutoContrast) {
  for (const double cutoff : {0, 3})
    expect_to_ignore_what_is_hidden(transform("auto_contrast", {{"cutoff", fixed(cutoff)}}));
}

TEST(HiddenPixels, DoNotCountInHistogramMatch) {
  expect_to_ignore_what_is_hidden(
      transform("histogram_match", {{"reference", std::string("folder")}, {"blend", fixed(1)}}));
}

TEST(HiddenPixels, DoNotCountInTheOperationsOfPolicies) {
  expect_to_ignore_what_is_hidden([](cv::Mat& image) { policies::spread_about_mean(image, 1.5); });
  expect_to_ignore_what_is_hidden(policies::stretch_contrast);
}

// A reference of two halves, one of them hidden.
class HiddenReference : public DrawContext {
 public:
  explicit HiddenReference(int hidden) : hidden_(hidden) {}
  std::optional<Partner> reference(const std::string&, std::uint64_t) const override {
    const auto pixels = [hidden = hidden_](int type) {
      cv::Mat image(4, 4, type, cv::Scalar(50, 60, 70, 255));
      image.rowRange(4 - hidden, 4).setTo(cv::Scalar(250, 0, 250, 0));
      return image;
    };
    return Partner{"a.png", "", {}, {4, 4}, pixels};
  }

 private:
  int hidden_;
};

TEST(HiddenPixels, OfAReferenceAreNotMatched) {
  const cv::Mat image = textured({8, 8}, CV_8UC4) | cv::Scalar(0, 0, 0, 255);
  const auto matched = [&](const HiddenReference& context) {
    const auto step = bound("histogram_match", {{"reference", std::string("folder")}, {"blend", fixed(1)}});
    return run(drawn(step, image.size(), {}, context).steps, image);
  };
  EXPECT_TRUE(same_pixels(matched(HiddenReference(2)), cv::Mat(8, 8, CV_8UC4, cv::Scalar(50, 60, 70, 255))));
  EXPECT_TRUE(same_pixels(matched(HiddenReference(4)), image));
}

}  // namespace
}  // namespace tenfold
