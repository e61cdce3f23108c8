// Which pixel stands for one beyond the edge.

#pragma once

#include <cstdint>

#include "tenfold/steps/sampling.h"

namespace tenfold {

inline constexpr int kFillPixel = -1;

// The index in [0, size) that `index` stands for; kFillPixel where a constant border shows.
inline int border_index(std::int64_t index, int size, Border border) {
  if (static_cast<std::uint64_t>(index) < static_cast<std::uint64_t>(size)) return static_cast<int>(index);
  const auto wrapped = [](std::int64_t i, std::int64_t period) {
    if (i >= -period && i < 2 * period) return i < 0 ? i + period : i < period ? i : i - period;
    const std::int64_t rest = i % period;
    return rest < 0 ? rest + period : rest;
  };
  switch (border) {
    case Border::kConstant:
      return kFillPixel;
    case Border::kReplicate:
      return index < 0 ? 0 : size - 1;
    case Border::kWrap:
      return static_cast<int>(wrapped(index, size));
    case Border::kReflect: {
      const std::int64_t i = wrapped(index, 2 * std::int64_t{size});
      return static_cast<int>(i < size ? i : 2 * std::int64_t{size} - 1 - i);
    }
    case Border::kReflect101: {
      if (size == 1) return 0;
      const std::int64_t i = wrapped(index, 2 * (std::int64_t{size} - 1));
      return static_cast<int>(i < size ? i : 2 * (std::int64_t{size} - 1) - i);
    }
  }
  return kFillPixel;
}

}  // namespace tenfold
