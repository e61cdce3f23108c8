#include "findings.h"

#include <algorithm>
#include <tuple>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kMaxLineBytes = 120;     // longer source lines are cut …
constexpr std::size_t kBytesAroundCaret = 50;  // … to this much on either side of the caret
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kCut = "…";

int code_points(std::string_view text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

// The part of the line that is worth showing, and where the caret stands in it.
void show_line(std::string_view line, std::size_t column, Diagnostic& diagnostic) {
  if (line.size() <= kMaxLineBytes) {
    diagnostic.source_line = line;
    diagnostic.caret = code_points(line.substr(0, column)) + 1;
    return;
  }
  const std::size_t wanted = column > kBytesAroundCaret ? column - kBytesAroundCaret : 0;
  const std::size_t start = utf8_prefix(line, wanted).size();
  const std::string_view rest = line.substr(start);
  const std::string_view shown = utf8_prefix(rest, column - start + kBytesAroundCaret);
  diagnostic.source_line = start > 0 ? kCut : "";
  diagnostic.caret = code_points(diagnostic.source_line) + code_points(rest.substr(0, column - start)) + 1;
  diagnostic.source_line += shown;
  if (shown.size() < rest.size()) diagnostic.source_line += kCut;
}

}  // namespace

int Findings::add_source(std::string name, std::string text, bool has_lines) {
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  Source source{std::move(name), std::move(text), has_lines, {0}};
  for (std::size_t i = 0; i < source.text.size(); ++i)
    if (source.text[i] == '\n') source.line_starts.push_back(i + 1);
  sources_.push_back(std::move(source));
  return static_cast<int>(sources_.size()) - 1;
}

std::string_view Findings::line_of(const Place& place) const {
  const Source& source = sources_[place.source];
  if (place.line < 0 || static_cast<std::size_t>(place.line) >= source.line_starts.size()) return {};
  const std::size_t start = source.line_starts[place.line];
  const bool is_last = static_cast<std::size_t>(place.line) + 1 == source.line_starts.size();
  const std::size_t end = is_last ? source.text.size() : source.line_starts[place.line + 1] - 1;
  std::string_view line = std::string_view(source.text).substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

char Findings::byte_at(const Place& place) const {
  const std::string_view line = line_of(place);
  return static_cast<std::size_t>(place.column) < line.size() ? line[place.column] : '\0';
}

void Findings::error(const Place& place, std::string message, std::string hint) {
  ++error_count_;
  findings_.push_back({place, Severity::kError, std::move(message), std::move(hint)});
}

void Findings::warning(const Place& place, std::string message, std::string hint) {
  findings_.push_back({place, Severity::kWarning, std::move(message), std::move(hint)});
}

Diagnostic Findings::at(const Place& place) const {
  const Source& source = sources_[place.source];
  Diagnostic diagnostic;
  diagnostic.file = source.name;
  if (place.line < 0) return diagnostic;
  const std::string_view line = line_of(place);
  const std::size_t column = std::min(static_cast<std::size_t>(place.column), line.size());
  diagnostic.line = source.has_lines ? place.line + 1 : 0;
  diagnostic.column = code_points(line.substr(0, column)) + 1;
  show_line(line, column, diagnostic);
  return diagnostic;
}

std::vector<Diagnostic> Findings::diagnostics() const {
  // An alias shows one mistake at several places of the tree and one of the text.
  std::vector<Finding> found = findings_;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());

  std::vector<Diagnostic> out;
  for (const Finding& finding : found) {
    if (out.size() == kMaxDiagnostics) {
      Diagnostic rest;
      rest.severity = std::any_of(found.begin() + kMaxDiagnostics, found.end(),
                                  [](const Finding& f) { return f.severity == Severity::kError; })
                          ? Severity::kError
                          : Severity::kWarning;
      rest.file = sources_.front().name;
      rest.message = "and " + grouped(found.size() - kMaxDiagnostics) + " more";
      out.push_back(std::move(rest));
      break;
    }
    Diagnostic diagnostic = at(finding.place);
    diagnostic.severity = finding.severity;
    diagnostic.message = finding.message;
    diagnostic.hint = finding.hint;
    out.push_back(std::move(diagnostic));
  }
  return out;
}

}  // namespace tenfold
