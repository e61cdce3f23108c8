// What manual pages are written in: roff with the man macros.

#pragma once

#include <string>
#include <string_view>

namespace tenfold {

// `text` as it is to be read. What stands between backquotes becomes bold, as is usual for what people type.
std::string roff_prose(std::string_view text);

// `text` as it is to be typed: dashes, quotes and the like are those of ASCII.
std::string roff_literal(std::string_view text);

std::string roff_bold(std::string_view text);    // literal
std::string roff_italic(std::string_view text);  // literal

// Lines of a page, each with its line break.
std::string roff_heading(std::string_view title);
std::string roff_subheading(std::string_view title);
std::string roff_paragraph(std::string_view prose);
std::string roff_item(std::string_view tag, std::string_view prose);  // the tag is roff
std::string roff_code(std::string_view lines);                        // as it is, indented

}  // namespace tenfold
