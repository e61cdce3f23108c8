// One line of the manifest and its file: what `verify` does for many of them at once.

#pragma once

#include <mutex>
#include <optional>

#include "tenfold/run/verify.h"
#include "tenfold/similarity/look.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

struct CheckedFile {
  std::uint64_t number = 0;          // of the line
  std::optional<ManifestLine> line;  // nothing where it is damaged
  std::optional<Finding> finding;    // the worst
  std::optional<Hash128> content{};  // of the file, where it is not what it should be
  std::uint64_t bytes = 0;           // of the file
  std::optional<Look> look{};        // of the picture, where they are asked for
};

// Checks files against their lines. Thread-safe.
class FileChecker {
 public:
  FileChecker(const std::filesystem::path& root, const VerifyOptions& options);

  // From now on, pictures are looked at, too.
  void look() { looks_ = true; }

  CheckedFile operator()(const RawManifestLine& raw) const;

 private:
  void check_file(CheckedFile& checked) const;
  void check_part(CheckedFile& checked) const;
  void check_annotation(CheckedFile& checked, const AnnotationFile& annotation) const;
  void check_content(CheckedFile& checked, std::span<const std::uint8_t> bytes) const;
  std::optional<std::string> picture_fault(CheckedFile& checked, std::span<const std::uint8_t> bytes) const;

  const std::filesystem::path root_;
  const bool quick_;
  bool looks_ = false;
  const std::uint64_t share_;     // of a thread in the memory
  mutable std::mutex one_large_;  // one picture that takes more at a time
};

}  // namespace tenfold
