#include "tenfold/plan/job.h"

#include <gtest/gtest.h>

#include "plan/catalogs.h"

namespace tenfold {
namespace {

using test::catalog_of;
using test::chain_of;
using test::output_of;
using test::recipe_of;

const Hash128 kSource{1, 2};

class JobTest : public ::testing::Test {
 protected:
  Hash128 fingerprint_of(std::uint32_t copy) const {
    return Jobs(recipe_, catalog_).fingerprint(draw(copy), kSource);
  }

  Job draw(std::uint32_t copy) const {
    return Jobs(recipe_, catalog_).draw(output_of(catalog_.samples[0], copy));
  }

  Catalog catalog_ = catalog_of({{"a", 1}});
  Recipe recipe_ = [] {
    Recipe recipe = recipe_of(10, BalanceRule::kNone);
    recipe.augment = chain_of("rotate");
    return recipe;
  }();
};

TEST_F(JobTest, AnOriginalThatNothingChangesIsVerbatim) {
  EXPECT_TRUE(draw(0).verbatim);
  catalog_.samples[0].header.orientation = 6;
  EXPECT_FALSE(draw(0).verbatim);
  EXPECT_TRUE(draw(0).repacked);
}

TEST_F(JobTest, AConvertedOriginalIsNotVerbatim) {
  recipe_.output.format = Format::kPng;
  EXPECT_FALSE(draw(0).verbatim);
}

TEST_F(JobTest, PrepareChangesOriginalsToo) {
  recipe_.prepare = chain_of("grayscale");
  EXPECT_FALSE(draw(0).verbatim);
}

TEST_F(JobTest, TheFingerprintOfAVerbatimOriginalIsThatOfItsSourceAlone) {
  const Hash128 before = fingerprint_of(0);
  recipe_.output.quality = 50;
  recipe_.sampling.border = Border::kWrap;
  recipe_.seed = 43;
  EXPECT_EQ(fingerprint_of(0), before);
  EXPECT_NE(Jobs(recipe_, catalog_).fingerprint(draw(0), {1, 3}), before);
}

TEST_F(JobTest, TheFingerprintOfACopyHoldsAllThatDecidesItsBytes) {
  const Hash128 before = fingerprint_of(1);
  EXPECT_EQ(fingerprint_of(1), before);
  EXPECT_NE(fingerprint_of(2), before);
  {
    Recipe kept = recipe_;
    recipe_.output.quality = 94;
    EXPECT_NE(fingerprint_of(1), before);
    recipe_ = kept;
    recipe_.seed = 43;
    EXPECT_NE(fingerprint_of(1), before);
    recipe_ = kept;
    recipe_.sampling.border = Border::kWrap;
    EXPECT_NE(fingerprint_of(1), before);
    recipe_ = kept;
    recipe_.output.format = Format::kPng;
    EXPECT_NE(fingerprint_of(1), before);
  }
}

TEST_F(JobTest, TheFillCountsOnlyForAConstantBorder) {
  const Hash128 before = fingerprint_of(1);
  recipe_.sampling.fill = {9, 9, 9};
  EXPECT_EQ(fingerprint_of(1), before);
  recipe_.sampling.border = Border::kConstant;
  const Hash128 filled = fingerprint_of(1);
  recipe_.sampling.fill = {8, 9, 9};
  EXPECT_NE(fingerprint_of(1), filled);
}

TEST_F(JobTest, QualityDoesNotCountForPng) {
  recipe_.output.format = Format::kPng;
  const Hash128 before = fingerprint_of(1);
  recipe_.output.quality = 50;
  EXPECT_EQ(fingerprint_of(1), before);
}

TEST_F(JobTest, TheSamplingPolicyDoesNotCountWhereNothingIsSampled) {
  recipe_.augment = chain_of("grayscale");
  recipe_.output.format = Format::kPng;
  const Hash128 before = fingerprint_of(1);
  recipe_.sampling.border = Border::kWrap;
  EXPECT_EQ(fingerprint_of(1), before);
}

TEST_F(JobTest, TheSamplingPolicyCountsForTheChromaOfEveryJpeg) {
  recipe_.augment = chain_of("grayscale");
  const Hash128 before = fingerprint_of(1);
  recipe_.sampling.interpolation = Interpolation::kCubic;
  EXPECT_NE(fingerprint_of(1), before);
}

// 1/3, 1/2, 3/5, …: a third of ±90 is ±30.
TEST_F(JobTest, RangesGrowWithTheCopysNumberAndWithNothingElse) {
  recipe_.grow_with_copy = true;
  recipe_.augment = chain_of("rotate", {{"degrees", Range{-90, 90}}});
  const auto degrees = [this](std::uint32_t copy) {
    return std::abs(std::get<double>(draw(copy).chain.transforms.at(0).values.at(0).value));
  };
  double largest = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    recipe_.seed = seed;
    EXPECT_LE(degrees(1), 30);
    EXPECT_LE(degrees(2), 45);
    EXPECT_LE(degrees(18), 81);
    largest = std::max(largest, degrees(18));
  }
  EXPECT_GT(largest, 60);
  const double before = degrees(3);
  recipe_.expand.factor = 100;
  EXPECT_EQ(degrees(3), before);
  recipe_.classes["a"].grow_with_copy = false;
  EXPECT_NE(degrees(3), before);
}

TEST_F(JobTest, AnotherAttemptIsAnotherCopyWithAnotherFingerprint) {
  recipe_.accept.emplace();
  const OutputId output = output_of(catalog_.samples[0], 1);
  const Jobs jobs(recipe_, catalog_);
  EXPECT_EQ(jobs.attempts(output), 9u);
  EXPECT_EQ(jobs.attempts(output_of(catalog_.samples[0], 0)), 1u);
  EXPECT_NE(jobs.draw(output, 0).chain.transforms.at(0).values,
            jobs.draw(output, 1).chain.transforms.at(0).values);
  EXPECT_NE(jobs.fingerprint(jobs.draw(output, 0), kSource), jobs.fingerprint(jobs.draw(output, 1), kSource));
}

TEST_F(JobTest, WhatTheQualityGateAsksForIsInTheFingerprintOfCopiesAlone) {
  const Hash128 original = fingerprint_of(0), copy = fingerprint_of(1);
  recipe_.accept.emplace();
  const Hash128 gated = fingerprint_of(1);
  EXPECT_EQ(fingerprint_of(0), original);
  EXPECT_NE(gated, copy);
  recipe_.accept->min_detail = 0.5;
  EXPECT_NE(fingerprint_of(1), gated);
}

TEST_F(JobTest, TheManifestListsWhatFiredWithItsNumbers) {
  DrawnChain chain;
  chain.transforms.push_back({find_transform("rotate"), {{"degrees", -7.5}, {"turns", 2.0}, {"keep", true}}});
  EXPECT_EQ(transforms_json(chain), R"([{"name":"rotate","degrees":-7.5,"turns":2,"keep":true}])");
  EXPECT_EQ(transforms_json({}), "[]");
}

}  // namespace
}  // namespace tenfold
