// The scan in four passes: the folders are walked, the root is judged, labels are found, headers are read in
// parallel.

#include <oneapi/tbb/parallel_sort.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "dataset/archive.h"
#include "dataset/judge.h"
#include "dataset/labels.h"
#include "dataset/layout.h"
#include "dataset/split_shards.h"
#include "dataset/walk.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

// By the extension alone: no file is opened.
void check_layout_by_name(const DatasetRoot& root, const Walk& found) {
  std::vector<std::string> images;
  std::ranges::copy_if(found.loose_files, std::back_inserter(images), claims_to_be_image);
  check_layout(root.path, found, images);
}

// By the first bytes, for files that no extension gave away.
void check_layout_by_content(const DatasetRoot& root, const Walk& found, std::uint64_t max_pixels) {
  std::vector<FoundFile> files;
  for (const std::string& path : found.loose_files) files.push_back({path});
  const std::vector<Verdict> verdicts = judge_all(root, files, found, max_pixels);
  std::vector<std::string> images;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (!std::holds_alternative<NoImage>(verdicts[i])) images.push_back(files[i].path);
  check_layout(root.path, found, images);
}

// What one root has, with paths relative to it.
Walk found_in(const DatasetRoot& root, ScanOptions options) {
  options.labels = rule_for(root, options);
  Walk found = walk(root, options);
  check_layout_by_name(root, found);
  check_layout_by_content(root, found, options.max_pixels);
  if (options.labels.kind != LabelRule::Kind::kFolder) find_labels(root, options, found);
  tbb::parallel_sort(found.files.begin(), found.files.end(), [](const auto& a, const auto& b) {
    return std::tie(a.class_index, a.path) < std::tie(b.class_index, b.path);
  });
  return found;
}

// The names of the splits in the output: as in the input, or their own where roots differ in that.
std::map<Split, std::string> split_folders_of(const std::vector<Walk>& found) {
  std::map<Split, std::string> folders;
  for (const Walk& walk : found)
    for (const auto& [split, name] : walk.split_folders)
      if (const auto [known, is_new] = folders.emplace(split, name); !is_new && known->second != name)
        known->second = split_name(split);
  return folders;
}

// Splits that shards are named after. Within one of them there are none then.
class ShardSplits {
 public:
  // Throws Error{kUsage} where the options do not name them.
  ShardSplits(const Sources& sources, const ScanOptions& options) : of_shards_(splits_of_shards(sources)) {
    if (!options.labels.split.empty()) of_shards_.clear();  // a table knows better
    if (any()) check_are_named(sources, of_shards_, options.splits);
  }

  bool any() const { return !of_shards_.empty(); }

  ScanOptions within_one(ScanOptions options) const {
    if (any()) options.splits.clear();
    return options;
  }

  void assign(std::size_t root, Walk& found) const {
    if (any())
      for (FoundFile& file : found.files) file.split = of_shards_[root];
  }

  std::map<Split, std::string> folders() const {
    std::map<Split, std::string> folders;
    for (const Split split : of_shards_) folders.emplace(split, split_name(split));
    return folders;
  }

 private:
  std::vector<Split> of_shards_;  // of each root
};

// Files what the roots have into one catalog, root by root.
class Filing {
 public:
  Filing(Catalog& catalog, const ScanOptions& options, const std::set<std::string>& classes)
      : catalog_(catalog), options_(options) {
    catalog_.classes.assign(classes.begin(), classes.end());
  }

