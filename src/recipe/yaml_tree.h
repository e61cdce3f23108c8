// The recipe's text as a tree that keeps what yaml-cpp's own nodes lose: the order of keys, duplicate keys,
// and a place for everything, empty values too. Only yaml_tree.cpp sees yaml-cpp.
//
// Aliases are expanded by copying. Depth, number of nodes and bytes of text are limited, so an alias of an
// alias of an alias … ends in a diagnostic and not in all of the memory. A recipe and its settings share the
// limits.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings.h"

namespace tenfold {

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  struct Entry;

  Kind kind = Kind::kNull;
  Place place;                  // of a null: that of its key
  std::string text;             // kScalar
  std::vector<YamlNode> items;  // kList
  std::vector<Entry> entries;   // kMap, as written; keys may repeat

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_map() const { return kind == Kind::kMap; }

  // The first entry of this key, or nullptr.
  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
};

struct YamlNode::Entry {
  std::string key;
  Place place;
  YamlNode value;
};

inline constexpr std::size_t kMaxYamlDepth = 64;

// What the texts of one recipe have come to, counted where aliases repeat it.
struct YamlSize {
  std::size_t nodes = 0, bytes = 0;
};

// Parses one document and adds it to `size`. `start` says where the text stands in its source: column 0 of
// line 0 for a file, and behind the '=' for a setting. Nothing if there are syntax errors, which are
// reported.
std::optional<YamlNode> parse_yaml(std::string_view text, const Place& start, Findings& findings,
                                   YamlSize& size);

}  // namespace tenfold
