#include "dataset/demo_backdrop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tenfold::demo {
namespace {

struct Hour {
  cv::Vec3f zenith, horizon, light;
};

// Colors are blue, green, red.
const std::array<Hour, 5> kHours = {{
    {{206, 142, 74}, {240, 222, 190}, {1.00f, 1.02f, 1.04f}},   // noon
    {{196, 186, 178}, {216, 210, 206}, {0.98f, 0.94f, 0.92f}},  // overcast
    {{196, 152, 110}, {170, 206, 248}, {0.84f, 0.98f, 1.12f}},  // morning sun
    {{120, 78, 62}, {110, 140, 236}, {0.86f, 0.78f, 0.88f}},    // dusk
    {{222, 172, 104}, {246, 234, 214}, {1.04f, 1.02f, 0.98f}},  // clear morning
}};

const cv::Vec3f kGrassLight(70, 158, 122), kGrassDark(46, 104, 72);
const cv::Vec3f kAsphaltLight(128, 124, 122), kAsphaltDark(86, 82, 80);
const cv::Vec3f kLeavesLight(84, 186, 150), kLeavesDark(30, 58, 34);

template <typename Items>
const auto& one_of(const Items& items, Rng& rng) {
  return items[static_cast<std::size_t>(rng.uniform() * static_cast<double>(items.size()))];
}

cv::Vec3f mixed(const cv::Vec3f& a, const cv::Vec3f& b, float share) { return a + (b - a) * share; }

// Gives the pixels for which `inside(x, y)` holds a mix of two colors, chosen by the noise.
template <typename Inside>
void texture(cv::Mat3f& image, const cv::Mat1f& noise, const cv::Vec3f& dark, const cv::Vec3f& light,
             const Inside& inside) {
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x)
      if (inside(x, y)) image(y, x) = mixed(dark, light, noise(y, x));
}

void draw_sky(cv::Mat3f& image, const Hour& hour, double horizon, Rng& rng) {
  const cv::Mat1f noise = cloudy_noise(image.size(), 2.5, rng);
  const double cover = between(rng, 0.42, 0.62);  // the noise above which there are clouds
  const cv::Vec3f cloud = mixed(hour.horizon, {250, 250, 250}, 0.6f);
  for (int y = 0; y < image.rows; ++y) {
    const auto height = static_cast<float>(std::min(1.0, y / horizon));
    for (int x = 0; x < image.cols; ++x) {
      const double density = std::clamp((noise(y, x) - cover) / 0.25, 0.0, 1.0);
      image(y, x) =
          mixed(mixed(hour.zenith, hour.horizon, height), cloud, static_cast<float>(0.85 * density));
    }
  }
}

// A ridge of hills or trees that stands `height` above the horizon.
void draw_ridge(cv::Mat3f& image, double horizon, double height, double cells, const cv::Vec3f& dark,
                const cv::Vec3f& light, Rng& rng) {
  const cv::Mat1f outline = cloudy_noise({image.cols, 4}, cells, rng);
  const cv::Mat1f noise = cloudy_noise(image.size(), 4 * cells, rng);
  texture(image, noise, dark, light,
          [&](int x, int y) { return y > horizon - height * (0.25 + outline(0, x)); });
}

void draw_road(cv::Mat3f& image, double horizon, Rng& rng) {
  const double vanishing = between(rng, -0.2, 1.2) * image.cols;
  const double left = between(rng, -0.9, 0.3) * image.cols;
  const double width = between(rng, 0.9, 1.6) * image.cols;
  const cv::Mat1f noise = cloudy_noise(image.size(), 14, rng);
  const auto across = [&](int x, int y) {  // 0 at the left edge of the road, 1 at the right one
    const double depth = (y - horizon) / (image.rows - horizon);
    return (x - (vanishing + (left - vanishing) * depth)) / (width * std::max(depth, 1e-3));
  };
  texture(image, noise, kAsphaltDark, kAsphaltLight, [&](int x, int y) {
    const double place = across(x, y);
    return y > horizon && place > 0 && place < 1;
  });
  texture(image, noise, {210, 214, 216}, {236, 238, 238}, [&](int x, int y) {
    const double place = across(x, y);
    return y > horizon && ((place > 0.03 && place < 0.055) || (place > 0.945 && place < 0.97));
  });
}

void draw_country(cv::Mat3f& image, const Hour& hour, Rng& rng) {
  const double horizon = between(rng, 0.5, 0.74) * image.rows;
  draw_sky(image, hour, horizon, rng);
  const cv::Vec3f haze = mixed(hour.horizon, {120, 120, 80}, 0.6f);
  draw_ridge(image, horizon, between(rng, 0.1, 0.3) * image.rows, 2, haze, mixed(haze, hour.horizon, 0.2f),
             rng);
  draw_ridge(image, horizon, between(rng, 0.04, 0.16) * image.rows, 7, kLeavesDark,
             mixed(kLeavesDark, kLeavesLight, 0.55f), rng);
  const cv::Mat1f noise = cloudy_noise(image.size(), 9, rng);
  texture(image, noise, kGrassDark, kGrassLight, [&](int, int y) { return y > horizon; });
  draw_road(image, horizon, rng);
}

