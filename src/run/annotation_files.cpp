#include "annotation_files.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <set>

#include "tenfold/base/error.h"
#include "tenfold/base/extension.h"
#include "tenfold/base/file.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/output_names.h"

namespace tenfold {
namespace {

// "../masks/{path}.png" of "cat/a.jpg": "../masks/cat/a.png".
std::string file_of(const std::string& pattern, const std::string& sample) {
  constexpr std::string_view kPath = "{path}";
  std::string file = pattern;
  return file.replace(file.find(kPath), kPath.size(), without_extension(sample));
}

// The content of a file that may be missing: nothing then.
Outcome<std::optional<Bytes>> content_of(const std::filesystem::path& path, std::uint64_t largest) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::nullopt;
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (file->size() > largest)
    return failure(Stage::kRead, "is " + human_bytes(file->size()) + " large, and must not be larger than " +
                                     human_bytes(largest));
  return file->read_all();
}

std::uint64_t largest_file_of(const Sample& sample) {
  return std::max(largest_file(sample.header.pixel_count()), kLargestLabelFile);
}

Hash128 hash_of(const std::optional<Bytes>& content) { return content ? hash128(*content) : Hash128{}; }

}  // namespace

// What came of looking at a sample's files.
struct AnnotationFiles::Look {
  std::optional<SampleFailure> failure{};
  Hash128 hash{};
  std::vector<std::pair<std::string, IndexedSource>> files{};
  std::size_t missing = 0;  // which is no failure
};

AnnotationFiles::AnnotationFiles(const Recipe& recipe) {
  const AnnotationsRecipe& annotations = recipe.input.annotations;
  if (!annotations.masks.empty())
    kinds_.push_back({annotations.masks, "mask", "masks/", ".png", false, read_mask});
  if (!annotations.boxes) return;
  const BoxesRecipe& boxes = *annotations.boxes;
  min_visibility_ = boxes.min_visibility;
  const auto with_visibility = [least = boxes.min_visibility](auto reader) {
    return [least, reader](Bytes bytes, const ImageHeader& image) {
      return reader(std::move(bytes), image, least);
    };
  };
  if (boxes.format == BoxFormat::kYolo)
    kinds_.push_back({boxes.files, "label file", "labels/", ".txt", true, with_visibility(read_yolo)});
  if (boxes.format == BoxFormat::kVoc)
    kinds_.push_back({boxes.files, "annotation", "annotations/", ".xml", false, with_visibility(read_voc)});
  if (boxes.format == BoxFormat::kCoco) coco_.emplace(boxes);
}

AnnotationFiles::Look AnnotationFiles::look(const Catalog& catalog, const Sample& sample,
                                            const SourceIndex& known) const {
  Look look;
  FieldHasher hasher;
  for (const Kind& kind : kinds_) {
    const std::string name = file_of(kind.pattern, sample.path);
    const auto bad = [&](const SampleFailure& failure) {
      look.failure = {failure.stage, "its " + kind.noun + " " + in_quotes(name) + ": " + failure.reason};
      return look;
    };
    const std::filesystem::path path = catalog.sources.roots().front().path / name;
    const cv::Size size = sample.header.upright();
    IndexedSource seen{.width = size.width, .height = size.height};
    if (const Outcome<InputFile> file = InputFile::open(path)) {
      seen.size_bytes = file->size();
      seen.modified_ns = file->modified_ns();
    }
    const auto before = known.find(name);
    if (before != known.end()) seen.hash = before->second.hash;
    if (before == known.end() || !(before->second == seen)) {
      const Outcome<std::optional<Bytes>> content = content_of(path, largest_file_of(sample));
      if (!content) return bad(content.error());
      if (!*content && !kind.may_be_missing) return bad({Stage::kRead, "is missing"});
      seen.hash = hash_of(*content);
      look.missing += *content ? 0 : 1;
      if (*content)
        if (const auto annotation = kind.read(**content, sample.header); !annotation)
          return bad(annotation.error());
    }
    hasher.add(kind.folder).add(seen.hash);
    if (seen.hash != Hash128{}) look.files.emplace_back(name, seen);
  }
  look.hash = finished(hasher);
  return look;
}

void AnnotationFiles::look_at(Catalog& catalog, const SourceIndex& known, Observer& observer) {
  if (!any()) return;
  if (catalog.sources.roots().size() > 1 || catalog.sources.roots().front().archive)
    throw Error(ErrorKind::kUsage, "masks and boxes follow where the input is one folder, and here it is " +
                                       catalog.sources.in_words());
  if (coco_) coco_->look_at(catalog, observer);
  if (!kinds_.empty()) look_at_kinds(catalog, known, observer);
  std::ranges::sort(catalog.bad, {}, &BadFile::path);
}

