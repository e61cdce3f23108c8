#include "rows.h"

namespace tenfold {
namespace {

// What references/noise.py compresses; in 16 bit by 257, and with an alpha channel of x + y.
cv::Mat gradient(int type) {
  const int unit = CV_MAT_DEPTH(type) == CV_8U ? 1 : 257;
  cv::Mat image(16, 24, type);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 24; ++x) {
      const std::array<int, 4> codes{8 * x, 12 * y, 255 - 4 * x - 6 * y, x + y};
      for (int c = 0; c < image.channels(); ++c) {
        const int code = unit * codes[static_cast<std::size_t>(c)];
        const int i = x * image.channels() + c;
        if (unit == 1)
          image.ptr<std::uint8_t>(y)[i] = static_cast<std::uint8_t>(code);
        else
          image.ptr<std::uint16_t>(y)[i] = static_cast<std::uint16_t>(code);
      }
    }
  }
  return image;
}

// Every fourth pixel of row 5 and the sum of all values, as Pillow's libjpeg-turbo gives them
// (references/noise.py). Another release of the library may differ by a code value.
auto compresses(int type, std::array<cv::Vec3i, 6> pixels, double sum) {
  return [=](const Drawn& drawn) {
    cv::Mat image = gradient(type), eight_bit;
    std::get<PixelStep>(drawn.step()).apply(image);
    image.convertTo(eight_bit, CV_8U, image.depth() == CV_8U ? 1 : 1.0 / 257);
    const cv::Scalar sums = cv::sum(eight_bit);
    EXPECT_NEAR(sums[0] + sums[1] + sums[2], sum, 200);
    for (int i = 0; i < 6; ++i)
      for (int c = 0; c < 3; ++c)
        EXPECT_NEAR(eight_bit.ptr<std::uint8_t>(5)[4 * i * image.channels() + c],
                    pixels[static_cast<std::size_t>(i)][c], 1);
    if (image.channels() < 4) return;
    cv::Mat alpha, before;
    cv::extractChannel(image, alpha, 3);
    cv::extractChannel(gradient(type), before, 3);
    EXPECT_TRUE(same_pixels(alpha, before));
  };
}

std::vector<Row> random_rows() {
  // Black has no photons and nothing to multiply; without deviation, nothing to add; white has no grain.
  const cv::Mat black = cv::Mat::zeros(4, 4, CV_8UC3);
  const cv::Mat white(4, 4, CV_8UC3, cv::Scalar::all(255));
  const cv::Mat grey(4, 4, CV_8UC4, cv::Scalar::all(90));
  const cv::Mat salted(4, 4, CV_8UC4, cv::Scalar(255, 255, 255, 90));
  const cv::Mat peppered(4, 4, CV_8UC4, cv::Scalar(0, 0, 0, 90));
  return {
      {"gaussian_noise", {{"std", fixed(0)}}, {9, 9}, colors(cv::Matx34d::eye())},
      {"poisson_noise", {{"strength", fixed(3)}}, black.size(), paints(black, black)},
      {"iso_noise", {{"intensity", fixed(1)}}, white.size(), paints(white, white)},
      {"multiplicative_noise", {{"std", fixed(1)}}, black.size(), paints(black, black)},
      {"salt_and_pepper",
       {{"amount", fixed(1)}, {"salt_vs_pepper", fixed(1)}},
       grey.size(),
       paints(grey, salted)},
      {"salt_and_pepper",
       {{"amount", fixed(1)}, {"salt_vs_pepper", fixed(0)}},
       grey.size(),
       paints(grey, peppered)},
  };
}

