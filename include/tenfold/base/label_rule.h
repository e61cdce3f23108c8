// Where the labels of a dataset's images come from.

#pragma once

#include <string>

namespace tenfold {

struct LabelRule {
  enum class Kind {
    kFolder,     // the class folder
    kFileName,   // the first group of a regular expression that is searched in the file's name
    kCsv,        // a table with a header line
    kJsonLines,  // a table of one JSON object a line
    kBeside,     // a file beside the image, as WebDataset has it: key.cls or key.json
  };

  Kind kind = Kind::kFolder;
  std::string text{};                          // the expression, or the table's path relative to the root
  std::string file = "file", label = "label";  // columns or keys of a table
  std::string split{};                         // another one; empty: the table knows no splits

  bool is_table() const { return kind == Kind::kCsv || kind == Kind::kJsonLines; }

  bool operator==(const LabelRule&) const = default;
};

}  // namespace tenfold
