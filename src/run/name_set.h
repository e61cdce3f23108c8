// The names of a plan's outputs, by their hashes: 16 bytes each, for a plan may have a million.

#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "tenfold/base/hash.h"

namespace tenfold {

class NameSet {
 public:
  void add(const std::string& name) { hashes_.push_back(hash_of(name)); }

  void add(const NameSet& names) {
    hashes_.insert(hashes_.end(), names.hashes_.begin(), names.hashes_.end());
  }

  // To be called once, between the last add() and the first contains().
  void close() { std::ranges::sort(hashes_); }

  bool contains(const std::string& name) const { return std::ranges::binary_search(hashes_, hash_of(name)); }
  // How many of these are not among the others.
  std::size_t count_missing_from(const NameSet& others) const {
    std::vector<Hash128> missing;
    std::ranges::set_difference(hashes_, others.hashes_, std::back_inserter(missing));
    return missing.size();
  }

  std::size_t size() const { return hashes_.size(); }

 private:
  static Hash128 hash_of(const std::string& name) {
    return hash128(std::span(reinterpret_cast<const std::uint8_t*>(name.data()), name.size()));
  }

  std::vector<Hash128> hashes_;
};

}  // namespace tenfold
