#include <utility>

#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

// What turning upright does, in this order.
struct Turn {
  bool transposed, mirrored, upside_down;
};

Turn turn_of(int orientation) {
  const int flip = (orientation - 1) % 4;  // 0: none, 1: mirrored, 2: both, 3: upside down
  return {orientation >= 5, flip == 1 || flip == 2, flip >= 2};
}

int orientation_of(const Turn& turn) {
  const int flip = turn.upside_down ? (turn.mirrored ? 2 : 3) : (turn.mirrored ? 1 : 0);
  return 1 + (turn.transposed ? 4 : 0) + flip;
}

}  // namespace

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

// Transposing swaps what was mirrored before with what was upside down.
int combined_orientation(int first, int second) {
  Turn before = turn_of(first);
  const Turn after = turn_of(second);
  if (after.transposed) std::swap(before.mirrored, before.upside_down);
  return orientation_of({before.transposed != after.transposed, before.mirrored != after.mirrored,
                         before.upside_down != after.upside_down});
}

}  // namespace tenfold
