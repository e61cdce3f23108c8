// Tables of text for a terminal or a log.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tenfold {

// `text` in a column of this many columns of the terminal.
std::string left(std::string_view text, int width);
std::string right(std::string_view text, int width);

// Cut at its end to fit, with an ellipsis.
std::string shortened(const std::string& text, int width);

struct Column {
  std::string title;
  bool is_number = true;  // stands to the right
};

// One line for the titles and one for each row, two blanks between columns. Where all is wider
// than `width`, the widest columns of words are cut, down to 8.
std::string text_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows,
                       int width);

// Lines of at most `width`, broken at blanks; each begins with `indent` blanks, all but the first with `hang`
// more.
std::string wrapped(std::string_view text, int width, int indent = 0, int hang = 2);

}  // namespace tenfold
