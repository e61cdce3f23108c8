#include "tenfold/plan/job.h"

#include <gtest/gtest.h>

#include "plan/catalogs.h"

namespace tenfold {
namespace {

using test::catalog_of;
using test::chain_of;
using test::recipe_of;

const Hash128 kSource{1, 2};

class JobTest : public ::testing::Test {
 protected:
  Hash128 fingerprint_of(std::uint32_t copy) const {
    return fingerprint(draw_job(recipe_, catalog_, catalog_.samples[0], copy), recipe_, kSource);
  }

  Catalog catalog_ = catalog_of({{"a", 1}});
  Recipe recipe_ = [] {
    Recipe recipe = recipe_of(10, BalanceRule::kNone);
    recipe.augment = chain_of("rotate");
    return recipe;
  }();
};

TEST_F(JobTest, AnOriginalThatNothingChangesIsVerbatim) {
  EXPECT_TRUE(draw_job(recipe_, catalog_, catalog_.samples[0], 0).verbatim);
  catalog_.samples[0].header.orientation = 6;
  EXPECT_FALSE(draw_job(recipe_, catalog_, catalog_.samples[0], 0).verbatim);
  EXPECT_TRUE(draw_job(recipe_, catalog_, catalog_.samples[0], 0).only_turned);
}

TEST_F(JobTest, AConvertedOriginalIsNotVerbatim) {
  recipe_.output.format = Format::kPng;
  EXPECT_FALSE(draw_job(recipe_, catalog_, catalog_.samples[0], 0).verbatim);
}

TEST_F(JobTest, PrepareChangesOriginalsToo) {
  recipe_.prepare = chain_of("grayscale");
  EXPECT_FALSE(draw_job(recipe_, catalog_, catalog_.samples[0], 0).verbatim);
}

TEST_F(JobTest, TheFingerprintOfAVerbatimOriginalIsThatOfItsSourceAlone) {
  const Hash128 before = fingerprint_of(0);
  recipe_.output.quality = 50;
  recipe_.sampling.border = Border::kWrap;
  recipe_.seed = 43;
  EXPECT_EQ(fingerprint_of(0), before);
  EXPECT_NE(fingerprint(draw_job(recipe_, catalog_, catalog_.samples[0], 0), recipe_, {1, 3}), before);
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
  const Hash128 before = fingerprint_of(1);
  recipe_.sampling.border = Border::kWrap;
  EXPECT_EQ(fingerprint_of(1), before);
}

TEST_F(JobTest, TheManifestListsWhatFiredWithItsNumbers) {
  DrawnChain chain;
  chain.transforms.push_back({find_transform("rotate"), {{"degrees", -7.5}, {"turns", 2.0}, {"keep", true}}});
  EXPECT_EQ(transforms_json(chain), R"([{"name":"rotate","degrees":-7.5,"turns":2,"keep":true}])");
  EXPECT_EQ(transforms_json({}), "[]");
}

}  // namespace
}  // namespace tenfold
