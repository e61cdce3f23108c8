#include "tenfold/run/explain.h"

#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::read_text;
using test::write_text;

class ExplainTest : public test::DatasetTest {
 protected:
  Explanation explained(const std::string& file, std::vector<fs::path> dataset = {}) const {
    Observer observer;
    return explain(output(), file, dataset, observer);
  }

  // The chain of several, one after the other.
  static Chain chained(std::initializer_list<Chain> chains) {
    Chain all;
    for (const Chain& chain : chains) all.insert(all.end(), chain.begin(), chain.end());
    place_elements(all);
    return all;
  }

  static void expect_near(const cv::Matx33d& matrix, const cv::Matx33d& expected) {
    EXPECT_LT(cv::norm(matrix - expected), 1e-9) << cv::Mat(matrix);
  }
};

// Worked out by hand: 48×32 becomes 24×16, is mirrored, then shifted right by a quarter of its width: 6
// pixels.
TEST_F(ExplainTest, ComposesTheGeometry) {
  recipe_.prepare = chain_of("resize", {{"shorter", 16}});
  recipe_.augment = chained(
      {chain_of("horizontal_flip"), chain_of("translate", {{"x", Range{0.25, 0.25}}, {"y", Range{0, 0}}})});
  recipe_.augment[0].p = 1;
  run_now();
  const Explanation explanation = explained("cat/0__x0001.jpg");
  EXPECT_EQ(explanation.source, cv::Size(48, 32));
  ASSERT_TRUE(explanation.map) << explanation.why_no_map;
  // x of the output -> x - 6 -> 23 - (x - 6) -> 2·that + 0.5
  expect_near(explanation.map->to_source, {-2, 0, 58.5, 0, 2, 0.5, 0, 0, 1});
  expect_near(*explanation.map->from_source, {-0.5, 0, 29.25, 0, 0.5, -0.25, 0, 0, 1});
  EXPECT_EQ(explanation.map->displacements, 0);
  EXPECT_EQ(explanation.map->pixel_steps, 0);
}

TEST_F(ExplainTest, CountsWhatAMatrixDoesNotShow) {
  recipe_.augment = chained({chain_of("elastic"), chain_of("gaussian_noise"), chain_of("vertical_flip")});
  recipe_.augment[2].p = 1;
  run_now();
  const Explanation explanation = explained("cat/0__x0001.jpg");
  ASSERT_TRUE(explanation.map) << explanation.why_no_map;
  expect_near(explanation.map->to_source, {1, 0, 0, 0, -1, 31, 0, 0, 1});
  EXPECT_EQ(explanation.map->displacements, 1);
  EXPECT_EQ(explanation.map->pixel_steps, 1);
}

TEST_F(ExplainTest, AnOriginalThatNothingChangesIsItsSource) {
  run_now();
  fs::remove(output() / ".tenfold.index");
  const Explanation explanation = explained("cat/0.jpg");
  ASSERT_TRUE(explanation.map);
  expect_near(explanation.map->to_source, cv::Matx33d::eye());
  EXPECT_EQ(explanation.source, std::nullopt);
}

TEST_F(ExplainTest, ExplainsOriginalsOfAnotherFormat) {
  recipe_.output.format = Format::kPng;
  recipe_.prepare = chain_of("resize", {{"width", 48}, {"height", 32}});
  run_now();
  EXPECT_TRUE(explained("cat/0.jpg.png").map) << explained("cat/0.jpg.png").why_no_map;
}

TEST_F(ExplainTest, ExplainsTheAttemptThatWasTaken) {
  recipe_.augment = chain_of("rotate", {{"degrees", Range{-20, 20}}});
  recipe_.accept = AcceptRecipe{.min_distance = 10};
  EXPECT_FALSE(run_now().refused.empty());
  read_manifest(output() / "manifest.jsonl", [&](ManifestLine&& line) {
    EXPECT_TRUE(explained(line.file_name).map) << line.file_name << explained(line.file_name).why_no_map;
  });
}

TEST_F(ExplainTest, TakesTheDatasetWhereDrawsDependOnIt) {
  recipe_.augment = chained({chain_of("mixup"), chain_of("vertical_flip")});
  recipe_.augment[1].p = 1;
  run_now();
  const Explanation without = explained("cat/0__x0001.jpg");
  EXPECT_FALSE(without.map);
  EXPECT_EQ(without.why_no_map,
            "its draws depend on other images; with -i and the dataset it can be worked out");
  const Explanation with = explained("cat/0__x0001.jpg", {input()});
  ASSERT_TRUE(with.map) << with.why_no_map;
  expect_near(with.map->to_source, {1, 0, 0, 0, -1, 31, 0, 0, 1});
}

TEST_F(ExplainTest, TakesTheDatasetWhereTheIndexIsGone) {
  run_now();
  fs::remove(output() / ".tenfold.index");
  EXPECT_EQ(explained("cat/0__x0001.jpg").why_no_map,
            "the output does not know the size of the source any more; with -i and the dataset it can be "
            "worked out");
  EXPECT_EQ(explained("cat/0__x0001.jpg", {input()}).source, cv::Size(48, 32));
}

TEST_F(ExplainTest, SaysWhereAMatrixWouldNotBeThatOfTheFile) {
  run_now();
  std::string description = read_text(output() / "dataset.json");
  description.replace(description.find("\"seed\": 42"), 10, "\"seed\": 43");
  write_text(output() / "dataset.json", description);
  EXPECT_EQ(explained("cat/0__x0001.jpg").why_no_map, "this version of tenfold draws it otherwise");
  write_text(output() / "dataset.json", "");
  EXPECT_EQ(explained("cat/0__x0001.jpg").why_no_map, "its dataset.json is missing or damaged");
}

}  // namespace
}  // namespace tenfold
