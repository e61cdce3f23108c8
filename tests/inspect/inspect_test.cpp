#include "inspected_dataset.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::encoded;
using test::halves;
using ::testing::ElementsAre;
using ::testing::Pair;

class InspectTest : public test::InspectedDataset {
 protected:
  InspectTest() {
    write_png("cat/1.png", halves(10, 200, {40, 30}));
    write_png("cat/2.png", halves(20, 200, {64, 64}));
    write_png("cat/3.png", halves(30, 200, {100, 80}));
    cv::Mat grey;
    cv::extractChannel(halves(40, 200, {20, 80}), grey, 0);
    write("cat/4.jpg", encoded(grey, Format::kJpeg));
    write_png("dog/1.png", halves(50, 200, {64, 48}));
    write_png("dog/2.png", cv::Mat(halves(0, 255, {64, 48})) * 257);
  }
};

TEST_F(InspectTest, DescribesClasses) {
  const Inspection inspection = inspect_now();
  ASSERT_EQ(inspection.classes.size(), 2u);
  const ClassProfile& cat = inspection.classes[0];
  EXPECT_EQ(cat.name, "cat");
  EXPECT_EQ(cat.images, 4u);
  EXPECT_THAT(cat.formats, ElementsAre(Pair("JPEG", 1), Pair("PNG", 3)));
  EXPECT_THAT(cat.colors, ElementsAre(Pair("RGB", 3), Pair("grey", 1)));
  EXPECT_EQ(cat.smallest, cv::Size(40, 30));
  EXPECT_EQ(cat.median, cv::Size(20, 80));
  EXPECT_EQ(cat.largest, cv::Size(100, 80));
  EXPECT_EQ(cat.narrowest, 0.25);
  EXPECT_EQ(cat.median_aspect, 1);
  EXPECT_EQ(cat.widest, 40.0 / 30);
  std::uint64_t bytes = 0;
  for (const auto& [name, content] : test::tree_of(folder_.path())) bytes += content.size();
  EXPECT_EQ(inspection.all.bytes, bytes);
  EXPECT_EQ(inspection.all.images, 6u);
  EXPECT_EQ(inspection.all.largest, cv::Size(100, 80));
}

TEST_F(InspectTest, TellsWhatEachBalanceRuleGives) {
  const Inspection inspection = inspect_now();
  EXPECT_EQ(inspection.imbalance(), 2);
  std::vector<std::pair<std::string, std::vector<std::uint64_t>>> outcomes;
  for (const BalanceOutcome& outcome : inspection.balances)
    outcomes.emplace_back(outcome.rule, outcome.targets);
  EXPECT_THAT(outcomes, ElementsAre(Pair("none", ElementsAre(4, 2)), Pair("majority", ElementsAre(4, 4)),
                                    Pair("median", ElementsAre(3, 3)), Pair("mean", ElementsAre(3, 3)),
                                    Pair("power 0.5", ElementsAre(4, 3))));
}

TEST_F(InspectTest, ReadsLabelsInATableBesideTheImages) {
  std::filesystem::remove_all(folder_ / "cat");
  std::filesystem::remove_all(folder_ / "dog");
  write_png("1.png", halves(10, 200));
  write_png("2.png", halves(20, 200));
  test::write_text(folder_ / "3.png", "no image");
  write_png("4.png", halves(40, 200));
  test::write_text(folder_ / "labels.csv", "file,label\n1.png,cat\n2.png,dog\n3.png,dog\n4.png,cat\n");
  const Inspection inspection = inspect_now();
  ASSERT_EQ(inspection.classes.size(), 2u);
  EXPECT_EQ(inspection.classes[0].name, "cat");
  EXPECT_EQ(inspection.classes[1].images, 1u);
  ASSERT_EQ(inspection.findings.size(), 1u);
  EXPECT_EQ(inspection.findings[0].class_name, "");
  EXPECT_EQ(inspection.findings[0].file_name, "3.png");
}

TEST_F(InspectTest, HasNoImbalanceWithoutImages) { EXPECT_EQ(Inspection{}.imbalance(), 0); }

TEST_F(InspectTest, ReportsProgressAfterTheScan) {
  std::vector<std::uint64_t> done;
  std::uint64_t total = 0, bytes = 0;
  options_.progressed = [&](std::uint64_t images, std::uint64_t of, std::uint64_t so_far) {
    done.push_back(images);
    total = of;
    bytes = so_far;
  };
  const Inspection inspection = inspect_now();
  EXPECT_THAT(done, ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_EQ(total, 6u);
  EXPECT_EQ(bytes, inspection.all.bytes);
}

TEST_F(InspectTest, EndsWhereItIsAskedTo) {
  const std::atomic<bool> stop = true;
  options_.stop = &stop;
  try {
    inspect_now();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
    EXPECT_STREQ(error.what(), "interrupted; nothing was written");
  }
}

class InspectSplits : public test::InspectedDataset {
 protected:
  InspectSplits() {
    write_png("train/cat/1.png", halves(10, 200));
    write_png("train/dog/1.png", halves(20, 200));
    write_png("val/cat/1.png", halves(30, 200));
  }

  std::vector<std::string> classes() const {
    std::vector<std::string> names;
    for (const ClassProfile& of_class : inspect_now().classes) names.push_back(of_class.name);
    return names;
  }
};

TEST_F(InspectSplits, AreTakenAsFound) {
  EXPECT_THAT(classes(), ElementsAre("cat", "dog"));
  std::filesystem::create_directories(folder_ / "test");
  EXPECT_THAT(classes(), ElementsAre("cat", "dog"));
}

TEST_F(InspectSplits, MayHoldOtherFilesBesideTheirClasses) {
  test::write_text(folder_ / "train/README.txt", "Cats and dogs.");
  test::write_text(folder_ / "val/metadata.jsonl", "{}");
  EXPECT_THAT(classes(), ElementsAre("cat", "dog"));
}

TEST_F(InspectSplits, AreClassesWhereImagesLieInThem) {
  write_png("val/2.png", halves(40, 200));
  EXPECT_THAT(classes(), ElementsAre("train", "val"));
}

TEST_F(InspectSplits, MustHaveOneFolderEach) {
  std::filesystem::rename(folder_ / "val", folder_ / "Training");
  try {
    inspect_now();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), "the input '" + folder_.path().string() +
                                "' has two folders for the split train, 'Training' and 'train'; merge them "
                                "or ignore one: input.ignore: [\"train/\"]");
  }
}

}  // namespace
}  // namespace tenfold
