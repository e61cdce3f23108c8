#include "tenfold/run/output_figures.h"

#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "run/shown_samples.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class OutputFiguresTest : public test::DatasetTest {
 protected:
  OutputFigures figures() const {
    Observer observer;
    return figures_of(output(), {.jobs = 2}, observer);
  }

  std::string refusal() const {
    return message_of([this] { figures(); }, ErrorKind::kLocked);
  }

  const ShownImage& shown(const OutputFigures& figures, const std::string& class_name, std::size_t i) const {
    const auto sample = std::ranges::find(figures.shown, class_name, &ShownSample::class_name);
    return sample->images.at(i);
  }
};

TEST_F(OutputFiguresTest, CountClassesAndCopies) {
  run_now();
  const OutputFigures result = figures();
  EXPECT_TRUE(result.intact);
  EXPECT_EQ(result.images, 72);
  ASSERT_EQ(result.classes.size(), 3);
  const ClassFigures& dog = result.classes[1];
  EXPECT_EQ(dog.name, "dog");
  EXPECT_EQ(dog.samples, 3);
  EXPECT_EQ(dog.target, 24);
  EXPECT_EQ(dog.originals, 3);
  EXPECT_EQ(dog.copies, 21);
  EXPECT_EQ(dog.most_copies, 7);
  EXPECT_EQ(dog.weight, 1);
  EXPECT_EQ(result.imbalance_before(), 6);
  EXPECT_EQ(result.imbalance_after(), 1);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> samples;
  for (const CopiesPerSample& bin : result.copies_per_sample) {
    EXPECT_EQ(bin.from, bin.to);
    samples.emplace_back(bin.from, bin.samples);
  }
  EXPECT_THAT(samples, ElementsAre(Pair(3, 6), Pair(7, 3), Pair(23, 1)));
  ASSERT_EQ(result.chains.size(), 1);
  EXPECT_EQ(result.chains[0].copies, 62);
  EXPECT_EQ(result.chains[0].transforms[0].fired, 62);
  EXPECT_EQ(result.chains[0].transforms[0].parameters[0].drawn.values, 62);
}

TEST_F(OutputFiguresTest, CountCopiesThatWereRelabeledForTheSampleThatTheyCameFrom) {
  recipe_.augment = test::chain_of("horizontal_flip");
  recipe_.relabel = {{"horizontal_flip", "cat", "dog"}};
  run_now();
  std::uint64_t samples = 0;
  for (const CopiesPerSample& bin : figures().copies_per_sample) samples += bin.samples;
  EXPECT_EQ(samples, 10);
}

TEST_F(OutputFiguresTest, TellWhatIsMissingAndWhy) {
  truncate("cat/3.jpg");
  recipe_.expand.max_copies = 5;
  run_now();
  const OutputFigures result = figures();
  EXPECT_EQ(result.bad.count, 1);
  EXPECT_EQ(result.bad.first[0].name, "cat/3.jpg");
  EXPECT_EQ(result.bad.first[0].reason, "the file ends in the middle of the image");
  EXPECT_EQ(result.classes[2].shortfall, 14);
  EXPECT_EQ(result.classes[2].reason, "max_copies 5 of each of 1 sample");
  EXPECT_EQ(result.classes[0].shortfall, 0);
}

TEST_F(OutputFiguresTest, CountWhatIsHeldOutBySplit) {
  recipe_.input.split = SplitRecipe{.val = 0.34};
  run_now();
  const OutputFigures result = figures();
  EXPECT_TRUE(result.has_splits);
  ASSERT_EQ(result.splits.size(), 2);
  EXPECT_EQ(result.splits[1].name, "val");
  EXPECT_EQ(result.splits[1].originals, 3);
  EXPECT_EQ(result.splits[1].copies, 0);
  EXPECT_EQ(result.classes[0].val, 2);
  EXPECT_EQ(result.classes[0].samples, 4);
  EXPECT_EQ(result.classes[0].originals, 4);
}

TEST_F(OutputFiguresTest, CountWhatTheQualityGateTurnedDown) {
  recipe_.augment = test::chain_of("brightness", {{"factor", Range{0, 1}}});
  recipe_.accept = AcceptRecipe{.min_contrast = 0.5};
  const RunSummary summary = run_now();
  ASSERT_FALSE(summary.refused.empty());
  const OutputFigures result = figures();
  EXPECT_TRUE(result.has_gate);
  EXPECT_EQ(result.gate.refused, summary.refused);
  EXPECT_GT(result.gate.redrawn, 0);
}

