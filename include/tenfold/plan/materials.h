// What jobs need of the rest of the dataset: partners to mix in, images of reference folders, statistics.
//
// Which partner a number falls to is decided here, on a ring of path hashes: the candidate that follows the
// number is taken, so a new image changes only the copies that fall to it. Pixels and statistics come from
// whoever has read the files.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/transforms/draw_context.h"

namespace tenfold {

// Paths by their hashes, as on a ring.
class Ring {
 public:
  // `index` is whatever the caller knows the path by.
  void add(const std::string& path, std::uint32_t index);

  // To be called once, between the last add() and the first after().
  void close();

  // The index whose path hash follows `number`; the one behind it if that is `without`. Nothing where there
  // is no other.
  std::optional<std::uint32_t> after(std::uint64_t number, std::optional<std::uint32_t> without) const;

 private:
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places_;
};

// Thread safety: used from several threads at once.
class Materials {
 public:
  virtual ~Materials() = default;

  // For an image that shows class `class_index` and is made of `sample`.
  virtual std::optional<Partner> partner(const Sample& /*sample*/, std::uint32_t /*class_index*/,
                                         std::uint64_t /*number*/, bool /*any_class*/) const {
    return {};
  }
  virtual std::optional<Partner> reference(const std::string& /*folder*/, std::uint64_t /*number*/) const {
    return {};
  }
  virtual const Statistics* statistics(std::uint32_t /*class_index*/, StatisticsScope) const {
    return nullptr;
  }

  // For recipes that need none.
  static const Materials& none();
};

}  // namespace tenfold
