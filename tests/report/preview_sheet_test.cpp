#include "tenfold/report/preview_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tenfold {
namespace {

using testing::HasSubstr;

constexpr const char* kNoBreak = "\u00A0";

DrawnTransform drawn(const std::string& name, std::vector<DrawnValue> values) {
  return {.spec = find_transform(name), .values = std::move(values), .partners = {}};
}

Preview preview_of(std::size_t classes, int copies) {
  Preview preview;
  for (std::size_t i = 0; i < classes; ++i) {
    PreviewedSample sample{.class_name = "class " + std::to_string(i), .path = "a/1.jpg", .copies = 9};
    for (int copy = 0; copy <= copies; ++copy)
      sample.images.push_back(
          {.copy = static_cast<std::uint32_t>(copy),
           .name = "a/1__x.jpg",
           .size = {640, 480},
           .pixels = cv::Mat(168, 224, CV_8UC3, cv::Scalar::all(90)),
           .transforms = {drawn("rotate", {{"degrees", 12.345}}), drawn("brightness", {{"factor", 0.914}})}});
    preview.samples.push_back(std::move(sample));
  }
  return preview;
}

TEST(DrawnText, IsShortAndHasUnits) {
  const std::string space = kNoBreak;
  EXPECT_EQ(drawn_text(drawn("rotate", {{"degrees", -12.345}})), "rotate" + space + "−12.3°");
  EXPECT_EQ(drawn_text(drawn("translate", {{"x", 0.0312}, {"y", -0.5}})),
            "translate x" + space + "3.12%, y" + space + "−50%");
  EXPECT_EQ(drawn_text(drawn("horizontal_flip", {})), "horizontal_flip");
  EXPECT_EQ(drawn_text(drawn("resize", {{"width", 64.0}})), "resize");
}

TEST(DrawnText, LeavesOutWhatTellsNothing) {
  const std::string space = kNoBreak;
  EXPECT_EQ(drawn_text(drawn("gaussian_noise", {{"std", 5.5}, {"noise", std::string("0123456789abcdef")}})),
            "gaussian_noise" + space + "5.50");
  EXPECT_EQ(
      drawn_text(drawn("color_jitter",
                       {{"brightness", 0.91}, {"contrast", 1.0}, {"saturation", 1.0}, {"hue", -0.0001}})),
      "color_jitter brightness" + space + "0.91, hue" + space + "0");
  EXPECT_EQ(drawn_text(drawn("crop", {{"keep_size", true},
                                      {"scale", 0.722},
                                      {"ratio", 0.98},
                                      {"x", 11.0},
                                      {"y", 31.0},
                                      {"width", 431.0},
                                      {"height", 330.0}})),
            "crop scale" + space + "72.2%, ratio" + space + "0.98");
}

TEST(DrawnText, NamesWhatWasMixedInAndChosen) {
  const std::string space = kNoBreak;
  EXPECT_EQ(drawn_text(drawn("cutmix", {{"with", std::string("a\n/1.jpg")}, {"x", 3.0}})),
            "cutmix with" + space + "a\\n/1.jpg");
  EXPECT_EQ(drawn_text(drawn("d4", {{"symmetry", std::string("transpose")}})),
            "d4 symmetry" + space + "transpose");
}

TEST(PreviewSheet, StaysWithinBoundsForTwoOrTwoHundredClasses) {
  for (const auto& [classes, copies] : {std::pair(2, 7), {13, 4}, {41, 3}, {240, 2}, {8, 149}}) {
    SCOPED_TRACE(classes);
    const cv::Mat sheet = preview_sheet(preview_of(static_cast<std::size_t>(classes), copies), "recipe.yaml");
    EXPECT_LE(sheet.rows, 12'000);
    EXPECT_LE(sheet.cols, 2'000);
  }
}

TEST(PreviewSheet, HasRoomForEveryCopyOfOneSample) {
  const cv::Mat sheet = preview_sheet(preview_of(1, 200), "recipe.yaml");
  EXPECT_LE(sheet.rows, 10'000);
}

TEST(PreviewSheet, ShowsWhyAnImageIsMissing) {
  Preview preview = preview_of(1, 1);
  const cv::Mat whole = preview_sheet(preview, "recipe.yaml");
  preview.samples[0].images[1].pixels.release();
  preview.samples[0].images[1].fault = "would have 4 pixels, more than input.max_pixels 3";
  EXPECT_NE(cv::norm(preview_sheet(preview, "recipe.yaml")(cv::Rect(0, 0, 400, 200)),
                     whole(cv::Rect(0, 0, 400, 200)), cv::NORM_L1),
            0);
}

TEST(PreviewResult, IsASentenceAndNamesWhatIsLeftOut) {
  Preview preview = preview_of(2, 3);
  EXPECT_EQ(result_text(preview, "preview.png"), "8 pictures of 2 classes in 'preview.png'\n");
  preview.left_out = {"x", "y"};
  EXPECT_EQ(result_text(preview, "preview.png"),
            "8 pictures of 4 classes in 'preview.png'\n"
            "The first 2 classes by name. Not shown: 'x' and 'y'; --class NAME shows one.\n");
  preview.left_out.clear();
  preview.held_out = {"y"};
  EXPECT_EQ(result_text(preview, "preview.png"),
            "8 pictures of 2 classes in 'preview.png'\nNothing in train, so not shown: 'y'.\n");
  preview.bad = {{.path = "a/0.jpg", .failure = {Stage::kDecode, "is cut off"}}};
  EXPECT_EQ(findings_text(preview), "skipped 'a/0.jpg': is cut off\n");
}

TEST(PreviewResult, HasEveryDrawForMachines) {
  const auto json = nlohmann::json::parse(result_json(preview_of(1, 1), "preview.png"));
  const auto& row = json.at("rows").at(0);
  EXPECT_EQ(row.at("class"), "class 0");
  EXPECT_EQ(row.at("copies"), 9);
  const auto& copy = row.at("images").at(1);
  EXPECT_EQ(copy.at("file_name"), "a/1__x.jpg");
  EXPECT_EQ(copy.at("width"), 640);
  EXPECT_EQ(copy.at("transforms").at(0).at("degrees"), 12.345);
}

}  // namespace
}  // namespace tenfold
