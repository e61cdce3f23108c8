// Tars by libarchive, which lists them: GNU, pax, ustar and v7, with long names. The content of an entry is a
// stretch of the file.

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "dataset/archive.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kBlock = 512;
constexpr std::size_t kReadBytes = 64 << 10;

// Names are UTF-8 here whatever the locale says; libarchive would turn those of pax headers into it.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(::uselocale(locale_)) {}
  ~Utf8Locale() {
    ::uselocale(before_);
    if (locale_ != nullptr) ::freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_, before_;
};

struct CloseArchive {
  void operator()(archive* reader) const { ::archive_read_free(reader); }
};
using TarReader = std::unique_ptr<archive, CloseArchive>;

struct TarListing {
  std::vector<ArchiveEntry> entries;
  std::string fault;
};

std::string name_of(archive_entry* entry) {
  if (const char* name = ::archive_entry_pathname(entry)) return name;
  const char* name = ::archive_entry_pathname_utf8(entry);
  return name == nullptr ? "" : name;
}

std::string fault_of(archive_entry* entry) {
  if (::archive_entry_hardlink(entry) != nullptr || ::archive_entry_filetype(entry) == AE_IFLNK)
    return "is a link in the archive";
  if (::archive_entry_filetype(entry) != AE_IFREG) return "is not a regular file";
  if (::archive_entry_sparse_reset(entry) > 0) return "is stored as a sparse file";
  return {};
}

// Of what was just read: its content begins where its headers end.
ArchiveEntry entry_of(archive* reader, archive_entry* found, std::uint64_t file_size) {
  ArchiveEntry entry{.path = name_of(found), .fault = fault_of(found)};
  entry.size = static_cast<std::uint64_t>(std::max<std::int64_t>(::archive_entry_size(found), 0));
  entry.place = static_cast<std::uint64_t>(::archive_filter_bytes(reader, 0));
  if (::archive_entry_filetype(found) == AE_IFDIR && !entry.path.ends_with('/')) entry.path += '/';
  if (entry.fault.empty() && (entry.place > file_size || entry.size > file_size - entry.place))
    entry.fault = "is cut off";
  return entry;
}

// Whether there are but zeros from `offset` on: readers stop at the first mark of an end, and tars that were
// joined, or have a hole, go on behind it.
bool is_blank_from(const InputFile& file, std::uint64_t offset) {
  std::vector<std::uint8_t> buffer(kReadBytes);
  for (std::size_t read = 0; (read = file.read_at(offset, buffer)) > 0; offset += read)
    if (std::any_of(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(read),
                    [](std::uint8_t byte) { return byte != 0; }))
      return false;
  return true;
}

// What is wrong with a tar whose end was found at `end`; empty if nothing is.
std::string fault_at_end(const InputFile& file, std::uint64_t end) {
  if (end + kBlock > file.size()) return "ends without the mark that ends a tar, so it may be cut off";
  if (is_blank_from(file, end)) return {};
  return "goes on behind the mark that ends a tar: it is damaged, or several were joined, which are to be "
         "named one by "
         "one";
}

// Nothing where the file is no tar.
std::optional<TarListing> list_tar(const std::filesystem::path& path, const InputFile& file) {
  const Utf8Locale locale;
  const TarReader reader(::archive_read_new());
  ::archive_read_support_format_tar(reader.get());
  if (::archive_read_open_filename(reader.get(), path.c_str(), kReadBytes) != ARCHIVE_OK) return std::nullopt;
  TarListing listing;
  for (;;) {
    archive_entry* found = nullptr;
    const int result = ::archive_read_next_header(reader.get(), &found);
    if (result == ARCHIVE_EOF) {
      const auto end = static_cast<std::uint64_t>(::archive_read_header_position(reader.get()));
      if (listing.fault.empty()) listing.fault = fault_at_end(file, end);
      return listing;
    }
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
      if (listing.entries.empty()) return std::nullopt;
      if (listing.fault.empty())
        listing.fault = "is damaged or cut off behind " + in_quotes(listing.entries.back().path);
      if (result != ARCHIVE_RETRY) return listing;
      continue;  // at the next sound header
    }
    listing.entries.push_back(entry_of(reader.get(), found, file.size()));
  }
}

class TarArchive : public Archive {
 public:
  TarArchive(const std::filesystem::path& path, const InputFile& file, TarListing listing)
      : Archive(path, file, std::move(listing.entries), std::move(listing.fault)) {}

 private:
  Content content_of(InputFile file, const ArchiveEntry& entry) const override {
    file.narrow_to(entry.place, entry.size);
    return Content(std::move(file));
  }
};

}  // namespace

std::shared_ptr<const Archive> open_tar(const std::filesystem::path& path, const InputFile& file) {
  auto listing = list_tar(path, file);
  return listing ? std::make_shared<TarArchive>(path, file, std::move(*listing)) : nullptr;
}

}  // namespace tenfold
