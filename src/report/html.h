// Pieces of an HTML page, as text.
//
// What these functions take as content is HTML already. What comes from outside (names, reasons, units) goes
// through html_text() or html_name() where it is put in; the values of attributes are escaped here.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenfold {

// What steers HTML becomes a character reference; what steers terminals or the direction of text, and what is
// no UTF-8, an escape as in messages.
std::string html_text(std::string_view text);

// The same of a text of several lines, which stay.
std::string html_lines(std::string_view text);

// A name within other text, whichever way its script runs.
std::string html_name(std::string_view name);

// The same of a path, whose parts stand from left to right.
std::string html_path(std::string_view path);

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

std::string html_element(std::string_view tag, const Attributes& attributes, const std::string& content);
std::string html_element(std::string_view tag, const std::string& content);

// With a heading that the section is named by.
std::string html_section(const std::string& id, const std::string& heading, const std::string& content);

// Something that is shown on demand.
std::string html_details(const Attributes& attributes, const std::string& summary,
                         const std::string& content);

struct TableColumn {
  std::string title;  // HTML
  std::string name;   // of its cells' numbers for machines: data-<name>; empty: none
  bool is_number = true;
};

struct TableCell {
  std::string html;
  std::string data{};
};

struct TableRow {
  std::string name;  // what the row is about, for machines: data-name
  std::string heading;
  std::vector<TableCell> cells{};  // of the columns behind the heading's
};

struct Table {
  std::string id, caption;
  std::vector<TableColumn> columns{};  // the first one is that of the headings
  std::vector<TableRow> rows{};
};

// Scrolls by itself where it is wider than the page.
std::string html_table(const Table& table);

}  // namespace tenfold
