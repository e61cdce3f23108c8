#include "tenfold/plan/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/catalogs.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::catalog_of;
using test::recipe_of;
using ::testing::ElementsAre;

std::vector<std::uint64_t> images_of(const Plan& plan) {
  std::vector<std::uint64_t> images;
  for (const ClassPlan& of_class : plan.classes) images.push_back(of_class.images());
  return images;
}

const Catalog& small() {
  static const Catalog catalog = catalog_of({{"a", 60}, {"b", 25}, {"c", 12}, {"d", 4}});
  return catalog;
}

TEST(Plan, NoneMultipliesEveryClass) {
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(10, BalanceRule::kNone))),
              ElementsAre(600, 250, 120, 40));
}

TEST(Plan, MajorityBringsEveryClassToTheLargest) {
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(10, BalanceRule::kMajority))),
              ElementsAre(600, 600, 600, 600));
}

TEST(Plan, MedianOfAnEvenNumberOfClassesIsTheMiddleOfTwo) {
  // (12 + 25) / 2 = 18.5; 2 · 18.5 = 37. Class a has more and keeps what it has.
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(2, BalanceRule::kMedian))), ElementsAre(60, 37, 37, 37));
}

TEST(Plan, MeanIsRoundedHalfToEven) {
  // (60 + 25 + 12 + 4) / 4 = 25.25; 10 · 25.25 = 252.5, which is rounded to 252.
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(10, BalanceRule::kMean))),
              ElementsAre(252, 252, 252, 252));
}

TEST(Plan, ToSetsEveryTarget) {
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(1, BalanceRule::kTo, 300))),
              ElementsAre(300, 300, 300, 300));
}

TEST(Plan, PowerOfOneHalfIsTheSquareRootRule) {
  // 60 · sqrt(n / 60): 60, 38.7, 26.8, 15.5
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(1, BalanceRule::kPower, 0.5))),
              ElementsAre(60, 39, 27, 15));
}

TEST(Plan, EmptyClassesTakeNoPartAndGetNothing) {
  const Catalog catalog = catalog_of({{"a", 3}, {"b", 0}, {"c", 1}});
  EXPECT_THAT(images_of(make_plan(catalog, recipe_of(2, BalanceRule::kMean))), ElementsAre(4, 0, 4));
}

TEST(Plan, AClassTargetReplacesOneAndAltersNoOther) {
  Recipe recipe = recipe_of(1, BalanceRule::kMajority);
  recipe.classes["d"].target = 900;
  EXPECT_THAT(images_of(make_plan(small(), recipe)), ElementsAre(60, 60, 60, 900));
}

TEST(Plan, AnEmptyClassWithATargetIsShort) {
  Recipe recipe = recipe_of(1, BalanceRule::kNone);
  recipe.classes["b"].target = 5;
  const Plan plan = make_plan(catalog_of({{"a", 3}, {"b", 0}}), recipe);
  EXPECT_EQ(plan.classes[1].shortfall, 5u);
  EXPECT_EQ(plan.classes[1].reason, "the class has no usable image");
}

TEST(Plan, KeepsAllOriginalsOfAClassAboveItsTarget) {
  const Plan plan = make_plan(small(), recipe_of(1, BalanceRule::kTo, 20));
  EXPECT_THAT(images_of(plan), ElementsAre(60, 25, 20, 20));
  EXPECT_TRUE(plan.classes[0].raised);
  EXPECT_FALSE(plan.classes[2].raised);
}

TEST(Plan, UndersamplesToASeededChoice) {
  Recipe recipe = recipe_of(1, BalanceRule::kTo, 20);
  recipe.expand.undersample = true;
  const Plan plan = make_plan(small(), recipe);
  EXPECT_THAT(images_of(plan), ElementsAre(20, 20, 20, 20));
  recipe.seed = 43;
  EXPECT_NE(make_plan(small(), recipe).samples, plan.samples);
}

TEST(Plan, MaxCopiesLeavesAShortfallWithItsReason) {
  Recipe recipe = recipe_of(10, BalanceRule::kMajority);
  recipe.expand.max_copies = 50;
  const Plan plan = make_plan(small(), recipe);
  EXPECT_THAT(images_of(plan), ElementsAre(600, 600, 600, 204));  // 4 · (1 + 50)
  EXPECT_EQ(plan.classes[3].shortfall, 396u);
  EXPECT_EQ(plan.classes[3].reason, "max_copies 50 of each of 4 samples");
  EXPECT_EQ(plan.shortfall(), 396u);
}

TEST(Plan, WithoutOriginalsEveryImageIsACopy) {
  Recipe recipe = recipe_of(2, BalanceRule::kNone);
  recipe.output.originals = Originals::kOmit;
  const Plan plan = make_plan(small(), recipe);
  EXPECT_EQ(plan.classes[0].originals, 0u);
  EXPECT_EQ(plan.classes[0].copies, 120u);
  for (const SamplePlan& sample : plan.samples) EXPECT_EQ(sample.copies, 2u);
}

TEST(Plan, SpreadsCopiesEvenly) {
  const Plan plan = make_plan(small(), recipe_of(1, BalanceRule::kMajority));
  for (const SamplePlan& sample : plan.samples) {
    const std::uint32_t of_class = small().samples[sample.sample].class_index;
    const std::uint32_t least[] = {0, 1, 4, 14}, most[] = {0, 2, 4, 14};
    EXPECT_GE(sample.copies, least[of_class]);
    EXPECT_LE(sample.copies, most[of_class]);
  }
}

TEST(Plan, AClassWithoutAugmentIsShort) {
  Recipe recipe = recipe_of(2, BalanceRule::kNone);
  recipe.classes["a"].augment = Chain{};
  const Plan plan = make_plan(small(), recipe);
  EXPECT_THAT(images_of(plan), ElementsAre(60, 50, 24, 8));
  EXPECT_EQ(plan.classes[0].reason, "the class has no augment, so no copies can be made");
}

TEST(Plan, RefusesWhatNoRunCouldMake) {
  try {
    make_plan(small(), recipe_of(1e300, BalanceRule::kNone));
    FAIL() << "planned it";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_STREQ(
        error.what(),
        "the recipe asks for 6e+301 images of one class, more than the 1,000,000,000 that a run can make; "
        "lower factor or target");
  }
}

TEST(Plan, DroppedSamplesDoNotCount) {
  std::vector<bool> dropped(small().samples.size(), false);
  dropped[0] = true;  // of class a
  EXPECT_THAT(images_of(make_plan(small(), recipe_of(2, BalanceRule::kMajority), {.dropped = dropped})),
              ElementsAre(118, 118, 118, 118));
}

}  // namespace
}  // namespace tenfold
