// Tables of labels and splits.

#include "fuzz/fuzzing.h"
#include "tenfold/base/csv.h"

namespace tenfold {
namespace {

using test::must;

void check(const std::string& text) {
  const auto table = parse_csv(text);
  if (!table) return must(table.error().line > 0, "a fault has a line");
  if (table->header.empty()) return must(table->rows.empty(), "a table without header has no rows");
  // A line of one empty field is an empty line, which does not count.
  const bool one_column = table->header.size() == 1;
  std::string again = csv_line(table->header);
  for (const CsvRow& row : table->rows) {
    must(row.fields.size() == table->header.size(), "a row has as many fields as the header");
    if (!one_column || !row.fields.front().empty()) again += csv_line(row.fields);
  }
  const auto read_again = parse_csv(again);
  must(read_again.has_value(), "what was read can be written and read");
  must(read_again->header == table->header && read_again->rows.size() == table->rows.size(),
       "and is the same table");
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tenfold::check(tenfold::test::text_of(data, size));
  return 0;
}
