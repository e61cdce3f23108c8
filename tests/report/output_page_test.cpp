#include "tenfold/report/output_page.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using ::testing::HasSubstr;
using ::testing::Not;

class OutputPageTest : public test::DatasetTest {
 protected:
  static OutputFigures figures(const fs::path& root, int jobs = 2) {
    Observer observer;
    return figures_of(root, {.jobs = jobs}, observer);
  }
};

TEST_F(OutputPageTest, IsTheSameWhereverTheOutputLiesAndWithAnyThreads) {
  run_now();
  const std::string page = output_page(figures(output(), 1));
  const fs::path elsewhere = folder_ / "somewhere/else";
  fs::create_directories(elsewhere.parent_path());
  fs::rename(output(), elsewhere);
  EXPECT_EQ(output_page(figures(elsewhere, 3)), page);
  EXPECT_THAT(page, Not(HasSubstr(folder_.path().string())));
}

TEST_F(OutputPageTest, NeedsNothingFromElsewhere) {
  run_now();
  const std::string page = output_page(figures(output()));
  EXPECT_THAT(page, HasSubstr("default-src 'none'; img-src data:; style-src 'unsafe-inline'"));
  for (const char* outside : {"<script", "http:", "https:", "url(", "@import", "<link"})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
}

// Sums made from the manifest by other means.
TEST_F(OutputPageTest, ItsNumbersAreThoseOfTheManifest) {
  recipe_.augment = test::chain_of("horizontal_flip");
  run_now();
  std::map<std::string, std::uint64_t> copies;
  std::uint64_t fired = 0, all = 0;
  std::istringstream lines(read_text(output() / "manifest.jsonl"));
  for (std::string line; std::getline(lines, line); ++all) {
    const auto json = nlohmann::json::parse(line);
    if (json["copy"] > 0) ++copies[json["label"]];
    fired += json["transforms"].size();
  }
  const OutputFigures result = figures(output());
  const auto json = nlohmann::json::parse(figures_json(result));
  EXPECT_EQ(json["images"], all);
  for (const auto& of_class : json["classes"]) EXPECT_EQ(of_class["copies"], copies[of_class["name"]]);
  const auto& flip = json["chains"][0]["transforms"][0];
  EXPECT_EQ(flip["fired"], fired);
  EXPECT_EQ(flip["expected"], 0.5);
  EXPECT_EQ(flip["places"][0]["name"], "horizontal_flip#1");
  const std::string page = output_page(result);
  EXPECT_THAT(page, HasSubstr("data-fired=\"" + std::to_string(fired) + "\""));
  EXPECT_THAT(page, HasSubstr("data-copies=\"" + std::to_string(copies["owl"]) + "\""));
}

OutputFigures hostile() {
  const std::string name = "\"><img src=x onerror=alert(1)>";
  OutputFigures figures;
  figures.classes = {{.name = name, .samples = 1, .target = 9, .shortfall = 8, .reason = name, .copies = 1}};
  figures.splits = {{name, 1, 1}};
  figures.has_splits = true;
  figures.leaks.add({.train = name, .held_out = name});
  figures.copies_per_sample = {{1, 1, 1}};
  TransformFigures transform{.name = name, .places = {{name, 0.5, 0.5}}, .fired = 1};
  transform.parameters = {{name, name, {.range = {0, 1}, .counts = {1, 0}, .values = 1}}};
  figures.chains = {{.classes = {name}, .copies = 1, .transforms = {transform}},
                    {.classes = {name}, .copies = 1, .transforms = {transform}}};
  figures.bad.add({name, name, name});
  figures.failed.add({name, name, name});
  figures.has_gate = true;
  figures.gate.refused = {{name, 1}};
  figures.gate.kept.add(name);
  figures.moments = MomentFigures{.images = 1, .mean = {0.5}, .std = {0.1}};
  figures.manifest_hash = name;
  figures.versions = {{{name, name}}};
  figures.recipe = nlohmann::json{{"input", {{"split", {{"file", name}}}}}, {name, name}}.dump(2);
  figures.recipe_fault = name;
  figures.shown = {{.class_name = name,
                    .source = name,
                    .images = {{.file_name = name, .transforms = {name}, .miniature = {1}},
                               {.file_name = name, .copy = 1, .transforms = {name}, .failure = name}}}};
  return figures;
}

TEST(OutputPage, NoNameCanBecomeMarkup) {
  const std::string page = output_page(hostile());
  EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
}

TEST(OutputPage, ShowsEveryNameThatItIsGiven) {
  std::size_t shown = 0;
  const std::string page = output_page(hostile());
  for (std::size_t at = 0; (at = page.find("&lt;img src=x", at)) != page.npos; ++at) ++shown;
  EXPECT_GE(shown, 40);
}

TEST(OutputPage, SaysThatAManifestWasEdited) {
  OutputFigures figures = hostile();
  EXPECT_THAT(output_page(figures), Not(HasSubstr("somebody has edited")));
  figures.intact = false;
  EXPECT_THAT(output_page(figures), HasSubstr("somebody has edited"));
}

TEST(OutputPage, ListsAHundredBadImagesAndSaysHowManyThereAre) {
  OutputFigures figures = hostile();
  figures.bad = {};
  for (int i = 0; i < 1234; ++i) figures.bad.add({"bad" + std::to_string(i) + ".jpg", "decode", "cut off"});
  const std::string page = output_page(figures);
  EXPECT_THAT(page, HasSubstr("Bad images of the input: 1,234; the first 100, dataset.json has all"));
  EXPECT_THAT(page, HasSubstr("bad99.jpg"));
  EXPECT_THAT(page, Not(HasSubstr("bad100.jpg")));
  EXPECT_EQ(nlohmann::json::parse(figures_json(figures))["bad"]["count"], 1234);
}

}  // namespace
}  // namespace tenfold
