// Each kind of finding: on a file that shows it, and at the edge of its threshold.

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/sample_files.h"
#include "inspected_dataset.h"
#include "support/picture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::encoded;
using test::halves;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using std::string_view_literals::operator""sv;

class Findings : public test::InspectedDataset {};

TEST_F(Findings, AreNoneInASoundDataset) {
  write_png("cat/1.png", halves(20, 200));
  write_png("dog/1.png", halves(30, 200));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Findings, NameTheSameBytesUnderSeveralLabelsFirst) {
  write_png("cat/1.png", halves(20, 200));
  write_png("cat/2.png", halves(40, 210));
  write_png("cat/3.png", halves(40, 210));
  write_png("dog/1.png", halves(20, 200));
  EXPECT_THAT(findings(),
              ElementsAre("duplicate_across_classes: 'cat/1.png' has the same bytes as 'dog/1.png'",
                          "duplicate: 'cat/2.png' has the same bytes as 'cat/3.png'"));
}

TEST_F(Findings, NameFiveEqualFilesOnce) {
  for (const char* name : {"cat/1.png", "cat/2.png", "cat/3.png", "cat/4.png", "dog/1.png"})
    write_png(name, halves(20, 200));
  EXPECT_THAT(findings(), ElementsAre("duplicate_across_classes: 'cat/1.png' has the same bytes as "
                                      "'cat/2.png', 'cat/3.png', 'cat/4.png' and 1 more"));
  EXPECT_THAT(inspect_now().findings[0].others,
              ElementsAre("cat/2.png", "cat/3.png", "cat/4.png", "dog/1.png"));
}

TEST_F(Findings, NamePicturesThatAreNearlyTheSame) {
  const cv::Mat picture = test::picture({256, 192}, CV_8UC3);
  cv::Mat small, other;
  cv::resize(picture, small, {128, 96}, 0, 0, cv::INTER_AREA);
  cv::flip(picture, other, 1);
  write_png("cat/1.png", picture);
  write("cat/2.jpg", encoded(picture, Format::kJpeg));
  write_png("dog/other.png", other);
  write_png("dog/small.png", small);
  write_png("dog/same.png", picture);
  EXPECT_THAT(
      findings(),
      ElementsAre("duplicate_across_classes: 'cat/1.png' has the same bytes as 'dog/same.png'",
                  "similar_across_classes: 'cat/1.png' shows nearly the same as 'cat/2.jpg' and "
                  "'dog/small.png': 0.99, likeness above 0.95",
                  "similar: 'cat/1.png' shows nearly the same as 'cat/2.jpg': 0.99, likeness above 0.95"));
  options_.thresholds.similar = 1;
  EXPECT_THAT(findings(), ElementsAre(testing::StartsWith("duplicate_across_classes: ")));
}

TEST_F(Findings, NameAllOfAPictureThatLiesInSeveralSplits) {
  const cv::Mat picture = test::picture({256, 192}, CV_8UC3);
  write_png("train/cat/1.png", picture);
  write_png("train/cat/2.png", picture);
  write("train/cat/3.jpg", encoded(picture, Format::kJpeg));
  write_png("train/cat/other.png", halves(20, 200));
  write_png("val/cat/1.png", picture);
  EXPECT_THAT(findings(),
              ElementsAre("across_splits: 'train/cat/1.png' shows the same as 'train/cat/2.png', "
                          "'train/cat/3.jpg' and 'val/cat/1.png'",
                          "duplicate: 'train/cat/1.png' has the same bytes as 'train/cat/2.png'",
                          "similar: 'train/cat/1.png' shows nearly the same as 'train/cat/3.jpg': 0.99, "
                          "likeness above 0.95"));
}

TEST_F(Findings, NameTwoLabelsOfAPictureInSeveralSplits) {
  const cv::Mat picture = test::picture({256, 192}, CV_8UC3);
  write_png("train/cat/1.png", picture);
  write_png("train/dog/other.png", halves(20, 200));
  write_png("val/dog/1.png", picture);
  EXPECT_THAT(findings(),
              ElementsAre("across_splits: 'train/cat/1.png' shows the same as 'val/dog/1.png'",
                          "duplicate_across_classes: 'train/cat/1.png' has the same bytes as 'val/dog/1.png'"));
}

