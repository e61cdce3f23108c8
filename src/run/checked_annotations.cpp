#include "checked_annotations.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "annotation_files.h"
#include "description.h"
#include "tenfold/base/file.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// What the recipe of an output says of its input; nothing where it is not as tenfold writes it. The rest of
// it may need what no output holds.
std::optional<Recipe> input_of(const std::string& description) {
  const auto recipe = nlohmann::json::parse(described_recipe(description), nullptr, false);
  if (!recipe.is_object() || !recipe.contains("input")) return std::nullopt;
  const nlohmann::json shortened{{"version", 1}, {"input", recipe["input"]}};
  ParsedRecipe parsed = parse_recipe(shortened.dump(), "dataset.json", {.inputs = {"."}, .output = "."});
  return has_errors(parsed.diagnostics) ? std::nullopt : std::optional(std::move(parsed.recipe));
}

// Empty where the file is what it was.
std::string fault_of(const fs::path& root, const CocoFiles::Source& source, bool quick) {
  const Outcome<InputFile> file = InputFile::open(root / source.name);
  if (!file) return file.error().reason;
  if (file->size() != source.bytes)
    return "has " + counted(file->size(), "byte") + " now and had " + grouped(source.bytes);
  if (quick) return {};
  const Outcome<Hash128> hash = hash_of_file(root / source.name);
  if (!hash) return hash.error().reason;
  return *hash == source.hash ? "" : "has other bytes than it had";
}

}  // namespace

void CheckedAnnotations::note(const ManifestLine& line) {
  if (line.annotations.empty()) return;
  sources_.try_emplace(line.source, Made{line.record.fingerprint, line.annotations.front().fingerprint});
}

std::vector<Finding> CheckedAnnotations::compare_with(const std::vector<fs::path>& inputs,
                                                      const std::string& description, bool quick) const {
  std::vector<Finding> findings;
  const std::optional<Recipe> recipe = input_of(description);
  if (!recipe || !recipe->input.annotations.any()) return findings;
  const fs::path& root = inputs.front();  // the only one: annotations follow from no other dataset
  for (const CocoFiles::Source& source : described_boxes(description).sources)
    if (const std::string fault = fault_of(root, source, quick); !fault.empty())
      findings.push_back(
          {FindingKind::kSource, source.name, "the file of boxes " + in_quotes(source.name) + " " + fault});
  const AnnotationFiles files(*recipe);
  const std::vector<std::pair<std::string, Made>> sources(sources_.begin(), sources_.end());
  std::vector<Outcome<void>> compared(sources.size());
  tbb::parallel_for(std::size_t{0}, sources.size(), [&](std::size_t i) {
    const auto& [sample, made] = sources[i];
    compared[i] = files.compare(root, sample, made.image, made.annotation, quick);
  });
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (!compared[i])
      findings.push_back({FindingKind::kSource, sources[i].first,
                          "the source " + in_quotes(sources[i].first) + ": " + compared[i].error().reason});
  return findings;
}

}  // namespace tenfold