void AnnotationFiles::look_at_kinds(Catalog& catalog, const SourceIndex& known, Observer& observer) {
  std::set<std::string_view> paths;
  for (const Sample& sample : catalog.samples)
    if (!paths.insert(without_extension(sample.path)).second)
      throw Error(ErrorKind::kUsage, in_quotes(sample.path) +
                                         " and another image differ in nothing but their extension, so they "
                                         "would share one annotation; rename one of them");
  std::vector<Look> looks(catalog.samples.size());
  tbb::parallel_for(std::size_t{0}, looks.size(),
                    [&](std::size_t i) { looks[i] = look(catalog, catalog.samples[i], known); });
  std::vector<Sample> good;
  std::size_t missing = 0;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    Sample& sample = catalog.samples[i];
    if (looks[i].failure) {
      catalog.bad.push_back({.path = sample.path, .failure = *looks[i].failure});
      continue;
    }
    missing += looks[i].missing;
    sample.annotations = looks[i].hash;
    for (auto& [name, file] : looks[i].files) seen_.insert_or_assign(std::move(name), file);
    good.push_back(std::move(sample));
  }
  if (!good.empty() && missing == good.size())
    throw Error(
        ErrorKind::kUsage,
        "no image has a file by the pattern " + in_quotes(kinds_.back().pattern) + "; the first would be " +
            in_quotes((catalog.sources.roots().front().path / file_of(kinds_.back().pattern, good[0].path))
                          .string()));
  if (missing > 0)
    observer.noted(counted(missing, "image") +
                   " without a label file: taken for images in which there is no object");
  catalog.samples = std::move(good);
}

std::vector<std::string> AnnotationFiles::names_of(const std::string& image_name) const {
  std::vector<std::string> names;
  if (kinds_.empty()) return names;  // then images do not lie in a folder of their own
  const std::string_view place = without_extension(image_name).substr(OutputNames::kImages.size());
  for (const Kind& kind : kinds_) names.push_back(kind.folder + std::string(place) + kind.extension);
  return names;
}

Outcome<std::vector<AnnotationPointer>> AnnotationFiles::read(const Catalog& catalog,
                                                              const Sample& sample) const {
  std::vector<AnnotationPointer> annotations;
  if (kinds_.empty()) return annotations;
  FieldHasher hasher;
  for (const Kind& kind : kinds_) {
    const std::string name = file_of(kind.pattern, sample.path);
    const auto bad = [&](const SampleFailure& why) {
      return failure(Stage::kRead, "its " + kind.noun + " " + in_quotes(name) + ": " + why.reason);
    };
    Outcome<std::optional<Bytes>> content =
        content_of(catalog.sources.roots().front().path / name, largest_file_of(sample));
    if (!content) return bad(content.error());
    hasher.add(kind.folder).add(hash_of(*content));
    Outcome<AnnotationPointer> annotation = kind.read(std::move(*content).value_or(Bytes()), sample.header);
    if (!annotation) return bad(annotation.error());
    annotations.push_back(std::move(*annotation));
  }
  if (finished(hasher) != sample.annotations)
    return failure(Stage::kRead,
                   "its mask or its boxes have changed while the run was reading the dataset; a repeat takes "
                   "them as they are then");
  return annotations;
}

Hash128 AnnotationFiles::finished(FieldHasher& of_files) const {
  return of_files.add(min_visibility_).add(std::uint64_t{kAnnotationsVersion}).finish();
}

Outcome<void> AnnotationFiles::compare(const std::filesystem::path& root, const std::string& sample,
                                       const Hash128& image, const Hash128& made, bool quick) const {
  FieldHasher hasher;
  for (const Kind& kind : kinds_) {
    const std::string name = file_of(kind.pattern, sample);
    std::error_code error;
    const bool there = std::filesystem::exists(root / name, error) || error;
    if (!there && !kind.may_be_missing)
      return failure(Stage::kRead, "its " + kind.noun + " " + in_quotes(name) + " is missing");
    const Outcome<Hash128> hash = there && !quick ? hash_of_file(root / name) : Outcome<Hash128>(Hash128{});
    if (!hash)
      return failure(Stage::kRead, "its " + kind.noun + " " + in_quotes(name) + ": " + hash.error().reason);
    hasher.add(kind.folder).add(*hash);
  }
  if (quick || FieldHasher().add(image).add(finished(hasher)).finish() == made) return {};
  return failure(Stage::kRead, "its mask or its boxes are not what they were");
}

Hash128 AnnotationFiles::fingerprint(const Sample& sample, const Hash128& image) const {
  return FieldHasher().add(image).add(sample.annotations.value_or(Hash128{})).finish();
}

bool AnnotationFiles::lie_beside(
    const std::string& image_name, const Sample& sample, const Hash128& image,
    const std::function<std::optional<OutputRecord>(const std::string&)>& record_of) const {
  if (kinds_.empty()) return true;
  const Hash128 wanted = fingerprint(sample, image);
  return std::ranges::all_of(names_of(image_name), [&](const std::string& name) {
    const auto record = record_of(name);
    return record && record->fingerprint == wanted;
  });
}

}  // namespace tenfold