TEST_F(Findings, TellTruncatedFilesFromUnreadableOnes) {
  const Bytes jpeg = encoded(halves(20, 200), Format::kJpeg);
  write("cat/good.jpg", jpeg);
  write("cat/header.jpg", test::first_bytes(jpeg, 20));
  write("cat/pixels.jpg", test::first_bytes(jpeg, jpeg.size() - 40));
  test::write_text(folder_ / "cat/page.jpg", "<html>");
  test::write_text(folder_ / "cat/empty.jpg", "");
  Bytes png = encoded(halves(20, 200), Format::kPng);
  png[png.size() - 20] ^= 0xFF;
  write("cat/damaged.png", png);
  EXPECT_THAT(
      findings(),
      ElementsAre("unreadable: 'cat/damaged.png': cannot be decoded (libpng: IDAT: incorrect data check)",
                  "unreadable: 'cat/empty.jpg': holds no image (the file is empty)",
                  "unreadable: 'cat/page.jpg': holds no image but a web page",
                  "truncated: 'cat/header.jpg': the JPEG header is cut off",
                  "truncated: 'cat/pixels.jpg': the file ends in the middle of the image"));
  EXPECT_EQ(inspect_now().all.images, 1u);
}

TEST_F(Findings, NameEmptyAndSmallClasses) {
  fs::create_directories(folder_ / "empty");
  test::write_text(folder_ / "broken/1.jpg", "no image");
  write_png("cat/1.png", halves(20, 200));
  write_png("dog/1.png", halves(30, 200));
  write_png("dog/2.png", halves(40, 200));
  options_.thresholds.min_images = 2;
  EXPECT_THAT(
      findings(),
      ElementsAre("unreadable: 'broken/1.jpg': holds no image (the first bytes are those of no format)",
                  "empty_class: class 'broken' has no usable image",
                  "empty_class: class 'empty' has no usable image",
                  "small_class: class 'cat' has few images: 1, images below 2"));
}

TEST_F(Findings, NameBlankImagesAndNotTheirContrast) {
  write_png("cat/blank.png", halves(100, 101));  // a deviation of 0.5
  write_png("cat/edge.png", halves(100, 102));
  options_.thresholds.min_contrast = 1;
  EXPECT_THAT(findings(), ElementsAre("blank: 'cat/blank.png' is blank: 0.5, contrast below 1"));
}

TEST_F(Findings, NameLowContrast) {
  write_png("cat/edge.png", halves(100, 110));
  write_png("cat/low.png", halves(100, 109));
  EXPECT_THAT(findings(), ElementsAre("low_contrast: 'cat/low.png' has low contrast: 4.5, contrast below 5"));
}

TEST_F(Findings, NameDarkAndBrightImages) {
  write_png("cat/dark.png", halves(0, 59));
  write_png("cat/edge_of_dark.png", halves(0, 60));
  write_png("cat/bright.png", halves(201, 255));
  write_png("cat/edge_of_bright.png", halves(200, 255));
  EXPECT_THAT(findings(), ElementsAre("dark: 'cat/dark.png' is too dark: 59, bright end below 60",
                                      "bright: 'cat/bright.png' is too bright: 201, dark end above 200"));
}

TEST_F(Findings, DoNotTakeWhiteDigitsOnBlackForDark) {
  cv::Mat digit(28, 28, CV_8UC1, cv::Scalar(0));
  digit(cv::Rect(13, 6, 2, 16)).setTo(255);
  write_png("1/1.png", digit);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Findings, SeeTransparentPixelsAsWhite) {
  cv::Mat image(64, 64, CV_8UC4, cv::Scalar(0, 0, 0, 0));
  image.colRange(0, 32).setTo(cv::Scalar(0, 0, 0, 255));
  write_png("cat/half.png", image);
  write_png("cat/none.png", cv::Mat(64, 64, CV_8UC4, cv::Scalar(10, 20, 30, 0)));
  EXPECT_THAT(findings(), ElementsAre("blank: 'cat/none.png' is blank: 0, contrast below 1"));
}

