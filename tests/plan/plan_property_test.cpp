// Properties that hold for any dataset: random class counts, recipes and changes.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "plan/catalogs.h"
#include "tenfold/plan/output_names.h"
#include "tenfold/plan/plan.h"

namespace tenfold {
namespace {

using test::catalog_of;
using test::output_of;
using test::recipe_of;

constexpr int kRounds = 300;

class PlanProperties : public ::testing::Test {
 protected:
  int pick(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1));
  }

  Catalog random_catalog() {
    std::vector<std::pair<std::string, int>> classes;
    for (int i = pick(1, 8); i > 0; --i) classes.emplace_back("class" + std::to_string(i), pick(0, 40));
    classes.emplace_back("never_empty", pick(1, 40));
    return catalog_of(std::move(classes));
  }

  Recipe random_recipe() {
    static constexpr BalanceRule kRules[] = {BalanceRule::kNone, BalanceRule::kMajority, BalanceRule::kMedian,
                                             BalanceRule::kMean, BalanceRule::kTo,       BalanceRule::kPower};
    const BalanceRule rule = kRules[pick(0, 5)];
    Recipe recipe =
        recipe_of(pick(1, 60) / 4.0, rule, rule == BalanceRule::kTo ? pick(1, 300) : pick(0, 10) / 10.0);
    recipe.seed = random_();
    recipe.expand.undersample = pick(0, 1) == 1;
    if (pick(0, 3) == 0) recipe.expand.max_copies = static_cast<std::uint64_t>(pick(0, 12));
    if (pick(0, 4) == 0) recipe.output.originals = Originals::kOmit;
    return recipe;
  }

  std::mt19937 random_{2024};
};

// Output name of every job, by "sample path#copy".
std::map<std::string, std::string> jobs_of(const Catalog& catalog, const Recipe& recipe) {
  const OutputNames names(catalog, recipe.output);
  std::map<std::string, std::string> jobs;
  for (const SamplePlan& plan : make_plan(catalog, recipe).samples) {
    const Sample& sample = catalog.samples[plan.sample];
    for (std::uint32_t copy = plan.original ? 0 : 1; copy <= plan.copies; ++copy)
      jobs[sample.path + "#" + std::to_string(copy)] = names.of(output_of(sample, copy));
  }
  return jobs;
}

TEST_F(PlanProperties, TotalsAreExact) {
  for (int round = 0; round < kRounds; ++round) {
    const Catalog catalog = random_catalog();
    const Recipe recipe = random_recipe();
    const Plan plan = make_plan(catalog, recipe);
    std::map<std::uint32_t, std::uint64_t> originals, copies, samples;
    for (const Sample& sample : catalog.samples) ++samples[sample.class_index];
    for (const SamplePlan& sample : plan.samples) {
      const std::uint32_t of_class = catalog.samples[sample.sample].class_index;
      originals[of_class] += sample.original ? 1 : 0;
      copies[of_class] += sample.copies;
      EXPECT_LE(sample.copies, recipe.expand.max_copies.value_or(UINT64_MAX));
    }
    std::vector<std::uint64_t> counts;
    for (std::uint32_t i = 0; i < catalog.classes.size(); ++i) counts.push_back(samples[i]);
    const auto targets = balanced_targets(counts, recipe.expand);
    for (std::uint32_t i = 0; i < catalog.classes.size(); ++i) {
      const ClassPlan& of_class = plan.classes[i];
      const std::uint64_t target =
          targets[i] < counts[i] && !recipe.expand.undersample ? counts[i] : targets[i];
      EXPECT_EQ(of_class.target, target);
      EXPECT_EQ(of_class.originals, originals[i]);
      EXPECT_EQ(of_class.copies, copies[i]);
      EXPECT_EQ(originals[i] + copies[i] + of_class.shortfall, target);
      if (!recipe.expand.max_copies) {
        EXPECT_EQ(of_class.shortfall, 0u);
      }
    }
  }
}

TEST_F(PlanProperties, CopiesOfAClassDifferByOneAtMost) {
  for (int round = 0; round < kRounds; ++round) {
    const Catalog catalog = random_catalog();
    Recipe recipe = random_recipe();
    recipe.output.originals = Originals::kCopy;
    std::map<std::uint32_t, std::set<std::uint32_t>> copies;
    for (const SamplePlan& sample : make_plan(catalog, recipe).samples)
      copies[catalog.samples[sample.sample].class_index].insert(sample.copies);
    for (const auto& [of_class, counts] : copies) EXPECT_LE(*counts.rbegin() - *counts.begin(), 1u);
  }
}

TEST_F(PlanProperties, AddingASampleChangesNobodyElsesNames) {
  for (int round = 0; round < kRounds; ++round) {
    const Catalog before = random_catalog();
    const Recipe recipe = random_recipe();
    Catalog after = before;
    after.samples.push_back(test::sample_of(before.classes.back() + "/new.jpg",
                                            static_cast<std::uint32_t>(before.classes.size() - 1)));
    const auto few = jobs_of(before, recipe), many = jobs_of(after, recipe);
    for (const auto& [job, name] : few) {
      const auto found = many.find(job);
      if (found != many.end()) {
        EXPECT_EQ(found->second, name);
      }
    }
  }
}

TEST_F(PlanProperties, CopyNumbersHaveNoGaps) {
  for (int round = 0; round < kRounds; ++round) {
    const Catalog catalog = random_catalog();
    const Recipe recipe = random_recipe();
    const auto jobs = jobs_of(catalog, recipe);
    for (const auto& [job, name] : jobs) {
      const std::size_t mark = job.find('#');
      const int copy = std::stoi(job.substr(mark + 1));
      if (copy > 1) {
        EXPECT_TRUE(jobs.contains(job.substr(0, mark + 1) + std::to_string(copy - 1))) << job;
      }
    }
  }
}

TEST_F(PlanProperties, NamesNeverCollide) {
  static const std::vector<std::string> kStems = {"a",     "a__x0001", "a__x0002", "a.png", "a.png__x0001",
                                                  "a.jpg", "b"};
  static const std::vector<std::string> kExtensions = {".jpg",     ".jpeg", ".png", ".JPG",
                                                       ".png.jpg", "",      ".webp"};
  for (int round = 0; round < kRounds; ++round) {
    Catalog catalog;
    catalog.classes = {"c"};
    std::set<std::string> paths;
    for (int i = pick(1, 25); i > 0; --i)
      paths.insert("c/" + kStems[static_cast<std::size_t>(pick(0, 6))] +
                   kExtensions[static_cast<std::size_t>(pick(0, 6))]);
    for (const std::string& path : paths)
      catalog.samples.push_back(test::sample_of(path, 0, pick(0, 1) == 0 ? Format::kJpeg : Format::kPng));
    Recipe recipe = recipe_of(4, BalanceRule::kNone);
    static const std::optional<Format> kFormats[] = {std::nullopt, Format::kJpeg, Format::kPng,
                                                     Format::kWebp};
    recipe.output.format = kFormats[pick(0, 3)];
    const auto jobs = jobs_of(catalog, recipe);
    std::map<std::string, std::string> owners;
    for (const auto& [job, name] : jobs) {
      const auto [owner, fresh] = owners.emplace(name, job);
      EXPECT_TRUE(fresh) << name << " of " << job << " and " << owner->second;
    }
  }
}

}  // namespace
}  // namespace tenfold
