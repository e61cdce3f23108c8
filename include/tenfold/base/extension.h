#pragma once

#include <string_view>

namespace tenfold {

// A path without the extension of its last part: "a.b/c.jpg" -> "a.b/c".
inline std::string_view without_extension(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const bool in_last_part = dot != path.npos && path.find('/', dot) == path.npos;
  return in_last_part ? path.substr(0, dot) : path;
}

}  // namespace tenfold
