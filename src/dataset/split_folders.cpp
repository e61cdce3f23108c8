#include "dataset/split_folders.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "dataset/archive.h"
#include "dataset/split_shards.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/unnamed_splits.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

std::string names_in_use(Split split) {
  switch (split) {
    case Split::kTrain:
      return "train or training";
    case Split::kVal:
      return "val, validation, valid or dev";
    case Split::kTest:
      break;
  }
  return "test or testing";
}

[[noreturn]] void refuse_other_folder(const std::filesystem::path& root, const std::string& folder,
                                      const std::vector<Split>& splits) {
  std::vector<std::string> named;
  for (const Split split : splits) named.emplace_back(split_name(split));
  const std::optional<Split> split = split_of_folder(folder);
  throw Error(
      ErrorKind::kUsage,
      "the input " + in_quotes(root.string()) + " has the folder " + in_quotes(folder) +
          " beside the splits " + listed(named) + " that the recipe names; " +
          (split ? "add '" + std::string(split_name(*split)) + ": copy' to input.splits" : "move it") +
          " or ignore it: input.ignore: [\"" + escaped(folder) + "/\"]");
}

std::vector<FolderEntry> named_as_splits(const std::vector<FolderEntry>& folders) {
  std::vector<FolderEntry> named;
  std::ranges::copy_if(folders, std::back_inserter(named),
                       [](const FolderEntry& folder) { return split_of_folder(folder.path).has_value(); });
  return named;
}

bool have_names_of_splits(const std::vector<FolderEntry>& named) {
  return named.size() > 1 && std::ranges::any_of(named, [](const FolderEntry& folder) {
           return split_of_folder(folder.path) == Split::kTrain;
         });
}

std::set<Split> splits_of(const std::vector<FolderEntry>& folders) {
  std::set<Split> splits;
  for (const FolderEntry& folder : folders) splits.insert(*split_of_folder(folder.path));
  return splits;
}

}  // namespace

std::string recipe_line_of(const std::set<Split>& splits) {
  std::string pairs;
  for (const Split split : splits)
    pairs += (pairs.empty() ? "" : ", ") + std::string(split_name(split)) +
             (split == Split::kTrain ? ": expand" : ": copy");
  return "input.splits: {" + pairs + "}";
}

std::map<Split, std::string> find_split_folders(const std::filesystem::path& root,
                                                const std::vector<FolderEntry>& folders,
                                                const std::vector<Split>& splits) {
  std::map<Split, std::string> found;
  const std::string input = "the input " + in_quotes(root.string());
  for (const FolderEntry& folder : folders) {
    const std::optional<Split> split = split_of_folder(folder.path);
    if (!split || std::ranges::find(splits, *split) == splits.end())
      refuse_other_folder(root, folder.path, splits);
    const auto [first, is_new] = found.emplace(*split, folder.path);
    if (!is_new)
      throw Error(ErrorKind::kUsage,
                  input + " has two folders for the split " + std::string(split_name(*split)) + ", " +
                      in_quotes(first->second) + " and " + in_quotes(folder.path) +
                      "; merge them or ignore one: input.ignore: [\"" + escaped(folder.path) + "/\"]");
  }
  for (const Split split : splits)
    if (!found.contains(split))
      throw Error(ErrorKind::kUsage, input + " has no folder for the split " +
                                         std::string(split_name(split)) + "; name one " +
                                         names_in_use(split) + ", or take '" +
                                         std::string(split_name(split)) + "' out of input.splits");
  return found;
}

bool look_like_splits(const std::vector<FolderEntry>& folders, const ScanOptions& options,
                      const std::function<FolderListing(const std::string&)>& list) {
  const std::vector<FolderEntry> named = named_as_splits(folders);
  if (!have_names_of_splits(named)) return false;
  if (options.labels.kind != LabelRule::Kind::kFolder) return named.size() == folders.size();
  bool have_folders = false;
  for (const FolderEntry& folder : named) {
    const FolderListing listing = list(folder.path);
    if (std::ranges::any_of(listing.files, claims_to_be_image)) return false;
    have_folders |= !listing.folders.empty();
  }
  return have_folders;
}

void refuse_unnamed_splits(const std::filesystem::path& root, const std::vector<FolderEntry>& folders) {
  const std::vector<FolderEntry> named = named_as_splits(folders);
  std::vector<std::string> names;
  for (const FolderEntry& folder : named) names.push_back(in_quotes(folder.path));
  throw Error(
      ErrorKind::kUsage,
      "the folders " + listed(names) + " of the input " + in_quotes(root.string()) +
          " look like splits, not like classes; say so in the recipe: " + recipe_line_of(splits_of(named)));
}

std::vector<Split> unnamed_splits(const std::filesystem::path& root) {
  const Sources sources({root});
  if (const std::vector<Split> of_shards = splits_of_shards(sources); !of_shards.empty()) {
    const std::set<Split> splits(of_shards.begin(), of_shards.end());
    return {splits.begin(), splits.end()};
  }
  const ScanOptions options;
  const auto list = [&](const std::string& path) {
    const auto& archive = sources.roots().front().archive;
    return archive ? archive->list(path, options) : list_folder(root, path, options);
  };
  const std::vector<FolderEntry> folders = list("").folders;
  if (!look_like_splits(folders, options, list)) return {};
  const std::set<Split> splits = splits_of(named_as_splits(folders));
  return {splits.begin(), splits.end()};
}

}  // namespace tenfold
