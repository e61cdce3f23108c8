#include "tenfold/report/inspection_text.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace tenfold {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

ClassProfile profile(const std::string& name, std::uint64_t images, cv::Size largest) {
  return {.name = name,
          .images = images,
          .train = images,
          .bytes = 1000 * images,
          .formats = {{"JPEG", images - 1}, {"PNG", 1}},
          .colors = {{"RGB", images}},
          .smallest = {32, 24},
          .median = {64, 48},
          .largest = largest,
          .narrowest = 0.5,
          .median_aspect = 4.0 / 3,
          .widest = 1.5};
}

Inspection example() {
  Inspection inspection;
  inspection.classes = {profile("cat", 1200, {64, 48}), profile("dog", 300, {4000, 3000}), {.name = "owl"}};
  inspection.all = profile("all", 1500, {4000, 3000});
  inspection.balances = {{"none", {1200, 300, 0}}, {"majority", {1200, 1200, 0}}};
  inspection.ignored.hidden = 1;
  inspection.findings = {
      {.flaw = Flaw::kDuplicateAcrossClasses,
       .class_name = "cat",
       .file_name = "cat/1.jpg",
       .others = {"dog/1.jpg"}},
      {.flaw = Flaw::kSimilarAcrossClasses,
       .class_name = "cat",
       .file_name = "cat/a name that is so long that it takes a line of its own.jpg",
       .value = 0.987,
       .others = {"dog/2.jpg", "dog/3.jpg", "dog/4.jpg", "dog/5.jpg", "dog/6.jpg", "dog/7.jpg"}},
      {.flaw = Flaw::kUnreadable,
       .class_name = "cat",
       .file_name = "cat/\xFF,\".jpg",
       .reason = "is \"empty\""},
      {.flaw = Flaw::kEmptyClass, .class_name = "owl"},
      {.flaw = Flaw::kSmallClass, .class_name = "dog", .value = 3},
      {.flaw = Flaw::kBlurred, .class_name = "cat", .file_name = "cat/2.jpg", .value = 2.5},
      {.flaw = Flaw::kBlurred, .class_name = "dog", .file_name = "dog/1.jpg", .value = 5.999}};
  return inspection;
}

std::string json_of(const Inspection& inspection) {
  std::string text;
  write_json(inspection, [&](std::string_view piece) { text += piece; });
  return text;
}

std::string csv_of(const Inspection& inspection) {
  std::string text;
  write_csv(inspection, [&](std::string_view piece) { text += piece; });
  return text;
}

TEST(InspectionText, ShowsClassesSizesAndBalanceRules) {
  EXPECT_EQ(result_text(example(), {}),
            "class  images      bytes  formats            colors\n"
            "owl         0        0 B\n"
            "dog       300  293.0 KiB  JPEG 299, PNG 1    RGB\n"
            "cat     1,200    1.1 MiB  JPEG 1,199, PNG 1  RGB\n"
            "all     1,500    1.4 MiB  JPEG 1,499, PNG 1  RGB\n"
            "\n"
            "class  smallest  median    largest  w/h min  median   max\n"
            "owl\n"
            "dog       32×24   64×48  4000×3000     0.50    1.33  1.50\n"
            "cat       32×24   64×48      64×48     0.50    1.33  1.50\n"
            "all       32×24   64×48  4000×3000     0.50    1.33  1.50\n"
            "\n"
            "imbalance 4.0: 'cat' has 1,200 images, 'dog' 300\n"
            "images by balance rule (a larger class stays as it is without undersample):\n"
            "class   none  majority\n"
            "owl        0         0\n"
            "dog      300     1,200\n"
            "cat    1,200     1,200\n"
            "all    1,500     2,400\n");
}

TEST(InspectionText, SaysSizesOnceWhereAllAreAlike) {
  Inspection inspection = example();
  inspection.all.smallest = inspection.all.largest = inspection.all.median;
  inspection.all.narrowest = inspection.all.widest;
  EXPECT_THAT(result_text(inspection, {}), HasSubstr("\n\nevery image has 64×48 pixels\n\n"));
}

