// clahe: contrast-limited adaptive histogram equalisation: each tile of the image gets its own equalising
// curve, whose slope is limited, and pixels interpolate between the curves of the tiles around them.
//
// Color images are equalised on L of CIE L*a*b*, so that colors keep their hue: in 8 bit by OpenCV's integer
// conversion, in 16 bit through float. Alpha is left alone. In 16 bit OpenCV's equalisation has hardly any
// effect, so there it is ours: color/fine_clahe.h.
//
// Source: K. Zuiderveld, "Contrast Limited Adaptive Histogram Equalization", Graphics Gems IV, 1994, as
// implemented by cv::createCLAHE, which interpolates in float.

#include <opencv2/imgproc.hpp>

#include "tenfold/transforms/builtin.h"
#include "transforms/color/fine_clahe.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

struct Clahe {
  Range clip_limit{1, 4};
  int tiles = 8;
};

constexpr double k16BitWhite = 65'535;
constexpr double kLabWhite = 100;  // L of white where OpenCV converts in float

// The channel of lightness: 8 or 16 bit, or L in float.
void equalize_plane(cv::Mat& plane, double clip_limit, int tiles) {
  if (plane.depth() == CV_8U) {
    cv::createCLAHE(clip_limit, {tiles, tiles})->apply(plane.clone(), plane);
  } else if (plane.depth() == CV_16U) {
    equalize_tiles(plane, clip_limit, tiles);
  } else {
    cv::Mat codes;
    plane.convertTo(codes, CV_16U, k16BitWhite / kLabWhite);
    equalize_tiles(codes, clip_limit, tiles);
    codes.convertTo(plane, CV_32F, kLabWhite / k16BitWhite);
  }
}

void equalize_gray(cv::Mat& image, double clip_limit, int tiles) {
  cv::Mat plane;
  cv::extractChannel(image, plane, 0);
  equalize_plane(plane, clip_limit, tiles);
  cv::insertChannel(plane, image, 0);
}

void equalize_color(cv::Mat& image, double clip_limit, int tiles) {
  const bool is_16_bit = image.depth() == CV_16U;
  cv::Mat color;
  if (is_16_bit)
    image.convertTo(color, CV_32F, 1 / k16BitWhite);
  else
    color = image;

  cv::Mat lab;
  cv::cvtColor(color, lab, cv::COLOR_BGR2Lab);
  cv::Mat lightness;
  cv::extractChannel(lab, lightness, 0);
  equalize_plane(lightness, clip_limit, tiles);
  cv::insertChannel(lightness, lab, 0);
  cv::Mat equalized;
  cv::cvtColor(lab, equalized, cv::COLOR_Lab2BGR);

  if (is_16_bit) equalized.convertTo(equalized, CV_16U, k16BitWhite);
  cv::mixChannels(equalized, image, {0, 0, 1, 1, 2, 2});  // alpha stays
}

Step draw(const Clahe& p, Draw& draw) {
  const double clip_limit = draw.uniform("clip_limit", p.clip_limit);
  return PixelStep{[clip_limit, tiles = p.tiles](cv::Mat& image) {
    if (color_channels(image) == 1)
      equalize_gray(image, clip_limit, tiles);
    else
      equalize_color(image, clip_limit, tiles);
  }};
}

}  // namespace

TransformSpec clahe() {
  using P = Clahe;
  return define<P>({.name = "clahe",
                    .summary = "Raises local contrast, tile by tile, within a limit.",
                    .use = "For X-rays, fundus and night images, whose detail hides in flat regions. Not for "
                           "noisy images, and not where brightness is measured.",
                    .formula = "each tile's histogram is clipped, then equalised; L of L*a*b* for color",
                    .source = "Zuiderveld, Graphics Gems IV, 1994; cv::createCLAHE",
                    .example = "{clip_limit: [1, 4], tiles: 8}",
                    .float_code = true,
                    .parameters = {{.name = "clip_limit",
                                    .member = &P::clip_limit,
                                    .bounds = {1, 100},
                                    .weakest = 1,
                                    .text = "how many times the even share of pixels a value may have; "
                                            "higher gives more contrast"},
                                   {.name = "tiles",
                                    .member = &P::tiles,
                                    .bounds = {1, 64},
                                    .unit = "tiles along each side",
                                    .text = "number of tiles along each side"}},
                    .draw = draw});
}

}  // namespace tenfold::builtin
