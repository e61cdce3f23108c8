#include "tenfold/store/run_shard_files.h"

#include <algorithm>
#include <cerrno>

#include "tenfold/base/error.h"
#include "tenfold/base/folder.h"

namespace tenfold {
namespace {

constexpr std::string_view kJournalBegin = ".tenfold.journal.", kLockBegin = ".tenfold.lock.", kOf = "-of-";

std::string numbered(std::string_view begin, const RunShard& shard) {
  return std::string(begin) + std::to_string(shard.number) + std::string(kOf) + std::to_string(shard.count);
}

std::optional<RunShard> shard_behind(std::string_view begin, std::string_view name) {
  if (!name.starts_with(begin)) return std::nullopt;
  std::string numbers(name.substr(begin.size()));
  const std::size_t of = numbers.find(kOf);
  if (of == std::string::npos) return std::nullopt;
  const auto shard = parse_run_shard(numbers.replace(of, kOf.size(), "/"));
  return shard && numbered(begin, *shard) == name ? shard : std::nullopt;  // but no 02-of-3
}

std::vector<RunShard> shards_in(const std::filesystem::path& path, std::string_view begin) {
  std::vector<RunShard> shards;
  const OpenFolder folder(::opendir(path.c_str()));
  if (!folder && (errno == ENOENT || errno == ENOTDIR)) return shards;
  errno = folder ? 0 : errno;
  for (const dirent* entry = nullptr; folder && (entry = ::readdir(folder.get())) != nullptr; errno = 0)
    if (const auto shard = shard_behind(begin, entry->d_name)) shards.push_back(*shard);
  if (errno != 0) throw system_error("cannot list", path.string(), errno);
  std::ranges::sort(shards);
  return shards;
}

}  // namespace

std::string journal_name(const RunShard& shard) { return numbered(kJournalBegin, shard); }
std::string lock_name(const RunShard& shard) { return numbered(kLockBegin, shard); }

std::optional<RunShard> run_shard_of_file(std::string_view name) {
  const auto of_journal = shard_behind(kJournalBegin, name);
  return of_journal ? of_journal : shard_behind(kLockBegin, name);
}

std::vector<RunShard> run_shards_with_journal(const std::filesystem::path& folder) {
  return shards_in(folder, kJournalBegin);
}

std::vector<RunShard> run_shards_with_lock(const std::filesystem::path& folder) {
  return shards_in(folder, kLockBegin);
}

}  // namespace tenfold