TEST(InspectionText, SaysWhereThereIsNoImbalance) {
  Inspection inspection = example();
  inspection.classes[1].train = 1200;
  EXPECT_THAT(result_text(inspection, {}), HasSubstr("\nno imbalance: each class has 1,200 images\n"));
  inspection.classes.clear();
  EXPECT_THAT(result_text(inspection, {}), HasSubstr("\nno class has an image\n"));
}

TEST(InspectionText, CountsTrainAloneWhereThereAreSplits) {
  Inspection inspection = example();
  inspection.classes[1].train = 240;
  inspection.all.train = 1440;
  const std::string text = result_text(inspection, {});
  EXPECT_THAT(text, HasSubstr("\nimbalance 5.0: 'cat' has 1,200 images of train, 'dog' 240\n"));
  EXPECT_THAT(text, HasSubstr("\nimages of train by balance rule (a larger class stays as it is"));
}

TEST(InspectionText, ShowsTheRarestOfManyClasses) {
  Inspection inspection = example();
  for (int i = 0; i < 50; ++i) inspection.classes.push_back(profile("n" + std::to_string(i), 2000, {64, 48}));
  for (BalanceOutcome& outcome : inspection.balances) outcome.targets.resize(53);
  const std::string text = result_text(inspection, {});
  EXPECT_THAT(text, HasSubstr("the 40 rarest of 53 classes; --json has all\n"));
  EXPECT_THAT(text, HasSubstr("\nn36 "));
  EXPECT_THAT(text, Not(HasSubstr("\nn37 ")));
}

TEST(InspectionText, GroupsFindingsByKindWithThresholds) {
  EXPECT_EQ(findings_text(example(), {}),
            "7 findings\n"
            "\n"
            "the same file under several labels: 1\n"
            "  'cat/1.jpg' = 'dog/1.jpg'\n"
            "\n"
            "nearly the same picture under several labels (likeness above 0.95): 1\n"
            "  0.98  'cat/a name that is so long that it takes a line of its own.jpg'\n"
            "    ≈ 'dog/2.jpg'\n"
            "    ≈ 'dog/3.jpg'\n"
            "    ≈ 'dog/4.jpg'\n"
            "    ≈ 3 more\n"
            "\n"
            "unreadable: 1\n"
            "  'cat/\\xff,\".jpg': is \"empty\"\n"
            "\n"
            "class without an image: 1\n"
            "  'owl'\n"
            "\n"
            "small class (images below 20): 1\n"
            "  3  'dog'\n"
            "\n"
            "blurred (detail below 6): 2\n"
            "   2.5  'cat/2.jpg'\n"
            "  5.99  'dog/1.jpg'\n"
            "\n"
            "not found: the same picture in several splits, truncated, folder that may be no\n"
            "  class, hidden folder, blank (contrast below 1), too dark (bright end below\n"
            "  60), too bright (dark end above 200), low contrast (contrast below 5), tiny\n"
            "  (shorter side below 32), odd aspect (longer by shorter side above 4),\n"
            "  misnamed, upright by its EXIF orientation alone, tells where it was taken\n"
            "  (GPS)\n"
            "ignored: 1 hidden file or folder\n");
}

TEST(InspectionText, ShowsTheFirstTenOfAKind) {
  Inspection inspection;
  for (int i = 0; i < 223; ++i)
    inspection.findings.push_back({.flaw = Flaw::kLocated, .file_name = std::to_string(i) + ".jpg"});
  const std::string text = findings_text(inspection, {});
  EXPECT_THAT(text, HasSubstr("\n  '9.jpg'\n  and 213 more; --csv FILE or --json has all\n"));
}

TEST(InspectionText, SaysWhatWasNotLookedFor) {
  EXPECT_THAT(findings_text({.fast = true}, {}),
              EndsWith("not looked for with --fast: the same picture in several splits, the same file\n"
                       "  under several labels, nearly the same picture under several labels (likeness\n"
                       "  above 0.95), truncated, blank (contrast below 1), too dark (bright end below\n"
                       "  60), too bright (dark end above 200), low contrast (contrast below 5), blurred\n"
                       "  (detail below 6), the same file several times, nearly the same picture several\n"
                       "  times (likeness above 0.95)\n"));
}