// The second difference of a ramp is zero, but for the two columns at its ends: there it is twice the step,
// which is 4, of either sign. So the Laplacian deviates by 8·sqrt(2/64) = 1.41, and the ramp by 73.9.
TEST_F(Findings, NameBlurredImages) {
  cv::Mat ramp(64, 64, CV_8UC1);
  for (int x = 0; x < 64; ++x) ramp.col(x).setTo(4 * x);
  write_png("cat/ramp.png", ramp);
  EXPECT_THAT(findings(), ElementsAre("blurred: 'cat/ramp.png' is blurred: 1.91, detail below 6"));
  const double detail = inspect_now().findings[0].value.value();
  EXPECT_NEAR(detail, 100 * 8 * std::sqrt(2.0 / 64) / (4 * std::sqrt((64.0 * 64 - 1) / 12)), 1e-5);
  options_.thresholds.blur = detail;
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(Findings, MeasureBlurAtOneSizeWhateverTheResolution) {
  cv::Mat large(2048, 2048, CV_8UC1);
  for (int x = 0; x < large.cols; ++x) large.col(x).setTo(x / 64 % 2 * 255);
  cv::Mat small(256, 256, CV_8UC1);
  for (int x = 0; x < small.cols; ++x) small.col(x).setTo(x / 8 % 2 * 255);
  write_png("cat/large.png", large);
  write_png("cat/small.png", small);
  options_.thresholds.blur = 1000;
  const Inspection inspection = inspect_now();
  std::vector<double> details;
  for (const DatasetFinding& finding : inspection.findings)
    if (finding.flaw == Flaw::kBlurred) details.push_back(*finding.value);
  ASSERT_EQ(details.size(), 2u);
  EXPECT_EQ(details[0], details[1]);
}

TEST_F(Findings, NameTinyImagesBelowHalfTheMedian) {
  write_png("7/1.png", halves(0, 255, {28, 28}));
  write_png("7/2.png", halves(1, 255, {28, 28}));
  write_png("7/3.png", halves(2, 255, {28, 28}));
  write_png("7/edge.png", halves(0, 255, {14, 28}));
  write_png("7/tiny.png", halves(0, 255, {28, 13}));
  EXPECT_THAT(findings(), ElementsAre("tiny: '7/tiny.png' is tiny: 13, shorter side below 14"));
  options_.thresholds.min_side = 14.5;
  options_.side_is_set = true;
  EXPECT_THAT(findings(), ElementsAre("tiny: '7/tiny.png' is tiny: 13, shorter side below 14.5",
                                      "tiny: '7/edge.png' is tiny: 14, shorter side below 14.5"));
}

TEST_F(Findings, NameOddAspects) {
  write_png("cat/edge.png", halves(0, 255, {128, 32}));
  write_png("cat/tall.png", halves(0, 255, {32, 160}));
  write_png("cat/wide.png", halves(0, 255, {129, 32}));
  EXPECT_THAT(
      findings(),
      ElementsAre("odd_aspect: 'cat/tall.png' has an odd aspect: 5, longer by shorter side above 4",
                  "odd_aspect: 'cat/wide.png' has an odd aspect: 4.03, longer by shorter side above 4"));
}

TEST_F(Findings, NameWhatHeadersGiveAway) {
  const Bytes jpeg = encoded(halves(20, 200), Format::kJpeg);
  const auto with_exif = [&](const Bytes& exif) {
    return test::with_segments(jpeg,
                               test::jpeg_segment(0xE1, test::joined({test::bytes_of("Exif\0\0"sv), exif})));
  };
  write("cat/located.jpg", with_exif(test::gps_block(true)));
  write("cat/no_reception.jpg", with_exif(test::gps_block(false)));
  write("cat/turned.jpg", with_exif(test::exif_block(6)));
  write("cat/upright.jpg", with_exif(test::exif_block(1)));
  write("cat/picture.png", jpeg);
  for (const bool fast : {false, true}) {
    options_.fast = fast;
    EXPECT_THAT(findings(),
                ElementsAre("misnamed: 'cat/picture.png' is named as another format than it is, JPEG",
                            "rotated: 'cat/turned.jpg' is upright only by its EXIF orientation, 6",
                            "located: 'cat/located.jpg' tells where it was taken, in its EXIF data"));
  }
}

TEST_F(Findings, OfHeadersAloneSayNothingOfPixels) {
  const Bytes blank = encoded(halves(100, 100), Format::kPng);
  write("cat/1.png", blank);
  write("cat/2.png", test::first_bytes(blank, blank.size() - 20));
  options_.fast = true;
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(inspect_now().all.images, 2u);
}

TEST_F(Findings, AreTheWorstFirstAndTheSameForAnyNumberOfThreads) {
  for (int i = 0; i < 40; ++i) write_png("cat/" + std::to_string(i) + ".png", halves(100, 101 + i * 7 % 40));
  options_.jobs = 1;
  const std::vector<DatasetFinding> one = inspect_now().findings;
  options_.jobs = 4;
  EXPECT_TRUE(inspect_now().findings == one);
  std::vector<double> low;
  for (const DatasetFinding& finding : one)
    if (finding.flaw == Flaw::kLowContrast) low.push_back(*finding.value);
  EXPECT_TRUE(low.size() > 3 && std::ranges::is_sorted(low));
}

}  // namespace
}  // namespace tenfold
