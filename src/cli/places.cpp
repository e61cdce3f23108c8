#include "places.h"

#include <algorithm>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// Absolute, links resolved, without a trailing slash.
fs::path resolved(const fs::path& path) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(path));
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

void refuse_place(const fs::path& file, const fs::path& root, const std::string& why,
                  const std::string& option) {
  if (fs::is_directory(file))
    throw Error(ErrorKind::kUsage,
                in_quotes(file.string()) + " is a folder; " + option + " names the file to write");
  const fs::path top = resolved(root), place = resolved(fs::absolute(file).parent_path());
  if (std::mismatch(top.begin(), top.end(), place.begin(), place.end()).first == top.end())
    throw Error(ErrorKind::kUsage,
                in_quotes(file.string()) + " would lie in " + why + "; choose another place with " + option);
}

}  // namespace tenfold