  void add(const DatasetRoot& root, Walk& found, std::vector<Verdict>& verdicts) {
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if (Sample* sample = std::get_if<Sample>(&verdicts[i]))
        add_sample(root, found, *sample);
      else if (SampleFailure* failure = std::get_if<SampleFailure>(&verdicts[i]))
        catalog_.bad.push_back({root.prefix + found.files[i].path, std::move(*failure)});
      else
        ++catalog_.ignored.other;
    }
    for (BadFile& bad : found.bad) {
      bad.path = root.prefix + bad.path;
      catalog_.bad.push_back(std::move(bad));
    }
    catalog_.ignored += found.ignored;
    catalog_.ignored.other += found.loose_files.size();
  }

 private:
  // The class outermost, or the split and then the class; then what else there is of the path.
  std::string place_of(const DatasetRoot& root, const Walk& found, const Sample& sample) const {
    std::string rest = sample.path;
    const auto folder = found.split_folders.find(sample.split);
    if (folder != found.split_folders.end() && options_.labels.split.empty())
      rest.erase(0, folder->second.size() + 1);
    const std::string& class_name = catalog_.classes[sample.class_index];
    if (!found.flat) rest.erase(0, class_name.size() + 1);
    const std::string split =
        catalog_.split_folders.empty() ? "" : catalog_.split_folders.at(sample.split) + "/";
    return split + class_name + "/" + root.prefix + rest;
  }

  void add_sample(const DatasetRoot& root, const Walk& found, Sample& sample) {
    const std::string& class_name = found.classes[sample.class_index];
    sample.class_index = *catalog_.class_index(class_name);
    if (found.flat || !root.prefix.empty()) sample.own_place = place_of(root, found, sample);
    sample.path = root.prefix + sample.path;
    catalog_.samples.push_back(std::move(sample));
  }

  Catalog& catalog_;
  const ScanOptions& options_;
};

}  // namespace

IgnoredCounts& IgnoredCounts::operator+=(const IgnoredCounts& other_counts) {
  hidden += other_counts.hidden;
  other += other_counts.other;
  matched += other_counts.matched;
  links += other_counts.links;
  unlabeled += other_counts.unlabeled;
  return *this;
}

Catalog scan(const std::vector<std::filesystem::path>& roots, const ScanOptions& options) {
  Catalog catalog{.sources = Sources(roots)};
  const ShardSplits shards(catalog.sources, options);
  std::vector<Walk> found;
  std::set<std::string> classes;
  for (const DatasetRoot& root : catalog.sources.roots()) {
    found.push_back(found_in(root, shards.within_one(options)));
    shards.assign(found.size() - 1, found.back());
    classes.insert(found.back().classes.begin(), found.back().classes.end());
  }
  catalog.split_folders = shards.any() ? shards.folders() : split_folders_of(found);
  Filing filing(catalog, options, classes);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const DatasetRoot& root = catalog.sources.roots()[i];
    std::vector<Verdict> verdicts = judge_all(root, found[i].files, found[i], options.max_pixels);
    if (root.archive)
      root.archive->check_is_unchanged();
    else
      check_is_still_there(root.path, "", found[i].folders.at(""));
    catalog.samples.reserve(catalog.samples.size() + verdicts.size());
    filing.add(root, found[i], verdicts);
    found[i] = {};
  }
  catalog.has_splits = !catalog.split_folders.empty();
  if (found.size() > 1)
    tbb::parallel_sort(catalog.samples.begin(), catalog.samples.end(), [](const auto& a, const auto& b) {
      return std::tie(a.class_index, a.path) < std::tie(b.class_index, b.path);
    });
  std::ranges::sort(catalog.bad, {}, &BadFile::path);
  return catalog;
}

std::vector<std::string> list_class_names(const std::vector<std::filesystem::path>& roots,
                                          const ScanOptions& options) {
  std::set<std::string> classes;
  const Sources sources(roots);
  const ShardSplits shards(sources, options);
  for (const DatasetRoot& root : sources.roots()) {
    if (options.labels.is_table()) {
      for (const std::string& name : class_names_of_table(root, options)) classes.insert(name);
      continue;
    }
    ScanOptions own = shards.within_one(options);
    own.labels = rule_for(root, options);
    const bool by_folder = own.labels.kind == LabelRule::Kind::kFolder;
    Walk found = by_folder ? walk_root(root, own) : walk(root, own);
    check_layout_by_name(root, found);
    if (!by_folder) find_labels(root, own, found);
    classes.insert(found.classes.begin(), found.classes.end());
  }
  return {classes.begin(), classes.end()};
}

}  // namespace tenfold
