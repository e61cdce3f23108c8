#include "scenes.h"

#include <opencv2/imgproc.hpp>

#include "tenfold/image/codec.h"

namespace tenfold::test {

cv::Mat scene(std::uint64_t number, cv::Size size) {
  cv::RNG random(0x9e3779b97f4a7c15 * (number + 1));
  cv::Mat image(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const int light = 225 - 60 * x / size.width - 30 * y / size.height;
      image.at<cv::Vec3b>(y, x) =
          cv::Vec3b(cv::saturate_cast<uchar>(light - 8), cv::saturate_cast<uchar>(light),
                    cv::saturate_cast<uchar>(light + 5));
    }
  // One draw at a time: the order in which arguments are evaluated differs between compilers.
  const auto somewhere = [&] {
    const int y = random.uniform(0, size.height);
    return cv::Point(random.uniform(0, size.width), y);
  };
  const auto color = [&] {
    const int red = random.uniform(0, 256), green = random.uniform(0, 256);
    return cv::Scalar(random.uniform(0, 256), green, red);
  };
  const int side = std::min(size.width, size.height);
  for (int shape = 0; shape < 6; ++shape) {
    const int height = random.uniform(side / 20, side / 3), width = random.uniform(side / 20, side / 3);
    const cv::Scalar fill = color();
    const int angle = random.uniform(0, 180);
    cv::ellipse(image, somewhere(), {width, height}, angle, 0, 360, fill, cv::FILLED, cv::LINE_AA);
    const int thickness = random.uniform(1, side / 12);
    const cv::Scalar stroke = color();
    const cv::Point end = somewhere();
    cv::line(image, somewhere(), end, stroke, thickness, cv::LINE_AA);
  }
  cv::Mat grain(size, CV_8UC3);
  random.fill(grain, cv::RNG::UNIFORM, 0, 24);
  cv::GaussianBlur(grain, grain, {}, 1.0);
  image += grain;
  return image;
}

cv::Mat reencoded(const cv::Mat& image, int quality) {
  Bytes bytes;
  CV_Assert(encode(image, {.format = Format::kJpeg}, {.format = Format::kJpeg, .quality = quality}, bytes));
  return decode(bytes, read_header(std::span<const std::uint8_t>(bytes)).value()).value().pixels;
}

cv::Mat cropped(const cv::Mat& image, double left, double top, double right, double bottom) {
  const int x = cvRound(left * image.cols), y = cvRound(top * image.rows);
  return image(
      {x, y, image.cols - x - cvRound(right * image.cols), image.rows - y - cvRound(bottom * image.rows)});
}

cv::Mat resized(const cv::Mat& image, double factor) {
  cv::Mat result;
  cv::resize(image, result, {}, factor, factor, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

cv::Mat brightened(const cv::Mat& image, double factor) {
  cv::Mat result;
  image.convertTo(result, -1, factor);
  return result;
}

std::vector<Change> changes() {
  using cv::Mat;
  return {
      {"resized to a half", [](const Mat& image) { return resized(image, 0.5); }},
      {"resized to one and a half", [](const Mat& image) { return resized(image, 1.5); }},
      {"encoded at quality 50", [](const Mat& image) { return reencoded(image, 50); }},
      {"brightened by 10 %", [](const Mat& image) { return brightened(image, 1.1); }},
      {"darkened by 10 %", [](const Mat& image) { return brightened(image, 0.9); }},
      {"cropped by 3 % of each side", [](const Mat& image) { return cropped(image, .03, .03, .03, .03); }},
      {"cropped by 3 % at the left", [](const Mat& image) { return cropped(image, .03, 0, 0, 0); }},
      {"cropped by 3 % at a corner", [](const Mat& image) { return cropped(image, 0, .03, .03, 0); }},
      {"cropped and encoded",
       [](const Mat& image) { return reencoded(cropped(image, .03, .03, .03, .03), 50); }},
      {"resized and brightened", [](const Mat& image) { return brightened(resized(image, 0.5), 1.1); }},
      {"all four",
       [](const Mat& image) {
         return reencoded(brightened(resized(cropped(image, .03, .03, .03, .03), 0.5), 1.1), 50);
       }},
  };
}

}  // namespace tenfold::test
