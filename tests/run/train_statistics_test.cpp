// The statistics in dataset.json, against sums over the files by OpenCV's own decoders.

#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <regex>
#include <sstream>

#include "run/dataset_fixture.h"
#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::chain_of;
using test::encoded;
using test::read_text;
using test::tree_of;
using test::write_bytes;
using test::write_text;

constexpr double kRounded = 1.1e-5;  // records and dataset.json have five digits

struct Moments {
  std::vector<double> mean, std;
};

// Of all pixels of these files, without alpha; of one channel where all are grey.
Moments moments_of_files(const std::vector<fs::path>& files) {
  std::array<double, 3> sum{}, squares{};
  double pixels = 0;
  bool colors = false;
  for (const fs::path& file : files) {
    cv::Mat image = cv::imread(file.string(), cv::IMREAD_UNCHANGED);
    EXPECT_FALSE(image.empty()) << file;
    const double full_scale = image.depth() == CV_16U ? 65535 : 255;
    colors = colors || image.channels() > 1;
    if (image.channels() == 1) cv::cvtColor(image, image, cv::COLOR_GRAY2BGR);
    if (image.channels() == 4) cv::cvtColor(image, image, cv::COLOR_BGRA2BGR);
    image.convertTo(image, CV_64F, 1 / full_scale);
    for (int y = 0; y < image.rows; ++y)
      for (int x = 0; x < image.cols; ++x)
        for (int i = 0; i < 3; ++i) {
          const double value = image.at<cv::Vec3d>(y, x)[2 - i];
          sum.at(i) += value;
          squares.at(i) += value * value;
        }
    pixels += static_cast<double>(image.total());
  }
  Moments moments;
  for (int i = 0; i < (colors ? 3 : 1); ++i) {
    const double mean = sum.at(i) / pixels;
    moments.mean.push_back(mean);
    moments.std.push_back(std::sqrt(squares.at(i) / pixels - mean * mean));
  }
  return moments;
}

void expect_near(const Json& actual, const Moments& expected, double tolerance) {
  const auto mean = actual.at("mean").get<std::vector<double>>();
  const auto std = actual.at("std").get<std::vector<double>>();
  EXPECT_THAT(mean, testing::Pointwise(testing::DoubleNear(tolerance), expected.mean));
  EXPECT_THAT(std, testing::Pointwise(testing::DoubleNear(tolerance), expected.std));
}

class TrainStatisticsTest : public test::DatasetTest {
 protected:
  Json statistics() const { return Json::parse(read_text(output() / "dataset.json")).at("statistics"); }

  std::vector<Json> lines() const {
    std::vector<Json> lines;
    std::istringstream manifest(read_text(output() / "manifest.jsonl"));
    for (std::string text; std::getline(manifest, text);) lines.push_back(Json::parse(text));
    return lines;
  }

  // Each image by itself, and all together.
  void expect_those_of_the_files(double tolerance) const {
    std::vector<fs::path> files;
    for (const Json& line : lines()) {
      files.push_back(output() / line.at("file_name").get<std::string>());
      SCOPED_TRACE(files.back());
      expect_near(line, moments_of_files({files.back()}), tolerance);
    }
    expect_near(statistics(), moments_of_files(files), tolerance);
  }

  // A dataset of three smooth pictures.
  void use(Format format, int type = CV_8UC3) {
    fs::remove_all(input());
    add("cat/0", format, in_layout(smooth(1), type));
    add("cat/1", format, in_layout(smooth(2, {171, 200}), type));
    add("dog/0", format, in_layout(smooth(3, {133, 121}), type));
  }

  void add(const std::string& name, Format format, const cv::Mat& image) const {
    write_bytes(input() / (name + std::string(usual_extension(format))), encoded(image, format));
  }

  // Soft, with colors: what interpolated chroma loses is little.
  static cv::Mat smooth(int seed, cv::Size size = {160, 120}) {
    cv::Mat coarse(6, 6, CV_8UC3), image;
    cv::RNG(static_cast<std::uint64_t>(seed)).fill(coarse, cv::RNG::UNIFORM, 20, 230);
    cv::resize(coarse, image, size, 0, 0, cv::INTER_LINEAR);
    return image;
  }
};

TEST_F(TrainStatisticsTest, AreThoseOfTheFiles) {
  for (const int type : {CV_8UC1, CV_8UC3, CV_8UC4, CV_16UC1, CV_16UC3, CV_16UC4}) {
    SCOPED_TRACE(cv::typeToString(type));
    use(Format::kPng, type);
    fs::remove_all(output());
    run_now();
    expect_those_of_the_files(kRounded);
    EXPECT_EQ(statistics().at("mean").size(), CV_MAT_CN(type) == 1 ? 1u : 3u);
  }
}

