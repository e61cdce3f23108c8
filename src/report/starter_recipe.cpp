#include "tenfold/report/starter_recipe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "starter_augment.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr double kMostOfOne = 50;  // images that one becomes
constexpr double kMildImbalance =
    10;  // up to here the rarest class can be brought to the size of the largest
constexpr double kNearlyEqual = 1.1;
constexpr double kUsualMaxBad = 0.05;  // of recipes that say nothing

// As YAML has it: plain where that is read as the same text.
std::string yaml_text(const std::string& text) {
  const bool plain = !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '/' || c == '_' || c == '-' || c == '.' || c >= 0x80;
  });
  const bool starts_well = !text.empty() && (std::isalpha(static_cast<unsigned char>(text[0])) != 0 ||
                                             text[0] == '/' || text.starts_with("../"));
  static constexpr std::array<std::string_view, 9> kWords{"true", "false", "yes", "no", "on",
                                                          "off",  "null",  "y",   "n"};
  std::string small = text;
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool is_word = std::ranges::find(kWords, small) != kWords.end();
  return plain && starts_well && !is_word ? text : nlohmann::json(text).dump();
}

// A line of a section, with its reason in a column behind it, or above it where it is long.
std::string with_reason(const std::string& text, const std::string& reason) {
  constexpr std::size_t kColumn = 34;
  if (text.size() >= kColumn) return "  # " + reason + ":\n" + text + "\n";
  return text + std::string(kColumn - text.size(), ' ') + "# " + reason + "\n";
}

struct Extremes {
  std::uint64_t least = 0, most = 0;
  std::size_t classes = 0;
  std::string rarest;
};

// Of the classes that have an image.
Extremes extremes_of(const DatasetTraits& traits) {
  Extremes result;
  for (std::size_t i = 0; i < traits.classes.size(); ++i) {
    const std::uint64_t count = traits.counts[i];
    if (count == 0) continue;
    ++result.classes;
    if (result.least == 0 || count < result.least) {
      result.least = count;
      result.rarest = traits.classes[i];
    }
    result.most = std::max(result.most, count);
  }
  return result;
}

double ratio_of(const Extremes& extremes) {
  return extremes.least > 0 ? static_cast<double>(extremes.most) / static_cast<double>(extremes.least) : 1;
}

