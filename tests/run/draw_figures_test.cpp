#include "run/draw_figures.h"

#include <gmock/gmock.h>

#include "tenfold/base/hash.h"

namespace tenfold {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Optional;

Recipe recipe_of(const std::string& rest) {
  ParsedRecipe parsed =
      parse_recipe("version: 1\ninput: {root: in}\noutput: {root: out}\n" + rest, "recipe.yaml", {});
  EXPECT_FALSE(has_errors(parsed.diagnostics));
  return parsed.recipe;
}

const TransformFigures& of_name(const std::vector<TransformFigures>& figures, const std::string& name) {
  const auto found = std::ranges::find(figures, name, &TransformFigures::name);
  if (found == figures.end()) throw std::runtime_error("no " + name);
  return *found;
}

// By hand: 0.5 · 3/4; 0.5 · 1/4 · 0.4; (1 + 2) / 2 of 4; all of a shuffle and of a sequence.
TEST(ExpectedFigures, FollowFromGatesWeightsAndCounts) {
  const Recipe recipe = recipe_of(R"(augment:
  - one_of:
      p: 0.5
      weights: [3, 1]
      transforms: [gaussian_blur, sequence: {p: 0.4, transforms: [gaussian_noise]}]
  - some_of: {count: [1, 2], transforms: [brightness, contrast, saturation, hue: {p: 0.2}]}
  - shuffle: {p: 0.8, transforms: [gamma, vertical_flip]}
)");
  const auto figures = expected_figures(recipe.augment, {});
  const auto expect = [&](const std::string& name, double rate) {
    EXPECT_THAT(of_name(figures, name).expected(), Optional(DoubleNear(rate, 1e-12))) << name;
  };
  expect("gaussian_blur", 0.375);
  expect("gaussian_noise", 0.05);
  expect("brightness", 0.375);
  expect("hue", 0.075);
  expect("gamma", 0.8);
  expect("vertical_flip", 0.4);
}

TEST(ExpectedFigures, CallPlacesAsDrawsDo) {
  const Recipe recipe = recipe_of("augment: [rotate, one_of: [rotate, sequence: [rotate]], rotate]\n");
  const auto figures = expected_figures(recipe.augment, {});
  ASSERT_EQ(figures.size(), 1);
  const auto& places = figures[0].places;
  ASSERT_EQ(places.size(), 4);
  EXPECT_EQ(places[2].name, "one_of#1/sequence#1/rotate#1");
  EXPECT_EQ(hash64(places[0].name), recipe.augment[0].place);
  EXPECT_EQ(hash64(places[1].name), recipe.augment[1].children[0].place);
  EXPECT_EQ(hash64(places[2].name), recipe.augment[1].children[1].children[0].place);
  EXPECT_EQ(hash64(places[3].name), recipe.augment[2].place);
  EXPECT_THAT(figures[0].expected(), Optional(DoubleNear(3, 1e-12)));
}

TEST(ExpectedFigures, AreNotStatedWhereImagesDecide) {
  const Recipe recipe = recipe_of("augment: [mixup: {partner: any}, horizontal_flip, cutmix]\n");
  const auto figures = expected_figures(recipe.augment, {"horizontal_flip"});
  EXPECT_EQ(of_name(figures, "mixup").expected(), std::nullopt);
  EXPECT_EQ(of_name(figures, "horizontal_flip").expected(), std::nullopt);
  EXPECT_THAT(of_name(figures, "cutmix").expected(), Optional(1.0));
}

TEST(ExpectedFigures, HaveTheRangesOfWhatIsDrawn) {
  const Recipe recipe = recipe_of(R"(augment:
  - translate: {x: 0.1, y: ±0.2}
  - temperature: {kelvin: [2000, 8000]}
  - posterize: {bits: [3, 6]}
  - rotate: {degrees: ±5}
  - rotate: {degrees: [0, 20]}
)");
  const auto figures = expected_figures(recipe.augment, {});
  const auto& translate = of_name(figures, "translate").parameters;
  ASSERT_EQ(translate.size(), 1);  // x is fixed
  EXPECT_EQ(translate[0].name, "y");
  EXPECT_EQ(translate[0].drawn.range, (Range{-0.2, 0.2}));
  EXPECT_TRUE(translate[0].drawn.even);
  EXPECT_TRUE(of_name(figures, "temperature").parameters[0].drawn.log_uniform);
  EXPECT_EQ(of_name(figures, "posterize").parameters[0].drawn.counts.size(), 4);
  const Histogram& rotate = of_name(figures, "rotate").parameters[0].drawn;
  EXPECT_EQ(rotate.range, (Range{-5, 20}));
  EXPECT_FALSE(rotate.even);
}

TEST(Histogram, CountsInEqualPartsAndWhatIsOutside) {
  Histogram histogram{.range = {-2, 2}, .counts = {0, 0, 0, 0}};
  for (const double value : {-2.0, -1.5, -0.5, 0.0, 1.999, 2.0, 2.001, -7.0}) histogram.count(value);
  EXPECT_THAT(histogram.counts, ElementsAre(2, 1, 1, 2));
  EXPECT_EQ(histogram.outside, 2);
  EXPECT_EQ(histogram.values, 8);
  EXPECT_EQ(histogram.least, -7);
  EXPECT_EQ(histogram.most, 2.001);
  EXPECT_NEAR(histogram.mean, -5.0 / 8, 1e-12);
}

TEST(Histogram, CountsLogarithmsAndWholeNumbers) {
  Histogram logarithmic{.range = {1, 16}, .log_uniform = true, .counts = {0, 0, 0, 0}};
  for (const double value : {1.0, 1.9, 2.1, 5.0, 15.0, 16.0}) logarithmic.count(value);
  EXPECT_THAT(logarithmic.counts, ElementsAre(2, 1, 1, 2));
  Histogram whole{.range = {3, 6}, .whole = true, .counts = {0, 0, 0, 0}};
  for (const double value : {3.0, 4.0, 4.0, 5.0, 6.0}) whole.count(value);
  EXPECT_THAT(whole.counts, ElementsAre(1, 2, 1, 1));
}

TEST(DrawFigures, CountTheCopiesOfClassesWithOneChainTogether) {
  const Recipe recipe = recipe_of(R"(prepare: [resize: {shorter: 8}]
augment: [resize: {shorter: 9, p: 0.5}, rotate]
classes:
  a: {augment: [rotate, posterize]}
  c: {strength: {grow_with_copy: true}}
)");
  DrawFigures counted(recipe, {"a", "b", "c", "d"});
  const auto count = [&](const std::string& label, std::uint64_t copy, const std::string& transforms) {
    ManifestLine line;
    line.label = label;
    line.copy = copy;
    counted.count(line, nlohmann::json::parse(transforms));
  };
  count("a", 1, R"([{"name":"resize"},{"name":"rotate","degrees":1},{"name":"posterize","bits":4}])");
  count("b", 1, R"([{"name":"resize"},{"name":"resize"},{"name":"rotate","degrees":-1}])");
  count("d", 2, R"([{"name":"resize"},{"name":"rotate","degrees":2}])");
  count("d", 0, R"([{"name":"resize"}])");
  count("c", 1, R"([{"name":"resize"},{"name":"sepia"},{"name":"no such transform"}])");
  const auto chains = counted.take();
  ASSERT_EQ(chains.size(), 3);
  EXPECT_THAT(chains[0].classes, ElementsAre("a"));
  EXPECT_THAT(chains[1].classes, ElementsAre("b", "d"));
  EXPECT_THAT(chains[2].classes, ElementsAre("c"));
  EXPECT_EQ(chains[1].copies, 2);
  EXPECT_EQ(of_name(chains[1].transforms, "resize").fired, 1);  // what prepare does to all does not count
  EXPECT_EQ(of_name(chains[1].transforms, "rotate").fired, 2);
  EXPECT_EQ(of_name(chains[1].transforms, "rotate").parameters[0].drawn.values, 2);
  EXPECT_TRUE(chains[2].grows);
  EXPECT_EQ(of_name(chains[2].transforms, "sepia").fired, 1);  // which the recipe does not have
  EXPECT_TRUE(of_name(chains[2].transforms, "sepia").places.empty());
}

}  // namespace
}  // namespace tenfold
