#include "tenfold/plan/label_safety.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr double kTiltLimit = 30;  // degrees: a 7 that leans further is no longer a good 7
constexpr double kTurnLimit = 90;  // what goes beyond shows things on their head
constexpr std::size_t kClassesShown = 4;

std::string_view verb(Motion motion) {
  switch (motion) {
    case Motion::kMirror:
      return "mirrors";
    case Motion::kFlip:
      return "turns upside down";
    case Motion::kTurn:
      return "turns by quarters or halves";
    case Motion::kTilt:
      break;
  }
  return "turns by more than 30°";
}

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool is_lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_alpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// As they are written: "turnLeft" and "turn_left" are two words, "digit6" as well.
std::vector<std::string> written_words(const std::string& name) {
  std::vector<std::string> words;
  char before = 0;
  for (const char c : name) {
    if (is_alpha(c) || is_digit(c)) {
      const bool starts = !(is_alpha(before) || is_digit(before)) || is_digit(c) != is_digit(before) ||
                          (is_upper(c) && is_lower(before));
      if (starts) words.emplace_back();
      words.back() += c;
    }
    before = c;
  }
  return words;
}

std::set<std::string> words_of(const std::string& name) {
  std::set<std::string> words;
  for (const std::string& word : written_words(name)) words.insert(lower(word));
  return words;
}

bool any_of(const std::set<std::string>& words, std::initializer_list<const char*> wanted) {
  return std::ranges::any_of(wanted, [&](const char* word) { return words.contains(word); });
}

// The digit or letter that a class is named after: "6", "six", "digit_6", "letter-b"; else 0. "class_6" is a
// number of a class and no digit.
char character_of(const std::string& name) {
  if (name.size() == 1 && (is_alpha(name[0]) || is_digit(name[0]))) return name[0];
  static constexpr std::array kNames{"zero", "one", "two",   "three", "four",
                                     "five", "six", "seven", "eight", "nine"};
  const std::vector<std::string> words = written_words(name);
  const bool announced =
      any_of(words_of(name), {"digit", "digits", "letter", "letters", "char", "character"});
  if (!announced && words.size() != 1) return 0;
  for (const std::string& word : words) {
    const auto found = std::ranges::find(kNames, lower(word));
    if (found != kNames.end()) return static_cast<char>('0' + (found - kNames.begin()));
    if (announced && word.size() == 1) return word[0];
  }
  return 0;
}

// Whether a character looks like itself after the motion, more or less as it is printed.
bool survives(char character, Motion motion) {
  static const std::map<Motion, std::string_view> kSymmetric{{Motion::kMirror, "018AHIMOTUVWXYilotuvwx"},
                                                             {Motion::kFlip, "0138BCDEHIKOXclox"},
                                                             {Motion::kTurn, "0OXox"},
                                                             {Motion::kTilt, "0OXox"}};
  return kSymmetric.at(motion).find(character) != std::string_view::npos;
}

// From upright, at most 180; 350° is 10° the other way round.
double largest_turn(const Element& element) {
  const auto found = element.values.find("degrees");
  const Range* range = found != element.values.end() ? std::get_if<Range>(&found->second) : nullptr;
  if (range == nullptr) return 0;
  const double turns = std::round((range->low + range->high) / 2 / 360);
  return std::min(180.0, std::max(std::abs(range->low - 360 * turns), std::abs(range->high - 360 * turns)));
}

std::vector<Motion> motions_of(const Element& element) {
  const std::string& name = element.transform.spec->name;
  if (name == "horizontal_flip") return {Motion::kMirror};
  if (name == "vertical_flip") return {Motion::kFlip};
  if (name == "d4") return {Motion::kMirror, Motion::kFlip, Motion::kTurn};
  if (name == "transpose" || name == "rotate90") return {Motion::kTurn};
  if (name == "trivial_augment") return {Motion::kTurn};  // its rotations go up to ±135°
  if (name != "rotate" && name != "safe_rotate" && name != "affine") return {};
  const double turn = largest_turn(element);
  if (turn > kTurnLimit) return {Motion::kTurn};
  if (turn > kTiltLimit) return {Motion::kTilt};
  return {};
}

// Calls `use(transform, motion)` for all that the chain may do.
template <typename Use>
void for_each_motion(const Chain& chain, Use&& use) {
  for (const Element& element : chain) {
    if (element.p == 0) continue;
    if (element.kind != ElementKind::kTransform) {
      for_each_motion(element.children, use);
      continue;
    }
    for (const Motion motion : motions_of(element)) use(element.transform.spec->name, motion);
  }
}

std::string listed_classes(const std::vector<std::string>& classes) {
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(classes.size(), kClassesShown); ++i)
    shown.push_back(in_quotes(classes[i]));
  if (classes.size() > shown.size()) shown.push_back(grouped(classes.size() - shown.size()) + " more");
  return listed(shown);
}

}  // namespace

std::string_view label_trouble(const std::string& class_name, Motion motion) {
  if (const char character = character_of(class_name); character != 0) {
    if (survives(character, motion)) return {};
    return is_digit(character) ? "digits" : "letters";
  }
  const std::set<std::string> words = words_of(class_name);
  const bool sideways =
      any_of(words, {"left", "right", "east", "west", "clockwise", "counterclockwise", "anticlockwise"});
  const bool upright = any_of(words, {"up", "down", "upward", "downward", "north", "south"});
  const bool arrow = any_of(words, {"arrow", "arrows"});
  switch (motion) {
    case Motion::kMirror:
      return sideways || arrow ? "directions" : "";
    case Motion::kFlip:
      return upright || arrow ? "directions" : "";
    case Motion::kTurn:
      return sideways || upright || arrow ? "directions" : "";
    case Motion::kTilt:
      break;
  }
  return {};
}

std::vector<std::string> label_warnings(const Recipe& recipe, std::span<const std::string> classes) {
  struct Kind {
    std::string transform;
    Motion motion;
    std::string_view trouble;
    auto operator<=>(const Kind&) const = default;
  };
  std::map<Kind, std::vector<std::string>> concerned;
  for (const std::string& name : classes) {
    std::set<Kind> kinds;
    for_each_motion(recipe.augment_of(name), [&](const std::string& transform, Motion motion) {
      const bool relabeled = std::ranges::any_of(recipe.relabel, [&](const Relabeling& one) {
        return one.transform == transform && one.to == name;
      });
      const bool meant = std::ranges::find(recipe.label_safe, transform) != recipe.label_safe.end();
      if (relabeled || meant) return;
      if (const auto what = label_trouble(name, motion); !what.empty())
        kinds.insert({transform, motion, what});
    });
    for (const Kind& kind : kinds) concerned[kind].push_back(name);
  }
  std::vector<std::string> warnings;
  for (const auto& [kind, names] : concerned)
    warnings.push_back(kind.transform + " " + std::string(verb(kind.motion)) + " images of " +
                       listed_classes(names) + ", named like " + std::string(kind.trouble) +
                       ", and may change what they show; leave it out (classes: {\"" + escaped(names[0]) +
                       "\": {without: [" + kind.transform +
                       "]}}) or, if the labels survive it, write label_safe: [" + kind.transform + "]");
  return warnings;
}

}  // namespace tenfold
