#include <map>

#include "rows.h"

namespace tenfold {
namespace {

const cv::Size kFrame{331, 662};

std::string text(const Drawn& drawn, std::string_view name) {
  for (const DrawnValue& value : drawn.values)
    if (value.name == name) return std::get<std::string>(value.value);
  return {};
}

// The operation was written down with this magnitude, but for the sign.
auto has_magnitude(const std::map<std::string, double>& magnitudes, const std::string& suffix) {
  return [=](const Drawn& drawn) {
    const auto expected = magnitudes.find(text(drawn, "operation" + suffix));
    ASSERT_NE(expected, magnitudes.end()) << text(drawn, "operation" + suffix);
    if (!std::isnan(expected->second)) {
      EXPECT_DOUBLE_EQ(std::abs(number(drawn, "magnitude" + suffix)), expected->second) << expected->first;
    }
  };
}

// The mixture's parts, the image last, add up to 1.
void mixes_two_chains(const Drawn& drawn) {
  const auto& branches = std::get<BlendStep>(drawn.step()).branches;
  ASSERT_EQ(branches.size(), 3u);
  EXPECT_EQ(branches[0].weight, number(drawn, "weight_1"));
  EXPECT_EQ(branches[1].weight, number(drawn, "weight_2"));
  EXPECT_DOUBLE_EQ(branches[0].weight + branches[1].weight + branches[2].weight, 1);
  EXPECT_EQ(branches[0].steps.size(), 4u);
  EXPECT_EQ(branches[1].steps.size(), 4u);
  EXPECT_TRUE(branches[2].steps.empty());
}

void inverts(const Drawn& drawn) {
  for (const Step& step : drawn.steps)
    if (text(drawn, "operation_1") == "invert") looks_up({255, 191, 127, 0})({{step}, {}, {}});
}

}  // namespace

std::vector<Row> policy_rows() {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  // Bin 9 of 31: 0.3 of the strongest; 150 px · 0.3 and 300 px · 0.3.
  const std::map<std::string, double> ninth{
      {"identity", kNone},      {"shear_x", 0.09},   {"shear_y", 0.09},    {"translate_x", 45},
      {"translate_y", 90},      {"rotate", 9},       {"brightness", 0.27}, {"color", 0.27},
      {"contrast", 0.27},       {"sharpness", 0.27}, {"posterize", 7},     {"solarize", 178.5},
      {"auto_contrast", kNone}, {"equalize", kNone}};
  // Bin 1 of 2: the strongest.
  const auto strongest_or_none = [](const Drawn& drawn) {
    const std::map<std::string, std::array<double, 2>> ends{
        {"shear_x", {0, 0.99}},   {"shear_y", {0, 0.99}},  {"translate_x", {0, 32}},
        {"translate_y", {0, 32}}, {"rotate", {0, 135}},    {"brightness", {0, 0.99}},
        {"color", {0, 0.99}},     {"contrast", {0, 0.99}}, {"sharpness", {0, 0.99}},
        {"posterize", {8, 2}},    {"solarize", {255, 0}}};
    const auto expected = ends.find(text(drawn, "operation"));
    if (expected == ends.end()) return;
    const double magnitude = std::abs(number(drawn, "magnitude"));
    EXPECT_TRUE(magnitude == expected->second[0] || magnitude == expected->second[1]) << magnitude;
  };
  return {
      {"rand_augment", {{"num_ops", 3}}, kFrame, has_magnitude(ninth, "_1")},
      {"rand_augment", {{"num_ops", 3}}, kFrame, has_magnitude(ninth, "_3")},
      {"trivial_augment", {{"bins", 2}}, kFrame, strongest_or_none},
      {"auto_augment", {{"policy", "svhn"}}, kFrame, inverts},
      {"aug_mix", {{"mixture_width", 2}, {"chain_depth", 4}}, kFrame, mixes_two_chains},
  };
}

}  // namespace tenfold
