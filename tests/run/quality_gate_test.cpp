#include "run/quality_gate.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <opencv2/img_hash.hpp>
#include <opencv2/imgproc.hpp>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

using test::chain_of;
using test::picture;
using test::read_text;
using test::tree_of;
using ::testing::ElementsAre;
using ::testing::Pair;

const AcceptRecipe kDefaults;

std::string verdict(const cv::Mat& copy, const cv::Mat& source, const AcceptRecipe& accept = kDefaults) {
  return std::string(refusal(appearance_of(copy), appearance_of(source), accept).value_or("taken"));
}

cv::Mat scaled(const cv::Mat& image, double gain) {
  cv::Mat result;
  image.convertTo(result, -1, gain, 128 * (1 - gain));
  return result;
}

// Half black, half white: deviation 127.5; the Laplacian is 255 along both sides of one edge.
TEST(QualityGate, MeasuresDeviationAndDetailOfTheLuma) {
  cv::Mat image(10, 20, CV_8UC1, cv::Scalar(0));
  image.colRange(10, 20) = 255;
  const Appearance appearance = appearance_of(image);
  EXPECT_DOUBLE_EQ(appearance.deviation, 127.5);
  EXPECT_DOUBLE_EQ(appearance.detail, 2 * 255.0 / 20);
  cv::Mat color;
  cv::cvtColor(image, color, cv::COLOR_GRAY2BGR);
  color.convertTo(color, CV_16U, 257);
  EXPECT_DOUBLE_EQ(appearance_of(color).deviation, 127.5);
}

// OpenCV's bytes hold eight bits each, the first one lowest.
TEST(QualityGate, HasThePerceptualHashOfOpenCv) {
  for (const int seed : {1, 2, 3, 4}) {
    const cv::Mat image = picture({128, 96}, seed, CV_8UC1);
    cv::Mat bytes;
    cv::img_hash::pHash(image, bytes);
    std::uint64_t expected = 0;
    for (int bit = 0; bit < 64; ++bit)
      expected = expected << 1 | static_cast<std::uint64_t>(bytes.at<std::uint8_t>(bit / 8) >> bit % 8 & 1);
    EXPECT_EQ(appearance_of(image).hash, expected) << seed;
  }
}

TEST(QualityGate, TurnsDownWhatIsBlankOrLostItsContrastOrDetail) {
  const cv::Mat source = picture({200, 150}, 3, CV_8UC1);
  EXPECT_EQ(verdict(source, source), "taken");
  EXPECT_EQ(verdict(cv::Mat(150, 200, CV_8UC1, cv::Scalar(90)), source), "blank");
  EXPECT_EQ(verdict(scaled(source, 0.15), source), "contrast");
  EXPECT_EQ(verdict(scaled(source, 0.25), source), "taken");
  cv::Mat smooth(source.size(), CV_8UC1);
  for (int x = 0; x < smooth.cols; ++x) smooth.col(x) = x;
  EXPECT_EQ(verdict(smooth, source), "detail");
}

TEST(QualityGate, DoesNotBlameACopyForABlankSource) {
  const cv::Mat blank(50, 50, CV_8UC3, cv::Scalar::all(9));
  EXPECT_EQ(verdict(blank, blank), "taken");
}

TEST(QualityGate, TurnsDownWhatIsTooNearItsSourceOnlyIfAskedTo) {
  const cv::Mat source = picture({200, 150}, 3, CV_8UC1);
  EXPECT_EQ(verdict(scaled(source, 0.9), source), "taken");
  AcceptRecipe accept;
  accept.min_distance = 4;
  EXPECT_EQ(verdict(scaled(source, 0.9), source, accept), "distance");
  cv::Mat flipped;
  cv::flip(source, flipped, 1);
  EXPECT_EQ(verdict(flipped, source, accept), "taken");
}

class GatedRunTest : public test::DatasetTest {
 protected:
  GatedRunTest() {
    // The darker half of these is turned down.
    recipe_.augment = chain_of("contrast", {{"factor", Range{0.0, 0.8}}});
    recipe_.accept.emplace().min_contrast = 0.4;
  }
};

TEST_F(GatedRunTest, DrawsAgainWhatIsTurnedDownAndSaysWhy) {
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 72u);
  EXPECT_TRUE(summary.refused_kept.empty());
  ASSERT_TRUE(summary.refused.contains("contrast"));
  EXPECT_GT(summary.refused.at("contrast"), 20u);
  // Nothing that was kept would be turned down.
  const std::string manifest = read_text(output() / "manifest.jsonl");
  std::istringstream lines(manifest);
  std::uint64_t refused = 0;
  for (std::string text; std::getline(lines, text);) {
    const auto line = nlohmann::json::parse(text);
    if (line["copy"] == 0) continue;
    EXPECT_GT(line["transforms"][0]["factor"].get<double>(), 0.35);
    if (line.contains("refused")) refused += line["refused"].size();
  }
  std::uint64_t told = 0;
  for (const auto& [reason, count] : summary.refused) told += count;
  EXPECT_EQ(refused, told);
}

TEST_F(GatedRunTest, EndsInTheTreeOfACleanRunAndARepeatMakesNothing) {
  const RunSummary first = run_now();
  EXPECT_EQ(tree_of(output()), clean_tree());
  const RunSummary again = run_now();
  EXPECT_EQ(again.made, 0u);
  EXPECT_EQ(again.refused, first.refused);
}

TEST_F(GatedRunTest, KeepsTheLastAttemptSoThatTotalsHoldAndReportsIt) {
  recipe_.augment = chain_of("contrast", {{"factor", Range{0.0, 0.1}}});
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 72u);
  EXPECT_EQ(summary.refused_kept.size(), 62u);  // every copy
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : summary.refused) sum += count;
  EXPECT_EQ(sum, 62u * 9);
  EXPECT_TRUE(summary.has_findings());
  EXPECT_EQ(run_now().made, 0u);
}

}  // namespace
}  // namespace tenfold
