#include "tenfold/similarity/alignment.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "scenes.h"
#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {
namespace {

constexpr int kScenes = 24;

// A page of words that are different in each, set alike.
cv::Mat page(std::uint64_t number) {
  cv::RNG random(number + 1);
  cv::Mat image(880, 620, CV_8U, cv::Scalar(250));
  for (int line = 0; line < 40; ++line) {
    if (random.uniform(0, 9) == 0) continue;  // the end of a paragraph
    std::string words;
    for (int i = 0; i < 58; ++i)
      words += random.uniform(0, 6) == 0 ? ' ' : static_cast<char>('a' + random.uniform(0, 26));
    cv::putText(image, words, {50, 60 + 20 * line}, cv::FONT_HERSHEY_SIMPLEX, 0.5, cv::Scalar(30), 1,
                cv::LINE_AA);
  }
  return image;
}

TEST(AlignedCorrelation, IsOneForTheSameImage) {
  const Thumbnail thumbnail = thumbnail_of(test::scene(1));
  EXPECT_NEAR(aligned_correlation(thumbnail, thumbnail), 1, 1e-12);
}

TEST(AlignedCorrelation, IsHighWhateverWasDone) {
  for (const test::Change& change : test::changes())
    for (int i = 0; i < kScenes; ++i) {
      const cv::Mat image = test::scene(i, {512, 384});
      const Thumbnail one = thumbnail_of(image), other = thumbnail_of(change.apply(image));
      EXPECT_GT(aligned_correlation(one, other), kSameDetail) << change.name << ", scene " << i;
      EXPECT_GT(aligned_correlation(other, one), kSameDetail) << change.name << ", scene " << i << " first";
    }
}

TEST(AlignedCorrelation, IsLowForDifferentImagesInTheSameLight) {
  for (int i = 0; i < kScenes; ++i)
    for (int j = i + 1; j < kScenes; ++j)
      EXPECT_LT(aligned_correlation(thumbnail_of(test::scene(i)), thumbnail_of(test::scene(j))), 0.8)
          << i << ' ' << j;
}

TEST(AlignedCorrelation, IsLowWhereOneThingWasExchanged) {
  const cv::Mat image = test::scene(2, {512, 384});
  cv::Mat changed = image.clone();
  test::scene(5, {512, 384})(cv::Rect(100, 80, 170, 130)).copyTo(changed(cv::Rect(100, 80, 170, 130)));
  EXPECT_LT(aligned_correlation(thumbnail_of(image), thumbnail_of(changed)), kSameDetail);
}

TEST(AlignedCorrelation, TellsPagesOfDifferentTextApart) {
  for (int i = 0; i < kScenes; ++i) {
    const Thumbnail one = thumbnail_of(page(i));
    EXPECT_LT(aligned_correlation(one, thumbnail_of(page(i + 100))), 0.8) << i;
    EXPECT_GT(aligned_correlation(one, thumbnail_of(test::reencoded(page(i), 50))), kSameDetail) << i;
  }
}

TEST(AlignedCorrelation, IsNothingWhereThereIsNoDetail) {
  const cv::Mat blank(100, 100, CV_8U, cv::Scalar(200));
  EXPECT_EQ(aligned_correlation(thumbnail_of(blank), thumbnail_of(blank)), 0);
  EXPECT_EQ(aligned_correlation(thumbnail_of(test::scene(1)), thumbnail_of(blank)), 0);
}

}  // namespace
}  // namespace tenfold
