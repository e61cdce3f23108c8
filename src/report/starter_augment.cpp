#include "starter_augment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "tenfold/base/text.h"
#include "tenfold/plan/label_safety.h"

namespace tenfold {
namespace {

constexpr int kTinySide = 64, kLargeSide = 1'000, kPreparedSide = 512;
constexpr int kSideForBlur = 128;  // below, a blur of half a pixel is a lot

// What kind of pictures these are.
struct Kind {
  bool glyphs = false;  // most classes are named after a digit or a letter
  bool grey = false;
  bool tiny = false, large = false;
  std::string_view mirror_trouble;  // "digits"; empty where a mirror image keeps its label
  std::string troubled;             // a class of which that is so
};

bool is_grey(const DatasetTraits& traits) {
  const LookedAt& looked_at = traits.looked_at;
  const bool looks_grey = looked_at.images > 0 && looked_at.colorless == looked_at.images;
  return traits.grey == traits.images || (looks_grey && traits.grey == 0);
}

Kind kind_of(const DatasetTraits& traits) {
  Kind kind{.grey = is_grey(traits),
            .tiny = traits.usual_side <= kTinySide,
            .large = traits.usual_side > kLargeSide};
  std::size_t characters = 0;
  for (const std::string& name : traits.classes) {
    const std::string_view tilt = label_trouble(name, Motion::kTilt);
    characters += tilt == "digits" || tilt == "letters" ? 1u : 0u;
    const std::string_view mirror = label_trouble(name, Motion::kMirror);
    if (mirror.empty() || !kind.mirror_trouble.empty()) continue;
    kind.mirror_trouble = mirror;
    kind.troubled = name;
  }
  kind.glyphs = characters * 2 > traits.classes.size();
  return kind;
}

std::string line(const std::string& text, const std::string& reason) {
  constexpr std::size_t kColumn = 50;
  std::size_t width = 0;  // "±" is one column
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1u : 0u;
  return "  " + text + std::string(width < kColumn ? kColumn - width : 2, ' ') + "# " + reason + "\n";
}

// Pairs of classes of which each is the other's mirror image by its name: "turn_left" and "turn_right".
std::vector<std::pair<std::string, std::string>> mirrored_pairs(const std::vector<std::string>& classes) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSides{
      {{"left", "right"}, {"Left", "Right"}, {"LEFT", "RIGHT"}, {"west", "east"}}};
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& name : classes)
    for (const auto& [from, to] : kSides) {
      const std::size_t place = name.find(from);
      if (place == name.npos) continue;
      const std::string other = std::string(name).replace(place, from.size(), to);
      if (std::ranges::find(classes, other) != classes.end()) pairs.emplace_back(name, other);
    }
  return pairs;
}

std::string flip_line(const Kind& kind) {
  if (kind.glyphs) return "  # No flips: a mirrored digit or letter is another sign, or none.\n";
  if (kind.mirror_trouble == "directions")
    return "  # No flip: a mirrored " + in_quotes(kind.troubled) + " is no " + in_quotes(kind.troubled) +
           " any more.\n";
  if (!kind.mirror_trouble.empty())
    return "  # No flip: " + in_quotes(kind.troubled) + " is named like " + std::string(kind.mirror_trouble) +
           ".\n";
  if (kind.grey)
    return "  # Grey images may be scans, whose sides matter. If yours have none:\n  # - horizontal_flip\n";
  return line("- horizontal_flip", "of every second copy; remove it if left and right matter");
}

std::string shift_text(double percent) { return "±" + shortest(percent) + "%"; }

// About two pixels.
std::string tiny_geometry(const DatasetTraits& traits) {
  const double percent = std::clamp(std::round(200.0 / traits.usual_side), 3.0, 12.0);
  const auto pixels = static_cast<int>(std::lround(percent * traits.usual_side / 100));
  return line("- translate: {x: " + shift_text(percent) + ", y: " + shift_text(percent) + "}",
              counted(static_cast<std::uint64_t>(std::max(pixels, 1)), "pixel") + " of " +
                  std::to_string(traits.usual_side) + "; a crop would lose too much of so small a picture") +
         line("- scale: {factor: [0.9, 1.1]}", "a little nearer, a little further");
}