std::vector<Row> compression_rows() {
  const std::array<cv::Vec3i, 6> coarse{cv::Vec3i{13, 71, 224}, {32, 72, 215},  {63, 62, 188},
                                        {100, 62, 174},         {134, 67, 152}, {151, 66, 146}};
  const std::array<cv::Vec3i, 6> fine{cv::Vec3i{6, 61, 222}, {36, 59, 211},  {66, 59, 193},
                                      {99, 60, 175},         {133, 59, 161}, {159, 59, 147}};
  std::vector<Row> rows;
  for (const int type : {CV_8UC3, CV_8UC4, CV_16UC3, CV_16UC4}) {
    rows.push_back(
        {"jpeg_compression", {{"quality", fixed(10)}}, {24, 16}, compresses(type, coarse, 130'913)});
    rows.push_back({"jpeg_compression", {{"quality", fixed(75)}}, {24, 16}, compresses(type, fine, 132'568)});
  }
  return rows;
}

std::vector<Row> resolution_rows() {
  // The halves' means are 50 and 120, looked up at -0.25, 0.25, 0.75 and 1.25. Cubic: at -0.25 the last of
  // four weights, -0.10547, falls to the 120; at 0.25 the last two, 0.26172 and -0.03516.
  const cv::Mat line = (cv::Mat_<std::uint8_t>(1, 4) << 0, 100, 200, 40);
  const cv::Mat nearest = (cv::Mat_<std::uint8_t>(1, 4) << 50, 50, 120, 120);
  const cv::Mat linear = (cv::Mat_<std::uint8_t>(1, 4) << 50, 68, 102, 120);
  const cv::Mat cubic = (cv::Mat_<std::uint8_t>(1, 4) << 43, 66, 104, 127);
  // Three cells of 4/3 pixels: (0 + 100/3)·3/4, (200/3 + 400/3)·3/4, (200/3 + 40)·3/4.
  const cv::Mat thirds = (cv::Mat_<std::uint8_t>(1, 4) << 25, 150, 150, 80);
  // The visible pixel alone counts; 127.5 of its alpha is left.
  const cv::Mat half = (cv::Mat_<cv::Vec4b>(1, 2) << cv::Vec4b(0, 0, 200, 255), cv::Vec4b(90, 90, 90, 0));
  const cv::Mat faint = (cv::Mat_<cv::Vec4b>(1, 2) << cv::Vec4b(0, 0, 200, 128), cv::Vec4b(0, 0, 200, 128));
  const cv::Mat deep = (cv::Mat_<cv::Vec2w>(1, 2) << cv::Vec2w(60'000, 65'535), cv::Vec2w(50'000, 65'535));
  const cv::Mat level(1, 2, CV_16UC2, cv::Scalar(55'000, 65'535));
  const cv::Mat flat = (cv::Mat_<cv::Vec4b>(1, 2) << cv::Vec4b(0, 0, 200, 255), cv::Vec4b(0, 0, 200, 0));
  // Blocks of 3 and what is left: (0 + 100 + 200) / 3 and 40.
  const cv::Mat blocks = (cv::Mat_<std::uint8_t>(1, 4) << 100, 100, 100, 40);
  const cv::Mat odd = (cv::Mat_<std::uint8_t>(1, 2) << 10, 21),
                even = (cv::Mat_<std::uint8_t>(1, 2) << 16, 16);
  const cv::Mat square = line.reshape(1, 2);
  const cv::Mat mean(2, 2, CV_8UC1, cv::Scalar(85));
  const ParameterValues half_size{{"scale", fixed(0.5)}};
  const auto by = [&](const char* name) {
    return ParameterValues{{"scale", fixed(0.5)}, {"interpolation", name}};
  };
  return {
      {"downscale", by("nearest"), line.size(), paints(line, nearest)},
      {"downscale", by("linear"), line.size(), paints(line, linear)},
      {"downscale", by("cubic"), line.size(), paints(line, cubic)},
      {"downscale",
       {{"scale", fixed(0.75)}, {"interpolation", "nearest"}},
       line.size(),
       paints(line, thirds)},
      {"downscale", half_size, half.size(), paints(half, faint)},
      {"downscale", half_size, deep.size(), paints(deep, level)},
      {"pixelate", {{"block_size", fixed(3)}}, line.size(), paints(line, blocks)},
      {"pixelate", {{"block_size", fixed(2)}}, odd.size(), paints(odd, even)},
      {"pixelate", {{"block_size", fixed(9)}}, half.size(), paints(half, flat)},
      {"superpixels", {{"segments", fixed(1)}, {"p_replace", fixed(1)}}, square.size(), paints(square, mean)},
      {"superpixels", {{"segments", fixed(1)}, {"p_replace", fixed(1)}}, half.size(), paints(half, flat)},
  };
}

}  // namespace

std::vector<Row> noise_rows() {
  std::vector<Row> all;
  for (const auto& rows : {random_rows(), compression_rows(), resolution_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace tenfold
