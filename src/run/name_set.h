// The names of a plan's outputs, by their hashes: 16 bytes each, for a plan may have a million.

#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "tenfold/base/hash.h"

namespace tenfold {

class NameSet {
 public:
  void add(const std::string& name) { hashes_.push_back(hash_of(name)); }

  // To be called once, between the last add() and the first contains().
  void close() { std::ranges::sort(hashes_); }

  bool contains(const std::string& name) const { return std::ranges::binary_search(hashes_, hash_of(name)); }
  std::size_t size() const { return hashes_.size(); }

 private:
  static Hash128 hash_of(const std::string& name) {
    return hash128(std::span(reinterpret_cast<const std::uint8_t*>(name.data()), name.size()));
  }

  std::vector<Hash128> hashes_;
};

}  // namespace tenfold
