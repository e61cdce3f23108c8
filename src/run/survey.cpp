#include "survey.h"

#include <algorithm>
#include <set>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/run/scan_options.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

bool lies_in(const fs::path& inner, const fs::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

// Absolute, links resolved, without a trailing slash; what does not exist yet stays as it is.
fs::path resolved(const fs::path& path) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(path));
  return whole.has_filename() ? whole : whole.parent_path();
}

// A followed link may lead to a folder that has the output in it, or lies in it.
void refuse_overlap_by_links(const Recipe& recipe, const Catalog& catalog) {
  const fs::path out = resolved(recipe.output.root);
  fs::path last;
  for (const Sample& sample : catalog.samples) {
    const std::optional<fs::path> file = catalog.sources.file_of(sample.path);
    if (!file) continue;
    const fs::path folder = file->parent_path();
    if (folder == last) continue;
    last = folder;
    const fs::path real = resolved(folder);
    if (lies_in(out, real) || lies_in(real, out))
      throw Error(ErrorKind::kUsage, "the output " + in_quotes(recipe.output.root.string()) +
                                         " overlaps with the input folder " + in_quotes(real.string()) +
                                         ", to which a link leads; choose another output");
  }
}

void refuse_overlap(const fs::path& input, const fs::path& output) {
  const fs::path in = resolved(input), out = resolved(output);
  if (in == out)
    throw Error(ErrorKind::kUsage, "input and output are the same folder, " + in_quotes(input.string()) +
                                       "; choose another output, for the input is never written to");
  if (lies_in(out, in))
    throw Error(ErrorKind::kUsage, "the output " + in_quotes(output.string()) + " lies inside the input " +
                                       in_quotes(input.string()) + "; choose a folder outside it");
  if (lies_in(in, out))
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(input.string()) + " lies inside the output " +
                                       in_quotes(output.string()) + "; choose another output");
}

// Archives often hold one folder with everything in it, which is then taken for a class.
void note_wrapper(const Recipe& recipe, const Catalog& catalog, Observer& observer) {
  constexpr std::size_t kShown = 3;
  const bool by_folder = recipe.input.labels.kind == LabelRule::Kind::kFolder;
  if (!by_folder || catalog.classes.size() != 1 || catalog.sources.roots().size() > 1) return;
  std::set<std::string> folders;
  for (const Sample& sample : catalog.samples) {
    const std::size_t begin = sample.path.find('/') + 1, end = sample.path.find('/', begin);
    if (end == std::string::npos) return;
    folders.insert(sample.path.substr(begin, end - begin));
  }
  if (folders.size() < 2 || catalog.has_splits) return;
  std::vector<std::string> shown;
  for (const std::string& folder : folders)
    if (shown.size() < kShown) shown.push_back(in_quotes(folder));
  if (folders.size() > kShown) shown.push_back(grouped(folders.size() - kShown) + " more");
  observer.noted("the only class, " + in_quotes(catalog.classes.front()) +
                 ", has all its images in the folders " + listed(shown) +
                 "; if these are the classes or splits, name the folder above them as the input");
}

}  // namespace

void refuse_overlap(const std::vector<fs::path>& inputs, const fs::path& output) {
  for (const fs::path& input : inputs) refuse_overlap(input, output);
}

void check_bad_limit(const Recipe& recipe, std::uint64_t bad, std::uint64_t images, const BadFile& last) {
  if (bad == 0) return;
  if (recipe.input.fail_on_bad_image)
    throw Error(ErrorKind::kFailed, in_quotes(last.path) + ": " + last.failure.reason +
                                        "; mend or remove it, or set input.on_bad_image: skip");
  if (static_cast<double>(bad) > recipe.input.max_bad * static_cast<double>(images))
    throw Error(ErrorKind::kFailed, grouped(bad) + " of " + grouped(images) +
                                        " images are bad, more than input.max_bad " +
                                        shortest(recipe.input.max_bad * 100) + "% allows; the last one is " +
                                        in_quotes(last.path) + ": " + last.failure.reason +
                                        "; mend or remove them, or raise input.max_bad");
}

Catalog survey(const Recipe& recipe, Passes& passes, Observer& observer, AnnotationFiles& annotations,
               bool rehash) {
  Catalog catalog = passes("scan", [&] { return scan(recipe.input.roots, scan_options(recipe.input)); });
  if (annotations.any())
    passes("look at annotations", [&] {
      const fs::path index = recipe.output.root / output_files::kIndex;
      annotations.look_at(catalog, rehash ? SourceIndex{} : read_source_index(index), observer);
    });
  if (!catalog.bad.empty())
    check_bad_limit(recipe, catalog.bad.size(), catalog.bad.size() + catalog.samples.size(),
                    catalog.bad.back());
  if (catalog.samples.empty()) {
    const std::string root = catalog.sources.in_words();
    if (catalog.bad.empty())
      throw Error(ErrorKind::kUsage, "the class folders of " + root + " hold no image");
    throw Error(ErrorKind::kFailed, "the input " + root +
                                        " has no usable image: " + in_quotes(catalog.bad.back().path) + ": " +
                                        catalog.bad.back().failure.reason);
  }
  for (const char* reserved : {"manifest.jsonl", "dataset.json", "metadata.jsonl", "labels.csv"})
    if (std::ranges::binary_search(catalog.classes, reserved))
      throw Error(ErrorKind::kUsage, "the class folder " + in_quotes(std::string_view(reserved)) +
                                         " has the name of a file that tenfold writes; rename it");
  if (recipe.input.follow_links == FollowLinks::kAll) refuse_overlap_by_links(recipe, catalog);
  if (!recipe.input.ignore.empty() && catalog.ignored.matched == 0)
    observer.noted("input.ignore matches no file");
  note_wrapper(recipe, catalog, observer);
  std::vector<bool> has_sample(catalog.classes.size(), false);
  for (const Sample& sample : catalog.samples) has_sample[sample.class_index] = true;
  for (std::size_t i = 0; i < has_sample.size(); ++i)
    if (!has_sample[i]) observer.noted("class " + in_quotes(catalog.classes[i]) + " has no usable image");
  return catalog;
}

}  // namespace tenfold
