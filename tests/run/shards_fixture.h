// Shards of a run on a small dataset of real files, and what is made of them.

#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "run/dataset_fixture.h"
#include "tenfold/run/merge.h"

namespace tenfold::test {

inline constexpr std::uint32_t kShards = 3;

struct Listening : Observer {
  void noted(const std::string& sentence) override { notes.push_back(sentence); }
  std::vector<std::string> notes;
};

// The names of files that two trees do not have alike.
inline std::vector<std::string> differences(const std::map<std::string, std::string>& a,
                                            const std::map<std::string, std::string>& b) {
  std::vector<std::string> names;
  for (const auto& [name, content] : a)
    if (const auto other = b.find(name); other == b.end() || other->second != content) names.push_back(name);
  for (const auto& [name, content] : b)
    if (!a.contains(name)) names.push_back(name);
  return names;
}

// As it comes from a file: with the numbers that nobody gave.
inline Recipe as_read(const Recipe& recipe) {
  return parse_recipe(private_json(recipe), std::filesystem::current_path() / "recipe.yaml",
                      {.inputs = recipe.input.roots, .output = recipe.output.root})
      .recipe;
}

class ShardsTest : public DatasetTest {
 protected:
  std::map<std::string, std::string> clean_tree() {
    recipe_ = as_read(recipe_);
    return DatasetTest::clean_tree();
  }

  RunSummary run_shard(std::uint32_t number, const std::filesystem::path& folder,
                       std::uint32_t count = kShards) {
    Recipe recipe = as_read(recipe_);
    recipe.output.root = folder;
    return run(recipe, {.jobs = 2, .shard = RunShard{number, count}}, listening_);
  }

  void run_shards(const std::filesystem::path& folder) {
    for (std::uint32_t number = 1; number <= kShards; ++number) run_shard(number, folder);
  }

  RunSummary merge_now(const std::vector<std::filesystem::path>& more = {},
                       const std::vector<std::filesystem::path>& inputs = {}) {
    return merge({output(), more, inputs}, {.jobs = 2}, listening_);
  }

  // The first sample of a class whose original is a shard's.
  std::string sample_of(const std::string& class_name, std::uint32_t shard, std::uint32_t images) const {
    for (std::uint32_t i = 0; i < images; ++i) {
      const std::string path = class_name + "/" + std::to_string(i) + ".jpg";
      if (RunShard{shard, kShards}.has(path, 0)) return path;
    }
    throw std::runtime_error("the class has no sample in this shard");
  }

  // So that whoever asks for it fails.
  void hide_input() const { std::filesystem::rename(input(), folder_ / "elsewhere"); }
  void show_input() const { std::filesystem::rename(folder_ / "elsewhere", input()); }

  // The tree of a clean run, after the merge of shards that need the dataset no more.
  void expect_the_tree_of_one_run_without_the_dataset() {
    const auto clean = clean_tree();
    run_shards(output());
    hide_input();
    merge_now();
    show_input();
    EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
  }

  Listening listening_;
};

// Stops the run after some outputs, as a full disk would.
struct Stopping : Observer {
  explicit Stopping(std::uint64_t after) : outputs(after) {}
  void progressed(const Progress& progress) override {
    if (progress.done > outputs) throw Error(ErrorKind::kFailed, "stopped");
  }
  std::uint64_t outputs;
};

}  // namespace tenfold::test
