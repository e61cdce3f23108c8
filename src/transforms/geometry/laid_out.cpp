#include "transforms/geometry/laid_out.h"

#include <algorithm>

namespace tenfold {
namespace {

// Opaque, in the image's layout and code values.
cv::Scalar pixel_of(const Color& color, const cv::Mat& image) {
  const double unit = image.depth() == CV_8U ? 1 : 257;
  cv::Scalar pixel(color.blue * unit, color.green * unit, color.red * unit, 255 * unit);
  if (image.channels() < 3) {
    pixel[0] = (kLumaBlue * color.blue + kLumaGreen * color.green + kLumaRed * color.red) * unit;
    pixel[1] = 255 * unit;
  }
  return pixel;
}

void paint_around(cv::Mat& image, const cv::Rect& picture, const Color& color) {
  const cv::Scalar pixel = pixel_of(color, image);
  image.rowRange(0, picture.y).setTo(pixel);
  image.rowRange(picture.y + picture.height, image.rows).setTo(pixel);
  image.colRange(0, picture.x).setTo(pixel);
  image.colRange(picture.x + picture.width, image.cols).setTo(pixel);
}

}  // namespace

std::vector<Step> lay_out(cv::Size input, const Layout& layout, const std::optional<Color>& fill) {
  const auto& [frame, picture] = layout;
  const double x = static_cast<double>(input.width) / picture.width;
  const double y = static_cast<double>(input.height) / picture.height;
  GeometryStep step{frame, {}};
  step.map.matrix = cv::Matx33d(x, 0, (0.5 * x - 0.5) - x * picture.x,  //
                                0, y, (0.5 * y - 0.5) - y * picture.y,  //
                                0, 0, 1);
  std::vector<Step> steps{step};
  const cv::Rect seen = picture & cv::Rect({0, 0}, frame);
  if (fill && seen.size() != frame)
    steps.emplace_back(
        PixelStep{[seen, color = *fill](cv::Mat& image) { paint_around(image, seen, color); }, seen});
  return steps;
}

}  // namespace tenfold
