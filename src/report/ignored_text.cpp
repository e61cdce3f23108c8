#include "ignored_text.h"

#include <vector>

#include "tenfold/base/text.h"

namespace tenfold {

std::string ignored_text(const IgnoredCounts& ignored) {
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, std::string_view noun, std::string_view plural) {
    if (count > 0) parts.push_back(counted(count, noun, plural));
  };
  add(ignored.hidden, "hidden file or folder", "hidden files and folders");
  add(ignored.other, "file that is no image", "files that are no images");
  add(ignored.matched, "file matched by input.ignore", "files matched by input.ignore");
  add(ignored.unlabeled, "image without a label", "images without a label");
  add(ignored.links, "symbolic link", "symbolic links");
  return parts.empty() ? "" : "ignored: " + listed(parts) + "\n";
}

}  // namespace tenfold
