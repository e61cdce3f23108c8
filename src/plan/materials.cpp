#include "tenfold/plan/materials.h"

#include <algorithm>

#include "tenfold/base/hash.h"

namespace tenfold {

void Ring::add(const std::string& path, std::uint32_t index) { places_.emplace_back(hash64(path), index); }

void Ring::close() { std::ranges::sort(places_); }

std::optional<std::uint32_t> Ring::after(std::uint64_t number, std::optional<std::uint32_t> without) const {
  if (places_.empty()) return std::nullopt;
  auto place = std::ranges::lower_bound(places_, number, {}, &decltype(places_)::value_type::first);
  if (place == places_.end()) place = places_.begin();
  if (place->second == without && ++place == places_.end()) place = places_.begin();
  if (place->second == without) return std::nullopt;
  return place->second;
}

const Materials& Materials::none() {
  static const Materials kNone;
  return kNone;
}

}  // namespace tenfold
