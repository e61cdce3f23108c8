// Recipes: the text up to the first form feed is the file, every line behind it a --set. What is accepted can
// be planned for and drawn.

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fuzz/fuzzing.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/plan.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {
namespace {

using test::must;

constexpr std::size_t kMostDiagnostics = 101;  // a hundred, and "and 7 more"

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

void check(const Diagnostic& diagnostic, int lines) {
  const std::string text = rendered(diagnostic);
  must(!diagnostic.message.empty(), "a diagnostic says something");
  must(diagnostic.file == "r.yaml" || diagnostic.file == "--set", "a diagnostic names its file");
  must(diagnostic.line >= 0 && diagnostic.line <= lines,
       "a diagnostic's line is one of the recipe's: " + text);
  must(diagnostic.line == 0 || diagnostic.column > 0, "a diagnostic with a line has a column: " + text);
  must(diagnostic.caret >= 0 &&
           static_cast<std::size_t>(diagnostic.caret) <= code_points(diagnostic.source_line) + 1,
       "the caret stands below the line: " + text);
  must(text.ends_with('\n') && is_utf8(text), "a diagnostic is lines of text: " + text);
  must(std::ranges::none_of(
           text,
           [](char byte) { return static_cast<unsigned char>(byte) < 0x20 && byte != '\n' && byte != '\t'; }),
       "control characters are escaped: " + text);
}

Catalog small_catalog() {
  Catalog catalog;
  catalog.classes = {"6", "a", "left", "right"};
  for (const auto& [class_index, count] : {std::pair(0u, 1), std::pair(1u, 40), std::pair(2u, 3)})
    for (int i = 0; i < count; ++i)
      catalog.samples.push_back({.path = catalog.classes[class_index] + "/" + std::to_string(i) + ".png",
                                 .class_index = class_index,
                                 .size_bytes = 100});
  return catalog;
}

void check_plan(const Recipe& recipe) {
  static const Catalog catalog = small_catalog();
  try {
    const Plan plan = make_plan(catalog, recipe);
    must(plan.images() <= kMaxImages, "a plan is one that a run can make");
    for (const ClassPlan& of_class : plan.classes)
      must(of_class.images() + of_class.shortfall == of_class.target, "images and shortfall are the target");
    std::uint64_t jobs = 0;
    for (const SamplePlan& sample : plan.samples) jobs += sample.jobs();
    must(jobs == plan.images(), "the plan's jobs make the plan's images");
  } catch (const Error& error) {
    must(error.kind() == ErrorKind::kUsage, "too large a plan is the recipe's fault");
  }
}

void check_draws(const Recipe& recipe) {
  for (const std::uint32_t copy : {1U, 2U}) {
    DrawnChain drawn{.frame = {64, 48}};
    const DrawPosition position{.key = {.seed = recipe.seed, .copy = copy, .mode = recipe.expand.draws}};
    draw_chain(recipe.prepare, position, drawn);
    draw_chain(recipe.augment_of("a"), position, drawn);
    must(drawn.frame.width > 0 && drawn.frame.height > 0, "a copy has pixels");
    for (const DrawnTransform& transform : drawn.transforms)
      for (const DrawnValue& value : transform.values)
        if (const auto* number = std::get_if<double>(&value.value))
          must(std::isfinite(*number),
               value.name + " of " + std::string(transform.spec->name) + " is finite");
  }
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenfold;
  const std::string input = test::text_of(data, size);
  const std::string text = input.substr(0, input.find('\f'));
  RecipeOverrides overrides;
  if (text.size() < input.size()) {
    std::istringstream settings(input.substr(text.size() + 1));
    for (std::string line; std::getline(settings, line);) overrides.settings.push_back(line);
  }

  const ParsedRecipe parsed = parse_recipe(text, "r.yaml", overrides);
  must(parsed.diagnostics.size() <= kMostDiagnostics, "what is said is bounded");
  const int lines = static_cast<int>(std::ranges::count(text, '\n')) + 1;
  for (const Diagnostic& diagnostic : parsed.diagnostics) check(diagnostic, lines);
  if (has_errors(parsed.diagnostics)) return 0;
  must(nlohmann::json::accept(resolved_json(parsed.recipe)), "a resolved recipe is JSON");
  check_plan(parsed.recipe);
  check_draws(parsed.recipe);
  return 0;
}
