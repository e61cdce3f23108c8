// A resolved recipe is a recipe, and draws the same.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "recipe/reading.h"

namespace tenfold {
namespace {

Recipe read_back(const Recipe& recipe) {
  const ParsedRecipe parsed =
      parse_recipe(resolved_json(recipe), "dataset.json", {.inputs = {"in"}, .output = "out"});
  for (const Diagnostic& diagnostic : parsed.diagnostics)
    EXPECT_EQ(diagnostic.severity, Severity::kWarning) << rendered(diagnostic);
  return parsed.recipe;
}

// Draws are keyed by places, which no text shows.
void expect_same_places(const Chain& one, const Chain& other) {
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].place, other[i].place) << element_name(one[i]);
    expect_same_places(one[i].children, other[i].children);
  }
}

void expect_round_trip(const Recipe& recipe) {
  const Recipe again = read_back(recipe);
  EXPECT_EQ(resolved_json(again), resolved_json(recipe));
  EXPECT_EQ(again.accept, recipe.accept);
  EXPECT_EQ(again.relabel, recipe.relabel);
  expect_same_places(again.prepare, recipe.prepare);
  expect_same_places(again.augment, recipe.augment);
  ASSERT_EQ(again.classes.size(), recipe.classes.size());
  for (const auto& [name, one] : recipe.classes)
    expect_same_places(again.augment_of(name), recipe.augment_of(name));
}

void expect_round_trip(const std::string& text) {
  const ParsedRecipe parsed = read(text);
  ASSERT_EQ(said(parsed), "");
  expect_round_trip(parsed.recipe);
}

TEST(RoundTrip, OfAllConfigs) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TENFOLD_CONFIGS_DIR)) {
    if (entry.path().extension() != ".yaml") continue;
    SCOPED_TRACE(entry.path());
    ++count;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    expect_round_trip(parse_recipe(text.str(), entry.path(), {}).recipe);
  }
  EXPECT_GE(count, 4);
}

TEST(RoundTrip, OfTheLeastThatARecipeNeeds) { expect_round_trip(kRequired); }

TEST(RoundTrip, OfOriginalsWithoutMetadata) {
  expect_round_trip("version: 1\ninput: {root: in}\noutput: {root: out, strip_metadata: true}\n");
}

TEST(RoundTrip, OfEveryBalanceRule) {
  for (const char* rule : {"none", "majority", "median", "mean", "{to: 5}", "{power: 0.3}"})
    expect_round_trip(kRequired + "expand: {balance: " + rule + ", max_copies: 7, undersample: true}\n");
}

TEST(RoundTrip, OfEveryLayout) {
  for (const char* layout : {"folders", "huggingface", "flat_csv", "webdataset",
                             "{webdataset: {shard: 500MB}}", "{webdataset: {shard: 5k}}"})
    expect_round_trip(std::string("version: 1\ninput: {root: in}\noutput: {root: out, layout: ") + layout +
                      "}\n");
}

TEST(RoundTrip, OfWhatDecidesDrawsAndLabels) {
  expect_round_trip(
      "version: 1\nseed: 18446744073709551615\ninput: {root: in, ignore: ['*_mask.png'], follow_links: all}\n"
      "output: {root: out, format: webp, quality: keep, originals: symlink, name: '{name}-{copy}'}\n"
      "expand: {factor: 0.1, draws: independent}\n"
      "prepare: [resize: {shorter: 256}]\n"
      "augment:\n"
      "- horizontal_flip\n"
      "- one_of: {weights: [3, 0.5], transforms: [rotate: {degrees: [1, 1]}, random_erasing]}\n"
      "- some_of: {count: [0, 2], transforms: [gaussian_blur, sequence: [rotate: {degrees: ±0.1}, "
      "posterize]]}\n"
      "- shuffle: [rotate: {degrees: [-5, 7]}, mixup: {partner: any}]\n"
      "sampling: {interpolation: lanczos, border: constant, fill: [1, 2.5, 3]}\n"
      "strength: {grow_with_copy: true}\n"
      "accept: {min_contrast: 5%, min_distance: 4}\n"
      "classes:\n"
      "  \"6\": {without: [rotate], target: 0}\n"
      "  \"no: {yes}\": {augment: [horizontal_flip], strength: {grow_with_copy: false}}\n"
      "relabel: {horizontal_flip: {left: right, right: left}}\n");
}

}  // namespace
}  // namespace tenfold
