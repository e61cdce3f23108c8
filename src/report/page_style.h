#pragma once

#include <string_view>

namespace tenfold {

// The style sheet of the report: light and dark, narrow and wide, printed; without pictures and fonts of its
// own.
std::string_view page_style();

}  // namespace tenfold