TEST_F(OutputFiguresTest, ShowImagesOfEveryLayout) {
  for (const OutputLayout layout : {OutputLayout::kFolders, OutputLayout::kHuggingface,
                                    OutputLayout::kFlatCsv, OutputLayout::kWebdataset}) {
    recipe_.output.layout = layout;
    recipe_.output.root = folder_ / ("out" + std::to_string(static_cast<int>(layout)));
    run_now();
    Observer observer;
    const OutputFigures result = figures_of(recipe_.output.root, {.jobs = 1}, observer);
    ASSERT_EQ(result.shown.size(), 3);
    for (const ShownSample& sample : result.shown)
      for (const ShownImage& image : sample.images) {
        EXPECT_EQ(image.failure, "") << image.file_name;
        EXPECT_EQ(image.size, cv::Size(48, 32));
        EXPECT_EQ(image.format, Format::kPng);
        EXPECT_FALSE(image.miniature.empty());
      }
    EXPECT_EQ(result.shown[0].images.size(), 4);
    EXPECT_EQ(result.shown[2].images.size(), 6);
  }
}

TEST_F(OutputFiguresTest, SayOfAnImageThatIsNotShownWhy) {
  run_now();
  const fs::path file = output() / "owl/0__x0002.jpg";
  const std::string bytes = read_text(file);
  write_text(file, bytes.substr(1));
  EXPECT_EQ(shown(figures(), "owl", 2).failure,
            "has " + grouped(bytes.size() - 1) + " bytes in place of " + grouped(bytes.size()));
  write_text(file, std::string(bytes.size(), 'x'));
  EXPECT_EQ(shown(figures(), "owl", 2).failure, "has other bytes than were written");
  fs::remove(file);
  EXPECT_EQ(shown(figures(), "owl", 2).failure, "cannot be opened: No such file or directory");
  EXPECT_EQ(shown(figures(), "owl", 1).failure, "");
}

TEST_F(OutputFiguresTest, KnowAnEditedManifest) {
  run_now();
  std::string manifest = read_text(output() / "manifest.jsonl");
  manifest.replace(manifest.find("\"degrees\":"), 10, "\"Degrees\":");
  write_text(output() / "manifest.jsonl", manifest);
  const OutputFigures result = figures();
  EXPECT_FALSE(result.intact);
  EXPECT_EQ(result.chains[0].transforms[0].fired, 62);
  EXPECT_EQ(result.chains[0].transforms[0].parameters[0].drawn.values, 61);
}

TEST_F(OutputFiguresTest, RefuseWhatIsNoOutput) {
  run_now();
  const std::string root = "'" + output().string() + "'";
  const std::string manifest = read_text(output() / "manifest.jsonl");
  write_text(output() / "manifest.jsonl", manifest.substr(0, manifest.size() - 9));
  EXPECT_EQ(refusal(), "line 72 of '" + (output() / "manifest.jsonl").string() +
                           "' is damaged; tenfold verify says what else is, and a repeat of the run makes "
                           "it anew");
  write_text(output() / "manifest.jsonl", manifest);
  fs::rename(output() / "dataset.json", folder_ / "dataset.json");
  EXPECT_EQ(refusal(), "the dataset.json of " + root +
                           " is missing, damaged or not tenfold's; a repeat of the run makes it anew");
  fs::rename(folder_ / "dataset.json", output() / "dataset.json");
  fs::remove(output() / "manifest.jsonl");
  EXPECT_EQ(refusal(), root + " is no output of tenfold: it has no manifest");
}

// 25 classes of 1, 2, … 25 samples.
TEST(SampleChoice, TakesClassesFromTheRarestToTheMostFrequentOne) {
  SampleChoice choice;
  std::vector<ClassFigures> classes;
  for (std::uint64_t i = 0; i < 25; ++i) {
    const std::string name(1, static_cast<char>('a' + i));
    classes.push_back({.name = name, .samples = i + 1});
    for (std::uint64_t copy = 0; copy < 8; ++copy) {
      ManifestLine line{.label = name, .source = name + "/1.jpg", .copy = copy};
      choice.note(line);
    }
  }
  const auto chosen = choice.chosen(classes);
  std::string labels;
  for (const auto& lines : chosen) {
    labels += lines[0].label;
    EXPECT_EQ(lines.size(), 6);
    EXPECT_EQ(lines[5].copy, 5);
  }
  EXPECT_EQ(labels, "abcdfghiklmnpqrsuvwy");
}

TEST(SampleChoice, PrefersASampleWithItsOriginalAndCopies) {
  SampleChoice choice;
  const auto note = [&](const std::string& source, std::uint64_t copy) {
    choice.note(ManifestLine{.label = "a", .source = source, .copy = copy});
  };
  for (int i = 0; i < 50; ++i) {
    note("a/original" + std::to_string(i), 0);
    note("a/turned" + std::to_string(i), 1);
  }
  note("a/both", 0);
  note("a/both", 1);
  const auto chosen = choice.chosen({{.name = "a"}, {.name = "none"}});
  ASSERT_EQ(chosen.size(), 1);
  EXPECT_EQ(chosen[0][0].source, "a/both");
}

}  // namespace
}  // namespace tenfold
