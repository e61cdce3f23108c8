#include "tenfold/dataset/catalog_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "plan/catalogs.h"

namespace tenfold {
namespace {

Catalog example() {
  Catalog catalog = test::catalog_of({{"cat", 2}, {"dög", 1}});
  catalog.classes.push_back("empty");
  catalog.samples[0] = {.path = "cat/0.jpg",
                        .class_index = 0,
                        .own_place = "cat/other.jpg",
                        .split = Split::kTest,
                        .header = {.format = Format::kPng,
                                   .stored = {640, 480},
                                   .orientation = 6,
                                   .located = true,
                                   .several_images = true,
                                   .pixel_type = CV_16UC4},
                        .size_bytes = 12345678901,
                        .modified_ns = 1700000000123456789,
                        .annotations = Hash128{1, 2},
                        .misnamed = true};
  catalog.bad = {{.path = "cat/\xff\n.jpg", .failure = {Stage::kScan, "is empty"}, .hash = Hash128{3, 4}},
                 {.path = "locked", .failure = {Stage::kRead, "cannot be read"}, .folder = true}};
  catalog.ignored = {1, 2, 3, 4, 5};
  catalog.has_splits = true;
  catalog.split_folders = {{Split::kTrain, "training"}, {Split::kTest, "test"}};
  return catalog;
}

TEST(CatalogText, TellsAllThatTheScanFound) {
  const Catalog catalog = example(), read = parse_catalog(catalog_lines(catalog));
  EXPECT_EQ(read.classes, catalog.classes);
  EXPECT_EQ(read.has_splits, catalog.has_splits);
  EXPECT_EQ(read.split_folders, catalog.split_folders);
  EXPECT_EQ(read.ignored.hidden, 1u);
  EXPECT_EQ(read.ignored.unlabeled, 5u);
  ASSERT_EQ(read.samples.size(), catalog.samples.size());
  const Sample &a = read.samples[0], &b = catalog.samples[0];
  EXPECT_EQ(std::tie(a.path, a.class_index, a.own_place, a.split, a.header, a.size_bytes, a.modified_ns,
                     a.annotations, a.misnamed),
            std::tie(b.path, b.class_index, b.own_place, b.split, b.header, b.size_bytes, b.modified_ns,
                     b.annotations, b.misnamed));
  ASSERT_EQ(read.bad.size(), 2u);
  EXPECT_EQ(read.bad[0].path, catalog.bad[0].path);
  EXPECT_EQ(read.bad[0].failure, catalog.bad[0].failure);
  EXPECT_EQ(read.bad[0].hash, catalog.bad[0].hash);
  EXPECT_FALSE(read.bad[0].folder);
  EXPECT_TRUE(read.bad[1].folder);
  EXPECT_EQ(catalog_lines(read), catalog_lines(catalog));
  EXPECT_EQ(hash_of(read), hash_of(catalog));
}

TEST(CatalogText, HashesAllButTimesAndCountsOfWhatIsNoImage) {
  const Catalog catalog = example();
  Catalog later = catalog;
  later.samples[0].modified_ns += 1;
  later.ignored.hidden += 1;
  EXPECT_EQ(hash_of(later), hash_of(catalog));
  EXPECT_NE(catalog_lines(later), catalog_lines(catalog));
  const auto expect_another = [&](const auto& change) {
    Catalog other = catalog;
    change(other);
    EXPECT_NE(hash_of(other), hash_of(catalog));
  };
  expect_another([](Catalog& other) { other.samples.pop_back(); });
  expect_another([](Catalog& other) { other.samples[1].size_bytes += 1; });
  expect_another([](Catalog& other) { other.samples[1].header.orientation = 3; });
  expect_another([](Catalog& other) { other.samples[1].annotations = Hash128{7, 8}; });
  expect_another([](Catalog& other) { other.bad.pop_back(); });
  expect_another([](Catalog& other) { other.classes.push_back("zebra"); });
}

TEST(CatalogText, PassesOverLinesOfOtherKinds) {
  std::vector<std::string> lines = catalog_lines(example());
  lines.push_back(R"(["annotation","masks/cat/0.png",1,2,"x"])");
  EXPECT_EQ(hash_of(parse_catalog(lines)), hash_of(example()));
}

TEST(CatalogText, DamagedLinesAreRefused) {
  for (const char* line : {"", "{}", "[]", R"(["sample"])", R"(["sample","a"])", R"(["bad",1])", "[1]"})
    EXPECT_THROW(parse_catalog(std::vector<std::string>{line}), nlohmann::json::exception) << line;
}

}  // namespace
}  // namespace tenfold