std::string geometry_lines(const Kind& kind, const DatasetTraits& traits) {
  std::string text = flip_line(kind);
  text += kind.glyphs
              ? line("- rotate: {degrees: ±10}", "hands and cameras tilt so far; a 6 must not become a 9")
          : kind.grey ? line("- rotate: {degrees: ±7}", "scans and grey pictures mostly lie straight")
                      : line("- rotate: {degrees: ±12}", "cameras are seldom level");
  if (kind.tiny) return text + tiny_geometry(traits);
  if (kind.glyphs || kind.grey)
    return text + line("- translate: {x: ±4%, y: ±4%}", "what is shown need not be in the middle") +
           line("- scale: {factor: [0.93, 1.07]}", "a little nearer, a little further");
  return text + line("- crop: {scale: [0.7, 1], ratio: [0.85, 1.18]}",
                     "other distances and framings; at least 70 % stay");
}

std::string color_lines(const Kind& kind, const DatasetTraits& traits) {
  const bool plain_ground = traits.looked_at.on_black + traits.looked_at.on_white > 0;
  if (kind.grey && kind.tiny && kind.glyphs && plain_ground) return "";
  if (kind.grey)
    return line("- brightness: {factor: [0.9, 1.1]}",
                "other exposures; hue and saturation mean nothing here") +
           line("- contrast: {factor: [0.85, 1.15]}", "and other devices");
  return line("- color_jitter:", "other light and cameras") +
         "      {brightness: [0.8, 1.2], contrast: [0.8, 1.2], saturation: [0.8, 1.2], hue: ±0.02}\n";
}

std::string quality_lines(const Kind& kind, const DatasetTraits& traits) {
  const int side = kind.large ? kPreparedSide : traits.usual_side;
  if (side < kSideForBlur) return "";
  std::string text = line("- one_of:", "a worse camera, for three copies in ten");
  text +=
      "      p: 0.3\n"
      "      transforms:\n"
      "        - gaussian_blur: {sigma: [0.4, 1.2]}\n"
      "        - gaussian_noise: {std: [2, 8]}\n";
  if (traits.deep == 0 && !kind.grey) text += "        - jpeg_compression: {quality: [40, 85]}\n";
  return text;
}

std::string prepare_section(const Kind& kind, const DatasetTraits& traits) {
  const std::string shorter = "- resize: {shorter: " + std::to_string(kPreparedSide) + "}";
  if (kind.large)
    return "prepare:                              # every image, originals too\n" +
           line(shorter, "few models see more, and smaller files are read faster") + "\n";
  std::string text;
  if (!kind.tiny && traits.most_side > 2 * traits.least_side)
    text +=
        "# Sizes differ much. With this, all have the same shorter side:\n"
        "# prepare: [resize: {shorter: " +
        std::to_string(traits.usual_side) + "}]\n\n";
  if (traits.grey > 0 && traits.grey < traits.images)
    text += "# " + grouped(traits.grey) + " of " + counted(traits.images, "image") +
            " are grey. If color tells nothing, this makes all alike:\n# prepare: [grayscale]\n\n";
  return text;
}

std::string sampling_line(const LookedAt& looked_at) {
  const std::uint64_t most = looked_at.images * 3 / 4;
  if (looked_at.on_black > most)
    return "sampling: {border: constant, fill: 0}     # the ground is black, and goes on where a picture "
           "moves away\n";
  if (looked_at.on_white > most)
    return "sampling: {border: constant, fill: 255}   # the ground is white, and goes on where a picture "
           "moves away\n";
  return "sampling: {border: reflect}               # where a picture has moved away, its edge is mirrored\n";
}

std::string relabel_lines(const DatasetTraits& traits) {
  const auto pairs = mirrored_pairs(traits.classes);
  if (pairs.empty()) return "";
  std::string map;
  const auto quoted = [](const std::string& name) { return nlohmann::json(name).dump(); };
  for (const auto& [from, to] : pairs)
    map += (map.empty() ? "" : ", ") + quoted(from) + ": " + quoted(to) + ", " + quoted(to) + ": " +
           quoted(from);
  return "\n# A mirrored " + in_quotes(pairs.front().first) + " is a " + in_quotes(pairs.front().second) +
         ": with `- horizontal_flip` in augment and this line, copies of\n# each are made of both.\n"
         "# relabel: {horizontal_flip: {" +
         map + "}}\n";
}

}  // namespace

std::string starter_augment(const DatasetTraits& traits) {
  const Kind kind = kind_of(traits);
  return prepare_section(kind, traits) +
         "augment:                              # copies only, in this order\n" +
         geometry_lines(kind, traits) + color_lines(kind, traits) + quality_lines(kind, traits) + "\n" +
         sampling_line(traits.looked_at) + relabel_lines(traits);
}

}  // namespace tenfold
