// One of the N parts that a run can be cut into: its shard, as users say. (The tar archives of a WebDataset
// are called shards, too; in code those are `shard` alone, and these are run shards.)
//
// A job belongs to shard 1 + hash(source path, copy div 64) mod N: a matter of the job alone, never of its
// place in a plan. So shards are disjoint and know nothing of each other, and no job moves when images or
// copies come and go. Sixty-four copies stay together, so that few sources are decoded by several shards.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenfold {

inline constexpr std::uint32_t kMostRunShards = 10'000;
inline constexpr std::uint32_t kCopiesTogether = 64;

struct RunShard {
  std::uint32_t number = 1;  // from 1
  std::uint32_t count = 1;

  // Whether it makes this copy of a sample; copy 0 is the original.
  bool has(std::string_view source_path, std::uint32_t copy) const;

  auto operator<=>(const RunShard&) const = default;
};

// "2 of 3".
std::string in_words(const RunShard& shard);

// What "2/3" says; nothing where it is no I/N with 1 <= I <= N <= kMostRunShards.
std::optional<RunShard> parse_run_shard(std::string_view text);

}  // namespace tenfold
