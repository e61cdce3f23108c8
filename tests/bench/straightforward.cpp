// What an engineer writes with OpenCV in an afternoon: imread, one call per transform, imwrite, some threads.
// No manifest, no repeat, no even draws, and each transform resamples and rounds anew.
//
//   straightforward JOB IN OUT COPIES THREADS     JOB: k10, k224 or tiny
//
// The transforms and their ranges are those of recipes/JOB.yaml.

#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "bench/each_image.h"

namespace tenfold::bench {
namespace {

using Generator = std::mt19937_64;

double between(Generator& generator, double low, double high) {
  return std::uniform_real_distribution(low, high)(generator);
}

cv::Mat warped(const cv::Mat& image, const cv::Matx23d& matrix) {
  cv::Mat result;
  cv::warpAffine(image, result, matrix, image.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return result;
}

cv::Mat rotated(const cv::Mat& image, double degrees, double factor) {
  const cv::Point2f centre(static_cast<float>(image.cols - 1) / 2, static_cast<float>(image.rows - 1) / 2);
  return warped(image, cv::getRotationMatrix2D(centre, degrees, factor));
}

cv::Mat moved(const cv::Mat& image, double x, double y) {
  return warped(image, {1, 0, x * image.cols, 0, 1, y * image.rows});
}

cv::Mat sheared(const cv::Mat& image, double degrees) {
  const double slant = std::tan(degrees * std::numbers::pi / 180);
  return warped(image, {1, slant, -slant * (image.rows - 1) / 2, 0, 1, 0});
}

cv::Mat flipped(const cv::Mat& image, Generator& generator) {
  cv::Mat result = image;
  if (between(generator, 0, 1) < 0.5) cv::flip(image, result, 1);
  return result;
}

void jitter(cv::Mat& image, Generator& generator) {
  image.convertTo(image, -1, between(generator, 0.8, 1.2), 0);
  const double contrast = between(generator, 0.8, 1.2);
  image.convertTo(image, -1, contrast, 128 * (1 - contrast));
}

cv::Mat k10(const cv::Mat& image, Generator& generator) {
  cv::Mat result = flipped(image, generator);
  result = rotated(result, between(generator, -20, 20), 1);
  result = moved(result, between(generator, -0.1, 0.1), between(generator, -0.1, 0.1));
  result = sheared(result, between(generator, -6, 6));
  result = rotated(result, 0, between(generator, 0.8, 1.2));
  jitter(result, generator);
  return result;
}

cv::Mat k224(const cv::Mat& image, Generator& generator) {
  const double area = between(generator, 0.35, 1) * image.cols * image.rows;
  const double ratio = std::exp(between(generator, std::log(3.0 / 4), std::log(4.0 / 3)));
  const cv::Size size(std::min(image.cols, static_cast<int>(std::sqrt(area * ratio))),
                      std::min(image.rows, static_cast<int>(std::sqrt(area / ratio))));
  const cv::Point corner(static_cast<int>(between(generator, 0, image.cols - size.width)),
                         static_cast<int>(between(generator, 0, image.rows - size.height)));
  cv::Mat result;
  cv::resize(image(cv::Rect(corner, size)), result, {224, 224}, 0, 0, cv::INTER_AREA);
  result = flipped(result, generator);
  jitter(result, generator);
  cv::Mat grey;
  cv::cvtColor(result, grey, cv::COLOR_BGR2GRAY);
  cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
  const double saturation = between(generator, 0.8, 1.2);
  cv::addWeighted(result, saturation, grey, 1 - saturation, 0, result);
  return result;
}

cv::Mat tiny(const cv::Mat& image, Generator& generator) {
  const cv::Mat result = rotated(image, between(generator, -15, 15), 1);
  return moved(result, between(generator, -0.1, 0.1), between(generator, -0.1, 0.1));
}

using Transform = cv::Mat (*)(const cv::Mat&, Generator&);

Transform transform_of(const std::string& job) {
  if (job == "k10") return k10;
  if (job == "k224") return k224;
  if (job == "tiny") return tiny;
  give_up("there is no job '" + job + "'");
}

void augment(Transform transform, const std::filesystem::path& file, const std::string& stem, int copies,
             Generator& generator) {
  const cv::Mat image = cv::imread(file.string(), cv::IMREAD_ANYCOLOR);
  if (image.empty()) give_up("cannot read '" + file.string() + "'");
  const std::vector<int> quality = {cv::IMWRITE_JPEG_QUALITY, 95};
  for (int copy = 0; copy < copies; ++copy) {
    const std::string name = stem + "_" + std::to_string(copy) + file.extension().string();
    if (!cv::imwrite(name, transform(image, generator), quality)) give_up("cannot write '" + name + "'");
  }
}

}  // namespace
}  // namespace tenfold::bench

int main(int argc, char** argv) {
  using namespace tenfold::bench;
  if (argc != 6) give_up("usage: straightforward JOB IN OUT COPIES THREADS");
  const Transform transform = transform_of(argv[1]);
  const int copies = std::atoi(argv[4]);
  cv::setNumThreads(1);  // an image a thread is faster than an image in pieces
  each_image(argv[2], argv[3], std::atoi(argv[5]), [&] {
    return [&](const std::filesystem::path& image, const std::string& stem, std::size_t number) {
      Generator generator(number);
      augment(transform, image, stem, copies, generator);
    };
  });
}
