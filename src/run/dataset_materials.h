// The materials of a real dataset: partners and references are read from their files when a copy needs them,
// and kept for the next one within a budget of memory.
//
// Thread safety: what is const may be used from several threads; the rest not while it is.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "pixel_cache.h"
#include "tenfold/plan/job.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/statistics.h"

namespace tenfold {

class DatasetMaterials : public Materials {
 public:
  // Reads the recipe's reference folders. Throws Error{kUsage} where one has no usable image. Keeps
  // references to recipe and catalog.
  DatasetMaterials(const Recipe& recipe, const Catalog& catalog, std::uint64_t memory_bytes);

  // What the recipe's chains need.
  const Needs& needs() const { return needs_; }

  // The candidates from now on: one entry per sample, nothing for those that are not usable, zeros where the
  // hash is not known. Before, all samples are, with zeros.
  void set_candidates(const std::vector<std::optional<Hash128>>& hashes);
  void set_statistics(const StatisticsSums& sums);

  // Of the names and contents of a reference folder's images.
  Hash128 hash_of_references(const std::string& folder) const;

  std::optional<Partner> partner(const Sample& sample, std::uint32_t class_index, std::uint64_t number,
                                 bool any_class) const override;
  std::optional<Partner> reference(const std::string& folder, std::uint64_t number) const override;
  const Statistics* statistics(std::uint32_t class_index, StatisticsScope scope) const override;

 private:
  struct ReferenceImage {
    std::string name;
    std::filesystem::path path;
    ImageHeader header;
    Hash128 hash;
  };
  struct ReferenceFolder {
    std::vector<ReferenceImage> images;
    Ring ring;
  };

  ReferenceFolder read_references(const std::string& folder) const;
  DrawnChain preparation(const Sample& sample) const;
  bool can_be_prepared(const Sample& sample) const;
  cv::Mat prepared(const Sample& sample, cv::Mat pixels) const;

  const Recipe& recipe_;
  const Catalog& catalog_;
  Needs needs_;
  std::map<std::string, ReferenceFolder, std::less<>> references_;
  std::vector<std::optional<Hash128>> hashes_;  // by sample
  Ring all_;
  std::vector<Ring> by_class_;
  std::vector<Statistics> class_statistics_;
  std::optional<Statistics> statistics_;
  mutable PixelCache cache_;
};

// What all chains of the recipe need.
Needs needs_of(const Recipe& recipe);

}  // namespace tenfold
