// The policies against what is published: every magnitude at every strength, every pair of AutoAugment, how
// often each is drawn, and the weights of AugMix.

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include "drawing.h"
#include "transforms/beta_quantile.h"
#include "transforms/policies/sub_policies.h"

namespace tenfold {
namespace {

const cv::Size kFrame{331, 993};

// What was drawn for one operation.
struct Fired {
  std::string operation;
  double magnitude = 0;
  bool has_magnitude = false;
};

std::vector<Fired> fired(const Drawn& drawn) {
  std::vector<Fired> all;
  for (const DrawnValue& value : drawn.values) {
    if (value.name.starts_with("operation")) all.push_back({std::get<std::string>(value.value)});
    if (!value.name.starts_with("magnitude") || all.empty()) continue;
    all.back().magnitude = std::get<double>(value.value);
    all.back().has_magnitude = true;
  }
  return all;
}

// Per operation, all magnitudes that occur.
using Magnitudes = std::map<std::string, std::set<double>>;

Magnitudes occurring(std::string_view name, const ParameterValues& values, int samples = 4) {
  const BoundTransform transform = bound(name, values);
  Magnitudes all;
  for (int sample = 0; sample < samples; ++sample)
    for (std::uint32_t copy = 1; copy <= 256; ++copy)
      for (const Fired& one :
           fired(drawn(transform, kFrame, {.sample = static_cast<std::uint64_t>(sample), .copy = copy}))) {
        auto& magnitudes = all[one.operation];
        if (one.has_magnitude) magnitudes.insert(one.magnitude);
      }
  return all;
}

// Magnitudes are compared to nine decimals.
std::set<double> tidied(const std::set<double>& values) {
  std::set<double> all;
  for (const double value : values) all.insert(std::round(value * 1e9) / 1e9 + 0.0);
  return all;
}

// `m`, and -m where it is signed.
std::set<double> both_signs(double m) { return tidied({m, -m}); }

// Bits at each of the 31 strengths, as torchvision's rounded tables have them.
int rand_augment_bits(int bin) { return bin <= 3 ? 8 : bin <= 11 ? 7 : bin <= 18 ? 6 : bin <= 26 ? 5 : 4; }
int trivial_augment_bits(int bin) {
  return bin <= 2 ? 8 : bin <= 7 ? 7 : bin <= 12 ? 6 : bin <= 17 ? 5 : bin <= 22 ? 4 : bin <= 27 ? 3 : 2;
}

TEST(RandAugment, HasThePublishedMagnitudesAtEveryStrength) {
  for (int bin = 0; bin <= 30; ++bin) {
    SCOPED_TRACE(bin);
    const double part = bin / 30.0;
    const Magnitudes expected{{"identity", {}},
                              {"shear_x", both_signs(0.3 * part)},
                              {"shear_y", both_signs(0.3 * part)},
                              {"translate_x", both_signs(5 * bin)},   // 150/331 of 331 pixels
                              {"translate_y", both_signs(15 * bin)},  // 150/331 of 993 pixels
                              {"rotate", both_signs(bin)},
                              {"brightness", both_signs(0.9 * part)},
                              {"color", both_signs(0.9 * part)},
                              {"contrast", both_signs(0.9 * part)},
                              {"sharpness", both_signs(0.9 * part)},
                              {"posterize", {static_cast<double>(rand_augment_bits(bin))}},
                              {"solarize", {255 - 8.5 * bin}},
                              {"auto_contrast", {}},
                              {"equalize", {}}};
    Magnitudes found = occurring("rand_augment", {{"magnitude", fixed(bin)}});
    for (auto& [operation, magnitudes] : found) magnitudes = tidied(magnitudes);
    EXPECT_EQ(found, expected);
  }
}

TEST(RandAugment, DrawsEachOperationEquallyOftenAndWithReplacement) {
  const BoundTransform transform = bound("rand_augment");
  std::map<std::string, int> counts;
  int twice = 0;
  for (std::uint32_t copy = 1; copy <= 4096; ++copy) {
    const auto all = fired(drawn(transform, kFrame, {.copy = copy}));
    ASSERT_EQ(all.size(), 2u);
    for (const Fired& one : all) ++counts[one.operation];
    twice += all[0].operation == all[1].operation ? 1 : 0;
  }
  EXPECT_EQ(counts.size(), 14u);
  for (const auto& [operation, count] : counts) EXPECT_NEAR(count, 8192 / 14.0, 4) << operation;
  EXPECT_NEAR(twice, 4096 / 14.0, 5 * std::sqrt(4096 / 14.0));
}

TEST(RandAugment, DrawsTheStrengthOfACopyFromARange) {
  const BoundTransform transform = bound("rand_augment", {{"magnitude", Range{5, 8}}});
  std::map<double, int> counts;
  for (std::uint32_t copy = 1; copy <= 64; ++copy)
    ++counts[number(drawn(transform, kFrame, {.copy = copy}), "magnitude")];
  EXPECT_EQ(counts, (std::map<double, int>{{5, 16}, {6, 16}, {7, 16}, {8, 16}}));
}

TEST(RandAugment, RefusesAStrengthBeyondItsBins) {
  const auto refused = find_transform("rand_augment")->bind({{"magnitude", Range{1, 10}}, {"bins", 10}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "'magnitude' must be below 'bins', 10");
}

TEST(TrivialAugment, HasThePublishedMagnitudes) {
  Magnitudes expected{{"identity", {}}, {"auto_contrast", {}}, {"equalize", {}}};
  for (int bin = 0; bin <= 30; ++bin) {
    const auto add = [&](const std::string& operation, double m, bool is_signed = true) {
      expected[operation].merge(is_signed ? both_signs(m) : std::set<double>{m});
    };
    for (const char* name : {"shear_x", "shear_y", "brightness", "color", "contrast", "sharpness"})
      add(name, 0.033 * bin);
    add("translate_x", 32 * bin / 30);
    add("translate_y", 32 * bin / 30);
    add("rotate", 4.5 * bin);
    add("posterize", trivial_augment_bits(bin), false);
    add("solarize", 255 - 8.5 * bin, false);
  }
  Magnitudes found = occurring("trivial_augment", {}, 60);
  for (auto& [operation, magnitudes] : found) magnitudes = tidied(magnitudes);
  EXPECT_EQ(found, expected);
}

TEST(TrivialAugment, KeepsAsManyBitsAsTheTableSays) {
  // The shares of bits: 3, 5, 5, 5, 5, 5 and 3 of 31 strengths.
  std::map<double, int> counts;
  int all = 0;
  const BoundTransform transform = bound("trivial_augment");
  for (std::uint64_t sample = 0; sample < 40; ++sample)
    for (std::uint32_t copy = 1; copy <= 1024; ++copy)
      for (const Fired& one : fired(drawn(transform, kFrame, {.sample = sample, .copy = copy})))
        if (one.operation == "posterize") ++counts[one.magnitude], ++all;
  for (int bits = 2; bits <= 8; ++bits) {
    const double share = (bits == 2 || bits == 8 ? 3 : 5) / 31.0;
    EXPECT_NEAR(counts[bits], share * all, 5 * std::sqrt(share * all)) << bits;
  }
}

TEST(AugMix, HasThePublishedMagnitudesUpToItsSeverity) {
  for (const int severity : {1, 3, 10}) {
    Magnitudes expected{{"auto_contrast", {}}, {"equalize", {}}};
    constexpr double kBits[] = {4, 4, 3, 3, 2, 2, 1, 1, 0, 0};
    for (int bin = 0; bin < severity; ++bin) {
      for (const char* name : {"shear_x", "shear_y"}) expected[name].merge(both_signs(bin / 30.0));
      for (const char* name : {"brightness", "color", "contrast", "sharpness"})
        expected[name].merge(both_signs(bin / 10.0));
      expected["translate_x"].merge(both_signs(331 * bin / 27));
      expected["translate_y"].merge(both_signs(993 * bin / 27));
      expected["rotate"].merge(tidied(both_signs(bin * 10 / 3.0)));
      expected["posterize"].insert(kBits[bin]);
      expected["solarize"].merge(tidied({255 - bin * 85 / 3.0}));
    }
    Magnitudes found = occurring("aug_mix", {{"severity", severity}}, 3);
    for (auto& [operation, magnitudes] : found) magnitudes = tidied(magnitudes);
    EXPECT_EQ(found, expected) << severity;

    for (const char* name : {"brightness", "color", "contrast", "sharpness"}) expected.erase(name);
    found = occurring("aug_mix", {{"severity", severity}, {"all_ops", false}}, 3);
    for (auto& [operation, magnitudes] : found) magnitudes = tidied(magnitudes);
    EXPECT_EQ(found, expected) << severity;
  }
}

TEST(AugMix, DrawsOneToThreeOperationsAChain) {
  const BoundTransform transform = bound("aug_mix");
  std::map<std::size_t, int> counts;
  for (std::uint32_t copy = 1; copy <= 256; ++copy) {
    const Drawn one = drawn(transform, kFrame, {.copy = copy});
    const auto& branches = std::get<BlendStep>(one.step()).branches;
    ASSERT_EQ(branches.size(), 4u);
    for (std::size_t i = 0; i < 3; ++i) ++counts[branches[i].steps.size()];
  }
  EXPECT_EQ(counts.size(), 3u);
  for (const auto& [depth, count] : counts) EXPECT_NEAR(count, 256, 6) << depth;
}

// Dirichlet(alpha, …): each chain has a mean of (1/2)·(1/3); the second moments are those of a product of
// independent numbers: E[(1 - m)²] = (a + 1) / (2·(2a + 1)), E[w²] = (a + 1) / (3·(3a + 1)).
TEST(AugMix, DrawsWeightsOfADirichletDistribution) {
  for (const double a : {0.2, 1.0, 4.0}) {
    const BoundTransform transform = bound("aug_mix", {{"alpha", fixed(a)}});
    constexpr int kCopies = 4096;
    std::array<double, 4> mean{}, square{};
    for (std::uint32_t copy = 1; copy <= kCopies; ++copy) {
      const Drawn one = drawn(transform, kFrame, {.copy = copy});
      const auto& branches = std::get<BlendStep>(one.step()).branches;
      double sum = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        ASSERT_GE(branches[i].weight, 0);
        sum += branches[i].weight;
        mean[i] += branches[i].weight / kCopies;
        square[i] += branches[i].weight * branches[i].weight / kCopies;
      }
      ASSERT_NEAR(sum, 1, 1e-6);
    }
    const double image_square = (a + 1) / (2 * (2 * a + 1));
    const double chain_square = image_square * (a + 1) / (3 * (3 * a + 1));
    EXPECT_NEAR(mean[3], 0.5, 0.001) << a;
    EXPECT_NEAR(square[3], image_square, 0.001) << a;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(mean[i], 1 / 6.0, 0.012) << a;
      EXPECT_NEAR(square[i], chain_square, 0.012) << a;
    }
  }
}

// Figures of references/policies.py.
TEST(BetaQuantile, AgreesWithSciPy) {
  EXPECT_NEAR(beta_quantile(1, 2, 0.25), 0.133974596, 1e-7);
  EXPECT_NEAR(beta_quantile(0.5, 0.5, 0.1), 0.0244717419, 1e-8);
  EXPECT_NEAR(beta_quantile(0.2, 0.4, 0.75), 0.685982012, 1e-7);
  EXPECT_NEAR(beta_quantile(5, 10, 0.5), 0.325751155, 1e-7);
  EXPECT_NEAR(beta_quantile(0.05, 0.05, 0.3), 3.38619976e-05, 1e-10);
  EXPECT_NEAR(beta_quantile(100, 100, 0.9), 0.545273115, 1e-7);
  EXPECT_EQ(beta_quantile(1, 1, 0.25), 0.25);
  EXPECT_EQ(beta_quantile(0.3, 2, 0), 0);
  EXPECT_EQ(beta_quantile(0.3, 2, 1), 1);
}

// As the paper and torchvision list them: operation, probability, strength of ten.
const std::map<std::string, std::string> kPairs{{"imagenet",
                                                 "posterize .4 8 rotate .6 9 "
                                                 "solarize .6 5 auto_contrast .6 - "
                                                 "equalize .8 - equalize .6 - "
                                                 "posterize .6 7 posterize .6 6 "
                                                 "equalize .4 - solarize .2 4 "
                                                 "equalize .4 - rotate .8 8 "
                                                 "solarize .6 3 equalize .6 - "
                                                 "posterize .8 5 equalize 1 - "
                                                 "rotate .2 3 solarize .6 8 "
                                                 "equalize .6 - posterize .4 6 "
                                                 "rotate .8 8 color .4 0 "
                                                 "rotate .4 9 equalize .6 - "
                                                 "equalize 0 - equalize .8 - "
                                                 "invert .6 - equalize 1 - "
                                                 "color .6 4 contrast 1 8 "
                                                 "rotate .8 8 color 1 2 "
                                                 "color .8 8 solarize .8 7 "
                                                 "sharpness .4 7 invert .6 - "
                                                 "shear_x .6 5 equalize 1 - "
                                                 "color .4 0 equalize .6 - "
                                                 "equalize .4 - solarize .2 4 "
                                                 "solarize .6 5 auto_contrast .6 - "
                                                 "invert .6 - equalize 1 - "
                                                 "color .6 4 contrast 1 8 "
                                                 "equalize .8 - equalize .6 - "},
                                                {"cifar10",
                                                 "invert .1 - contrast .2 6 "
                                                 "rotate .7 2 translate_x .3 9 "
                                                 "sharpness .8 1 sharpness .9 3 "
                                                 "shear_y .5 8 translate_y .7 9 "
                                                 "auto_contrast .5 - equalize .9 - "
                                                 "shear_y .2 7 posterize .3 7 "
                                                 "color .4 3 brightness .6 7 "
                                                 "sharpness .3 9 brightness .7 9 "
                                                 "equalize .6 - equalize .5 - "
                                                 "contrast .6 7 sharpness .6 5 "
                                                 "color .7 7 translate_x .5 8 "
                                                 "equalize .3 - auto_contrast .4 - "
                                                 "translate_y .4 3 sharpness .2 6 "
                                                 "brightness .9 6 color .2 8 "
                                                 "solarize .5 2 invert 0 - "
                                                 "equalize .2 - auto_contrast .6 - "
                                                 "equalize .2 - equalize .6 - "
                                                 "color .9 9 equalize .6 - "
                                                 "auto_contrast .8 - solarize .2 8 "
                                                 "brightness .1 3 color .7 0 "
                                                 "solarize .4 5 auto_contrast .9 - "
                                                 "translate_y .9 9 translate_y .7 9 "
                                                 "auto_contrast .9 - solarize .8 3 "
                                                 "equalize .8 - invert .1 - "
                                                 "translate_y .7 9 auto_contrast .9 - "},
                                                {"svhn",
                                                 "shear_x .9 4 invert .2 - "
                                                 "shear_y .9 8 invert .7 - "
                                                 "equalize .6 - solarize .6 6 "
                                                 "invert .9 - equalize .6 - "
                                                 "equalize .6 - rotate .9 3 "
                                                 "shear_x .9 4 auto_contrast .8 - "
                                                 "shear_y .9 8 invert .4 - "
                                                 "shear_y .9 5 solarize .2 6 "
                                                 "invert .9 - auto_contrast .8 - "
                                                 "equalize .6 - rotate .9 3 "
                                                 "shear_x .9 4 solarize .3 3 "
                                                 "shear_y .8 8 invert .7 - "
                                                 "equalize .9 - translate_y .6 6 "
                                                 "invert .9 - equalize .6 - "
                                                 "contrast .3 3 rotate .8 4 "
                                                 "invert .8 - translate_y 0 2 "
                                                 "shear_y .7 6 solarize .4 8 "
                                                 "invert .6 - rotate .8 4 "
                                                 "shear_y .3 7 translate_x .9 3 "
                                                 "shear_x .1 6 invert .6 - "
                                                 "solarize .7 2 translate_y .6 7 "
                                                 "shear_y .8 4 invert .8 - "
                                                 "shear_x .7 9 translate_y .8 3 "
                                                 "shear_y .8 5 auto_contrast .7 - "
                                                 "shear_x .7 2 invert .1 - "}};

TEST(AutoAugment, HasThePublishedPairs) {
  for (const auto& [policy, text] : kPairs) {
    SCOPED_TRACE(policy);
    std::istringstream words(text);
    std::string name, p, bin;
    for (const policies::SubPolicy& pair : policies::sub_policies(policy))
      for (const auto& gated : {pair.first, pair.second}) {
        words >> name >> p >> bin;
        EXPECT_EQ(policies::name_of(gated.operation), name);
        EXPECT_EQ(gated.p, std::stod(p));
        EXPECT_EQ(gated.bin, bin == "-" ? 0 : std::stoi(bin));
        EXPECT_EQ(policies::has_magnitude(gated.operation), bin != "-");
      }
    EXPECT_FALSE(words >> name) << "more pairs than drawn";
    EXPECT_EQ(policies::sub_policies(policy).size(), 25u);
  }
}

TEST(AutoAugment, DrawsEachPairEquallyOftenAndEachOperationWithItsProbability) {
  constexpr int kCopies = 25 * 256;
  for (const auto& [policy, text] : kPairs) {
    SCOPED_TRACE(policy);
    const BoundTransform transform = bound("auto_augment", {{"policy", policy}});
    std::map<int, int> counts, first, second;
    for (std::uint32_t copy = 1; copy <= kCopies; ++copy) {
      const Drawn one = drawn(transform, kFrame, {.copy = copy});
      const int pair = static_cast<int>(number(one, "sub_policy"));
      ++counts[pair];
      for (const DrawnValue& value : one.values) {
        if (value.name == "operation_1") ++first[pair];
        if (value.name == "operation_2") ++second[pair];
      }
    }
    ASSERT_EQ(counts.size(), 25u);
    for (int pair = 1; pair <= 25; ++pair) {
      EXPECT_NEAR(counts[pair], 256, 3) << pair;
      const policies::SubPolicy& expected =
          policies::sub_policies(policy)[static_cast<std::size_t>(pair - 1)];
      const auto near = [&](int count, double p) {
        EXPECT_NEAR(count, 256 * p, 4 + 5 * std::sqrt(256 * p * (1 - p))) << pair;
      };
      near(first[pair], expected.first.p);
      near(second[pair], expected.second.p);
    }
  }
}

TEST(AutoAugment, HasThePublishedMagnitudes) {
  constexpr double kBits[] = {8, 8, 7, 7, 6, 6, 5, 5, 4, 4};
  for (const auto& [policy, text] : kPairs) {
    SCOPED_TRACE(policy);
    Magnitudes expected;
    for (const policies::SubPolicy& pair : policies::sub_policies(policy))
      for (const auto& [operation, p, bin] : {pair.first, pair.second}) {
        if (p == 0) continue;
        const std::string name(policies::name_of(operation));
        std::set<double>& magnitudes = expected[name];
        if (name == "posterize")
          magnitudes.insert(kBits[bin]);
        else if (name == "solarize")
          magnitudes.merge(tidied({255 - 255 * bin / 9.0}));
        else if (name.starts_with("shear"))
          magnitudes.merge(both_signs(bin / 30.0));
        else if (name == "translate_x")
          magnitudes.merge(both_signs(150 * bin / 9));
        else if (name == "translate_y")
          magnitudes.merge(both_signs(450 * bin / 9));
        else if (name == "rotate")
          magnitudes.merge(both_signs(bin * 10 / 3.0));
        else if (policies::has_magnitude(operation))
          magnitudes.merge(both_signs(bin / 10.0));
      }
    Magnitudes found = occurring("auto_augment", {{"policy", policy}}, 12);
    for (auto& [operation, magnitudes] : found) magnitudes = tidied(magnitudes);
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace tenfold
