#include "tenfold/run/plan_fingerprint.h"

#include <tbb/global_control.h>

#include "annotation_files.h"
#include "dataset_materials.h"
#include "description.h"
#include "passes.h"
#include "remembered.h"
#include "survey.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/catalog_text.h"
#include "tenfold/fusion/program.h"
#include "tenfold/plan/job.h"

namespace tenfold {
namespace {

void add_versions(FieldHasher& hasher) {
  hasher.add(std::uint64_t{kDrawsVersion}).add(std::uint64_t{kRenderingVersion});
  for (const auto& [name, version] : current_versions()) hasher.add(name).add(version);
}

// What the resolved recipe does not tell: the versions of transforms, and what their folders hold.
void add_chain(FieldHasher& hasher, const Chain& chain, const DatasetMaterials& materials) {
  for (const Element& element : chain) {
    if (element.kind == ElementKind::kTransform) {
      hasher.add(std::uint64_t{element.transform.spec->version});
      for (const std::string& folder : element.transform.needs.references)
        hasher.add(materials.hash_of_references(folder));
    }
    add_chain(hasher, element.children, materials);
  }
}

void add_recipe(FieldHasher& hasher, const Recipe& recipe, const DatasetMaterials& materials) {
  hasher.add(resolved_json(recipe));
  add_chain(hasher, recipe.prepare, materials);
  add_chain(hasher, recipe.augment, materials);
  for (const auto& [name, one] : recipe.classes)
    if (one.augment) add_chain(hasher, *one.augment, materials);
}

void add_table(FieldHasher& hasher, const std::filesystem::path& file) {
  if (file.empty()) return;
  const Outcome<Hash128> hash = hash_of_file(file);
  if (!hash)
    throw Error(ErrorKind::kUsage, "cannot read " + in_quotes(file.string()) + ": " + hash.error().reason);
  hasher.add(*hash);
}

void add_annotations(FieldHasher& hasher, const AnnotationFiles& annotations) {
  if (annotations.coco() == nullptr) return;  // those of samples are in the catalog
  for (const CocoFiles::Source& source : annotations.coco()->sources()) hasher.add(source.hash);
}

}  // namespace

Hash128 plan_fingerprint(const Recipe& recipe, const RunOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  refuse_overlap(recipe.input.roots, recipe.output.root);
  Passes passes(observer);
  AnnotationFiles annotations(recipe);
  // Nothing is taken from the output's index: a file of another content may have the same size and time.
  const Catalog catalog = survey(recipe, passes, observer, annotations, true);
  const SourceHashes hashes = passes("hash", [&] { return known_hashes(catalog, OutputState{}, true); });
  FieldHasher hasher;
  add_versions(hasher);
  add_recipe(hasher, recipe, DatasetMaterials(recipe, catalog, 0));
  if (options.shard)
    hasher.add(std::uint64_t{options.shard->number}).add(std::uint64_t{options.shard->count});
  if (recipe.input.split) {
    add_table(hasher, recipe.input.split->by.file);
    add_table(hasher, recipe.input.split->file);
  }
  hasher.add(hash_of(catalog));
  for (const auto& hash : hashes) hasher.add(verbatim_fingerprint(hash.value_or(Hash128{})));
  add_annotations(hasher, annotations);
  return hasher.finish();
}

}  // namespace tenfold
