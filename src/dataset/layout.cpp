#include "dataset/layout.h"

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

void check_splits_have_classes(const std::filesystem::path& root, const Walk& found,
                               const std::vector<std::string>& images) {
  const std::string folder = in_quotes(root.string());
  const std::string remedy = "; put each class into a folder of its own: " +
                             escaped((root / "<split>" / "<class>" / "<image>").string());
  if (!images.empty())
    throw Error(ErrorKind::kUsage, counted(images.size(), "image") + (images.size() == 1 ? " lies" : " lie") +
                                       " outside of the class folders of " + folder + " (" +
                                       (images.size() == 1 ? "" : "the first is ") +
                                       in_quotes(images.front()) + ")" + remedy);
  if (found.classes.empty())
    throw Error(ErrorKind::kUsage,
                "the split folders of the input " + folder + " have no class folders" + remedy);
}

void check_lie_in_splits(const std::filesystem::path& root, const std::vector<std::string>& images) {
  if (images.empty()) return;
  const bool one = images.size() == 1;
  throw Error(ErrorKind::kUsage, counted(images.size(), "image") + (one ? " lies" : " lie") +
                                     " outside of the split folders of " + in_quotes(root.string()) + " (" +
                                     (one ? "" : "the first is ") + in_quotes(images.front()) + "); move " +
                                     (one ? "it" : "each") + " into one of them or ignore it");
}

}  // namespace

void check_layout(const std::filesystem::path& root, const Walk& found,
                  const std::vector<std::string>& images) {
  if (found.flat) return check_lie_in_splits(root, images);
  if (!found.split_folders.empty()) return check_splits_have_classes(root, found, images);
  const std::string folder = in_quotes(root.string());
  const std::string lie = counted(images.size(), "image") + (images.size() == 1 ? " lies" : " lie");
  const std::string remedy =
      "; put each class into a folder of its own: " + escaped((root / "<class>" / "<image>").string());
  if (found.classes.empty() && images.empty())
    throw Error(ErrorKind::kUsage, "the input " + folder + " has no class folders" + remedy);
  if (found.classes.empty())
    throw Error(ErrorKind::kUsage, lie + " in the root of " + folder + " without a class folder" + remedy);
  if (!images.empty())
    throw Error(ErrorKind::kUsage, lie + " in the root of " + folder + " beside its class folders (" +
                                       (images.size() == 1 ? "" : "the first is ") +
                                       in_quotes(images.front()) +
                                       "); move each into the folder of its class or ignore it");
}

}  // namespace tenfold
