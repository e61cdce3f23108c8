#include "dataset/archive.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

using namespace std::string_view_literals;

struct Compression {
  std::string_view magic, command;
};
constexpr std::array kCompressions{
    Compression{"\x1F\x8B"sv, "gunzip -k"},
    Compression{"BZh"sv, "bunzip2 -k"},
    Compression{"\xFD"
                "7zXZ\0"sv,
                "unxz -k"},
    Compression{"\x28\xB5\x2F\xFD"sv, "unzstd"},
};

void refuse_compressed(const std::filesystem::path& path, const InputFile& file) {
  Bytes start(8);
  start.resize(file.read_at(0, start));
  const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
  for (const Compression& one : kCompressions)
    if (text.starts_with(one.magic))
      throw Error(ErrorKind::kUsage, "the input " + in_quotes(path.string()) +
                                         " is compressed as a whole, so that no image in it can be read "
                                         "without those before it; unpack it: " +
                                         std::string(one.command) + " " + in_quotes(path.string()));
}

// The path below the archive's root, without "." and empty parts; nothing where it leads out of it.
std::optional<std::string> path_below_root(std::string_view name) {
  if (name.starts_with('/')) return std::nullopt;
  std::string path;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find('/'));
    const bool is_folder = part.size() < name.size();
    name.remove_prefix(part.size() + (is_folder ? 1 : 0));
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") path += std::string(part) + (is_folder ? "/" : "");
  }
  return path;
}

bool starts_with(const ArchiveEntry& entry, const std::string& prefix) {
  return entry.path.starts_with(prefix);
}

}  // namespace

Archive::Archive(std::filesystem::path path, const InputFile& file, std::vector<ArchiveEntry> entries,
                 std::string fault)
    : path_(std::move(path)), size_bytes_(file.size()), modified_ns_(file.modified_ns()) {
  if (!fault.empty()) bad_.push_back({path_.filename().string(), {Stage::kScan, std::move(fault)}, true});
  for (ArchiveEntry& entry : entries) {
    std::optional<std::string> below = path_below_root(entry.path);
    if (!below) {
      bad_.push_back({entry.path, {Stage::kScan, "leads out of the archive"}});
    } else if (!below->empty()) {
      entry.path = std::move(*below);
      entries_.push_back(std::move(entry));
    }
  }
  std::ranges::stable_sort(entries_, {}, &ArchiveEntry::path);
  // The last of those with one path.
  std::vector<ArchiveEntry> last;
  for (ArchiveEntry& entry : entries_)
    if (!last.empty() && last.back().path == entry.path)
      last.back() = std::move(entry);
    else
      last.push_back(std::move(entry));
  entries_ = std::move(last);
}

const ArchiveEntry* Archive::find(const std::string& path) const {
  const auto found = std::ranges::lower_bound(entries_, path, {}, &ArchiveEntry::path);
  return found == entries_.end() || found->path != path ? nullptr : &*found;
}

FolderListing Archive::list(const std::string& folder, const ScanOptions& options) const {
  FolderListing listing;
  if (folder.empty()) listing.bad = bad_;
  const std::string prefix = folder.empty() ? "" : folder + "/";
  auto entry = std::ranges::lower_bound(entries_, prefix, {}, &ArchiveEntry::path);
  while (entry != entries_.end() && starts_with(*entry, prefix)) {
    const std::string name =
        entry->path.substr(prefix.size(), entry->path.find('/', prefix.size()) - prefix.size());
    const std::string path = prefix + name;
    const bool is_folder = path.size() < entry->path.size();
    const ArchiveEntry& first = *entry;
    // '0' is what follows '/' in ASCII: behind everything in the folder.
    entry = is_folder ? std::ranges::lower_bound(entry, entries_.end(), path + "0", {}, &ArchiveEntry::path)
                      : std::next(entry);
    if (name.empty()) continue;  // the folder itself
    if (name.front() == '.') {
      ++listing.ignored.hidden;
    } else if (is_ignored(options.ignore, path, is_folder)) {
      ++listing.ignored.matched;
    } else if (is_folder) {
      if (is_utf8(name))
        listing.folders.push_back({path, false, {}});
      else
        listing.bad.push_back({path, {Stage::kScan, "the name is not valid UTF-8"}});
    } else if (first.fault.empty() && !has_below(path)) {
      listing.files.push_back(path);
    } else if (claims_to_be_image(name)) {
      listing.bad.push_back(
          {path,
           {Stage::kScan, first.fault.empty() ? "is a file and a folder in the archive" : first.fault}});
    } else {
      ++listing.ignored.other;
    }
  }
  return listing;
}

bool Archive::has_below(const std::string& path) const {
  const auto next = std::ranges::lower_bound(entries_, path + "/", {}, &ArchiveEntry::path);
  return next != entries_.end() && starts_with(*next, path + "/");
}

Outcome<Content> Archive::open_entry(const std::string& path) const {
  const ArchiveEntry* entry = find(path);
  if (entry == nullptr) return failure(Stage::kRead, "is not in the archive");
  if (!entry->fault.empty()) return failure(Stage::kRead, entry->fault);
  Outcome<InputFile> file = InputFile::open(path_);
  if (!file || file->size() != size_bytes_ || file->modified_ns() != modified_ns_) refuse_change();
  return content_of(std::move(*file), *entry);
}

void Archive::check_is_unchanged() const {
  const Outcome<InputFile> file = InputFile::open(path_);
  if (!file || file->size() != size_bytes_ || file->modified_ns() != modified_ns_) refuse_change();
}

void Archive::refuse_change() const {
  throw Error(ErrorKind::kFailed, "the archive " + in_quotes(path_.string()) +
                                      " changed or vanished while it was read; repeat this when it is there "
                                      "to stay");
}

std::shared_ptr<const Archive> Archive::open(const std::filesystem::path& path) {
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file)
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(path.string()) + " " + file.error().reason);
  refuse_compressed(path, *file);
  if (auto zip = open_zip(path, *file)) return zip;
  if (auto tar = open_tar(path, *file)) return tar;
  throw Error(ErrorKind::kUsage,
              "the input " + in_quotes(path.string()) + " is neither a folder nor a tar or zip archive");
}

}  // namespace tenfold