void draw_house(cv::Mat3f& image, const cv::Rect& house, Rng& rng) {
  static const std::array<cv::Vec3f, 6> kWalls = {
      {{96, 124, 178}, {150, 178, 200}, {132, 132, 138}, {108, 148, 206}, {176, 172, 160}, {84, 92, 132}}};
  const cv::Vec3f wall = one_of(kWalls, rng);
  const cv::Vec3f glass = rng.uniform() < 0.3 ? cv::Vec3f(150, 216, 246) : cv::Vec3f(106, 92, 78);
  cv::rectangle(image, house, cv::Scalar(wall), cv::FILLED);
  const int step = std::max(6, image.cols / 11);
  for (int y = house.y + step / 2; y + step / 2 < house.br().y; y += step)
    for (int x = house.x + step / 3; x + step / 2 < house.br().x; x += step)
      cv::rectangle(image, cv::Rect(x, y, step / 2, step * 3 / 5),
                    cv::Scalar(glass * static_cast<float>(between(rng, 0.8, 1.15))), cv::FILLED);
}

void draw_town(cv::Mat3f& image, const Hour& hour, Rng& rng) {
  const double horizon = between(rng, 0.66, 0.82) * image.rows;
  draw_sky(image, hour, horizon, rng);
  const auto pixels = [](double length) { return static_cast<int>(length); };
  for (double x = -0.1 * image.cols; x < image.cols;) {
    const double width = between(rng, 0.22, 0.4) * image.cols;
    const double height = between(rng, 0.3, 0.95) * horizon;
    draw_house(image, {pixels(x), pixels(horizon - height), pixels(width), pixels(height) + 2}, rng);
    x += width * between(rng, 1.0, 1.3);
  }
  const cv::Mat1f noise = cloudy_noise(image.size(), 14, rng);
  texture(image, noise, {120, 126, 132}, {150, 156, 160}, [&](int, int y) { return y > horizon; });
  draw_road(image, horizon + 0.05 * image.rows, rng);
}

void draw_woods(cv::Mat3f& image, const Hour& hour, Rng& rng) {
  const cv::Mat1f noise = cloudy_noise(image.size(), 5, rng);
  const cv::Vec3f autumn(50, 130, 206);
  const cv::Vec3f light = mixed(kLeavesLight, autumn, rng.uniform() < 0.35 ? 0.7f : 0.1f);
  texture(image, noise, kLeavesDark, light, [](int, int) { return true; });
  // Patches of sky between the leaves become round where the lens is out of focus.
  const int patches = 10 + static_cast<int>(between(rng, 0, 14));
  for (int i = 0; i < patches; ++i) {
    const cv::Point place(static_cast<int>(between(rng, 0, image.cols)),
                          static_cast<int>(between(rng, 0, 0.7 * image.rows)));
    const cv::Scalar color(mixed(light, hour.horizon, static_cast<float>(between(rng, 0.3, 0.9))));
    cv::circle(image, place, static_cast<int>(between(rng, 0.015, 0.05) * image.cols) + 1, color, cv::FILLED);
  }
  const double edge = between(rng, 0.74, 0.9) * image.rows;
  texture(image, noise, kGrassDark, kGrassLight, [&](int, int y) { return y > edge; });
}

}  // namespace

double between(Rng& rng, double low, double high) { return low + (high - low) * rng.uniform(); }

cv::Mat1f white_noise(cv::Size size, Rng& rng) {
  const std::uint64_t key = rng.bits();
  cv::Mat1f noise(size);
  float* value = noise.ptr<float>();
  for (std::size_t i = 0; i < noise.total(); i += 4) {
    const auto words = philox({static_cast<std::uint32_t>(i), 0, 0, 0},
                              {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
    for (std::size_t j = i; j < std::min(i + 4, noise.total()); ++j) {
      // The sum of four uniform bytes is normal enough for the eye.
      const std::uint32_t word = words[j - i];
      const auto sum =
          static_cast<float>((word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >> 24));
      value[j] = (sum - 510.0f) / 147.8f;
    }
  }
  return noise;
}

cv::Mat1f cloudy_noise(cv::Size size, double cells, Rng& rng) {
  constexpr int kOctaves = 4;
  cv::Mat1f sum(size, 0.0f);
  const int longer = std::max(size.width, size.height);
  float weight = 0.22f;
  for (int octave = 0; octave < kOctaves; ++octave, cells *= 2, weight *= 0.55f) {
    const cv::Size grid(std::max(2, static_cast<int>(std::ceil(cells * size.width / longer)) + 1),
                        std::max(2, static_cast<int>(std::ceil(cells * size.height / longer)) + 1));
    cv::Mat bumps;
    cv::resize(white_noise(grid, rng), bumps, size, 0, 0, cv::INTER_CUBIC);
    sum += weight * bumps;
  }
  cv::add(sum, 0.5, sum);
  cv::max(sum, 0.0, sum);
  cv::min(sum, 1.0, sum);
  return sum;
}

Backdrop draw_backdrop(cv::Size size, Rng& rng) {
  const Hour& hour = one_of(kHours, rng);
  const double place = rng.uniform();
  const double blur = between(rng, 0.008, 0.022) * size.width;
  cv::Mat3f image(size);
  if (place < 0.45)
    draw_country(image, hour, rng);
  else if (place < 0.75)
    draw_town(image, hour, rng);
  else
    draw_woods(image, hour, rng);
  cv::GaussianBlur(image, image, {}, blur);
  return {image, hour.light};
}

}  // namespace tenfold::demo
