// Copies that are made on the planes of their JPEGs, among others that are not.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <set>
#include <sstream>

#include "image/sample_files.h"
#include "run/dataset_fixture.h"
#include "run/source_image.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::exif_block;
using test::jpeg_file;
using test::jpeg_segment;
using test::mean_difference;
using test::pattern;
using test::read_text;
using test::tree_of;
using test::with_segments;
using test::write_bytes;

constexpr std::uint8_t kApp1 = 0xe1;

class CopiesOnPlanes : public test::DatasetTest {
 protected:
  // The class has this one sample.
  void add_sample(const std::string& class_name, const Bytes& file) const {
    write_bytes(input() / class_name / "a.jpg", file);
  }

  // A copy by OpenCV's own decoder.
  cv::Mat copy_of(const std::string& class_name, int flags) const {
    return cv::imread((output() / class_name / "a__x0001.jpg").string(), flags);
  }

  // The names of the transforms behind the copies of a source.
  std::multiset<std::string> transforms_of(const std::string& source) const {
    std::multiset<std::string> names;
    std::istringstream manifest(read_text(output() / "manifest.jsonl"));
    for (std::string text; std::getline(manifest, text);) {
      const auto line = nlohmann::json::parse(text);
      if (line["source"] == source && line["copy"] > 0) names.insert(line["transforms"][0]["name"]);
    }
    return names;
  }
};

bool has_planes(const Bytes& file) {
  const Sample sample{.path = "a.jpg", .header = read_header(file).value()};
  const Recipe recipe;
  return SourceImage(file, sample, recipe).planes().value().has_value();
}

// One in two copies of a sample wants its planes, the other its pixels.
TEST_F(CopiesOnPlanes, DoNotDependOnWhichOthersAreMadeWithThem) {
  Element choice{.kind = ElementKind::kOneOf};
  choice.children = {chain_of("rotate").front(), chain_of("hue").front(), chain_of("contrast").front(),
                     chain_of("gaussian_noise").front()};
  recipe_.augment = {choice};
  place_elements(recipe_.augment);
  run_now(4);
  for (const char* name : {"rotate", "hue", "contrast", "gaussian_noise"})
    EXPECT_GT(transforms_of("owl/0.jpg").count(name), 1u) << name;
  const auto whole = tree_of(output());
  EXPECT_EQ(whole, clean_tree());

  for (const int jobs : {1, 4})
    for (int missing = 0; missing < 3; ++missing) {
      int number = 0;
      for (const auto& [name, bytes] : whole)
        if (name.ends_with(".jpg") && number++ % 3 == missing) fs::remove(output() / name);
      EXPECT_EQ(run_now(jobs).made, 24u);
      EXPECT_EQ(tree_of(output()), whole);
    }
}

TEST_F(CopiesOnPlanes, LookAsTheirSourceDoesInEveryOrientation) {
  recipe_.augment = chain_of("brightness", {{"factor", Range{0.8, 0.8}}});
  const cv::Mat image = pattern({95, 63}, CV_8UC3);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const std::string name = "turned" + std::to_string(orientation);
    const Bytes file = with_segments(jpeg_file(image), jpeg_segment(kApp1, exif_block(orientation)));
    ASSERT_TRUE(has_planes(file));
    add_sample(name, file);
  }
  run_now();
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const std::string name = "turned" + std::to_string(orientation);
    cv::Mat expected = cv::imread((input() / name / "a.jpg").string(), cv::IMREAD_COLOR);
    expected *= 0.8;
    const cv::Mat copy = copy_of(name, cv::IMREAD_COLOR);
    ASSERT_EQ(copy.size(), expected.size()) << orientation;
    EXPECT_LT(mean_difference(copy, expected), 2.5) << orientation;
  }
}

TEST_F(CopiesOnPlanes, AreMadeOfPixelsWhereAJpegHasOtherPlanes) {
  recipe_.augment = chain_of("brightness", {{"factor", Range{0.8, 0.8}}});
  const cv::Mat image = pattern({95, 63}, CV_8UC3), inks = pattern({95, 63}, CV_8UC4);
  const Bytes as_rgb = jpeg_file(image, {.horizontal = 1, .vertical = 1, .rgb = true}),
              as_cmyk = jpeg_file(inks);
  EXPECT_FALSE(has_planes(as_rgb));
  EXPECT_FALSE(has_planes(as_cmyk));
  add_sample("rgb", as_rgb);
  add_sample("cmyk", as_cmyk);
  EXPECT_FALSE(run_now().has_findings());
  for (const char* name : {"rgb", "cmyk"}) {
    cv::Mat expected = test::pixels_of(std::string(name) == "rgb" ? as_rgb : as_cmyk);
    expected *= 0.8;
    const cv::Mat copy = copy_of(name, cv::IMREAD_COLOR);
    ASSERT_EQ(copy.size(), expected.size()) << name;
    EXPECT_LT(mean_difference(copy, expected), 2.5) << name;
  }
}

// What lies on its side in the file would differ from a copy in most bits.
TEST_F(CopiesOnPlanes, AreComparedWithTheirSourceUpright) {
  for (int orientation = 1; orientation <= 8; ++orientation)
    add_sample(
        "turned" + std::to_string(orientation),
        with_segments(jpeg_file(pattern({95, 63}, CV_8UC3)), jpeg_segment(kApp1, exif_block(orientation))));
  recipe_.augment = chain_of("contrast", {{"factor", Range{0.93, 0.97}}});
  recipe_.accept.emplace().min_distance = 6;
  const RunSummary summary = run_now();
  std::uint64_t copies = 0;
  for (const ClassPlan& of_class : summary.classes) copies += of_class.copies;
  EXPECT_EQ(summary.refused_kept.size(), copies);
  EXPECT_THAT(summary.refused, ::testing::ElementsAre(::testing::Pair("distance", 9 * copies)));
}

// Blank once they are made: a wrong plane, or the source's own, would not be.
TEST_F(CopiesOnPlanes, PassTheQualityGateByTheirOwnLuma) {
  recipe_.augment = chain_of("contrast", {{"factor", Range{0.0, 0.0}}});
  recipe_.accept.emplace();
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.refused_kept.size(), 62u);
  EXPECT_THAT(summary.refused, ::testing::ElementsAre(::testing::Pair("blank", 62u * 9)));
}

}  // namespace
}  // namespace tenfold
