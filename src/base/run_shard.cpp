#include "tenfold/base/run_shard.h"

#include <charconv>

#include "tenfold/base/hash.h"

namespace tenfold {
namespace {

std::optional<std::uint32_t> number_of(std::string_view digits) {
  std::uint32_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

}  // namespace

bool RunShard::has(std::string_view source_path, std::uint32_t copy) const {
  return number == 1 + hash64(source_path, copy / kCopiesTogether) % count;
}

std::string in_words(const RunShard& shard) {
  return std::to_string(shard.number) + " of " + std::to_string(shard.count);
}

std::optional<RunShard> parse_run_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto number = number_of(text.substr(0, slash)), count = number_of(text.substr(slash + 1));
  if (!number || !count || *number < 1 || *number > *count || *count > kMostRunShards) return std::nullopt;
  return RunShard{*number, *count};
}

}  // namespace tenfold
