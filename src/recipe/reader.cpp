#include "reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <regex>
#include <set>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kMaxShownBytes = 40;

// std::regex goes as deep as an expression is long, and there is no need to know how deep it can go.
constexpr std::size_t kMaxExpressionBytes = 1000;

std::string shortened(std::string_view text) {
  const std::string_view start = utf8_prefix(text, kMaxShownBytes);
  return escaped(start) + (start.size() < text.size() ? "…" : "");
}

std::vector<std::string> names_of(const std::vector<Key>& keys) {
  std::vector<std::string> names;
  for (const Key& key : keys) names.push_back(key.name);
  return names;
}

}  // namespace

std::string shown(const YamlNode& value) {
  switch (value.kind) {
    case YamlNode::Kind::kScalar:
      return "\"" + shortened(value.text) + "\"";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
    case YamlNode::Kind::kNull:
      break;
  }
  return "nothing";
}

std::string shown_name(std::string_view word) { return "'" + shortened(word) + "'"; }

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         std::string otherwise) {
  const std::optional<std::string> near = nearest(word, candidates);
  return near ? "did you mean '" + *near + "'?" : std::move(otherwise);
}

void Reader::refuse(const Field& field, const std::string& clause, std::string hint) const {
  findings_.error(field.value.place, in_quotes(field.name) + " " + clause + ", got " + shown(field.value),
                  std::move(hint));
}

void Reader::map(const Field& of, const std::vector<Key>& keys) const {
  if (of.value.is_null()) return;
  const std::vector<std::string> names = names_of(keys);
  if (!of.value.is_map()) {
    refuse(of, "must be a map of keys", names.empty() ? "" : "its keys are " + listed(names));
    return;
  }
  const std::set<std::string_view> known(names.begin(), names.end());
  std::map<std::string_view, const YamlNode::Entry*> seen;
  for (const YamlNode::Entry& entry : of.value.entries) {
    const auto [first, is_new] = seen.emplace(entry.key, &entry);
    if (!known.contains(entry.key)) {
      const std::string where = of.name.empty() ? "" : " in " + in_quotes(of.name);
      findings_.error(entry.place, "unknown key " + shown_name(entry.key) + where,
                      did_you_mean(entry.key, names, "its keys are " + listed(names)));
    } else if (!is_new) {
      findings_.error(entry.place, "the key " + in_quotes(entry.key) + " stands here for the second time",
                      first->second->place.source == 0
                          ? "the first is in line " + std::to_string(first->second->place.line + 1)
                          : "the first is in a --set");
    }
  }
  for (const Key& key : keys)
    if (const auto found = seen.find(key.name); found != seen.end())
      key.read({key.name, found->second->place, found->second->value});
}

template <typename Value, typename Parse>
FieldReader Reader::scalar(Value& out, Parse parse) const {
  return [this, &out, parse](const Field& field) {
    // Text that no parser accepts, so that lists and maps get the same message.
    const std::string_view text =
        field.value.is_scalar() ? std::string_view(field.value.text) : std::string_view();
    if (const auto value = accept(field, parse(text))) out = *value;
  };
}

std::optional<double> Reader::number_of(const Field& field, Bounds bounds, bool percent) const {
  const std::string_view text =
      field.value.is_scalar() ? std::string_view(field.value.text) : std::string_view();
  const std::optional<double> value = accept(field, percent ? parse_fraction(text) : parse_number(text));
  if (!value) return std::nullopt;
  if (*value >= bounds.low && *value <= bounds.high) return value;
  refuse(field, "must be " + in_words(bounds));
  return std::nullopt;
}

std::optional<Color> Reader::color_of(const Field& field) const {
  constexpr Bounds kCodeValues{0, 255};
  if (field.value.is_list() && field.value.items.size() == 3) {
    std::array<std::optional<double>, 3> rgb;
    for (std::size_t i = 0; i < rgb.size(); ++i)
      rgb[i] = number_of({field.name, field.place, field.value.items[i]}, kCodeValues);
    if (!rgb[0] || !rgb[1] || !rgb[2]) return std::nullopt;
    return Color{*rgb[0], *rgb[1], *rgb[2]};
  }
  if (field.value.is_scalar()) {
    const auto grey = number_of(field, kCodeValues);
    return grey ? std::optional(Color{*grey, *grey, *grey}) : std::nullopt;
  }
  refuse(field, "must be a number or [red, green, blue]");
  return std::nullopt;
}

FieldReader Reader::fraction(double& out, Bounds bounds) const {
  return [this, &out, bounds](const Field& field) { out = number_of(field, bounds, true).value_or(out); };
}

FieldReader Reader::count(std::uint64_t& out, std::uint64_t low) const {
  return scalar(out, [low](std::string_view text) {
    return parse_count(text, low, std::numeric_limits<std::uint64_t>::max());
  });
}

FieldReader Reader::count(std::optional<std::uint64_t>& out, std::uint64_t low) const {
  return scalar(out, [low](std::string_view text) {
    return parse_count(text, low, std::numeric_limits<std::uint64_t>::max());
  });
}

FieldReader Reader::size(std::uint64_t& out) const { return scalar(out, parse_size); }

FieldReader Reader::boolean(bool& out) const { return choice<bool>(out, {{"true", true}, {"false", false}}); }

FieldReader Reader::text(std::string& out) const {
  return [this, &out](const Field& field) {
    if (!field.value.is_scalar() || field.value.text.empty())
      refuse(field, "must be text");
    else
      out = field.value.text;
  };
}

FieldReader Reader::path(std::filesystem::path& out) const {
  return [this, &out](const Field& field) {
    std::string path;
    text(path)(field);
    out = path;
  };
}

FieldReader Reader::expression(std::string& out, std::string group) const {
  return [this, &out, group = std::move(group)](const Field& field) {
    std::string expression;
    text(expression)(field);
    if (expression.empty()) return;
    if (expression.size() > kMaxExpressionBytes)
      return refuse(field, "must have at most " + std::to_string(kMaxExpressionBytes) + " bytes");
    try {
      const std::regex compiled(expression);
      if (!group.empty() && compiled.mark_count() == 0)
        return refuse(field, "must have a group in parentheses that is " + group, "regex: \"^([a-z]+)_\"");
      out = expression;
    } catch (const std::regex_error&) {
      refuse(field, "must be a regular expression as in ECMAScript");
    }
  };
}

FieldReader Reader::texts(std::vector<std::string>& out) const {
  return [this, &out](const Field& field) {
    if (!field.value.is_list()) {
      refuse(field, "must be a list",
             field.value.is_scalar() ? field.name + ": [\"" + shortened(field.value.text) + "\"]" : "");
      return;
    }
    out.clear();
    for (const YamlNode& item : field.value.items) {
      std::string word;
      text(word)({field.name, item.place, item});
      if (!word.empty()) out.push_back(std::move(word));
    }
  };
}

std::optional<std::size_t> Reader::chosen(const Field& field, const std::vector<std::string>& words) const {
  if (field.value.is_scalar()) {
    const auto found = std::find(words.begin(), words.end(), field.value.text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i)
    all += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  refuse(field, "must be " + all, field.value.is_scalar() ? did_you_mean(field.value.text, words, "") : "");
  return std::nullopt;
}

}  // namespace tenfold
