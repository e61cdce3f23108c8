#include "tenfold/report/starter_recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/catalogs.h"
#include "tenfold/plan/label_safety.h"
#include "tenfold/plan/plan.h"

namespace tenfold {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Color photographs of 640×480.
DatasetTraits traits_of(std::vector<std::pair<std::string, std::uint64_t>> classes) {
  DatasetTraits traits;
  for (const auto& [name, count] : classes) {
    traits.classes.push_back(name);
    traits.counts.push_back(count);
    traits.images += count;
  }
  traits.smallest = traits.median = traits.largest = {640, 480};
  traits.least_side = traits.usual_side = traits.most_side = 480;
  traits.looked_at.images = 32;
  return traits;
}

DatasetTraits sized(DatasetTraits traits, int side) {
  traits.smallest = traits.median = traits.largest = {side, side};
  traits.least_side = traits.usual_side = traits.most_side = side;
  return traits;
}

DatasetTraits grey(DatasetTraits traits) {
  traits.grey = traits.images;
  return traits;
}

DatasetTraits digits() {
  DatasetTraits traits = grey(sized(traits_of({{"0", 200}, {"1", 180}, {"6", 90}, {"9", 20}}), 28));
  traits.looked_at.on_black = 32;
  return traits;
}

std::string recipe_for(const DatasetTraits& traits) {
  return starter_recipe(traits, {"data/train", "data/train-augmented"});
}

// Without a word from the reader.
Recipe parsed(const DatasetTraits& traits) {
  const std::string text = recipe_for(traits);
  ParsedRecipe result = parse_recipe(text, "tenfold.yaml", {});
  for (const Diagnostic& diagnostic : result.diagnostics) ADD_FAILURE() << rendered(diagnostic) << text;
  return std::move(result.recipe);
}

std::vector<std::string> transform_names(const Chain& chain) {
  std::vector<std::string> names;
  for (const Element& element : chain) names.emplace_back(element_name(element));
  return names;
}

TEST(StarterRecipe, IsARecipeForEveryKindOfDataset) {
  for (const std::vector<std::string>& names :
       {std::vector<std::string>{"a", "b"}, {"cat"}, {"left", "right"}, {"6", "9", "x"}, {"no", "\"#: '\n"}})
    for (const int side : {1, 8, 28, 64, 65, 127, 500, 1001, 6000})
      for (const bool is_grey : {false, true}) {
        DatasetTraits traits = sized(traits_of({}), side);
        for (const std::string& name : names) {
          traits.classes.push_back(name);
          traits.counts.push_back(10);
          traits.images += 10;
        }
        if (is_grey) traits = grey(traits);
        traits.deep = is_grey && side > 64 ? traits.images : 0;
        const Recipe recipe = parsed(traits);
        EXPECT_FALSE(recipe.augment.empty());
        EXPECT_THAT(label_warnings(recipe, traits.classes), IsEmpty());
      }
}

TEST(StarterRecipe, CopiesNoImageMoreThanFiftyTimesWhateverTheImbalance) {
  for (const std::uint64_t least : {1, 2, 3, 40, 99})
    for (const std::uint64_t most : {99, 100, 499, 1'500, 3'000, 12'000, 90'000}) {
      SCOPED_TRACE(std::to_string(least) + " and " + std::to_string(most));
      const DatasetTraits traits = traits_of({{"a", most}, {"b", least}});
      const Recipe recipe = parsed(traits);
      const auto targets = balanced_targets(traits.counts, recipe.expand);
      EXPECT_LE(targets[1] - least, 50 * least);
      EXPECT_GT(targets[0] + targets[1], traits.images);
      EXPECT_EQ(recipe.expand.max_copies, 50u);
    }
}

TEST(StarterRecipe, SaysWhatBecomesOfARareClass) {
  EXPECT_THAT(
      recipe_for(traits_of({{"cat", 3'000}, {"owl", 3}})),
      HasSubstr("\n  balance: {power: 0.6}           # the largest class is 1000 times the rarest: one "
                "'owl' becomes 32 images, with majority 2,000\n"));
  EXPECT_THAT(recipe_for(traits_of({{"cat", 594}, {"owl", 137}})),
              HasSubstr("\n  balance: majority               # the largest class is 4.3 times the rarest, "
                        "'owl': all get as many\n"));
}

TEST(StarterRecipe, LeavesDigitsUpright) {
  const Recipe recipe = parsed(digits());
  EXPECT_THAT(transform_names(recipe.augment), testing::ElementsAre("rotate", "translate", "scale"));
  EXPECT_EQ(std::get<Range>(recipe.augment[0].values.at("degrees")), (Range{-10, 10}));
  EXPECT_EQ(std::get<Range>(recipe.augment[1].values.at("x")), (Range{-0.07, 0.07}));
  EXPECT_EQ(recipe.sampling.border, Border::kConstant);
  EXPECT_THAT(recipe_for(digits()), HasSubstr("# 2 pixels of 28;"));
}

TEST(StarterRecipe, FlipsNothingThatHasASideAndSuggestsToRelabel) {
  const DatasetTraits traits = traits_of({{"stop", 50}, {"turn_left", 50}, {"turn_right", 50}});
  EXPECT_THAT(transform_names(parsed(traits).augment), Not(testing::Contains("horizontal_flip")));
  std::string text = recipe_for(traits);
  const std::string suggestion =
      R"(relabel: {horizontal_flip: {"turn_left": "turn_right", "turn_right": "turn_left"}})";
  EXPECT_THAT(text, HasSubstr("\n# " + suggestion + "\n"));

  // Done as it says, it is a recipe without a warning.
  text.replace(text.find("# relabel"), 2, "");
  text.insert(text.find("  - rotate"), "  - horizontal_flip\n");
  const ParsedRecipe flipped = parse_recipe(text, "tenfold.yaml", {});
  EXPECT_THAT(flipped.diagnostics, IsEmpty());
  EXPECT_EQ(flipped.recipe.relabel.size(), 2u);
}

TEST(StarterRecipe, ChangesNoHueOfGreyImages) {
  const auto names = transform_names(parsed(grey(traits_of({{"ill", 50}, {"well", 50}}))).augment);
  EXPECT_THAT(names, Not(testing::Contains("color_jitter")));
  EXPECT_THAT(names, testing::Contains("brightness"));
  DatasetTraits colorless = traits_of({{"ill", 50}, {"well", 50}});
  colorless.looked_at.colorless = 32;
  EXPECT_THAT(transform_names(parsed(colorless).augment), Not(testing::Contains("color_jitter")));
}

TEST(StarterRecipe, CropsAndBlursNoTinyImages) {
  const auto tiny = transform_names(parsed(sized(traits_of({{"cat", 50}, {"dog", 50}}), 32)).augment);
  EXPECT_THAT(tiny, testing::ElementsAre("horizontal_flip", "rotate", "translate", "scale", "color_jitter"));
  const auto usual = transform_names(parsed(traits_of({{"cat", 50}, {"dog", 50}})).augment);
  EXPECT_THAT(usual, testing::ElementsAre("horizontal_flip", "rotate", "crop", "color_jitter", "one_of"));
}

TEST(StarterRecipe, PreparesLargePhotographs) {
  EXPECT_THAT(transform_names(parsed(sized(traits_of({{"cat", 50}}), 2'000)).prepare),
              testing::ElementsAre("resize"));
  EXPECT_THAT(parsed(traits_of({{"cat", 50}})).prepare, IsEmpty());
  DatasetTraits mixed = traits_of({{"cat", 50}});
  mixed.least_side = 100;
  EXPECT_THAT(recipe_for(mixed), HasSubstr("\n# prepare: [resize: {shorter: 480}]\n"));
}

TEST(StarterRecipe, NamesTheSplitsOrHowToMakeSome) {
  DatasetTraits traits = traits_of({{"cat", 50}, {"dog", 20}});
  EXPECT_THAT(recipe_for(traits), HasSubstr("\n  # split: {val: 0.15, test: 0.15}\n"));
  traits.shape.splits = {Split::kTrain, Split::kTest};
  EXPECT_EQ(parsed(traits).input.splits, traits.shape.splits);
}

TEST(StarterRecipe, ReadsLabelsWhereTheyWereFound) {
  DatasetTraits traits = traits_of({{"cat", 50}, {"dog", 20}});
  for (const LabelRule& rule :
       {LabelRule{LabelRule::Kind::kFileName, R"(^(.*[^0-9"])\d+)"},
        LabelRule{LabelRule::Kind::kCsv, "my labels.csv", "Image", "y", ""},
        LabelRule{LabelRule::Kind::kJsonLines, "labels.jsonl", "file", "label", "split"},
        LabelRule{LabelRule::Kind::kCsv, "l.csv", "file", "label", "part"},
        LabelRule{LabelRule::Kind::kBeside}}) {
    traits.shape.labels = rule;
    traits.shape.splits = rule.split.empty() ? std::vector<Split>{} : std::vector{Split::kTrain, Split::kVal};
    EXPECT_EQ(parsed(traits).input.labels, rule);
  }
}

TEST(StarterRecipe, AllowsForBadFilesAndPointsAtBlankOnes) {
  DatasetTraits traits = traits_of({{"cat", 50}});
  traits.bad = 10;
  traits.looked_at.blank = 4;
  EXPECT_DOUBLE_EQ(parsed(traits).input.max_bad, 0.22);
  EXPECT_THAT(recipe_for(traits), HasSubstr("# 4 of 32 images that were looked at are nearly blank:"));
}

TEST(StarterRecipe, AllowsForImagesThatAreDamagedBehindTheirHeader) {
  DatasetTraits traits = traits_of({{"cat", 48}});
  traits.looked_at.images = 24;
  traits.looked_at.damaged = 8;
  EXPECT_DOUBLE_EQ(parsed(traits).input.max_bad, 0.3);
  EXPECT_THAT(recipe_for(traits), HasSubstr("# 8 of 32 images that were looked at are damaged"));
}

TEST(StarterRecipe, DoesNotCountClassesWithoutAnImage) {
  EXPECT_THAT(recipe_for(traits_of({{"cat", 50}, {"void", 0}})),
              AllOf(HasSubstr("# For 50 images in 1 class, "), Not(HasSubstr("balance"))));
}

TEST(StarterRecipe, TakesAnyPath) {
  const DatasetTraits traits = traits_of({{"cat", 50}});
  for (const std::string path :
       {"data", "../data", ".", "/a b/c#d", "no", "- x: y", "{a}", "NULL", "Yes", "über", "a\"b\\c", "7"})
    EXPECT_EQ(parse_recipe(starter_recipe(traits, {path, path + "-x"}), "/r/tenfold.yaml", {})
                  .recipe.input.roots.front()
                  .lexically_normal(),
              (std::filesystem::path("/r") / path).lexically_normal());
}

}  // namespace
}  // namespace tenfold