// The fewer images there are, the more a copy is worth.
int factor_for(const Extremes& extremes) {
  if (extremes.most < 100) return 10;
  if (extremes.most < 500) return 5;
  if (extremes.most < 2'000) return 3;
  return extremes.most < 10'000 || ratio_of(extremes) < kNearlyEqual ? 2 : 1;
}

// The exponent of {power: a} that evens the classes out as far as one image of the rarest can be copied; 0
// is `majority`.
double power_for(const Extremes& extremes, int factor) {
  const double ratio = ratio_of(extremes);
  if (ratio <= kMildImbalance && factor * ratio <= kMostOfOne) return 0;
  for (const double power : {0.5, 0.6, 0.7, 0.8})
    if (factor * std::pow(ratio, 1 - power) <= kMostOfOne) return power;
  return 0.9;
}

std::string balance_lines(const Extremes& extremes, int factor) {
  if (extremes.classes < 2) return "";
  const double power = power_for(extremes, factor), ratio = ratio_of(extremes);
  const std::string times = shortest(std::round(ratio * 10) / 10);
  if (ratio < kNearlyEqual)
    return with_reason("  balance: majority", "the classes are nearly of one size, and come out equal");
  if (power == 0)
    return with_reason("  balance: majority", "the largest class is " + times + " times the rarest, " +
                                                  in_quotes(extremes.rarest) + ": all get as many");
  const auto made = [&](double a) {
    return grouped(static_cast<std::uint64_t>(std::llround(factor * std::pow(ratio, 1 - a))));
  };
  return with_reason("  balance: {power: " + shortest(power) + "}",
                     "the largest class is " + times + " times the rarest: one " +
                         in_quotes(extremes.rarest) + " becomes " + made(power) + " images, with majority " +
                         made(0));
}

std::string expand_section(const DatasetTraits& traits) {
  const Extremes extremes = extremes_of(traits);
  const int factor = factor_for(extremes);
  std::string text = "expand:\n";
  text += with_reason("  factor: " + std::to_string(factor),
                      factor == 1 ? "the largest class, " + grouped(extremes.most) + " images, gets no copies"
                                  : "the largest class has " + counted(extremes.most, "image") +
                                        ", and gets " + grouped(extremes.most * factor));
  text += balance_lines(extremes, factor);
  text += with_reason("  max_copies: 50", "of one image: more of them would teach nothing new");
  return text;
}

std::string splits_line(const std::vector<Split>& splits) {
  std::string pairs;
  for (const Split split : splits)
    pairs += (pairs.empty() ? "" : ", ") + std::string(split_name(split)) +
             (split == Split::kTrain ? ": expand" : ": copy");
  return "  splits: {" + pairs + "}";
}

std::string labels_line(const LabelRule& rule) {
  const auto table = [&](const std::string& kind) {
    std::string text = "  labels: {" + kind + ": " + yaml_text(rule.text);
    const std::pair<std::string, std::string> columns[]{
        {"file", rule.file}, {"label", rule.label}, {"split", rule.split}};
    for (const auto& [key, column] : columns)
      if (!column.empty() && column != key) text += ", " + key + ": " + yaml_text(column);
    return with_reason(text + (rule.split == "split" ? ", split: split}" : "}"),
                       "a table that has a row for each image");
  };
  switch (rule.kind) {
    case LabelRule::Kind::kFolder:
      return "";
    case LabelRule::Kind::kFileName:
      return with_reason("  labels: {regex: " + nlohmann::json(rule.text).dump() + "}",
                         "labels are what the names begin with; see that these are your classes");
    case LabelRule::Kind::kCsv:
      return table("csv");
    case LabelRule::Kind::kJsonLines:
      return table("jsonl");
    case LabelRule::Kind::kBeside:
      break;
  }
  return with_reason("  labels: webdataset", ".cls files beside the images tell their labels");
}

std::string bad_lines(const DatasetTraits& traits) {
  // Of those that were looked at some may have turned out damaged; the others are as good or bad as they.
  const LookedAt& seen = traits.looked_at;
  const double damaged = seen.damaged == 0 ? 0
                                           : static_cast<double>(seen.damaged * traits.images) /
                                                 static_cast<double>(seen.images + seen.damaged);
  const double share =
      (static_cast<double>(traits.bad) + damaged) / static_cast<double>(traits.bad + traits.images);
  if (share <= kUsualMaxBad) return "";
  const int allowed = std::min(100, static_cast<int>(std::ceil(share * 100)) + 5);
  const std::string reason = seen.damaged == 0 ? counted(traits.bad, "file") + " cannot be read"
                                               : grouped(seen.damaged) + " of " +
                                                     counted(seen.images + seen.damaged, "image") +
                                                     " that were looked at are damaged";
  return with_reason("  max_bad: " + std::to_string(allowed) + "%",
                     reason + "; `tenfold inspect` names them");
}

std::string blank_lines(const LookedAt& looked_at) {
  constexpr std::uint64_t kFew = 10;  // one in so many
  if (looked_at.blank * kFew < looked_at.images || looked_at.blank == 0) return "";
  return "  # " + grouped(looked_at.blank) + " of " + counted(looked_at.images, "image") +
         " that were looked at are nearly blank: `tenfold inspect` names all of them, to be left out:\n"
         "  # ignore: [\"blank_*.png\"]\n";
}

std::string input_section(const DatasetTraits& traits, const std::string& root) {
  std::string text =
      "input:\n" + with_reason("  root: " + yaml_text(root), root.starts_with('/')
                                                                 ? "-i overrides it"
                                                                 : "relative to this file; -i overrides it");
  text += labels_line(traits.shape.labels);
  if (!traits.shape.splits.empty()) {
    text += with_reason(splits_line(traits.shape.splits), "as they were found; only train gets copies");
    text += with_reason("  on_leak: drop_from_train", "what val or test shows, too, is left out of train");
  } else {
    text +=
        "  # There are no splits. This holds out so much of each class, before copies are made:\n"
        "  # split: {val: 0.15, test: 0.15}\n";
  }
  return text + bad_lines(traits) + blank_lines(traits.looked_at);
}

std::string size_text(cv::Size size) {
  return std::to_string(size.width) + "×" + std::to_string(size.height);
}

std::string heading(const DatasetTraits& traits) {
  const Extremes extremes = extremes_of(traits);
  std::string text =
      "# For " + counted(traits.images, "image") + " in " + counted(extremes.classes, "class", "classes");
  if (extremes.classes > 1)
    text += " of " +
            (extremes.least == extremes.most ? grouped(extremes.most)
                                             : grouped(extremes.least) + " to " + grouped(extremes.most)) +
            (traits.shape.splits.empty() ? "" : " for train");
  text += ", ";
  text += traits.smallest == traits.largest
              ? "all " + size_text(traits.median) + " pixels"
              : size_text(traits.smallest) + " to " + size_text(traits.largest) + " pixels";
  text += traits.grey == traits.images ? ", grey" : traits.grey == 0 ? ", color" : ", grey and color";
  if (traits.deep > 0) text += traits.deep == traits.images ? ", 16 bit" : ", 8 and 16 bit";
  return text +
         ".\n# `tenfold preview` draws what this does, `tenfold plan` counts it, `tenfold run` makes it.\n";
}

}  // namespace

std::string starter_recipe(const DatasetTraits& traits, const StarterPaths& paths) {
  return heading(traits) + "version: 1\nseed: 1\n\n" + input_section(traits, paths.input) + "\noutput:\n" +
         with_reason("  root: " + yaml_text(paths.output), "-o overrides it") + "\n" +
         expand_section(traits) + "\n" + starter_augment(traits);
}

}  // namespace tenfold
