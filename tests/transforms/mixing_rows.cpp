#include <algorithm>

#include "company.h"
#include "rows.h"

namespace tenfold {
namespace {

// A partner of one color, so that what comes from it can be told.
class FlatPartner : public DrawContext {
 public:
  std::optional<Partner> partner(std::uint64_t, bool any_class) const override {
    const auto pixels = [](int type) {
      cv::Scalar color = cv::Scalar::all(200);
      if (CV_MAT_CN(type) % 2 == 0) color[CV_MAT_CN(type) - 1] = 255;  // opaque
      return cv::Mat(30, 20, type, color);
    };
    return Partner{"b.png", any_class ? "other" : "own", {}, {20, 30}, pixels};
  }
};

Drawn among_flat(const std::string& name, const ParameterValues& values, cv::Size frame, std::uint32_t copy) {
  static const FlatPartner kContext;
  return drawn(bound(name, values), frame, {.copy = copy}, kContext);
}

cv::Mat grey(cv::Size size) { return cv::Mat(size, CV_8UC1, cv::Scalar(100)); }

// With alpha 1, λ is uniform in [0.5, 1]; 100 + (1 - λ)·100 everywhere, and the share is 1 - λ.
void check_mixup(const Drawn&) {
  double least = 1, most = 0;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    const Drawn result = among_flat("mixup", {{"alpha", fixed(1)}}, {8, 6}, copy);
    const double lambda = number(result, "lambda");
    least = std::min(least, lambda);
    most = std::max(most, lambda);
    EXPECT_DOUBLE_EQ(result.partners.at(0).share, 1 - lambda);
    const cv::Mat mixed = run(result.steps, grey({8, 6}));
    EXPECT_NEAR(mixed.at<std::uint8_t>(0), 100 + 100 * (1 - lambda), 0.51);
    EXPECT_TRUE(same_pixels(mixed, cv::Mat(mixed.size(), CV_8UC1, cv::Scalar(mixed.at<std::uint8_t>(0)))));
  }
  // 64 stratified draws u fall one into each 64th, and λ = max(u, 1 - u).
  EXPECT_LT(least, 0.5 + 1. / 64);
  EXPECT_GT(most, 1 - 1. / 64);
}

// The rectangle's pixels are the partner's, and their number is the share.
void check_cutmix(const Drawn&) {
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    const Drawn result = among_flat("cutmix", {}, {40, 30}, copy);
    const int from_partner = cv::countNonZero(run(result.steps, grey({40, 30})) == 200);
    const double share = result.partners.empty() ? 0 : result.partners[0].share;
    EXPECT_DOUBLE_EQ(share, from_partner / 1200.0);
    EXPECT_LE(share, 0.5);
  }
}

// Cells of 12×9, 28×9, 12×21 and 28×21 for a centre at (0.3, 0.3): the last is the image's own.
void check_mosaic(const Drawn&) {
  const Drawn result = among_flat("mosaic", {{"centre", fixed(0.3)}}, {40, 30}, 1);
  const cv::Mat mixed = run(result.steps, grey({40, 30}));
  EXPECT_EQ(cv::countNonZero(mixed(cv::Rect(12, 9, 28, 21)) == 100), 28 * 21);
  EXPECT_EQ(cv::countNonZero(mixed == 200), 1200 - 28 * 21);
  double shares = 0;
  for (const DrawnPartner& partner : result.partners) shares += partner.share;
  EXPECT_EQ(result.partners.size(), 3u);
  EXPECT_DOUBLE_EQ(shares, 1 - 28 * 21 / 1200.0);
}

// Three pictures of one other class would outweigh the image's own cell of 49 %: the third is of its class.
void check_mosaic_of_another_class(const Drawn&) {
  class Others : public FlatPartner {
   public:
    std::optional<Partner> partner(std::uint64_t number, bool any_class) const override {
      auto partner = FlatPartner::partner(number, any_class);
      partner->other_class = any_class;
      return partner;
    }
  };
  const Others context;
  const Drawn result = drawn(bound("mosaic", {{"centre", fixed(0.3)}, {"partner", std::string("any")}}),
                             {40, 30}, {}, context);
  ASSERT_EQ(result.partners.size(), 3u);
  double others = 0;
  for (const DrawnPartner& partner : result.partners) others += partner.other_class ? partner.share : 0;
  EXPECT_LE(others, 28 * 21 / 1200.0);
  const Drawn flat = drawn(bound("mosaic", {{"centre", fixed(0.5)}, {"partner", std::string("any")}}),
                           {40, 30}, {}, context);
  EXPECT_EQ(std::ranges::count(flat.partners, true, &DrawnPartner::other_class), 1);  // cells of a quarter
}

// A picture of 20×30 fits into half of 40×30 as 10×15; at opacity 0.5 it is halfway between.
void check_overlay(const Drawn&) {
  const Drawn result = among_flat("overlay", {{"scale", fixed(0.5)}, {"opacity", fixed(0.5)}}, {40, 30}, 1);
  const cv::Mat mixed = run(result.steps, grey({40, 30}));
  const cv::Rect box(static_cast<int>(number(result, "x")), static_cast<int>(number(result, "y")), 10, 15);
  EXPECT_EQ(cv::countNonZero(mixed(box) == 150), 150);
  EXPECT_EQ(cv::countNonZero(mixed == 150), 150);
  EXPECT_DOUBLE_EQ(result.partners.at(0).share, 0.5 * 150 / 1200);
}

}  // namespace

std::vector<Row> mixing_rows() {
  return {{"mixup", {}, {8, 6}, check_mixup},
          {"cutmix", {}, {40, 30}, check_cutmix},
          {"mosaic", {}, {40, 30}, check_mosaic},
          {"mosaic", {}, {40, 30}, check_mosaic_of_another_class},
          {"overlay", {}, {40, 30}, check_overlay}};
}

}  // namespace tenfold
