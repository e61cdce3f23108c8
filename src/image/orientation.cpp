#include "tenfold/image/codec.h"

namespace tenfold {

cv::Mat turned_upright(const cv::Mat& pixels, int orientation) {
  constexpr int kBothAxes = -1, kUpsideDown = 0, kSideways = 1;  // cv::flip's codes
  if (orientation <= 1 || orientation > 8) return pixels;
  cv::Mat stored = pixels;
  if (orientation >= 5) cv::transpose(pixels, stored);
  cv::Mat upright;
  switch (orientation) {
    case 2:  // mirrored
    case 6:  // to be turned right: transposed, then mirrored
      cv::flip(stored, upright, kSideways);
      return upright;
    case 3:
    case 7:
      cv::flip(stored, upright, kBothAxes);
      return upright;
    case 4:
    case 8:  // to be turned left: transposed, then upside down
      cv::flip(stored, upright, kUpsideDown);
      return upright;
    default:
      return stored;  // 5
  }
}

}  // namespace tenfold
