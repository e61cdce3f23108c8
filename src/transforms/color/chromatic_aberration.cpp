// chromatic_aberration: red and blue are magnified a little more or less than green about the centre, as a
// lens does that bends the colors differently: fringes that grow towards the corners. A parameter that is not
// given is neutral; a grey image stays as it is.
//
// Looked up bilinearly to 1/256 of a pixel in whole numbers; edges are mirrored (reflect_101). Alpha stays,
// and a pixel that is looked up counts by its alpha; where nothing visible is found the value stays.

#include "tenfold/transforms/builtin.h"
#include "transforms/blur/magnification.h"
#include "transforms/define.h"
#include "transforms/pixel_layout.h"

namespace tenfold::builtin {
namespace {

constexpr Range kStill{0, 0};

struct ChromaticAberration {
  std::optional<Range> red, blue;
};

// One row of a channel after another of `source` into `image`.
template <typename Code>
void magnify_channel(const cv::Mat& source, cv::Mat& image, int channel, double factor) {
  const std::vector<AxisLookup> columns = magnified_axis(image.cols, factor);
  const std::vector<AxisLookup> rows = magnified_axis(image.rows, factor);
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    const AxisLookup& down = rows[static_cast<std::size_t>(y)];
    const Code* upper = source.ptr<Code>(down.first);
    const Code* lower = source.ptr<Code>(down.second);
    Code* out = image.ptr<Code>(y) + channel;
    for (const AxisLookup& across : columns) {
      std::uint64_t sum = 0, weights = 0;
      const auto add = [&](const Code* pixel, std::uint64_t weight) {
        if (has_alpha(image)) weight *= pixel[channels - 1];
        sum += weight * pixel[channel];
        weights += weight;
      };
      add(upper + across.first * channels, (256 - down.weight) * (256 - across.weight));
      add(upper + across.second * channels, (256 - down.weight) * across.weight);
      add(lower + across.first * channels, down.weight * (256 - across.weight));
      add(lower + across.second * channels, down.weight * across.weight);
      if (weights != 0) *out = static_cast<Code>((sum + weights / 2) / weights);
      out += channels;
    }
  }
}

std::optional<std::string> check(const ChromaticAberration& p) {
  if (p.red || p.blue) return std::nullopt;
  return "chromatic_aberration needs 'red' or 'blue', or both";
}

Step draw(const ChromaticAberration& p, Draw& draw) {
  const double red = draw.uniform("red", p.red.value_or(kStill));
  const double blue = draw.uniform("blue", p.blue.value_or(kStill));
  if (red == 0 && blue == 0) return ColorStep{};
  return PixelStep{[red, blue](cv::Mat& image) {
    if (color_channels(image) == 1) return;
    const cv::Mat source = image.clone();
    with_code_type(image, [&]<typename Code>(Code) {
      magnify_channel<Code>(source, image, 0, 1 + blue);
      magnify_channel<Code>(source, image, 2, 1 + red);
    });
  }};
}

ParameterDefinition<ChromaticAberration> growth(std::string name,
                                                ParameterMember<ChromaticAberration> member) {
  std::string text = "how much larger " + name + " is than green; -0.01 is one per cent smaller";
  return {.name = std::move(name),
          .member = member,
          .bounds = {-0.1, 0.1},
          .unit = "fraction of the distance from the centre",
          .neutral = 0,
          .text = std::move(text)};
}

}  // namespace

TransformSpec chromatic_aberration() {
  using P = ChromaticAberration;
  return define<P>(
      {.name = "chromatic_aberration",
       .summary = "Magnifies red and blue differently, which gives colored fringes.",
       .use = "For cheap or wide lenses. Not for grey images or microscopes with corrected lenses.",
       .formula = "out_red(c + d) = in_red(c + d / (1 + red)), blue alike, c the centre",
       .example = "{red: ±0.006, blue: ±0.006}",
       .parameters = {growth("red", &P::red), growth("blue", &P::blue)},
       .draw = draw,
       .check = check});
}

}  // namespace tenfold::builtin
