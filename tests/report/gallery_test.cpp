#include "tenfold/report/gallery.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tenfold/dataset/demo.h"

namespace tenfold {
namespace {

// Of the layout: pictures lie in cells of this size, the shown one below a title and a note, the first
// transform's below the titles of its group and its own.
constexpr int kCell = 112, kGap = 8, kMargin = 16, kShownTop = 68, kTitles = 66;

// Of the picture in its cell.
int shown_height() {
  const cv::Size size = demo_picture("stop", 11).size();
  return size.height * kCell / std::max(size.width, size.height);
}

cv::Mat cell(const cv::Mat& sheet, int column, int top) {
  return sheet(cv::Rect(kMargin + column * (kCell + kGap), top, kCell, shown_height()));
}

int differing_pixels(const cv::Mat& a, const cv::Mat& b) {
  cv::Mat difference;
  cv::absdiff(a, b, difference);
  return cv::countNonZero(difference.reshape(1));
}

TEST(Gallery, ShowsWhatEveryTransformDoes) {
  // The picture is smaller than the crop that the example asks for, and is not cut.
  const std::set<std::string> too_large{"center_crop"};
  for (const TransformSpec& spec : transforms()) {
    SCOPED_TRACE(spec.name);
    const cv::Mat sheet = gallery(std::span(&spec, 1));
    const cv::Mat original = cell(sheet, 0, kShownTop);
    const int top = kShownTop + shown_height() + kTitles;
    int changed = 0;
    for (int column = 0; column < 3; ++column)
      changed += differing_pixels(cell(sheet, column, top), original) > 100 ? 1 : 0;
    EXPECT_GE(changed, too_large.contains(spec.name) ? 0 : 1);
  }
}

TEST(Gallery, IsTheSameEachTime) {
  const auto some = transforms().subspan(0, 5);
  EXPECT_EQ(differing_pixels(gallery(some), gallery(some)), 0);
}

}  // namespace
}  // namespace tenfold
