// Integers of either byte order at any address.

#pragma once

#include <cstdint>

namespace tenfold {

inline std::uint16_t big16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[0] << 8 | p[1]); }
inline std::uint16_t little16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[1] << 8 | p[0]); }
inline std::uint32_t little24(const std::uint8_t* p) {
  return static_cast<std::uint32_t>(p[0] | p[1] << 8 | p[2] << 16);
}
inline std::uint32_t big32(const std::uint8_t* p) { return std::uint32_t{big16(p)} << 16 | big16(p + 2); }
inline std::uint32_t little32(const std::uint8_t* p) {
  return std::uint32_t{little16(p + 2)} << 16 | little16(p);
}
inline std::uint64_t big64(const std::uint8_t* p) { return std::uint64_t{big32(p)} << 32 | big32(p + 4); }
inline std::uint64_t little64(const std::uint8_t* p) {
  return std::uint64_t{little32(p + 4)} << 32 | little32(p);
}

}  // namespace tenfold
