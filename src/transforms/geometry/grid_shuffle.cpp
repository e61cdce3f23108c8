// grid_shuffle: cuts the picture into rows × columns tiles and lets those of the same size change places at
// random; Albumentations' RandomGridShuffle. Where the sides are no multiples of the counts, tiles differ by
// a pixel: tile i begins at floor(i·side / count). A tile may stay where it is. Alpha moves with the rest.
//
// Every order of the tiles of one size is equally likely (Fisher-Yates; R. Durstenfeld, "Algorithm 235:
// Random permutation", CACM 7(7), 1964).

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "tenfold/transforms/builtin.h"
#include "transforms/define.h"
#include "transforms/pixel_noise.h"

namespace tenfold::builtin {
namespace {

struct GridShuffle {
  int rows = 3, columns = 3;
};

// Where the tiles lie, row by row. At most one for each pixel.
std::vector<cv::Rect> tiles_of(cv::Size frame, int rows, int columns) {
  rows = std::min(rows, frame.height);
  columns = std::min(columns, frame.width);
  std::vector<cv::Rect> tiles;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      tiles.emplace_back(cv::Point(column * frame.width / columns, row * frame.height / rows),
                         cv::Point((column + 1) * frame.width / columns, (row + 1) * frame.height / rows));
  return tiles;
}

// For each place, the place whose tile comes there.
std::vector<cv::Rect> shuffled(const std::vector<cv::Rect>& places, std::uint64_t noise_key) {
  std::map<std::pair<int, int>, std::vector<std::size_t>> by_size;
  for (std::size_t i = 0; i < places.size(); ++i) by_size[{places[i].height, places[i].width}].push_back(i);
  std::vector<cv::Rect> sources = places;
  RowNoise noise(noise_key, 0);
  for (const auto& [size, group] : by_size) {
    for (std::size_t left = group.size(); left > 1; --left) {
      const std::size_t chosen = (std::uint64_t{noise.next()} * left) >> 32;
      std::swap(sources[group[left - 1]], sources[group[chosen]]);
    }
  }
  return sources;
}

Step draw(const GridShuffle& p, Draw& draw) {
  const std::vector<cv::Rect> places = tiles_of(draw.frame(), p.rows, p.columns);
  const std::vector<cv::Rect> sources = shuffled(places, draw.noise_key());
  if (sources == places) return ColorStep{};
  return PixelStep{[places, sources](cv::Mat& image) {
    const cv::Mat before = image.clone();
    for (std::size_t i = 0; i < places.size(); ++i) before(sources[i]).copyTo(image(places[i]));
  }};
}

ParameterDefinition<GridShuffle> count(std::string name, int GridShuffle::*member, std::string text) {
  return {.name = std::move(name), .member = member, .bounds = {1, 100}, .text = std::move(text)};
}

}  // namespace

TransformSpec grid_shuffle() {
  using P = GridShuffle;
  return define<P>({.name = "grid_shuffle",
                    .summary = "Cuts the picture into tiles and lets them change places.",
                    .use = "For textures and materials, where the arrangement tells nothing. Not for "
                           "objects: shapes are torn apart.",
                    .formula = "out(tile i) = in(tile π(i)), π a random order of the tiles of one size",
                    .source = "Albumentations RandomGridShuffle",
                    .example = "{rows: 3, columns: 3}",
                    .always_random = true,
                    .annotations_follow = false,
                    .parameters = {count("rows", &P::rows, "rows of tiles"),
                                   count("columns", &P::columns, "columns of tiles")},
                    .draw = draw});
}

}  // namespace tenfold::builtin
