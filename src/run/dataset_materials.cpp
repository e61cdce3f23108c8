#include "dataset_materials.h"

#include <algorithm>

#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/fusion/program.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_folder(const std::string& folder, const std::string& reason) {
  throw Error(ErrorKind::kUsage, "the reference folder " + in_quotes(folder) + " " + reason +
                                     "; reference folders are relative to the recipe's file");
}

[[noreturn]] void refuse_image(const fs::path& path, const std::string& reason) {
  throw Error(ErrorKind::kFailed,
              "the reference image " + in_quotes(path.string()) + " " + reason + "; mend or remove it");
}

// Decodes what was read of a file whose content is known by its hash; zeros stand for any. `name` is what
// people know it by.
cv::Mat decoded(const Outcome<Bytes>& bytes, const std::string& name, const ImageHeader& header,
                const Hash128& hash) {
  if (!bytes) throw SampleUnusable{{bytes.error().stage, in_quotes(name) + " " + bytes.error().reason}};
  if (hash != Hash128{} && hash128(*bytes) != hash)
    throw SampleUnusable{{Stage::kRead, in_quotes(name) + " has changed while the run read it"}};
  Outcome<DecodedImage> image = decode(*bytes, header);
  if (!image) throw SampleUnusable{image.error()};
  return image->pixels;
}

Outcome<Bytes> read_reference(const fs::path& path, std::uint64_t max_pixels) {
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (file->size() > largest_file(max_pixels))
    return failure(Stage::kRead,
                   "is " + human_bytes(file->size()) + " large, more than any image that is allowed");
  return file->read_all();
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& written) {
  std::error_code error, ignored;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (!entry->path().filename().string().starts_with('.') && entry->is_regular_file(ignored))
      files.push_back(entry->path());
  if (error) refuse_folder(written, "cannot be listed: " + error.message());
  std::ranges::sort(files);
  return files;
}

}  // namespace

Needs needs_of(const Recipe& recipe) {
  Chain all = recipe.prepare;
  all.insert(all.end(), recipe.augment.begin(), recipe.augment.end());
  for (const auto& [name, one] : recipe.classes)
    if (one.augment) all.insert(all.end(), one.augment->begin(), one.augment->end());
  return needs_of(all);
}

DatasetMaterials::DatasetMaterials(const Recipe& recipe, const Catalog& catalog, std::uint64_t memory_bytes)
    : recipe_(recipe), catalog_(catalog), needs_(needs_of(recipe)), cache_(memory_bytes) {
  for (const std::string& folder : needs_.references) references_[folder] = read_references(folder);
  set_candidates(std::vector<std::optional<Hash128>>(catalog.samples.size(), Hash128{}));
}

DatasetMaterials::ReferenceFolder DatasetMaterials::read_references(const std::string& folder) const {
  ReferenceFolder references;
  for (const fs::path& path : files_in(recipe_.folder / folder, folder)) {
    const Outcome<Bytes> bytes = read_reference(path, recipe_.input.max_pixels);
    const Outcome<ImageHeader> header =
        bytes ? read_header(*bytes) : Outcome<ImageHeader>(tl::unexpected(bytes.error()));
    const std::string name = path.filename().string();
    if (!header && !claims_to_be_image(name)) continue;
    if (!is_utf8(name)) refuse_image(path, "has a name that is not UTF-8");
    if (header && header->pixel_count() > recipe_.input.max_pixels)
      refuse_image(path, "has " + grouped(header->pixel_count()) + " pixels, more than input.max_pixels " +
                             grouped(recipe_.input.max_pixels));
    const Outcome<DecodedImage> image =
        header ? decode(*bytes, *header) : Outcome<DecodedImage>(tl::unexpected(header.error()));
    if (!image) refuse_image(path, image.error().reason);
    references.ring.add(name, static_cast<std::uint32_t>(references.images.size()));
    references.images.push_back({name, path, *header, hash128(*bytes)});
  }
  if (references.images.empty()) refuse_folder(folder, "holds no image");
  references.ring.close();
  return references;
}

