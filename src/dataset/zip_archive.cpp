// Zips by libzip, which reads entries in any order.

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "dataset/archive.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kChunkBytes = 1 << 20;

struct DiscardZip {
  void operator()(zip_t* zip) const { ::zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, DiscardZip>;

struct CloseEntry {
  void operator()(zip_file_t* file) const { ::zip_fclose(file); }
};
using ZipFile = std::unique_ptr<zip_file_t, CloseEntry>;

// A handle belongs to one thread at a time, so there are as many as threads that read.
class ZipHandles {
 public:
  ZipHandles(std::filesystem::path path, Zip first) : path_(std::move(path)) {
    idle_.push_back(std::move(first));
  }

  Outcome<Bytes> unpack(std::uint64_t number, std::uint64_t size, std::uint64_t most) {
    Zip zip = take();
    Outcome<Bytes> bytes = unpack(*zip, number, size, most);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(zip));
    return bytes;
  }

 private:
  Zip take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Zip zip = std::move(idle_.back());
        idle_.pop_back();
        return zip;
      }
    }
    Zip zip(::zip_open(path_.c_str(), ZIP_RDONLY, nullptr));
    if (!zip)
      throw Error(ErrorKind::kFailed, "the archive " + in_quotes(path_.string()) + " cannot be read again");
    return zip;
  }

  // Memory grows with what is there, not with what the archive claims.
  static Outcome<Bytes> unpack(zip_t& zip, std::uint64_t number, std::uint64_t size, std::uint64_t most) {
    const auto bad = [](zip_file_t* file, zip_t& of) {
      const char* what = file != nullptr ? ::zip_file_strerror(file) : ::zip_strerror(&of);
      return failure(Stage::kRead, "cannot be unpacked: " + std::string(what));
    };
    const ZipFile file(::zip_fopen_index(&zip, number, 0));
    if (!file) return bad(nullptr, zip);
    Bytes bytes;
    const std::uint64_t wanted = std::min(size, most);
    for (;;) {
      const std::size_t had = bytes.size();
      const bool at_end = had == wanted;
      if (at_end && most < size) return bytes;
      // Behind the last byte libzip compares the checksum.
      bytes.resize(had + (at_end ? 1 : std::min<std::uint64_t>(kChunkBytes, wanted - had)));
      const zip_int64_t count = ::zip_fread(file.get(), bytes.data() + had, bytes.size() - had);
      if (count < 0) return bad(file.get(), zip);
      bytes.resize(had + static_cast<std::size_t>(count));
      if (at_end && count == 0) return bytes;
      if (at_end || count == 0)
        return failure(Stage::kRead, "cannot be unpacked: it has not the size that the archive tells");
    }
  }

  const std::filesystem::path path_;
  std::mutex mutex_;
  std::vector<Zip> idle_;
};

std::string fault_of(zip_t& zip, const zip_stat_t& entry) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (::zip_file_get_external_attributes(&zip, entry.index, 0, &system, &attributes) == 0 &&
      system == ZIP_OPSYS_UNIX) {
    const mode_t mode = attributes >> 16;
    if (S_ISLNK(mode)) return "is a link in the archive";
    if ((mode & S_IFMT) != 0 && !S_ISREG(mode) && !S_ISDIR(mode)) return "is not a regular file";
  }
  if (entry.encryption_method != ZIP_EM_NONE) return "is encrypted";
  if (::zip_compression_method_supported(entry.comp_method, 0) != 1)
    return "is compressed in a way that is not supported";
  return {};
}

std::vector<ArchiveEntry> list_zip(zip_t& zip) {
  std::vector<ArchiveEntry> entries;
  const zip_int64_t count = ::zip_get_num_entries(&zip, 0);
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(std::max<zip_int64_t>(count, 0)); ++i) {
    zip_stat_t entry;
    if (::zip_stat_index(&zip, i, 0, &entry) != 0 || (entry.valid & ZIP_STAT_NAME) == 0) continue;
    entries.push_back({.path = entry.name, .size = entry.size, .place = i, .fault = fault_of(zip, entry)});
  }
  return entries;
}

class ZipArchive : public Archive {
 public:
  ZipArchive(const std::filesystem::path& path, const InputFile& file, Zip zip)
      : Archive(path, file, list_zip(*zip), ""),
        handles_(std::make_shared<ZipHandles>(path, std::move(zip))) {}

 private:
  Content content_of(InputFile file, const ArchiveEntry& entry) const override {
    return Content(std::move(file), entry.size,
                   [handles = handles_, number = entry.place, size = entry.size](std::uint64_t most) {
                     return handles->unpack(number, size, most);
                   });
  }

  const std::shared_ptr<ZipHandles> handles_;
};

}  // namespace

std::shared_ptr<const Archive> open_zip(const std::filesystem::path& path, const InputFile& file) {
  Bytes start(4);
  start.resize(file.read_at(0, start));
  if (start.size() < 4 || start[0] != 'P' || start[1] != 'K' || start[2] > 8) return nullptr;
  int code = 0;
  Zip zip(::zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (zip) return std::make_shared<ZipArchive>(path, file, std::move(zip));
  zip_error_t error;
  ::zip_error_init_with_code(&error, code);
  const std::string reason = ::zip_error_strerror(&error);
  ::zip_error_fini(&error);
  throw Error(ErrorKind::kUsage,
              "the zip archive " + in_quotes(path.string()) + " cannot be read: " + reason);
}

}  // namespace tenfold
