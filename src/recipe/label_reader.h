// Reads what a recipe says of labels: which transforms turn one class into another (`relabel`), and which
// keep the labels although they look as if they might not (`label_safe`).

#pragma once

#include "reader.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

class LabelReader {
 public:
  // The chains of `out` have been read.
  LabelReader(const Reader& reader, ParsedRecipe& out) : reader_(reader), out_(out) {}

  // relabel: {horizontal_flip: {left: right, right: left}}
  void read_relabel(const Field& field);

  // label_safe: [vertical_flip]
  void read_label_safe(const Field& field);

 private:
  void read_pairs(const Field& pairs);
  void read_pair(const std::string& transform, const YamlNode::Entry& entry);
  bool is_transform(const std::string& name, const Place& place) const;

  const Reader& reader_;
  ParsedRecipe& out_;
};

}  // namespace tenfold
