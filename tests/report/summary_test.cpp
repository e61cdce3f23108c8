#include "tenfold/report/summary.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tenfold {
namespace {

RunSummary example() {
  RunSummary summary;
  summary.classes = {{.name = "a",
                      .samples = 2,
                      .target = 9,
                      .originals = 2,
                      .copies = 4,
                      .shortfall = 3,
                      .reason = "max_copies 2 of each of 2 samples"}};
  summary.bad = {{"a/x\n.jpg", {Stage::kDecode, "the file ends in the middle of the image"}}};
  summary.failed = {{"a/1__x0001.jpg", {Stage::kEncode, "too large for JPEG"}}};
  summary.misnamed = 1;
  summary.ignored = {.hidden = 1, .other = 2, .matched = 0, .links = 0};
  summary.made = 6;
  summary.bytes_written = 2048;
  return summary;
}

TEST(Summary, NamesWhatWasSkippedAndWhatIsMissing) {
  EXPECT_EQ(findings_text(example()),
            "skipped 'a/x\\n.jpg': the file ends in the middle of the image\n"
            "could not make 'a/1__x0001.jpg': too large for JPEG\n"
            "class 'a' is 3 short of 9: max_copies 2 of each of 2 samples\n"
            "1 image of another format than the file's name says\n"
            "ignored: 1 hidden file or folder and 2 files that are no images\n");
  EXPECT_EQ(findings_text(RunSummary{}), "");
}

TEST(Summary, EndsWithWhatWasMade) {
  RunSummary summary = example();
  EXPECT_TRUE(result_text(summary, {}).ends_with("\n6 images made (2.0 KiB)\n"));
  summary.kept = 1;
  summary.removed = 1000;
  EXPECT_TRUE(result_text(summary, {}).ends_with("\n6 images made (2.0 KiB), 1 kept, 1,000 removed\n"));
}

TEST(Summary, OfAShardIsWhatItHasOfThePlan) {
  RunSummary summary = example();
  summary.share = {{2, 3}, {7}};
  summary.kept = 1;
  EXPECT_EQ(result_text(summary, {}),
            "class  images  shard 2 of 3\n"
            "a           6             7\n"
            "all         6             7\n"
            "6 images made (2.0 KiB), 1 kept; when all shards are done, `tenfold merge` makes them whole\n");
  const auto json = nlohmann::json::parse(result_json(summary));
  EXPECT_EQ(json.at("shard").dump(),
            R"({"classes":[{"images":7,"name":"a"}],"images":7,"number":2,"of":3})");
}

TEST(Summary, OfAMergeCountsTheShards) {
  RunSummary summary = example();
  summary.merged = 3;
  summary.kept = 1000;
  EXPECT_TRUE(result_text(summary, {}).ends_with("\n3 shards merged: 6 images made (2.0 KiB), 1,000 kept\n"));
  EXPECT_EQ(nlohmann::json::parse(result_json(summary)).at("merged"), 3);
}

TEST(Summary, IsJsonForMachines) {
  RunSummary summary = example();
  summary.bad[0].path = "a/\xFF.jpg";
  const auto json = nlohmann::json::parse(result_json(summary));
  EXPECT_EQ(json.at("classes").at(0).at("images"), 6);
  EXPECT_EQ(json.at("classes").at(0).at("shortfall"), 3);
  EXPECT_EQ(json.at("bad").at(0).at("path"), "a/\\xff.jpg");
  EXPECT_EQ(json.at("failed").at(0).at("stage"), "encode");
  EXPECT_EQ(json.at("ignored").at("other"), 2);
}

TEST(Summary, ShowsTheFirstTwentyBadImages) {
  RunSummary summary;
  for (int i = 0; i < 25; ++i)
    summary.bad.push_back({std::to_string(i) + ".jpg", {Stage::kRead, "cannot be read"}});
  const std::string text = findings_text(summary);
  EXPECT_EQ(std::ranges::count(text, '\n'), 21);
  EXPECT_TRUE(text.ends_with("skipped 5 more images; --json lists all\n"));
}

}  // namespace
}  // namespace tenfold
