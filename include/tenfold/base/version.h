#pragma once

#include <string_view>

namespace tenfold {

// The version of this library, as CMake knows it: "0.1.0".
std::string_view version();

}  // namespace tenfold
