#include "report/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/lettering.h"
#include "support/temporary_folder.h"

namespace tenfold {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;

constexpr Type kType{.size = 12};

// Where the first picture of a sheet without any text lies.
constexpr int kLeft = 16, kTop = 28;

cv::Mat sheet_of(const cv::Mat& pixels, SheetStyle style = {}) {
  return drawn_sheet({.sections = {{.blocks = {{.pictures = {{pixels, ""}}}}}}}, style);
}

int differing_pixels(const cv::Mat& a, const cv::Mat& b) {
  cv::Mat difference;
  cv::absdiff(a, b, difference);
  return cv::countNonZero(difference.reshape(1));
}

cv::Mat noise(cv::Size size) {
  cv::Mat pixels(size, CV_8UC3);
  cv::RNG(7).fill(pixels, cv::RNG::UNIFORM, 0, 256);
  return pixels;
}

// What is written on white paper.
cv::Mat written(const std::string& text) {
  cv::Mat paper(20, 200, CV_8UC3, cv::Scalar::all(255));
  Lettering().write(text, {2, 2}, kType, {0, 0, 0}, paper);
  return paper;
}

TEST(Sheet, EnlargesSmallPicturesByAWholeFactorPixelByPixel) {
  const cv::Mat pixels = noise({28, 28});
  const cv::Mat sheet = sheet_of(pixels, {.cells = {128}});
  for (int y = 0; y < 112; ++y)
    for (int x = 0; x < 112; ++x)
      ASSERT_EQ(sheet.at<cv::Vec3b>(kTop + y, kLeft + x), pixels.at<cv::Vec3b>(y / 4, x / 4));
}

TEST(Sheet, ShowsWholePicturesAndIsNoLargerThanTheyNeed) {
  for (const cv::Size size : {cv::Size(300, 150), cv::Size(1'000, 1), cv::Size(1, 1'000)}) {
    const cv::Mat sheet = sheet_of(cv::Mat(size, CV_8UC3, cv::Scalar(10, 20, 200)), {.cells = {100}});
    const int width = std::max(1, size.width * 100 / std::max(size.width, size.height));
    const int height = std::max(1, size.height * 100 / std::max(size.width, size.height));
    EXPECT_EQ(sheet.size(), cv::Size(100 + 2 * kLeft, height + kTop + 3 + 4 + kLeft));
    EXPECT_EQ(sheet.at<cv::Vec3b>(kTop, kLeft), cv::Vec3b(10, 20, 200));
    EXPECT_EQ(sheet.at<cv::Vec3b>(kTop + height - 1, kLeft + width - 1), cv::Vec3b(10, 20, 200));
  }
}

TEST(Sheet, TakesTheFirstCellAtWhichItIsLowEnough) {
  Sheet sheet{.sections = {{}}};
  for (int i = 0; i < 40; ++i)
    sheet.sections[0].blocks.push_back({.title = "block", .pictures = {{noise({300, 300}), "caption"}}});
  const SheetStyle style{.cells = {256, 128, 64}, .height = 1'500, .width = 1'000};
  EXPECT_LE(drawn_sheet(sheet, style).rows, 1'500);
  EXPECT_GT(drawn_sheet(sheet, {.cells = {256}, .height = 1'500, .width = 1'000}).rows, 1'500);
}

TEST(Sheet, PutsBlocksAbreastWhereThereIsRoom) {
  const SheetBlock block{.pictures = {3, {noise({100, 100}), ""}}};
  const Sheet sheet{.sections = {{.blocks = {block, block}}}};
  // Blocks of three cells with gaps of 8, 28 apart.
  EXPECT_EQ(drawn_sheet(sheet, {.cells = {100}, .width = 700}).cols, 16 + 316 + 28 + 316 + 16);
  EXPECT_EQ(drawn_sheet(sheet, {.cells = {100}, .width = 400}).cols, 16 + 316 + 16);
}

TEST(Sheet, PutsPicturesInRowsWhereTheyAreTooMany) {
  const Sheet sheet{.sections = {{.blocks = {{.pictures = {10, {noise({100, 100}), ""}}}}}}};
  EXPECT_EQ(drawn_sheet(sheet, {.cells = {100}, .width = 400, .columns = 1}).cols, 16 + 316 + 16);
  EXPECT_EQ(drawn_sheet(sheet, {.cells = {100}, .width = 400, .columns = 5}).cols, 16 + 532 + 16);
}

TEST(Sheet, GivesCaptionsTheRoomThatTheyNeed) {
  Sheet sheet{.sections = {{.blocks = {{.pictures = {{noise({100, 100}), "one"}}}}}}};
  const int one = drawn_sheet(sheet, {.cells = {100}}).rows;
  sheet.sections[0].blocks[0].pictures[0].caption = "several words that do not fit into one line of a cell";
  EXPECT_GT(drawn_sheet(sheet, {.cells = {100}}).rows, one + 20);
}

TEST(ShownPixels, HaveEightBitsAndThreeChannels) {
  EXPECT_EQ(shown_pixels(cv::Mat(4, 4, CV_16UC1, cv::Scalar(65'535)), 100).at<cv::Vec3b>(0, 0),
            cv::Vec3b(255, 255, 255));
  EXPECT_EQ(
      shown_pixels(cv::Mat(4, 4, CV_16UC3, cv::Scalar(257 * 7, 257 * 8, 257 * 9)), 100).at<cv::Vec3b>(0, 0),
      cv::Vec3b(7, 8, 9));
  EXPECT_EQ(shown_pixels(noise({600, 300}), 100).size(), cv::Size(100, 50));
}

TEST(ShownPixels, ShowACheckerboardWhereTheyAreTransparent) {
  const cv::Mat shown = shown_pixels(cv::Mat(16, 16, CV_8UC4, cv::Scalar(9, 9, 200, 0)), 100);
  EXPECT_EQ(shown.at<cv::Vec3b>(0, 0), cv::Vec3b(255, 255, 255));
  EXPECT_EQ(shown.at<cv::Vec3b>(0, 8), cv::Vec3b(225, 225, 225));
  const cv::Mat opaque = shown_pixels(cv::Mat(16, 16, CV_16UC2, cv::Scalar(257 * 40, 65'535)), 100);
  EXPECT_EQ(opaque.at<cv::Vec3b>(0, 8), cv::Vec3b(40, 40, 40));
}

TEST(Lettering, BreaksLinesAtBlanksAndNeverBeyondTheWidth) {
  Lettering lettering;
  const std::string text =
      "rotate\u00A012.3° · brightness\u00A00.91 · a_very_long_word_that_fits_into_no_line";
  const auto lines = lettering.lines(text, kType, 90, 10);
  EXPECT_EQ(lines[0], "rotate\u00A012.3°");
  EXPECT_GT(lines.size(), 4u);
  for (const std::string& line : lines) EXPECT_LE(lettering.width(line, kType), 90) << line;
  EXPECT_THAT(lettering.lines("a b c", kType, 200, 10), ElementsAre("a b c"));
}

TEST(Lettering, CutsWhatDoesNotFitWithAnEllipsis) {
  Lettering lettering;
  const auto lines = lettering.lines("one two three four five six seven", kType, 50, 2);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_TRUE(lines[1].ends_with("…"));
  EXPECT_LE(lettering.width(lines[1], kType), 50);
}

TEST(Lettering, KnowsMoreThanAscii) {
  const std::string missing = "?";
  for (const char* sign : {"±", "°", "×", "·", "−", "ü", "Ω", "ж"})
    EXPECT_GT(differing_pixels(written(sign), written(missing)), 5) << sign;
}

TEST(Lettering, ShowsAQuestionMarkForWhatNoFontHas) {
  EXPECT_EQ(differing_pixels(written("a\U0010FFFDb"), written("a?b")), 0);
  EXPECT_EQ(differing_pixels(written("a\xFF"), written("a?")), 0);
}

TEST(Lettering, WritesInOpenCVsStrokesWhereThereIsNoFont) {
  const test::TemporaryFolder folder;
  folder.write("fonts.conf", "<?xml version=\"1.0\"?>\n<fontconfig></fontconfig>\n");
  const std::string with_font = "12 ± 3";
  const cv::Mat by_font = written(with_font);
  ::setenv("FONTCONFIG_FILE", (folder / "fonts.conf").c_str(), 1);
  const cv::Mat strokes = written("12 ± 3°"), in_ascii = written("12 +- 3 deg");
  const int width = Lettering().width("12.3°", kType);
  ::unsetenv("FONTCONFIG_FILE");
  EXPECT_EQ(differing_pixels(strokes, in_ascii), 0);
  EXPECT_GT(differing_pixels(strokes, by_font), 50);
  EXPECT_GT(width, 20);
}

TEST(Lettering, CutsOffWhatLiesBeyondTheSheet) {
  cv::Mat paper(5, 5, CV_8UC3, cv::Scalar::all(255));
  Lettering().write("WWW", {-4, -6}, kType, {0, 0, 0}, paper);
  EXPECT_GT(differing_pixels(paper, cv::Mat(5, 5, CV_8UC3, cv::Scalar::all(255))), 0);
}

}  // namespace
}  // namespace tenfold
