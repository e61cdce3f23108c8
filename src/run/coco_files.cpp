#include "coco_files.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "tenfold/annotations/annotation.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::string_view kSplit = "{split}";

std::string_view without_folders(std::string_view path) { return path.substr(path.rfind('/') + 1); }

[[noreturn]] void refuse(const std::string& name, const std::string& clause) {
  throw Error(ErrorKind::kUsage, "the file of boxes " + in_quotes(name) + " " + clause);
}

// Of those that have a name, the only one.
using OnlyOne = std::unordered_map<std::string_view, std::optional<std::size_t>>;

void note(OnlyOne& found, std::string_view name, std::size_t which) {
  const auto [place, is_new] = found.try_emplace(name, which);
  if (!is_new) place->second.reset();
}

std::optional<std::size_t> only(const OnlyOne& found, std::string_view name) {
  const auto place = found.find(name);
  return place == found.end() ? std::nullopt : place->second;
}

// What came of the objects of one sample.
struct Look {
  std::optional<SampleFailure> failure{};
  std::size_t run_lengths = 0, keypoints = 0;
};

}  // namespace

Split CocoFiles::key_of(Split split) const {
  return boxes_.files.find(kSplit) == std::string::npos ? kSplits.front() : split;
}

void CocoFiles::read(const std::filesystem::path& root, Split split, const std::string& name) {
  const Outcome<InputFile> file = InputFile::open(root / name);
  if (!file) refuse(name, file.error().reason + "; it is looked for at " + in_quotes((root / name).string()));
  if (file->size() > kLargestCocoFile)
    refuse(name, "is " + human_bytes(file->size()) + " large, and must not be larger than " +
                     human_bytes(kLargestCocoFile));
  const Bytes bytes = file->read_all();
  auto parsed = parse_coco({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!parsed) refuse(name, parsed.error());
  sources_.push_back({name, bytes.size(), hash128(bytes)});
  names_[split] = name;
  files_[split] = std::move(*parsed);
}

// Finds the sample of each image of a file.
void CocoFiles::match(const Catalog& catalog, Split split, Observer& observer) {
  const CocoFile& file = files_.at(split);
  const std::string& name = names_.at(split);
  const bool has_folder = key_of(Split::kTest) == Split::kTest && catalog.split_folders.contains(split);
  const std::string folder = has_folder ? catalog.split_folders.at(split) + "/" : "";
  OnlyOne by_path, by_name, in_file;
  for (std::size_t i = 0; i < catalog.samples.size(); ++i) {
    const Sample& sample = catalog.samples[i];
    if (key_of(sample.split) != split) continue;
    by_path.emplace(sample.path, i);
    note(by_name, without_folders(sample.path), i);
  }
  for (std::size_t i = 0; i < file.images.size(); ++i)
    note(in_file, without_folders(file.images[i].file_name), i);
  std::size_t strange = 0;
  for (const CocoImage& image : file.images) {
    auto sample = only(by_path, image.file_name);
    if (!sample) sample = only(by_path, folder + image.file_name);
    const std::string_view last = without_folders(image.file_name);
    if (!sample && only(in_file, last)) sample = only(by_name, last);
    strange += sample ? 0 : 1;
    if (sample && !images_.try_emplace(catalog.samples[*sample].path, &image).second)
      refuse(name, "names the image " + in_quotes(catalog.samples[*sample].path) + " more than once");
  }
  if (strange == file.images.size() && !by_path.empty())
    refuse(name, (file.images.empty() ? std::string("names no image")
                                      : "names no image of the dataset; its first one is " +
                                            in_quotes(file.images.front().file_name)) +
                     ", and the dataset's first one is " +
                     in_quotes(std::ranges::min_element(by_path, {}, &OnlyOne::value_type::second)->first));
  if (strange > 0)
    observer.noted(in_quotes(name) + " names " + counted(strange, "image") +
                   " that the dataset does not have");
  if (const std::size_t missing = by_path.size() + strange - file.images.size(); missing > 0)
    observer.noted(counted(missing, "image") + " that " + in_quotes(name) +
                   " does not name: taken for images in which there is no object");
}

void CocoFiles::look_at(Catalog& catalog, Observer& observer) {
  const std::filesystem::path& root = catalog.sources.roots().front().path;
  for (const Sample& sample : catalog.samples) {
    const Split split = key_of(sample.split);
    if (names_.contains(split)) continue;
    std::string name = boxes_.files;
    if (const std::size_t place = name.find(kSplit); place != name.npos)
      name.replace(place, kSplit.size(), catalog.split_folders.at(split));
    read(root, split, name);
  }
  for (const auto& [split, file] : files_) match(catalog, split, observer);
  std::vector<Look> looks(catalog.samples.size());
  tbb::parallel_for(std::size_t{0}, looks.size(), [&](std::size_t i) {
    const Sample& sample = catalog.samples[i];
    const auto image = images_.find(sample.path);
    if (image == images_.end()) return;
    const Outcome<CocoObjects> objects =
        CocoObjects::read(*image->second, sample.header, boxes_.min_visibility);
    if (objects)
      looks[i] = {.run_lengths = objects->run_lengths(), .keypoints = objects->keypoints()};
    else
      looks[i].failure = {
          objects.error().stage,
          "its entry in " + in_quotes(names_.at(key_of(sample.split))) + ": " + objects.error().reason};
  });
  std::vector<Sample> good;
  std::size_t run_lengths = 0, keypoints = 0;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    Sample& sample = catalog.samples[i];
    run_lengths += looks[i].run_lengths;
    keypoints += looks[i].keypoints;
    if (looks[i].failure)
      catalog.bad.push_back({.path = sample.path, .failure = *looks[i].failure});
    else
      good.push_back(std::move(sample));
  }
  catalog.samples = std::move(good);
  if (run_lengths > 0)
    observer.noted("masks as run lengths do not follow: copies of " + counted(run_lengths, "object") +
                   " have their boxes alone");
  if (keypoints > 0)
    observer.noted("keypoints do not follow: copies of " + counted(keypoints, "object") +
                   " are without them");
  fingerprint_ = hash_of_all(catalog);
}

Hash128 CocoFiles::hash_of_all(const Catalog& catalog) const {
  FieldHasher hasher;
  hasher.add(boxes_.min_visibility).add(std::uint64_t{kAnnotationsVersion});
  for (const auto& [split, file] : files_) hasher.add(split_name(split)).add(file.rest);
  for (const Sample& sample : catalog.samples) {
    const auto image = images_.find(sample.path);
    if (image == images_.end()) continue;
    hasher.add(sample.path).add(image->second->entry).add(std::uint64_t{image->second->objects.size()});
    for (const std::string& object : image->second->objects) hasher.add(object);
  }
  return hasher.finish();
}

CocoObjects CocoFiles::objects_of(const Sample& sample) const {
  const auto image = images_.find(sample.path);
  if (image == images_.end()) return {};
  Outcome<CocoObjects> objects = CocoObjects::read(*image->second, sample.header, boxes_.min_visibility);
  return std::move(*objects);  // for look_at() has read them before
}

}  // namespace tenfold
