#include "redraw.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "description.h"
#include "passes.h"
#include "remembered.h"
#include "study.h"
#include "survey.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/output_names.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kCacheShare = 4;  // one part in so many of the memory is for partners

// Names of the transforms whose text is not written down, for it may be a path of somebody's machine.
std::vector<std::string> transforms_with_folders() {
  std::vector<std::string> names;
  for (const TransformSpec& spec : transforms())
    if (std::ranges::find(spec.parameters, ParameterKind::kText, &ParameterSpec::kind) !=
        spec.parameters.end())
      names.push_back(spec.name);
  return names;
}

// The first of the names that occurs as a key; empty where none does.
std::string first_key_among(const std::vector<std::string>& names, const nlohmann::json& json) {
  for (const auto& [key, value] : json.items()) {
    if (json.is_object() && std::ranges::find(names, key) != names.end()) return key;
    if (!value.is_structured()) continue;
    if (std::string found = first_key_among(names, value); !found.empty()) return found;
  }
  return {};
}

// The split whose original could not be made, and so stands in no manifest; train where there is none.
Split split_of_failed(const Sample& sample, const OutputNames& names, const std::set<std::string>& failed) {
  for (const Split split : {Split::kVal, Split::kTest})
    if (failed.contains(names.of({sample, sample.class_index, 0, split}))) return split;
  return Split::kTrain;
}

// As the manifest has them: what is held out, and what leaked and was left out, is nobody's partner.
PlannedSamples expanded_samples(const Recipe& recipe, const Catalog& catalog) {
  const fs::path& root = recipe.output.root;
  std::unordered_map<std::string, Split> splits;
  for_each_manifest_line(root / output_files::kManifest, [&](RawManifestLine&& raw) {
    const auto line = parse_manifest_line(raw.text);
    const auto split = line ? split_of_folder(line->split) : std::nullopt;
    if (split && split != Split::kTrain) splits.emplace(line->source, *split);
  });
  const std::string description = read_description(root);
  for (const Leak& leak : recorded_leaks(description))
    if (leak.dropped) splits.emplace(leak.train, Split::kTest);
  const std::vector<std::string> failed_names = failed_outputs(description);
  const std::set<std::string> failed(failed_names.begin(), failed_names.end());
  const OutputNames names(catalog, recipe.output, recipe.input.split.has_value(),
                          recipe.input.annotations.any());
  PlannedSamples planned;
  for (const Sample& sample : catalog.samples) {
    const auto held_out = splits.find(sample.path);
    planned.splits.push_back(held_out != splits.end() ? held_out->second
                                                      : split_of_failed(sample, names, failed));
  }
  return planned;
}

// The class of a line's source, which its path need not tell. A copy that shows another class is named after
// the one that it comes from.
std::optional<std::uint32_t> own_class(const Recipe& recipe, const Catalog& catalog,
                                       const ManifestLine& line) {
  constexpr std::size_t kSurelyKept = 100;  // of a name that is cut for its length
  const std::string file = fs::path(line.file_name).filename().string();
  const std::string stem = fs::path(line.source).stem().string().substr(0, kSurelyKept);
  for (const Relabeling& one : recipe.relabel)
    if (one.to == line.label && file.find(one.from + "@" + stem) != std::string::npos)
      return catalog.class_index(one.from);
  return catalog.class_index(line.label);
}

}  // namespace

tl::expected<Recipe, std::string> recipe_of_output(const std::string& description, const fs::path& root,
                                                   const std::vector<fs::path>& inputs) {
  const std::string text = described_recipe(description);
  if (text.empty()) return tl::unexpected<std::string>("its dataset.json is missing or damaged");
  const nlohmann::json json = nlohmann::json::parse(text);
  if (const std::string name = first_key_among(transforms_with_folders(), json); !name.empty())
    return tl::unexpected("its recipe uses " + in_quotes(name) +
                          ", whose reference images no output holds, so nothing of it can be drawn again");
  ParsedRecipe parsed = parse_recipe(text, output_files::kDescription, {.inputs = inputs, .output = root});
  const auto error = std::ranges::find(parsed.diagnostics, Severity::kError, &Diagnostic::severity);
  if (error != parsed.diagnostics.end())
    return tl::unexpected("its recipe is not one of this version of tenfold: " + error->message);
  parsed.recipe.input.max_bad = 1;  // which decides no bytes
  return std::move(parsed.recipe);
}

Redraw::Redraw(const Recipe& recipe, const ManifestLine& line, Observer& observer)
    : recipe_(recipe), annotations_(recipe) {
  Passes passes(observer);
  const RunOptions options;
  catalog_ = survey(recipe_, passes, observer, annotations_);
  materials_ = std::make_unique<DatasetMaterials>(recipe_, catalog_, options.memory_bytes / kCacheShare);
  const Needs& needs = materials_->needs();
  if (needs.partners || !needs.statistics.empty()) {
    SourceHashes hashes = known_hashes(catalog_, read_output(recipe_.output.root), false);
    const PlannedSamples expanded = expanded_samples(recipe_, catalog_);
    passes("study", [&] { study(catalog_, expanded, options, hashes, *materials_); });
  }
  jobs_ = std::make_unique<Jobs>(recipe_, catalog_, *materials_);
  find_output(line);
}

Redraw::Redraw(const Recipe& recipe, const ManifestLine& line, const std::string& description,
               cv::Size source)
    : recipe_(recipe), annotations_(recipe) {
  for (const DescribedClass& of_class :
       described_classes(description).value_or(std::vector<DescribedClass>{}))
    catalog_.classes.push_back(of_class.name);
  if (const auto own = own_class(recipe_, catalog_, line)) {
    // Any format but that of the output: an original that was drawn for is not the source's own file.
    const Format format = recipe_.output.format == Format::kJpeg ? Format::kPng : Format::kJpeg;
    catalog_.samples.push_back(
        {.path = line.source, .class_index = *own, .header = {.format = format, .stored = source}});
  }
  jobs_ = std::make_unique<Jobs>(recipe_, catalog_);
  find_output(line);
}

void Redraw::find_output(const ManifestLine& line) {
  const auto sample = std::ranges::find(catalog_.samples, line.source, &Sample::path);
  const auto class_index = catalog_.class_index(line.label);
  if (sample == catalog_.samples.end() || !class_index) return;
  output_.emplace(OutputId{*sample, *class_index, static_cast<std::uint32_t>(line.copy)});
}

}  // namespace tenfold
