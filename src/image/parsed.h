// What the readers and writers of single formats return: a value, or a clause that says why there is none.
// codec.cpp and header.cpp add the stage and so turn it into an Outcome.

#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace tenfold {

template <typename Value>
using Parsed = tl::expected<Value, std::string>;

inline tl::unexpected<std::string> refused(std::string reason) {
  return tl::unexpected<std::string>(std::move(reason));
}

// One reason for all formats: it is what people look for.
inline constexpr std::string_view kCutOff = "the file ends in the middle of the image";

inline tl::unexpected<std::string> cut_off() { return refused(std::string(kCutOff)); }

}  // namespace tenfold