// A decoder interpolates chroma, and quantisation changes pixels a little.
TEST_F(TrainStatisticsTest, AreNearlyThoseOfDecodedJpegs) {
  constexpr double kTolerance = 0.002;
  use(Format::kJpeg);
  add("dog/1", Format::kJpeg, in_layout(smooth(4), CV_8UC1));
  add("dog/2", Format::kJpeg, smooth(5, {300, 700}));
  for (const char* transform : {"rotate", "brightness", "horizontal_flip", "gaussian_blur"}) {
    SCOPED_TRACE(transform);
    recipe_.augment = chain_of(transform);
    recipe_.output.quality = std::string(transform) == "horizontal_flip" ? std::nullopt : std::optional(95);
    fs::remove_all(output());
    run_now();
    expect_those_of_the_files(kTolerance);
  }
}

TEST_F(TrainStatisticsTest, CountWhatAFormatMakesOfPixels) {
  use(Format::kPng, CV_16UC4);
  add("dog/1", Format::kPng, in_layout(smooth(4), CV_8UC1));
  for (const Format format : {Format::kBmp, Format::kPnm, Format::kTiff, Format::kJpeg, Format::kWebp}) {
    recipe_.output.format = format;
    fs::remove_all(output());
    run_now();
    const bool lossy = format == Format::kJpeg || format == Format::kWebp;
    expect_those_of_the_files(lossy ? 0.006 : kRounded);
  }
}

TEST_F(TrainStatisticsTest, TellSizesAndWeightsOfTheClasses) {
  use(Format::kPng);
  recipe_.expand = test::recipe_of(1, BalanceRule::kNone).expand;
  run_now();
  EXPECT_EQ(statistics().at("images"), 3);
  EXPECT_EQ(statistics().at("width"), (Json{{"min", 133}, {"max", 171}}));
  EXPECT_EQ(statistics().at("height"), (Json{{"min", 120}, {"max", 200}}));
  EXPECT_EQ(statistics().at("class_weights"), (Json{{"cat", 0.75}, {"dog", 1.5}}));
}

TEST_F(TrainStatisticsTest, WeighWhatAShortfallLeaves) {
  recipe_.expand.max_copies = 2;
  run_now();  // 18, 9 and 3 images
  EXPECT_EQ(statistics().at("images"), 30);
  EXPECT_EQ(statistics().at("class_weights"), (Json{{"cat", 0.55556}, {"dog", 1.1111}, {"owl", 3.3333}}));
}

TEST_F(TrainStatisticsTest, DoNotDependOnThreads) {
  use(Format::kJpeg);
  run_now(2);
  EXPECT_EQ(read_text(output() / "dataset.json"), clean_tree().at("dataset.json"));
}

TEST_F(TrainStatisticsTest, OfAFinishedOutputNeedNoDecoding) {
  run_now();
  const Json before = statistics();
  for (const Json& line : lines()) {
    const fs::path file = output() / line.at("file_name").get<std::string>();
    write_text(file, std::string(fs::file_size(file), 'x'));
  }
  EXPECT_EQ(run_now().made, 0u);
  EXPECT_EQ(statistics(), before);
}

TEST_F(TrainStatisticsTest, AreThoseOfACleanRunAfterImagesWereAdded) {
  run_now();
  add_class("emu", 2);
  fs::remove(output() / "cat" / "0.jpg");
  run_now();
  const auto clean = clean_tree();
  EXPECT_EQ(read_text(output() / "dataset.json"), clean.at("dataset.json"));
  EXPECT_EQ(read_text(output() / "manifest.jsonl"), clean.at("manifest.jsonl"));
}

TEST_F(TrainStatisticsTest, AreMadeAgainWhereTheManifestLacksThem) {
  run_now();
  const auto tree = tree_of(output());
  const std::regex moments(R"-("(mean|std)":\[[^\]]*\],)-");
  const std::string manifest = std::regex_replace(tree.at("manifest.jsonl"), moments, "");
  const auto hash_of_text = [](const std::string& text) {
    return hex(hash128({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  };
  std::string description = tree.at("dataset.json");
  const std::string hash = hash_of_text(tree.at("manifest.jsonl"));
  description.replace(description.find(hash), hash.size(), hash_of_text(manifest));
  write_text(output() / "manifest.jsonl", manifest);
  write_text(output() / "dataset.json", description);
  EXPECT_EQ(run_now().kept, 0u);
  EXPECT_EQ(tree_of(output()), tree);
}

}  // namespace
}  // namespace tenfold
