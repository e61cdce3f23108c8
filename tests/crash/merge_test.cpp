// Whatever a power cut leaves of a shard or of a merge, a repeat ends in the tree of one run.

#include <gmock/gmock.h>

#include <set>

#include "crash/recorder.h"
#include "run/shards_fixture.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using test::Loss;
using test::tree_of;

class MergeCutOff : public test::DatasetTest {
 protected:
  MergeCutOff() {
    recipe_.expand.balance.rule = BalanceRule::kNone;
    recipe_.expand.factor = 2;
    fs::create_directories(watched());
  }

  // All that is watched: the outputs of the shards lie in it.
  fs::path watched() const { return folder_ / "watched"; }
  fs::path after() const { return folder_ / "after"; }

  void run_shard(std::uint32_t number, const fs::path& folder) {
    Recipe recipe = test::as_read(recipe_);
    recipe.output.root = folder;
    Observer observer;
    run(recipe, {.jobs = 1, .shard = RunShard{number, 2}}, observer);
  }

  static void merge_in(const fs::path& root, bool two_folders) {
    Observer observer;
    Merger merger{root / "one", {}, {}};
    if (two_folders) merger.more = {root / "two"};
    merge(merger, {.jobs = 1}, observer);
  }

  // After each event, in the ways that Disk knows.
  void cut_everywhere(const auto& action, const auto& repeat) {
    recipe_ = test::as_read(recipe_);
    const auto clean = clean_tree();
    Disk disk(watched());
    action();
    disk.stop();
    disk.interfere = nullptr;
    ASSERT_GT(disk.events(), 20u);
    for (std::size_t events = 0; events <= disk.events(); ++events)
      for (const Loss loss : {events % 2 == 0 ? Loss::kNothing : Loss::kLater, Loss::kAll, Loss::kAny}) {
        SCOPED_TRACE("after event " + std::to_string(events) + " of " + std::to_string(disk.events()) +
                     ", loss " + std::to_string(static_cast<int>(loss)));
        disk.cut(events, loss, events, after());
        expect_manifest_tells_the_truth();
        repeat(after());
        EXPECT_TRUE(tree_of(after() / "one") == clean);
        EXPECT_THAT(files_in(after() / "two"), ::testing::IsEmpty());
        if (HasFailure()) return;
      }
  }

  // But for a lock, which is free where nobody holds it.
  static std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> names;
    if (!fs::exists(folder)) return names;
    for (const auto& [name, content] : tree_of(folder))
      if (name != ".tenfold.lock") names.push_back(name);
    return names;
  }

  void expect_manifest_tells_the_truth() const {
    read_manifest(after() / "one/manifest.jsonl", [&](ManifestLine&& line) {
      const Outcome<Bytes> bytes = read_image(after() / "one", line);
      EXPECT_EQ(bytes ? hex(hash128(*bytes)) : bytes.error().reason, hex(line.record.hash)) << line.file_name;
    });
  }
};

TEST_F(MergeCutOff, OfOneFolder) {
  run_shard(1, watched() / "one");
  run_shard(2, watched() / "one");
  cut_everywhere([&] { merge_in(watched(), false); }, [](const fs::path& root) { merge_in(root, false); });
}

TEST_F(MergeCutOff, OfTwoFolders) {
  run_shard(1, watched() / "one");
  run_shard(2, watched() / "two");
  cut_everywhere([&] { merge_in(watched(), true); }, [](const fs::path& root) { merge_in(root, true); });
}

// As between file systems, where nothing can be renamed.
TEST_F(MergeCutOff, OfTwoFoldersThatLieApart) {
  run_shard(1, watched() / "one");
  run_shard(2, watched() / "two");
  cut_everywhere(
      [&] {
        std::set<std::string> refused;  // once: then the copy comes
        test::current_disk()->interfere = [&](std::string_view call, const std::string& path) {
          return call == "rename" && path.ends_with(".jpg") && refused.insert(path).second ? EXDEV : 0;
        };
        merge_in(watched(), true);
        EXPECT_FALSE(refused.empty());
      },
      [](const fs::path& root) { merge_in(root, true); });
}

TEST_F(MergeCutOff, WithABadImageOfTheLargestClass) {
  recipe_.expand.balance.rule = BalanceRule::kMajority;
  recipe_.expand.factor = 1;
  truncate("cat/3.jpg");
  run_shard(1, watched() / "one");
  run_shard(2, watched() / "one");
  cut_everywhere([&] { merge_in(watched(), false); }, [](const fs::path& root) { merge_in(root, false); });
}

TEST_F(MergeCutOff, OrAShardBeforeIt) {
  run_shard(1, watched() / "one");
  cut_everywhere([&] { run_shard(2, watched() / "one"); },
                 [&](const fs::path& root) {
                   run_shard(2, root / "one");
                   merge_in(root, false);
                 });
}

}  // namespace
}  // namespace tenfold
