// What is wrong with a recipe, with its place. Diagnostics are collected, so that all mistakes show in one
// run.

#pragma once

#include <string>
#include <vector>

namespace tenfold {

enum class Severity { kError, kWarning };

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string file;          // as the user named it; "--set" for overrides
  int line = 0, column = 0;  // from 1, the column in code points; line 0: the whole file, or a --set
  std::string message;
  std::string source_line;  // may be empty; a long one is cut around the caret
  std::string hint;         // the way out; may be empty
  int caret = 0;            // the code point of source_line, from 1; 0: no caret

  bool operator==(const Diagnostic&) const = default;
};

// fruit.yaml:3:12: error: 'sigma' must be a number, got "abc"
//     3 |   - blur: { sigma: abc }
//       |                    ^
//   hint: sigma: [0.5, 2.0]
//
// A tab before the caret is repeated below it, and control characters are escaped. Ends with a line break.
std::string rendered(const Diagnostic& diagnostic);

bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace tenfold
