// Text as one word of a POSIX shell's command line.
#pragma once

#include <string>

namespace tenfold {

// In single quotes, always.
std::string shell_quoted(const std::string& text);

// As people write it: in quotes only where it needs them.
std::string shell_word(const std::string& text);

}  // namespace tenfold
