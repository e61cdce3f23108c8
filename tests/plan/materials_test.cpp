#include "tenfold/plan/materials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/catalogs.h"

namespace tenfold {
namespace {

using test::catalog_of;
using test::chain_of;
using test::output_of;
using test::recipe_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;

Ring ring_of(int count) {
  Ring ring;
  for (int i = 0; i < count; ++i) ring.add(std::to_string(i), static_cast<std::uint32_t>(i));
  ring.close();
  return ring;
}

TEST(Ring, TakesThePathWhoseHashFollowsTheNumber) {
  const Ring ring = ring_of(100);
  for (std::uint32_t i = 0; i < 100; ++i) {
    EXPECT_EQ(ring.after(hash64(std::to_string(i)), std::nullopt), i);
    EXPECT_NE(ring.after(hash64(std::to_string(i)), i), i);
    EXPECT_NE(ring.after(hash64(std::to_string(i)) + 1, std::nullopt), i);
  }
  EXPECT_EQ(ring.after(UINT64_MAX, std::nullopt), ring.after(0, std::nullopt)) << "it goes round";
}

TEST(Ring, HasNobodyButOneselfInACompanyOfOne) {
  EXPECT_EQ(ring_of(1).after(7, 0), std::nullopt);
  EXPECT_EQ(ring_of(1).after(7, std::nullopt), 0u);
  EXPECT_EQ(ring_of(0).after(7, std::nullopt), std::nullopt);
}

TEST(Ring, ANewPathChangesOnlyWhatFallsToIt) {
  const Ring before = ring_of(20), after = ring_of(21);
  int changed = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::uint64_t number = hash64(std::to_string(i), 5);
    const auto now = after.after(number, std::nullopt);
    if (now == before.after(number, std::nullopt)) continue;
    EXPECT_EQ(now, 20u);
    ++changed;
  }
  EXPECT_GT(changed, 0);
}

// Every sample's partner is the first one of class "b".
class FirstOfB : public Materials {
 public:
  explicit FirstOfB(Hash128 hash = {1, 2}, Hash128 preparation = {})
      : hash_(hash), preparation_(preparation) {}
  std::optional<Partner> partner(const Sample&, std::uint32_t, std::uint64_t, bool any_class) const override {
    const auto pixels = [](int type) { return cv::Mat(48, 64, type, cv::Scalar::all(0)); };
    if (!any_class) return std::nullopt;
    return Partner{"b/0.jpg", "b", hash_, {64, 48}, pixels, preparation_, true};
  }

 private:
  Hash128 hash_, preparation_;
};

class MixedJobTest : public ::testing::Test {
 protected:
  MixedJobTest() { recipe_.augment = chain_of("mixup", {{"partner", std::string("any")}}); }

  void add_another_mixup(double alpha = 0.2) {
    const Chain again = chain_of("mixup", {{"partner", std::string("any")}, {"alpha", Range{alpha, alpha}}});
    recipe_.augment.insert(recipe_.augment.end(), again.begin(), again.end());
    place_elements(recipe_.augment);
  }

  Catalog catalog_ = catalog_of({{"a", 1}, {"b", 1}});
  Recipe recipe_ = recipe_of(10, BalanceRule::kNone);
};

TEST_F(MixedJobTest, TheManifestSaysPartnersAndHowMuchOfEachClassIsShown) {
  const FirstOfB materials;
  const Jobs jobs(recipe_, catalog_, materials);
  const OutputId output = output_of(catalog_.samples[0], 1);
  const Job job = jobs.draw(output);
  const double share = job.chain.transforms.at(0).partners.at(0).share;
  EXPECT_GT(share, 0);
  EXPECT_THAT(jobs.label_weights(output, job), ElementsAre(Pair("a", 1 - share), Pair("b", share)));
  EXPECT_EQ(partners_json(job.chain), R"([{"source":"b/0.jpg","hash":"00000000000000010000000000000002"}])");
  EXPECT_EQ(weights_json({{"a", 0.75}, {"b", 0.25}}), R"({"a":0.75,"b":0.25})");
  EXPECT_EQ(partners_json({}), "");
  EXPECT_EQ(weights_json({}), "");
}

TEST_F(MixedJobTest, SharesOfSeveralMixturesMultiply) {
  add_another_mixup();
  const FirstOfB materials;
  const Jobs jobs(recipe_, catalog_, materials);
  const OutputId output = output_of(catalog_.samples[0], 1);
  const Job job = jobs.draw(output);
  const double first = job.chain.transforms.at(0).partners.at(0).share;
  const double second = job.chain.transforms.at(1).partners.at(0).share;
  EXPECT_NEAR(jobs.label_weights(output, job).at("a"), (1 - first) * (1 - second), 1e-12);
  EXPECT_NEAR(jobs.label_weights(output, job).at("b"), first * (1 - second) + second, 1e-12);
}

// Each alone leaves at least half, three in a row of one class need not: what would go beyond does not
// happen.
TEST_F(MixedJobTest, NeverShowsMoreOfOtherClassesThanOfItsOwn) {
  recipe_.augment.clear();
  for (int i = 0; i < 3; ++i) add_another_mixup(100);  // λ near a half
  const FirstOfB materials;
  const Jobs jobs(recipe_, catalog_, materials);
  for (std::uint32_t copy = 1; copy <= 32; ++copy) {
    const OutputId output = output_of(catalog_.samples[0], copy);
    EXPECT_GE(jobs.label_weights(output, jobs.draw(output)).at("a"), 0.5 - 1e-9);
  }
}

TEST_F(MixedJobTest, TheFingerprintHoldsWhatPrepareDoesToAPartner) {
  const FirstOfB before({1, 2}), after({1, 2}, {3, 4});
  const OutputId output = output_of(catalog_.samples[0], 1);
  const Jobs one(recipe_, catalog_, before), two(recipe_, catalog_, after);
  EXPECT_NE(one.fingerprint(one.draw(output), {5, 6}), two.fingerprint(two.draw(output), {5, 6}));
}

TEST_F(MixedJobTest, TheFingerprintHoldsThePartnersContent) {
  const FirstOfB before, after({1, 3});
  const OutputId output = output_of(catalog_.samples[0], 1);
  const Jobs one(recipe_, catalog_, before), two(recipe_, catalog_, after);
  EXPECT_EQ(one.fingerprint(one.draw(output), {5, 6}), one.fingerprint(one.draw(output), {5, 6}));
  EXPECT_NE(one.fingerprint(one.draw(output), {5, 6}), two.fingerprint(two.draw(output), {5, 6}));
}

TEST_F(MixedJobTest, WithoutAPartnerNothingIsMixed) {
  const Jobs jobs(recipe_, catalog_);
  const OutputId output = output_of(catalog_.samples[0], 1);
  const Job job = jobs.draw(output);
  EXPECT_TRUE(changes_nothing(job, output.sample));
  EXPECT_TRUE(jobs.label_weights(output, job).empty());
}

}  // namespace
}  // namespace tenfold
