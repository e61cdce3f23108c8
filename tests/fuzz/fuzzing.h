// What the fuzz targets share. A target is called with millions of inputs by scripts/fuzz.sh; besides what
// the sanitizers notice, it checks promises of the code that hold for any input.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace tenfold::test {

// A finding: libFuzzer keeps the input that led here.
inline void must(bool holds, const std::string& promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise.c_str());
  std::abort();
}

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return std::string(reinterpret_cast<const char*>(data), size);
}

}  // namespace tenfold::test
