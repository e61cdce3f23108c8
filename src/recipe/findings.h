// The mistakes found so far, each at its place in the recipe's file or in a --set.
//
// A place is cheap; the Diagnostic with its source line is made at the end, and only for as many mistakes as
// anybody reads. So a hostile recipe cannot make messages that are larger than itself.

#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/recipe/diagnostic.h"

namespace tenfold {

// Where something stands. Ordered as people read: the file from top to bottom, then the settings.
struct Place {
  int source = 0;  // 0: the file; 1, 2, …: the settings, in order
  int line = -1;   // from 0; -1: the whole source
  int column = 0;  // in bytes, from 0

  auto operator<=>(const Place&) const = default;
};

// More mistakes than anybody reads are cut off.
inline constexpr std::size_t kMaxDiagnostics = 100;

class Findings {
 public:
  // Adds the next source, the file first. `name` is what messages call it; only a file has line numbers.
  // Returns its number.
  int add_source(std::string name, std::string text, bool has_lines);

  // The text of a source, without a byte order mark.
  const std::string& text(int source) const { return sources_[source].text; }

  // The byte at a place, or 0 beyond the end of its line.
  char byte_at(const Place& place) const;

  // The line that holds the place, without its line break.
  std::string_view line_of(const Place& place) const;

  void error(const Place& place, std::string message, std::string hint = {});
  void warning(const Place& place, std::string message, std::string hint = {});

  std::size_t error_count() const { return error_count_; }

  // A diagnostic of this place, without message and hint.
  Diagnostic at(const Place& place) const;

  // What was found, in order of place, each mistake once. Behind kMaxDiagnostics, one last entry counts the
  // rest.
  std::vector<Diagnostic> diagnostics() const;

 private:
  struct Source {
    std::string name;
    std::string text;
    bool has_lines;
    std::vector<std::size_t> line_starts;
  };
  struct Finding {
    Place place;
    Severity severity;
    std::string message, hint;

    auto operator<=>(const Finding&) const = default;
  };

  std::deque<Source> sources_;
  std::vector<Finding> findings_;
  std::size_t error_count_ = 0;
};

}  // namespace tenfold
