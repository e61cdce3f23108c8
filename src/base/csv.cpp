#include "tenfold/base/csv.h"

#include <algorithm>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Reads field by field; `line` counts line breaks.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  bool at_end() const { return at_ == text_.size(); }
  std::size_t line() const { return line_; }

  // The fields up to the line's end, or a reason.
  tl::expected<std::vector<std::string>, CsvFault> next() {
    std::vector<std::string> fields;
    for (;;) {
      std::string& field = fields.emplace_back();
      if (!at_end() && text_[at_] == '"') {
        if (!read_quoted(field)) return tl::unexpected(CsvFault{line_, "opens a quote that nothing closes"});
      } else {
        std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
        const bool carriage_return =
            end > at_ && text_[end - 1] == '\r' && (end == text_.size() || text_[end] == '\n');
        if (carriage_return) --end;
        field = text_.substr(at_, end - at_);
        at_ = end;
      }
      if (end_line()) return fields;
      if (text_[at_] != ',') return tl::unexpected(CsvFault{line_, "has text behind a closing quote"});
      ++at_;
    }
  }

 private:
  bool read_quoted(std::string& field) {
    for (++at_; !at_end(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        field += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += text_[++at_];
      } else {
        ++at_;
        return true;
      }
    }
    return false;
  }

  bool end_line() {
    if (!at_end() && text_[at_] == '\r') ++at_;
    if (at_end()) return true;
    if (text_[at_] != '\n') return false;
    ++at_;
    ++line_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
};

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(header, name);
  return found == header.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - header.begin()));
}

tl::expected<CsvTable, CsvFault> parse_csv(std::string_view text) {
  CsvReader reader(text);
  CsvTable table;
  while (!reader.at_end()) {
    const std::size_t line = reader.line();
    auto fields = reader.next();
    if (!fields) return tl::unexpected(fields.error());
    if (fields->size() == 1 && fields->front().empty()) continue;
    if (table.header.empty()) {
      table.header = std::move(*fields);
    } else if (fields->size() != table.header.size()) {
      return tl::unexpected(CsvFault{line, "has " + counted(fields->size(), "field") +
                                               ", and the header has " +
                                               std::to_string(table.header.size())});
    } else {
      table.rows.push_back({line, std::move(*fields)});
    }
  }
  return table;
}

std::string csv_field(std::string_view text) {
  // At the beginning of a file the mark would be taken for that of the file.
  if (text.find_first_of(",\"\r\n") == text.npos && !text.starts_with(kByteOrderMark))
    return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_line(std::span<const std::string> fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i > 0 ? "," : "") + csv_field(fields[i]);
  return line + '\n';
}

}  // namespace tenfold
