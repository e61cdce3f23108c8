// Whatever a power cut leaves, it does not look whole when it is not, what the journal has a result of is
// whole, and a repeat ends in the tree of a clean run.

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "crash/disk.h"
#include "run/dataset_fixture.h"
#include "tenfold/store/journal.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using test::Loss;
using test::read_text;
using test::tree_of;

std::string hash_of_file(const fs::path& path) {
  const std::string content = read_text(path);
  return hex(hash128({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}));
}

class PowerCut : public test::DatasetTest {
 protected:
  PowerCut() {
    recipe_.expand.balance.rule = BalanceRule::kNone;
    recipe_.expand.factor = 2;
    fs::create_directories(output());
  }

  // Cuts a run of `recipe_` after each event, in every way, and looks at what is left.
  void cut_everywhere() {
    Disk disk(output());
    run_now();
    disk.stop();
    const auto clean = clean_tree();
    ASSERT_GT(disk.events(), 50u);
    for (std::size_t events = 0; events <= disk.events(); ++events)
      for (const Loss loss : {events % 2 == 0 ? Loss::kNothing : Loss::kLater, Loss::kAll, Loss::kAny}) {
        SCOPED_TRACE("after event " + std::to_string(events) + " of " + std::to_string(disk.events()) +
                     ", loss " + std::to_string(static_cast<int>(loss)));
        disk.cut(events, loss, events, after());
        expect_manifest_tells_the_truth();
        expect_journal_tells_the_truth();
        expect_a_repeat_ends_in(clean);
        if (HasFailure()) return;
      }
  }

  fs::path after() const { return folder_ / "after"; }

  void expect_manifest_tells_the_truth() const {
    read_manifest(after() / "manifest.jsonl", [&](ManifestLine&& line) {
      const Outcome<Bytes> bytes = read_image(after(), line);
      EXPECT_EQ(bytes ? hex(hash128(*bytes)) : bytes.error().reason, hex(line.record.hash)) << line.file_name;
    });
  }

  void expect_journal_tells_the_truth() const {
    if (fs::exists(after() / "manifest.jsonl")) return;  // what was packed goes behind it
    const JournalContent journal = read_journal(after() / ".tenfold.journal");
    for (const auto& [name, record] : journal.made) {
      if (journal.begun.contains(name)) continue;
      EXPECT_EQ(hash_of_file(after() / name), hex(record.hash)) << name;
    }
  }

  void expect_a_repeat_ends_in(const std::map<std::string, std::string>& clean) {
    Recipe recipe = recipe_;
    recipe.output.root = after();
    Observer observer;
    run(recipe, {.jobs = 1}, observer);
    EXPECT_TRUE(tree_of(after()) == clean);
  }
};

TEST_F(PowerCut, OfAFirstRun) { cut_everywhere(); }

TEST_F(PowerCut, OfARunThatMakesAllCopiesAgain) {
  run_now();
  recipe_.output.quality = 80;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatAddsAndRemoves) {
  run_now();
  fs::remove(input() / "cat/1.jpg");
  add_class("emu", 2);
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatMakesLinks) {
  recipe_.output.originals = Originals::kSymlink;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatWritesAList) {
  recipe_.output.layout = OutputLayout::kHuggingface;
  run_now();
  recipe_.output.quality = 80;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunWithMasksAndBoxes) {
  const Bytes bytes = test::encoded(cv::Mat(32, 48, CV_8UC1, cv::Scalar(7)), Format::kPng);
  const std::string mask(bytes.begin(), bytes.end());
  for (const auto& entry : fs::recursive_directory_iterator(input())) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().lexically_relative(input()).replace_extension().string();
    test::write_text(folder_ / "masks" / (name + ".png"), mask);
    test::write_text(folder_ / "labels" / (name + ".txt"), "1 0.5 0.5 0.5 0.5\n");
  }
  recipe_.input.annotations.masks = "../masks/{path}.png";
  recipe_.input.annotations.boxes = BoxesRecipe{.files = "../labels/{path}.txt"};
  run_now();
  test::write_text(folder_ / "labels/cat/0.txt", "");
  fs::remove(input() / "dog/1.jpg");
  recipe_.output.quality = 80;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatWritesBoxesOfSplits) {
  std::string images, objects;
  for (const auto& entry : fs::recursive_directory_iterator(input())) {
    if (!entry.is_regular_file()) continue;
    const std::string id = std::to_string(std::count(images.begin(), images.end(), '{') + 1);
    const std::string comma = images.empty() ? "" : ",",
                      name = entry.path().lexically_relative(input()).string();
    images += comma + R"({"id":)" + id + R"(,"width":48,"height":32,"file_name":")" + name + "\"}";
    objects += comma + R"({"category_id":1,"bbox":[8,8,9,9],"id":)" + id + R"(,"image_id":)" + id + "}";
  }
  const auto write_boxes = [&](const std::string& category) {
    test::write_text(folder_ / "boxes.json", R"({"images":[)" + images + R"(],"annotations":[)" + objects +
                                                 R"(],"categories":[{"id":1,"name":")" + category + "\"}]}");
  };
  recipe_.input.annotations.boxes = BoxesRecipe{.format = BoxFormat::kCoco, .files = "../boxes.json"};
  recipe_.input.split = SplitRecipe{.val = 0.3};
  write_boxes("a");
  run_now();
  write_boxes("b");
  fs::remove(input() / "dog/1.jpg");
  add_class("owl", 2);
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatPacks) {
  recipe_.output.layout = OutputLayout::kWebdataset;
  recipe_.output.shard.count = 8;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatPacksAgain) {
  recipe_.output.layout = OutputLayout::kWebdataset;
  recipe_.output.shard.count = 8;
  run_now();
  fs::remove(input() / "cat/1.jpg");
  add_class("emu", 2);
  cut_everywhere();
}

// Old shards stay until the new ones are whole.
TEST_F(PowerCut, WhileARunPacksLosesNoImage) {
  recipe_.output.layout = OutputLayout::kWebdataset;
  recipe_.output.shard.count = 8;
  run_now();
  fs::remove(input() / "cat/1.jpg");
  add_class("emu", 2);
  Disk disk(output());
  run_now();
  disk.stop();
  int moments = 0;
  for (std::size_t events = 0; events <= disk.events(); ++events) {
    disk.cut(events, Loss::kAll, events, after());
    if (!fs::exists(after() / ".tenfold.loose.jsonl")) continue;
    ++moments;
    Recipe recipe = recipe_;
    recipe.output.root = after();
    Observer observer;
    EXPECT_EQ(run(recipe, {.jobs = 1}, observer).made, 0u) << "after event " << events;
  }
  EXPECT_GT(moments, 10);
}

TEST_F(PowerCut, OfARunThatPacksWhatLayLoose) {
  run_now();
  recipe_.output.layout = OutputLayout::kWebdataset;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunThatUnpacks) {
  recipe_.output.layout = OutputLayout::kWebdataset;
  run_now();
  recipe_.output.layout = OutputLayout::kHuggingface;
  cut_everywhere();
}

TEST_F(PowerCut, OfARunWithABadImage) {
  truncate("cat/3.jpg");
  cut_everywhere();
}

}  // namespace
}  // namespace tenfold
