// pixelate: squares of one color, the mean of what they cover. The squares start at the top left corner;
// those at the right and lower edge are cut by the image. With alpha, a pixel counts as much as it is
// visible.

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/noise/regions.h"

namespace tenfold::builtin {
namespace {

struct Pixelate {
  Range block_size{4, 12};
};

void pixelate_image(cv::Mat& image, int block) {
  const int across = (image.cols + block - 1) / block;
  const int down = (image.rows + block - 1) / block;
  RegionMap regions(image.size());
  for (int y = 0; y < image.rows; ++y)
    for (int x = 0; x < image.cols; ++x) regions(y, x) = y / block * across + x / block;
  flatten_regions(image, regions, std::vector<bool>(static_cast<std::size_t>(across) * down, true));
}

Step draw(const Pixelate& p, Draw& draw) {
  const int block = draw.integer("block_size", p.block_size);
  if (block == 1) return ColorStep{};
  return PixelStep{[block](cv::Mat& image) { pixelate_image(image, block); }};
}

}  // namespace

TransformSpec pixelate() {
  using P = Pixelate;
  return define<P>(
      {.name = "pixelate",
       .summary = "Makes squares of one color.",
       .use = "For censored or badly enlarged pictures. Not where detail of the size of its squares decides.",
       .formula = "out = mean of the block that the pixel lies in",
       .example = "{block_size: [4, 12]}",
       .parameters = {{.name = "block_size",
                       .member = &P::block_size,
                       .bounds = {1, 1000},
                       .unit = "pixels",
                       .neutral = 1,
                       .whole = true,
                       .text = "side of a square"}},
       .draw = draw});
}

}  // namespace tenfold::builtin