void DatasetMaterials::set_candidates(const std::vector<std::optional<Hash128>>& hashes) {
  hashes_ = hashes;
  all_ = Ring();
  by_class_.assign(catalog_.classes.size(), Ring());
  if (!needs_.partners) return;
  for (std::uint32_t i = 0; i < hashes_.size(); ++i) {
    if (!hashes_[i] || !can_be_prepared(catalog_.samples[i])) continue;
    const Sample& sample = catalog_.samples[i];
    all_.add(sample.path, i);
    by_class_[sample.class_index].add(sample.path, i);
  }
  all_.close();
  for (Ring& ring : by_class_) ring.close();
}

void DatasetMaterials::set_statistics(const StatisticsSums& sums) {
  class_statistics_ = sums.of_classes();
  statistics_ = sums.of_all();
}

Hash128 DatasetMaterials::hash_of_references(const std::string& folder) const {
  FieldHasher hasher;
  for (const ReferenceImage& image : references_.at(folder).images) hasher.add(image.name).add(image.hash);
  return hasher.finish();
}

// As for the sample's own original.
DrawnChain DatasetMaterials::preparation(const Sample& sample) const {
  DrawnChain drawn{.frame = sample.header.upright()};
  const OutputId original{sample, sample.class_index};
  draw_chain(recipe_.prepare, {DrawKey{.copy = 0}, MaterialsOfOutput(*this, original)}, drawn);
  return drawn;
}

// One that would become too large is nobody's partner, as it has no output either.
bool DatasetMaterials::can_be_prepared(const Sample& sample) const {
  return recipe_.prepare.empty() ||
         largest_frame(preparation(sample).steps, sample.header.upright()) <= recipe_.input.max_pixels;
}

cv::Mat DatasetMaterials::prepared(const Sample& sample, cv::Mat pixels) const {
  if (recipe_.prepare.empty()) return pixels;
  const Program program(preparation(sample).steps, sample.header.upright(), recipe_.sampling);
  const WorkspacePointer workspace = make_workspace();
  return program.run(Source(pixels), *workspace).clone();
}

std::optional<Partner> DatasetMaterials::partner(const Sample& sample, std::uint32_t class_index,
                                                 std::uint64_t number, bool any_class) const {
  const Ring& ring = any_class ? all_ : by_class_[class_index];
  const auto self = static_cast<std::uint32_t>(&sample - catalog_.samples.data());
  const auto index = ring.after(number, self);
  if (!index) return std::nullopt;
  const Sample& chosen = catalog_.samples[*index];
  const Hash128 hash = *hashes_[*index];
  const auto pixels = [this, &chosen, hash](int type) {
    const cv::Mat loaded = cache_.get(chosen.path, [&] {
      return prepared(chosen, decoded(read_source(catalog_, chosen), chosen.path, chosen.header, hash));
    });
    return in_layout(loaded, type);
  };
  const DrawnChain preparation = this->preparation(chosen);
  return Partner{.path = chosen.path,
                 .class_name = catalog_.classes[chosen.class_index],
                 .hash = hash,
                 .size = preparation.frame,
                 .pixels = pixels,
                 .preparation = preparation.transforms.empty() ? Hash128{} : hash_of(preparation),
                 .other_class = chosen.class_index != class_index};
}

std::optional<Partner> DatasetMaterials::reference(const std::string& folder, std::uint64_t number) const {
  const auto found = references_.find(folder);
  if (found == references_.end()) return std::nullopt;
  const auto index = found->second.ring.after(number, std::nullopt);
  if (!index) return std::nullopt;
  const ReferenceImage& image = found->second.images[*index];
  const auto pixels = [this, &image](int type) {
    // No sample's path is absolute, so the two kinds of names do not meet.
    const cv::Mat loaded = cache_.get(fs::absolute(image.path).string(), [&] {
      return decoded(read_file(image.path), image.name, image.header, image.hash);
    });
    return in_layout(loaded, type);
  };
  return Partner{image.name, "", image.hash, image.header.upright(), pixels};
}

const Statistics* DatasetMaterials::statistics(std::uint32_t class_index, StatisticsScope scope) const {
  if (!statistics_) return nullptr;
  return scope == StatisticsScope::kDataset ? &*statistics_ : &class_statistics_[class_index];
}

}  // namespace tenfold
