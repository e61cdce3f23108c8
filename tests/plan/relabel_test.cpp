// Copies of one class made of another one's samples.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "plan/catalogs.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"

namespace tenfold {
namespace {

using test::catalog_of;
using test::chain_of;
using test::output_of;
using test::recipe_of;
using test::sample_of;

class RelabelTest : public ::testing::Test {
 protected:
  RelabelTest() {
    recipe_.relabel = {{"horizontal_flip", "left", "right"}, {"horizontal_flip", "right", "left"}};
  }

  // Copies by (class of the sample, class that they go to).
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> copies() const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> sums;
    for (const SamplePlan& plan : make_plan(catalog_, recipe_).samples)
      sums[{catalog_.samples[plan.sample].class_index, plan.class_index}] += plan.copies;
    return sums;
  }

  Catalog catalog_ = catalog_of({{"left", 30}, {"other", 5}, {"right", 10}});
  Recipe recipe_ = recipe_of(2, BalanceRule::kMajority);
};

TEST_F(RelabelTest, SpreadsTheCopiesOverOwnAndRelatedSamplesAndKeepsTotals) {
  const Plan plan = make_plan(catalog_, recipe_);
  EXPECT_EQ(plan.classes[0].images(), 60u);
  EXPECT_EQ(plan.classes[1].images(), 60u);
  EXPECT_EQ(plan.classes[2].images(), 60u);
  // 30 copies of "left" over 40 samples, 50 of "right" over 40: one each, and two for ten of them.
  const auto sums = copies();
  EXPECT_EQ(sums.at({0, 0}) + sums.at({2, 0}), 30u);
  EXPECT_EQ(sums.at({2, 2}) + sums.at({0, 2}), 50u);
  EXPECT_GE(sums.at({0, 2}), 30u);
  EXPECT_EQ(sums.count({1, 0}), 0u);
}

TEST_F(RelabelTest, NeverMovesAnOriginal) {
  for (const SamplePlan& plan : make_plan(catalog_, recipe_).samples)
    if (plan.original) {
      EXPECT_EQ(catalog_.samples[plan.sample].class_index, plan.class_index);
    }
}

TEST_F(RelabelTest, ForcesTheTransformOnForOthersAndOffForItsOwn) {
  const Jobs jobs(recipe_, catalog_);
  const Sample& left = catalog_.samples[0];
  for (std::uint32_t copy = 1; copy <= 16; ++copy) {
    EXPECT_EQ(jobs.draw({left, 2, copy}).chain.transforms.size(), 1u);
    EXPECT_EQ(jobs.draw({left, 0, copy}).chain.transforms.size(), 0u);
  }
  // A class that nothing turns into flips as its chain says.
  std::size_t fired = 0;
  const Sample& other = catalog_.samples[30];
  ASSERT_EQ(other.class_index, 1u);
  for (std::uint32_t copy = 1; copy <= 16; ++copy)
    fired += jobs.draw({other, 1, copy}).chain.transforms.size();
  EXPECT_EQ(fired, 8u);
}

TEST_F(RelabelTest, DrawsOtherNumbersThanForTheSamplesOwnClass) {
  recipe_.augment = chain_of("horizontal_flip");
  const Chain rotate = chain_of("rotate");
  recipe_.augment.insert(recipe_.augment.end(), rotate.begin(), rotate.end());
  const Jobs jobs(recipe_, catalog_);
  const Sample& left = catalog_.samples[0];
  const auto degrees = [&](std::uint32_t class_index) {
    return jobs.draw({left, class_index, 1}).chain.transforms.back().values;
  };
  EXPECT_NE(degrees(0), degrees(2));
}

TEST_F(RelabelTest, NamesTheClassThatACopyComesFrom) {
  Catalog catalog;
  catalog.classes = {"left", "right"};
  catalog.samples = {sample_of("left/deep/a.jpg", 0), sample_of("left/b@c.jpg", 0),
                     sample_of("right/a.jpg", 1)};
  const OutputNames names(catalog, {});
  EXPECT_EQ(names.of({catalog.samples[0], 1, 1}), "right/deep/left@a__x0001.jpg");
  // Could be taken for c of a class "left@b": marked.
  EXPECT_THAT(names.of({catalog.samples[1], 1, 1}),
              ::testing::MatchesRegex("right/left@b@c_[0-9a-f]{8}__x0001.jpg"));
  EXPECT_EQ(names.of(output_of(catalog.samples[2], 1)), "right/a__x0001.jpg");
}

// A dataset that was relabelled once has files that are called as the copies would be.
TEST_F(RelabelTest, GivesWayToSamplesThatAreCalledLikeItsCopies) {
  Catalog catalog;
  catalog.classes = {"left", "right"};
  catalog.samples = {sample_of("left/a.png", 0, Format::kPng),
                     sample_of("right/left@a.png", 1, Format::kPng)};
  for (const std::optional<Format> format : {std::optional<Format>(), std::optional(Format::kWebp)}) {
    const OutputNames names(catalog, {.format = format});
    EXPECT_NE(names.of({catalog.samples[0], 1, 1}), names.of(output_of(catalog.samples[1], 1)));
    EXPECT_TRUE(names.gave_way({catalog.samples[0], 1, 1}));
  }
}

// What leads away from a class changes its label, whether or not anything leads to it.
TEST_F(RelabelTest, IsOffForTheCopiesOfAClassThatItLeadsAwayFrom) {
  recipe_.relabel = {{"horizontal_flip", "left", "right"}};
  const Jobs jobs(recipe_, catalog_);
  for (std::uint32_t copy = 1; copy <= 8; ++copy)
    EXPECT_TRUE(jobs.draw({catalog_.samples[0], 0, copy}).chain.transforms.empty());
}

// A left flipped twice, once each way, is neither.
TEST_F(RelabelTest, SwitchesOffWhatElseWouldMakeAnotherClassOfTheImage) {
  const Chain other = chain_of("vertical_flip");
  recipe_.augment.insert(recipe_.augment.end(), other.begin(), other.end());
  recipe_.relabel = {{"horizontal_flip", "left", "right"}, {"vertical_flip", "left", "other"}};
  const Jobs jobs(recipe_, catalog_);
  for (std::uint32_t copy = 1; copy <= 8; ++copy) {
    const Job job = jobs.draw({catalog_.samples[0], 1, copy});
    ASSERT_EQ(job.chain.transforms.size(), 1u);
    EXPECT_EQ(job.chain.transforms[0].spec->name, "vertical_flip");
  }
}

TEST_F(RelabelTest, GivesEveryOutputANameOfItsOwn) {
  const OutputNames names(catalog_, recipe_.output);
  std::set<std::string> seen;
  for (const SamplePlan& plan : make_plan(catalog_, recipe_).samples)
    for (std::uint32_t copy = plan.original ? 0 : 1; copy <= plan.copies; ++copy)
      EXPECT_TRUE(seen.insert(names.of({catalog_.samples[plan.sample], plan.class_index, copy})).second);
  EXPECT_EQ(seen.size(), 180u);
}

}  // namespace
}  // namespace tenfold