TEST(InspectionText, FitsEightyColumns) {
  Inspection inspection = example();
  inspection.classes[0].name = std::string(70, 'c');
  inspection.classes[1].formats = {{"BMP", 100000}, {"JPEG", 200000}, {"PNG", 300000}, {"TIFF", 40000}};
  for (const char* rule : {"median", "mean", "power 0.5"})
    inspection.balances.push_back({rule, {1'000'000'000, 1'000'000'000, 0}});
  std::istringstream lines(result_text(inspection, {}));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 80) << line;
}

TEST(InspectionText, IsJsonForMachines) {
  const auto json = nlohmann::ordered_json::parse(json_of(example()));
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  EXPECT_THAT(keys, ElementsAre("images", "bytes", "fast", "classes", "all", "imbalance", "thresholds",
                                "ignored", "findings"));
  EXPECT_EQ(json["images"], 1500);
  EXPECT_EQ(json["imbalance"], 4);
  EXPECT_EQ(
      json["classes"][1].dump(),
      R"({"name":"dog","images":300,"train":300,"bytes":300000,"formats":{"JPEG":299,"PNG":1},"colors":{"RGB":300},)"
      R"("sizes":{"min":[32,24],"median":[64,48],"max":[4000,3000]},)"
      R"("aspects":{"min":0.5,"median":1.3333333333333333,"max":1.5},)"
      R"("targets":{"none":300,"majority":1200}})");
  EXPECT_EQ(json["thresholds"].dump(),
            R"({"similar_across_classes":0.95,"small_class":20.0,"blank":1.0,"dark":60.0,"bright":200.0,)"
            R"("low_contrast":5.0,"blurred":6.0,"tiny":32.0,"odd_aspect":4.0,"similar":0.95})");
  EXPECT_EQ(json["findings"].size(), 7u);
  EXPECT_EQ(
      json["findings"][0].dump(),
      R"({"kind":"duplicate_across_classes","class":"cat","file_name":"cat/1.jpg","others":["dog/1.jpg"],)"
      R"("sentence":"'cat/1.jpg' has the same bytes as 'dog/1.jpg'"})");
  EXPECT_EQ(json["findings"][2]["file_name"], "cat/\\xff,\".jpg");
  EXPECT_EQ(json["findings"][5].dump(),
            R"({"kind":"blurred","class":"cat","file_name":"cat/2.jpg","value":2.5,"threshold":6.0,)"
            R"("sentence":"'cat/2.jpg' is blurred: 2.5, detail below 6"})");
  EXPECT_THAT(json_of({}), EndsWith(",\n  \"findings\": []\n}\n"));
}

TEST(InspectionText, IsCsvWithQuotesWhereTheyAreNeeded) {
  Inspection inspection = example();
  inspection.findings[1].others.resize(2);
  inspection.findings.resize(4);
  inspection.findings[1].file_name = "cat/a\nb.jpg";
  EXPECT_EQ(
      csv_of(inspection),
      "kind,class,file,other,value,threshold,sentence\r\n"
      "duplicate_across_classes,cat,cat/1.jpg,dog/1.jpg,,,'cat/1.jpg' has the same bytes as 'dog/1.jpg'\r\n"
      "similar_across_classes,cat,\"cat/a\nb.jpg\",dog/2.jpg,0.987,0.95,\"'cat/a\\nb.jpg' shows nearly the "
      "same as 'dog/2.jpg' and 'dog/3.jpg': 0.98, likeness above 0.95\"\r\n"
      "similar_across_classes,cat,\"cat/a\nb.jpg\",dog/3.jpg,0.987,0.95,\"'cat/a\\nb.jpg' shows nearly the "
      "same as 'dog/2.jpg' and 'dog/3.jpg': 0.98, likeness above 0.95\"\r\n"
      "unreadable,cat,\"cat/\\xff,\"\".jpg\",,,,\"'cat/\\xff,\"\".jpg': is \"\"empty\"\"\"\r\n"
      "empty_class,owl,,,,,class 'owl' has no usable image\r\n");
}

}  // namespace
}  // namespace tenfold
