// superpixels: divides the image into patches that follow its edges and gives some of them their mean color.
//
// The patches are those of SLIC (Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel
// methods", PAMI 34(11), 2012): k-means in color and place, started on a regular grid, where a center
// competes only for pixels within one grid cell of it. A pixel's distance to a center is
//
//   |color difference|² + (compactness / S)² · |distance|²,   S the side of a grid cell
//
// with the color in (b, g, r) code values of 0-255 instead of CIELAB. There are five rounds, and stray pixels
// are not joined to their surroundings: they get their own patch's color and cannot be seen.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/noise/regions.h"
#include "transforms/pixel_layout.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct Superpixels {
  Range segments{60, 200};
  Range p_replace{0.3, 0.8};
};

constexpr int kRounds = 5;
constexpr float kCompactness = 40;  // code values

struct Center {
  float x = 0, y = 0;
  std::array<float, 3> color{};
};

// Sums of the pixels of one patch, for its next center.
struct Patch {
  double x = 0, y = 0, count = 0;
  std::array<double, 3> color{};
};

class Slic {
 public:
  Slic(const cv::Mat& image, int segments) : colors_(color_channels(image)) {
    image.convertTo(image_, CV_32F, image.depth() == CV_8U ? 1 : 1.0 / 257);
    const double cell = std::sqrt(static_cast<double>(image.cols) * image.rows / segments);
    across_ = std::clamp(cvRound(image.cols / cell), 1, image.cols);
    down_ = std::clamp(cvRound(image.rows / cell), 1, image.rows);
    cell_ = std::max(static_cast<float>(image.cols) / static_cast<float>(across_),
                     static_cast<float>(image.rows) / static_cast<float>(down_));
    regions_.create(image.size());
    for (int y = 0; y < image.rows; ++y)
      for (int x = 0; x < image.cols; ++x)
        regions_(y, x) = static_cast<int>(std::int64_t{y} * down_ / image.rows * across_ +
                                          std::int64_t{x} * across_ / image.cols);
  }

  int count() const { return across_ * down_; }

  const RegionMap& regions() {
    cv::Mat_<float> nearest(image_.size());
    for (int round = 0; round < kRounds; ++round) {
      move_centers();
      nearest = std::numeric_limits<float>::max();
      for (int region = 0; region < count(); ++region) claim(region, nearest);
    }
    return regions_;
  }

 private:
  void move_centers() {
    std::vector<Patch> patches(static_cast<std::size_t>(count()));
    for (int y = 0; y < image_.rows; ++y) {
      const float* pixel = image_.ptr<float>(y);
      for (int x = 0; x < image_.cols; ++x, pixel += image_.channels()) {
        Patch& patch = patches[static_cast<std::size_t>(regions_(y, x))];
        patch.x += x;
        patch.y += y;
        for (int c = 0; c < colors_; ++c) patch.color[static_cast<std::size_t>(c)] += pixel[c];
        ++patch.count;
      }
    }
    centers_.resize(patches.size());
    for (std::size_t i = 0; i < patches.size(); ++i) {
      const Patch& patch = patches[i];
      if (patch.count == 0) continue;  // a center without pixels stays where it was
      centers_[i].x = static_cast<float>(patch.x / patch.count);
      centers_[i].y = static_cast<float>(patch.y / patch.count);
      for (std::size_t c = 0; c < 3; ++c)
        centers_[i].color[c] = static_cast<float>(patch.color[c] / patch.count);
    }
  }

  // Gives the region the pixels that are nearer to its center than to those before.
  void claim(int region, cv::Mat_<float>& nearest) {
    const Center& center = centers_[static_cast<std::size_t>(region)];
    const int left = std::max(0, static_cast<int>(std::ceil(center.x - cell_)));
    const int right = std::min(image_.cols - 1, static_cast<int>(std::floor(center.x + cell_)));
    const int top = std::max(0, static_cast<int>(std::ceil(center.y - cell_)));
    const int bottom = std::min(image_.rows - 1, static_cast<int>(std::floor(center.y + cell_)));
    const float place_weight = (kCompactness / cell_) * (kCompactness / cell_);
    for (int y = top; y <= bottom; ++y) {
      const float dy = static_cast<float>(y) - center.y;
      const float* pixel = image_.ptr<float>(y) + std::ptrdiff_t{left} * image_.channels();
      for (int x = left; x <= right; ++x, pixel += image_.channels()) {
        const float dx = static_cast<float>(x) - center.x;
        float distance = place_weight * (dx * dx + dy * dy);
        for (int c = 0; c < colors_; ++c) {
          const float difference = pixel[c] - center.color[static_cast<std::size_t>(c)];
          distance += difference * difference;
        }
        if (distance >= nearest(y, x)) continue;
        nearest(y, x) = distance;
        regions_(y, x) = region;
      }
    }
  }

  cv::Mat image_;  // code values of 0-255, alpha too
  int colors_;
  int across_ = 1, down_ = 1;
  float cell_ = 1;
  RegionMap regions_;
  std::vector<Center> centers_;
};

Step draw(const Superpixels& p, Draw& draw) {
  const int segments = draw.integer("segments", p.segments);
  const double p_replace = draw.uniform("p_replace", p.p_replace);
  const std::uint64_t key = draw.noise_key();
  if (p_replace == 0) return ColorStep{};
  return PixelStep{[segments, p_replace, key](cv::Mat& image) {
    Slic slic(image, segments);
    RowNoise noise(key, 0);
    std::vector<bool> replaced(static_cast<std::size_t>(slic.count()));
    for (std::size_t i = 0; i < replaced.size(); ++i) replaced[i] = noise.next() < p_replace * 4294967296.0;
    flatten_regions(image, slic.regions(), replaced);
  }};
}

}  // namespace

TransformSpec superpixels() {
  using P = Superpixels;
  return define<P>({.name = "superpixels",
                    .summary = "Gives some of the patches that the image is made of their mean color.",
                    .use = "To take away texture and keep shapes. Not where texture is the label.",
                    .formula = "out = mean of the pixel's patch, with probability p_replace",
                    .source = "Achanta et al., SLIC, PAMI 34(11), 2012; the parameters are imgaug's",
                    .example = "{segments: [60, 200], p_replace: [0.3, 0.8]}",
                    .always_random = true,
                    .parameters = {{.name = "segments",
                                    .member = &P::segments,
                                    .bounds = {1, 100'000},
                                    .weakest = 100'000,
                                    .whole = true,
                                    .text = "how many patches there are, about"},
                                   {.name = "p_replace",
                                    .member = &P::p_replace,
                                    .bounds = {0, 1},
                                    .neutral = 0,
                                    .text = "the share of the patches that become flat"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
