#include "guards.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

struct statvfs file_system_of(const fs::path& output) {
  fs::path folder = fs::absolute(output).lexically_normal();
  struct statvfs status {};
  while (::statvfs(folder.c_str(), &status) != 0) {
    if (errno == EINTR) continue;
    if (errno != ENOENT || !folder.has_relative_path())
      throw system_error("cannot examine", folder.string(), errno);
    folder = folder.has_filename() ? folder.parent_path() : folder.parent_path().parent_path();
  }
  return status;
}

}  // namespace

Removal removal_of(const OutputState& state, const NameSet& wanted) {
  Removal removal{.existing = state.images()};
  for (const auto& [name, record] : state.records) {
    if (wanted.contains(name)) continue;
    removal.images += record.is_image() ? 1 : 0;
    removal.bytes += record.bytes;
  }
  removal.images += static_cast<std::uint64_t>(
      std::ranges::count_if(state.unsure, [&](const std::string& name) { return !wanted.contains(name); }));
  return removal;
}

std::optional<std::string> large_removal(const fs::path& output, const Removal& removal) {
  if (2 * removal.images <= removal.existing) return std::nullopt;
  return grouped(removal.images) + " of the " + counted(removal.existing, "image") + " in " +
         in_quotes(output.string()) +
         " are not part of the plan and would be removed; is this the right output? Use --force to remove "
         "them, or choose another output";
}

std::optional<std::string> blind_removal(const Catalog& catalog) {
  const auto unread = std::ranges::find_if(catalog.bad, &BadFile::folder);
  if (unread == catalog.bad.end()) return std::nullopt;
  return in_quotes(unread->path) + " " + unread->failure.reason +
         ", so it is not known what is to be removed; make it readable, name it in input.ignore, or use "
         "--force";
}

namespace {

// In blocks of the file system, with their lines in manifest, index and journal.
Space space_for(const Space& files, const fs::path& output) {
  constexpr std::uint64_t kDescribed = 1024;  // bytes of an image's lines in manifest, index and journal
  if (files.files == 0) return files;
  const std::uint64_t block = std::max<std::uint64_t>(file_system_of(output).f_frsize, 1);
  const std::uint64_t average = files.bytes / files.files;
  const std::uint64_t taken = average < block ? block : average + block / 2;  // the last block is half full
  return {files.files * (taken + kDescribed), files.files};
}

}  // namespace

Space needed_space(const Space& missing, const Removal& removal, const fs::path& output) {
  Space needed = space_for(missing, output);
  needed.bytes -= std::min(needed.bytes, removal.bytes);
  return needed;
}

Space free_space(const fs::path& output) {
  const struct statvfs status = file_system_of(output);
  // Some file systems make inodes as they go and count none.
  const std::uint64_t files = status.f_files > 0 ? status.f_favail : UINT64_MAX;
  const bool counts = status.f_blocks > 0;
  return {counts ? status.f_bavail * status.f_frsize : UINT64_MAX, files};
}

std::optional<std::string> lack_of_space(const fs::path& output, const Space& needed, const Space& free) {
  if (needed.bytes <= free.bytes && needed.files <= free.files) return std::nullopt;
  const bool bytes = needed.bytes > free.bytes;
  return "the images that are missing in " + in_quotes(output.string()) + " need about " +
         (bytes ? human_bytes(needed.bytes) : counted(needed.files, "file")) + ", and " +
         (bytes ? human_bytes(free.bytes) : counted(free.files, "file")) + (bytes ? " is" : " are") +
         " free there; free some space, choose another output, or use --force to start all the same";
}

}  // namespace tenfold
