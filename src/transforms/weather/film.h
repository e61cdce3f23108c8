// What lies between the lens and the scene: at each pixel it hides a part of the image and adds light of its
// own,
//
//   out = in · (1 - hidden) + light,   rounded once, in doubles.
//
// On grey images light and the hidden part are the BT.601 luma of the channels'. Alpha is left alone.

#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include "tenfold/transforms/parameter.h"
#include "transforms/pixel_layout.h"

namespace tenfold {

struct Film {
  std::array<double, 3> hidden{};  // b, g, r, in [0, 1]
  std::array<double, 3> light{};   // b, g, r, in code values of 0-255
};

// Paint of this color that covers a share of the pixel.
inline Film paint(const Color& color, double share) {
  return {{share, share, share}, {share * color.blue, share * color.green, share * color.red}};
}

inline double luma(const std::array<double, 3>& bgr) {
  return kLumaBlue * bgr[0] + kLumaGreen * bgr[1] + kLumaRed * bgr[2];
}

// film_at(x, y) gives the Film of a pixel.
template <typename Function>
void look_through(cv::Mat& image, Function&& film_at) {
  with_code_type(image, [&]<typename Code>(Code) {
    constexpr double kWhite = std::numeric_limits<Code>::max();
    const auto seen = [&](Code in, double hidden, double light) {
      const double out = in * (1 - hidden) + light * (kWhite / 255);
      return static_cast<Code>(cvRound(std::clamp(out, 0.0, kWhite)));
    };
    const int channels = image.channels();
    for (int y = 0; y < image.rows; ++y) {
      Code* pixel = image.ptr<Code>(y);
      for (int x = 0; x < image.cols; ++x, pixel += channels) {
        const Film film = film_at(x, y);
        if (channels < 3)
          pixel[0] = seen(pixel[0], luma(film.hidden), luma(film.light));
        else
          for (std::size_t c = 0; c < 3; ++c) pixel[c] = seen(pixel[c], film.hidden[c], film.light[c]);
      }
    }
  });
}

// 0 below 0, 1 above 1, 3t² - 2t³ between.
inline double smooth_step(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace tenfold
