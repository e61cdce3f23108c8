// Reads maps of the recipe by tables of keys.
//
// A table names every key and what reads its value. The reader reports unknown and repeated keys, empty
// values, wrong types and values out of bounds, so a section of the recipe is nothing but its table:
//
//     reader.map(section, {{"ignore", reader.texts(input.ignore)},
//                          {"max_bad", reader.fraction(input.max_bad, {0, 1})}});
//
// A value that is wrong leaves its variable as it was. Keys are read in the order of the table, not of the
// recipe. Tables hold references: they live no longer than the call.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "findings.h"
#include "scalar.h"
#include "yaml_tree.h"

namespace tenfold {

// A key with its value. `name` is what messages call it.
struct Field {
  std::string name;
  Place place;  // of the key
  const YamlNode& value;
};

using FieldReader = std::function<void(const Field&)>;

struct Key {
  std::string name;
  FieldReader read;
};

class Reader {
 public:
  explicit Reader(Findings& findings) : findings_(findings) {}

  Findings& findings() const { return findings_; }

  // Reads a map; an empty value counts as an empty map. `of` is named in messages: "unknown key 'x' in 'of'".
  void map(const Field& of, const std::vector<Key>& keys) const;

  FieldReader fraction(double& out, Bounds bounds) const;  // "5%" is 0.05
  FieldReader count(std::uint64_t& out, std::uint64_t low) const;
  FieldReader count(std::optional<std::uint64_t>& out, std::uint64_t low) const;
  FieldReader size(std::uint64_t& out) const;  // "100M"
  FieldReader boolean(bool& out) const;
  FieldReader text(std::string& out) const;
  FieldReader texts(std::vector<std::string>& out) const;
  FieldReader path(std::filesystem::path& out) const;

  // A regular expression; where its first group is something ("the label"), it must have one.
  FieldReader expression(std::string& out, std::string group = {}) const;

  template <typename Value>
  using Choices = std::vector<std::pair<std::string, Value>>;

  template <typename Value>
  FieldReader choice(Value& out, Choices<Value> choices) const {
    return [this, &out, choices = std::move(choices)](const Field& field) {
      std::vector<std::string> words;
      for (const auto& choice : choices) words.push_back(choice.first);
      if (const std::optional<std::size_t> index = chosen(field, words)) out = choices[*index].second;
    };
  }

  // Which of the words the value is; reports it if none.
  std::optional<std::size_t> chosen(const Field& field, const std::vector<std::string>& words) const;

  // The value within its bounds, or nothing, which is reported.
  std::optional<double> number_of(const Field& field, Bounds bounds, bool percent = true) const;

  // One number for all channels, or [red, green, blue]; or nothing, which is reported.
  std::optional<Color> color_of(const Field& field) const;

  // The value as it was parsed, or nothing, which is reported with `hint`.
  template <typename Value>
  std::optional<Value> accept(const Field& field, const Parsed<Value>& parsed, std::string hint = {}) const {
    if (parsed) return *parsed;
    refuse(field, parsed.error(), std::move(hint));
    return std::nullopt;
  }

  // "'factor' must be a number, got "abc"".
  void refuse(const Field& field, const std::string& clause, std::string hint = {}) const;

 private:
  template <typename Value, typename Parse>
  FieldReader scalar(Value& out, Parse parse) const;

  Findings& findings_;
};

// What a message shows of a value: "\"abc\"", "a list", "a map", "nothing".
std::string shown(const YamlNode& value);

// A user's word in single quotes, cut if it is very long.
std::string shown_name(std::string_view word);

// "did you mean 'x'?", or `otherwise` if no candidate is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         std::string otherwise);

}  // namespace tenfold
