// What shards have of a plan.

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "plan/catalogs.h"
#include "tenfold/plan/plan.h"

namespace tenfold {
namespace {

using JobName = std::tuple<std::string, std::uint32_t, std::uint32_t>;  // source, class, copy

std::set<JobName> jobs_of(const Plan& plan, const Catalog& catalog) {
  std::set<JobName> jobs;
  std::uint64_t count = 0;
  for (const SamplePlan& of_sample : plan.samples) {
    count += of_sample.jobs();
    for (std::uint32_t copy = of_sample.first_job(); copy <= of_sample.copies; ++copy)
      jobs.emplace(catalog.samples[of_sample.sample].path, of_sample.class_index, copy);
  }
  EXPECT_EQ(jobs.size(), count);
  return jobs;
}

// One sample with hundreds of copies, some with a few.
class ShareTest : public ::testing::Test {
 protected:
  ShareTest() : catalog_(test::catalog_of({{"cat", 9}, {"dog", 4}, {"owl", 1}})) {
    recipe_ = test::recipe_of(40, BalanceRule::kMajority);
    recipe_.augment = test::chain_of("rotate");
  }

  Catalog catalog_;
  Recipe recipe_;
};

TEST_F(ShareTest, SharesAreDisjointAndComplete) {
  const Plan plan = make_plan(catalog_, recipe_);
  const std::set<JobName> all = jobs_of(plan, catalog_);
  for (std::uint32_t count = 1; count <= 7; ++count) {
    std::set<JobName> together;
    std::uint64_t sum = 0;
    for (std::uint32_t number = 1; number <= count; ++number) {
      const std::set<JobName> share = jobs_of(share_of(plan, catalog_, {number, count}), catalog_);
      sum += share.size();
      together.insert(share.begin(), share.end());
    }
    EXPECT_EQ(sum, all.size()) << count;
    EXPECT_EQ(together, all) << count;
  }
}

TEST_F(ShareTest, NoJobMovesWhenImagesCome) {
  const Plan before = make_plan(catalog_, recipe_);
  const Catalog larger = test::catalog_of({{"cat", 12}, {"dog", 7}, {"emu", 2}, {"owl", 1}});
  const Plan after = make_plan(larger, recipe_);
  const std::set<JobName> all_after = jobs_of(after, larger);
  for (std::uint32_t number = 1; number <= 5; ++number) {
    const std::set<JobName> share_after = jobs_of(share_of(after, larger, {number, 5}), larger);
    for (const auto& [path, class_index, copy] : jobs_of(share_of(before, catalog_, {number, 5}), catalog_)) {
      const std::uint32_t now = *larger.class_index(catalog_.classes[class_index]);
      if (all_after.contains({path, now, copy})) {
        EXPECT_TRUE(share_after.contains({path, now, copy})) << path << copy;
      }
    }
  }
}

TEST_F(ShareTest, OneOfOneIsThePlanInPieces) {
  const Plan plan = make_plan(catalog_, recipe_);
  const Plan share = share_of(plan, catalog_, {1, 1});
  EXPECT_EQ(share.classes, plan.classes);
  EXPECT_EQ(jobs_by_class(share), jobs_by_class(plan));
  EXPECT_THAT(jobs_by_class(plan), ::testing::ElementsAre(360, 360, 360));
}

TEST_F(ShareTest, PiecesAreInTheOrderOfThePlan) {
  const Plan share = share_of(make_plan(catalog_, recipe_), catalog_, {1, 1});
  std::vector<JobName> order;
  for (const SamplePlan& piece : share.samples)
    order.emplace_back(catalog_.samples[piece.sample].path, piece.class_index, piece.first_job());
  EXPECT_TRUE(std::ranges::is_sorted(order, {}, [](const JobName& job) {
    return std::tuple(std::get<1>(job), std::get<0>(job), std::get<2>(job));
  }));
}

}  // namespace
}  // namespace tenfold
