// Archives for tests, written entry by entry, so that they can be as odd as any.

#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <zip.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace tenfold::test {

struct Packed {
  std::string path, content;
  unsigned type = AE_IFREG;
  std::string target{};  // of a link
};

// A tar in one of the formats "gnutar", "pax", "ustar" and "v7".
inline void write_tar(const std::filesystem::path& path, const std::vector<Packed>& entries,
                      const std::string& format = "pax") {
  const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr), before = ::uselocale(utf8);
  archive* out = ::archive_write_new();
  int result = ::archive_write_set_format_by_name(out, format.c_str());
  result |= ::archive_write_open_filename(out, path.c_str());
  for (const Packed& packed : entries) {
    archive_entry* entry = ::archive_entry_new();
    ::archive_entry_set_pathname(entry, packed.path.c_str());
    ::archive_entry_set_filetype(entry, packed.type);
    ::archive_entry_set_perm(entry, 0644);
    ::archive_entry_set_size(entry, static_cast<la_int64_t>(packed.content.size()));
    if (packed.type == AE_IFLNK) ::archive_entry_set_symlink(entry, packed.target.c_str());
    if (packed.type == AE_IFREG && !packed.target.empty())
      ::archive_entry_set_hardlink(entry, packed.target.c_str());
    result |= ::archive_write_header(out, entry);
    if (!packed.content.empty() &&
        ::archive_write_data(out, packed.content.data(), packed.content.size()) < 0)
      result = ARCHIVE_FATAL;
    ::archive_entry_free(entry);
  }
  result |= ::archive_write_close(out);
  ::archive_write_free(out);
  ::uselocale(before);
  ::freelocale(utf8);
  if (result != ARCHIVE_OK) throw std::runtime_error("cannot write " + path.string());
}

// A zip, stored or deflated; with a password its entries are encrypted.
inline void write_zip(const std::filesystem::path& path, const std::vector<Packed>& entries, bool deflated,
                      const char* password = nullptr) {
  zip_t* zip = ::zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  bool good = zip != nullptr;
  for (const Packed& packed : entries) {
    zip_source_t* source = ::zip_source_buffer(zip, packed.content.data(), packed.content.size(), 0);
    const zip_int64_t index = ::zip_file_add(zip, packed.path.c_str(), source, ZIP_FL_ENC_UTF_8);
    good = good && index >= 0;
    const auto number = static_cast<zip_uint64_t>(index);
    ::zip_set_file_compression(zip, number, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    if (packed.type == AE_IFLNK)
      ::zip_file_set_external_attributes(zip, number, 0, ZIP_OPSYS_UNIX, (AE_IFLNK | 0777U) << 16);
    if (password != nullptr) ::zip_file_set_encryption(zip, number, ZIP_EM_AES_256, password);
  }
  if (!good || ::zip_close(zip) != 0) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace tenfold::test
