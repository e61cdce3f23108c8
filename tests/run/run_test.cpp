#include "tenfold/run/run.h"

#include <gmock/gmock.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using test::write_text;

class RunTest : public test::DatasetTest {};

TEST_F(RunTest, BringsEveryClassToItsTarget) {
  const RunSummary summary = run_now();
  for (const ClassPlan& of_class : summary.classes) EXPECT_EQ(of_class.images(), 24u) << of_class.name;
  EXPECT_EQ(summary.made, 72u);
  EXPECT_FALSE(summary.has_findings());
  for (const char* name : {"cat", "dog", "owl"})
    EXPECT_EQ(std::distance(fs::directory_iterator(output() / name), fs::directory_iterator()), 24) << name;
}

TEST_F(RunTest, MakesTheSameTreeWithAnyNumberOfThreads) {
  run_now(2);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(RunTest, LeavesOnlyClassFoldersAndFilesInTheRoot) {
  run_now();
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(output())) names.push_back(entry.path().filename());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("cat", "dog", "owl", "manifest.jsonl", "dataset.json",
                                                     ".tenfold.index"));
}

TEST_F(RunTest, DescribesEveryImageInTheManifest) {
  run_now();
  std::istringstream manifest(read_text(output() / "manifest.jsonl"));
  std::vector<std::tuple<std::string, std::string, int>> order;
  int lines = 0;
  for (std::string text; std::getline(manifest, text); ++lines) {
    const auto line = nlohmann::json::parse(text);
    const std::string content = read_text(output() / line.at("file_name").get<std::string>());
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
    EXPECT_EQ(line.at("hash"), hex(hash128(bytes)));
    EXPECT_EQ(line.at("bytes"), content.size());
    EXPECT_EQ(line.at("width"), 48);
    EXPECT_EQ(line.at("height"), 32);
    EXPECT_EQ(line.at("split"), "train");
    EXPECT_EQ(line.at("transforms").size(), line.at("copy") == 0 ? 0u : 1u);
    order.emplace_back(line.at("label"), line.at("source"), line.at("copy"));
  }
  EXPECT_EQ(lines, 72);
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST_F(RunTest, ARepeatDoesNothing) {
  run_now();
  const auto before = tree_of(output());
  const auto written = fs::last_write_time(output() / "manifest.jsonl");
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 0u);
  EXPECT_EQ(summary.kept, 72u);
  EXPECT_EQ(summary.removed, 0u);
  EXPECT_EQ(tree_of(output()), before);
  EXPECT_EQ(fs::last_write_time(output() / "manifest.jsonl"), written);
}

TEST_F(RunTest, MakesManyCopiesOfOneSample) {
  recipe_.classes["owl"].target = 500;
  run_now();
  EXPECT_EQ(std::distance(fs::directory_iterator(output() / "owl"), fs::directory_iterator()), 500);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(RunTest, HoldsToASmallMemoryBudget) {
  Observer observer;
  run(recipe_, {.jobs = 2, .memory_bytes = 1}, observer);
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(RunTest, ReportsProgressUpToTheEnd) {
  struct Watching : Observer {
    void progressed(const Progress& progress) override { last = progress; }
    Progress last;
  } watching;
  run(recipe_, {.jobs = 2}, watching);
  EXPECT_EQ(watching.last.done, 72u);
  EXPECT_EQ(watching.last.total, 72u);
  EXPECT_GT(watching.last.bytes, 0u);
}

TEST_F(RunTest, RefusesAnOutputInsideTheInput) {
  recipe_.output.root = input() / "cat/../out";
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "the output '" + (input() / "cat/../out").string() + "' lies inside the input '" +
                input().string() + "'; choose a folder outside it");
  EXPECT_FALSE(fs::exists(input() / "out"));
}

TEST_F(RunTest, RefusesAnInputInsideTheOutput) {
  recipe_.output.root = folder_.path();
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "the input '" + input().string() + "' lies inside the output '" + folder_.path().string() +
                "'; choose another output");
}

TEST_F(RunTest, RefusesToWriteIntoTheInput) {
  recipe_.output.root = input() / "";
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kUsage),
            "input and output are the same folder, '" + input().string() +
                "'; choose another output, for the input is never written to");
}

TEST_F(RunTest, RefusesAFolderThatIsNotOurs) {
  write_text(output() / "precious.txt", "mine");
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kLocked),
            "the output '" + output().string() +
                "' holds 1 entry that tenfold did not write, such as 'precious.txt'; choose an empty folder, "
                "or move "
                "them away");
  EXPECT_EQ(tree_of(output()), (std::map<std::string, std::string>{{"precious.txt", "mine"}}));
}

TEST_F(RunTest, SaysThatAnOutputCannotBeCreated) {
  write_text(folder_ / "file", "");
  recipe_.output.root = folder_ / "file/out";
  EXPECT_EQ(message_of([&] { run_now(); }, ErrorKind::kFailed),
            "cannot create the output folder '" + (folder_ / "file/out").string() + "': Not a directory");
}

}  // namespace
}  // namespace tenfold
