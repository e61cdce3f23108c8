#include "tenfold/dataset/source_file.h"

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

constexpr const char* kChanged =
    "has changed while the run was reading the dataset; a repeat takes it as it is then";

}  // namespace

Outcome<Bytes> read_source(const Catalog& catalog, const Sample& sample) {
  const Outcome<Content> file = catalog.sources.open(sample.path);
  if (!file) {
    const std::optional<fs::path> path = catalog.sources.file_of(sample.path);
    std::error_code ignored;
    if (path && !fs::is_directory(path->parent_path(), ignored))
      throw Error(ErrorKind::kFailed,
                  "the folder " + in_quotes(path->parent_path().string()) +
                      " of the input is gone; look whether its share is still there, and repeat");
    return tl::unexpected(file.error());
  }
  if (file->size() != sample.size_bytes || file->modified_ns() != sample.modified_ns)
    return failure(Stage::kRead, kChanged);
  Outcome<Bytes> bytes = file->read_all();
  if (file->has_changed()) return failure(Stage::kRead, kChanged);
  return bytes;
}

}  // namespace tenfold
