// Tables of comma-separated values as RFC 4180 has them: fields in double quotes may hold commas, line breaks
// and doubled quotes. Read with a header line, LF or CRLF, and a byte order mark or none.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace tenfold {

struct CsvRow {
  std::size_t line = 0;  // of its first field, from 1
  std::vector<std::string> fields;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  // each with as many fields as the header

  // The place of a column, or nothing.
  std::optional<std::size_t> column(std::string_view name) const;
};

struct CsvFault {
  std::size_t line = 0;
  std::string reason;  // a clause: "has 3 fields, and the header has 2"
};

// Empty lines do not count. Fails at the first fault.
tl::expected<CsvTable, CsvFault> parse_csv(std::string_view text);

// The text as it stands in a line: in quotes where it needs them.
std::string csv_field(std::string_view text);

// One line with its line break.
std::string csv_line(std::span<const std::string> fields);

}  // namespace tenfold
