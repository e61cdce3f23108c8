#include "tenfold/plan/splits.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "catalogs.h"
#include "tenfold/plan/plan.h"

namespace tenfold {
namespace {

using test::catalog_of;

constexpr std::uint64_t kSeed = 42;

std::vector<SplitCounts> counts_of(const Catalog& catalog, const std::vector<Split>& splits) {
  std::vector<SplitCounts> counts(catalog.classes.size());
  for (std::size_t i = 0; i < splits.size(); ++i) ++counts[catalog.samples[i].class_index][splits[i]];
  return counts;
}

std::map<std::string, Split> by_path(const Catalog& catalog, const std::vector<Split>& splits) {
  std::map<std::string, Split> by_path;
  for (std::size_t i = 0; i < splits.size(); ++i) by_path[catalog.samples[i].path] = splits[i];
  return by_path;
}

int moved(const std::map<std::string, Split>& before, const std::map<std::string, Split>& after) {
  int moved = 0;
  for (const auto& [path, split] : before) moved += after.at(path) != split ? 1 : 0;
  return moved;
}

// Groups of `size` consecutive samples.
std::vector<std::string> groups_of(const Catalog& catalog, std::size_t size) {
  std::vector<std::string> groups;
  for (std::size_t i = 0; i < catalog.samples.size(); ++i) groups.push_back("g" + std::to_string(i / size));
  return groups;
}

TEST(WantedCounts, AreTheLargestRemainders) {
  const SplitRecipe recipe{.val = 0.15, .test = 0.15};
  EXPECT_EQ(wanted_counts(recipe, 100), (SplitCounts{70, 15, 15}));
  EXPECT_EQ(wanted_counts(recipe, 5), (SplitCounts{3, 1, 1}));      // 3.5, 0.75, 0.75
  EXPECT_EQ(wanted_counts(recipe, 3), (SplitCounts{2, 1, 0}));      // 2.1, 0.45, 0.45: val comes first
  EXPECT_EQ(wanted_counts(recipe, 1), (SplitCounts{1, 0, 0}));
  EXPECT_EQ(wanted_counts(recipe, 501), (SplitCounts{351, 75, 75}));  // 350.7, 75.15, 75.15
  EXPECT_EQ(wanted_counts({.val = 0.1}, 30), (SplitCounts{27, 3, 0}));
  EXPECT_EQ(wanted_counts({.val = 0.29}, 100), (SplitCounts{71, 29, 0}));  // 0.29 * 100 is 28.999999999999996
}

TEST(Splitter, SplitsSinglesExactlyInEveryClass) {
  const Catalog catalog = catalog_of({{"a", 100}, {"b", 37}, {"c", 5}, {"d", 1}});
  const auto counts = counts_of(catalog, Splitter(catalog, {.val = 0.15, .test = 0.15}, kSeed, {}).split());
  EXPECT_EQ(counts[0], (SplitCounts{70, 15, 15}));
  EXPECT_EQ(counts[1], (SplitCounts{26, 6, 5}));  // 25.9, 5.55, 5.55
  EXPECT_EQ(counts[2], (SplitCounts{3, 1, 1}));
  EXPECT_EQ(counts[3], (SplitCounts{1, 0, 0}));
}

TEST(Splitter, DependsOnTheSeed) {
  const Catalog catalog = catalog_of({{"a", 100}});
  const SplitRecipe recipe{.val = 0.15, .test = 0.15};
  const auto one = by_path(catalog, Splitter(catalog, recipe, 1, {}).split());
  EXPECT_GT(moved(one, by_path(catalog, Splitter(catalog, recipe, 2, {}).split())), 10);
  EXPECT_EQ(moved(one, by_path(catalog, Splitter(catalog, recipe, 1, {}).split())), 0);
}

TEST(Splitter, MovesNoMoreOldSamplesThanThereAreNewOnes) {
  const SplitRecipe recipe{.val = 0.15, .test = 0.15};
  Catalog old = catalog_of({{"a", 100}});
  const std::map<std::string, Split> before = by_path(old, Splitter(old, recipe, kSeed, {}).split());
  int all = 0;
  auto last = before;
  for (int count = 101; count <= 400; ++count) {
    const Catalog catalog = catalog_of({{"a", count}});
    const auto after = by_path(catalog, Splitter(catalog, recipe, kSeed, {}).split());
    all += moved(last, after);
    EXPECT_LE(all, count - 100 + 1) << count;  // one may take the place of another that leaves room elsewhere
    last = after;
  }
  EXPECT_LE(moved(before, last), 100);
}

TEST(Splitter, LeavesEveryOldSampleWhereAFileSays) {
  const SplitRecipe recipe{.val = 0.15, .test = 0.15};
  const Catalog old = catalog_of({{"a", 100}}), grown = catalog_of({{"a", 200}});
  const auto before = by_path(old, Splitter(old, recipe, kSeed, {}).split());
  const Kinship kinship{.decided = {before.begin(), before.end()}};
  const auto splits = Splitter(grown, recipe, kSeed, kinship).split();
  EXPECT_EQ(moved(before, by_path(grown, splits)), 0);
  EXPECT_EQ(counts_of(grown, splits)[0], (SplitCounts{140, 30, 30}));
}

TEST(Splitter, KeepsGroupsWholeAndTakesTheLargestPrefixThatFits) {
  const Catalog catalog = catalog_of({{"a", 105}});  // val and test want 16 each: two groups of seven
  const Kinship kinship{.groups = groups_of(catalog, 7)};
  const auto splits = Splitter(catalog, {.val = 0.15, .test = 0.15}, kSeed, kinship).split();
  EXPECT_EQ(counts_of(catalog, splits)[0], (SplitCounts{77, 14, 14}));
  std::map<std::string, std::set<Split>> splits_of_group;
  for (std::size_t i = 0; i < splits.size(); ++i) splits_of_group[kinship.groups[i]].insert(splits[i]);
  for (const auto& [group, of_group] : splits_of_group) EXPECT_EQ(of_group.size(), 1u) << group;
}

TEST(Splitter, FillsWithSinglesWhatGroupsLeave) {
  const Catalog catalog = catalog_of({{"a", 100}});
  Kinship kinship{.groups = groups_of(catalog, 7)};
  for (std::size_t i = 49; i < 100; ++i) kinship.groups[i].clear();
  const auto splits = Splitter(catalog, {.val = 0.15, .test = 0.15}, kSeed, kinship).split();
  EXPECT_EQ(counts_of(catalog, splits)[0], (SplitCounts{70, 15, 15}));
}

TEST(Splitter, KeepsDuplicatesOfTwoClassesTogetherAndBothClassesExact) {
  const Catalog catalog = catalog_of({{"a", 100}, {"b", 60}});
  Kinship kinship;
  for (std::uint32_t i = 0; i < 40; ++i) kinship.duplicates.emplace_back(100 + i, i);
  const auto splits = Splitter(catalog, {.val = 0.15, .test = 0.15}, kSeed, kinship).split();
  for (const auto& [a, b] : kinship.duplicates) EXPECT_EQ(splits[a], splits[b]) << a;
  const auto counts = counts_of(catalog, splits);
  EXPECT_EQ(counts[0], (SplitCounts{70, 15, 15}));
  EXPECT_EQ(counts[1], (SplitCounts{42, 9, 9}));
}

TEST(Splitter, LetsNewSamplesFollowTheirDecidedKin) {
  const Catalog catalog = catalog_of({{"a", 20}});
  const Kinship kinship{.duplicates = {{3, 7}}, .decided = {{catalog.samples[3].path, Split::kTest}}};
  EXPECT_EQ(Splitter(catalog, {.val = 0.2}, kSeed, kinship).split()[7], Split::kTest);
}

TEST(Splitter, CutsFoldsOfEqualSizeThatMeetNowhere) {
  const Catalog catalog = catalog_of({{"a", 101}, {"b", 13}});
  std::map<std::string, int> times_held_out;
  for (std::uint64_t fold = 1; fold <= 5; ++fold) {
    const SplitRecipe recipe{.test = 0.1, .folds = 5, .fold = fold};
    const auto splits = Splitter(catalog, recipe, kSeed, {}).split();
    const auto counts = counts_of(catalog, splits);
    EXPECT_EQ(counts[0].test, 10u);
    EXPECT_NEAR(static_cast<double>(counts[0].val), 91 / 5.0, 1) << fold;
    for (const auto& [path, split] : by_path(catalog, splits))
      times_held_out[path] += split == Split::kVal ? 1 : split == Split::kTest ? 10 : 0;
  }
  for (const auto& [path, times] : times_held_out) EXPECT_TRUE(times == 1 || times == 50) << path;
}

TEST(Splitter, CountsOnlyWhatIsNotDropped) {
  const Catalog catalog = catalog_of({{"a", 120}});
  std::vector<bool> dropped(120, false);
  std::fill(dropped.begin(), dropped.begin() + 20, true);
  const auto splits = Splitter(catalog, {.val = 0.15, .test = 0.15}, kSeed, {}).split(dropped);
  const auto counts = counts_of(catalog, splits);
  EXPECT_EQ(counts[0].val, 15u);
  EXPECT_EQ(counts[0].test, 15u);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(splits[i], Split::kTrain);
}

TEST(Plan, ExpandsTrainAloneAndBalancesByItsCounts) {
  const Catalog catalog = catalog_of({{"a", 100}, {"b", 20}});
  Recipe recipe = test::recipe_of(2, BalanceRule::kMajority);
  recipe.output.originals = Originals::kOmit;
  const auto splits = Splitter(catalog, {.val = 0.1, .test = 0.2}, kSeed, {}).split();
  const Plan plan = make_plan(catalog, recipe, {.splits = splits});
  EXPECT_EQ(plan.classes[0], (ClassPlan{.name = "a", .samples = 70, .target = 140, .copies = 140, .val = 10, .test = 20}));
  EXPECT_EQ(plan.classes[1], (ClassPlan{.name = "b", .samples = 14, .target = 140, .copies = 140, .val = 2, .test = 4}));
  EXPECT_EQ(plan.images(), 316u);
  std::string last;
  for (const SamplePlan& sample : plan.samples) {
    EXPECT_EQ(sample.split, splits[sample.sample]);
    EXPECT_EQ(sample.original, sample.split != Split::kTrain);
    const std::string key = std::string(split_name(sample.split)) + "/" + catalog.samples[sample.sample].path;
    EXPECT_LT(last, key);
    last = key;
  }
}

}  // namespace
}  // namespace tenfold
