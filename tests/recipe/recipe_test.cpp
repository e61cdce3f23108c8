// What a recipe that is right is read into.

#include "tenfold/recipe/recipe.h"

#include <gtest/gtest.h>

#include "recipe/reading.h"
#include "tenfold/base/hash.h"

namespace tenfold {
namespace {

using Paths = std::vector<std::filesystem::path>;

constexpr std::string_view kWhole = R"(version: 1
seed: 42

input:
  root: data/train
  ignore: ["*_mask.png"]
  on_bad_image: fail
  max_bad: 2.5%
  max_pixels: 25M
  follow_links: files

output:
  root: /data/train-x10
  format: png
  quality: keep
  originals: hardlink
  name: "{name}-{copy}"

expand:
  factor: 10
  balance: majority
  max_copies: 50
  undersample: true
  draws: independent

prepare:
  - resize: {shorter: 256}

augment:
  - horizontal_flip: {p: 0.25}
  - rotate: {degrees: ±20}
  - one_of:
      - gaussian_blur: {sigma: [0.5, 1.5]}
      - gaussian_noise: {std: [2, 8]}

sampling: {interpolation: cubic, border: constant, fill: [10, 20, 30]}

classes:
  "6": {without: [horizontal_flip]}
  trash: {target: 900, augment: [transpose]}
)";

TEST(Recipe, HasTheDefaultsOfTheDesign) {
  const ParsedRecipe parsed = read("version: 1\ninput: {root: in}\noutput: {root: out}\n");
  EXPECT_EQ(said(parsed), "");
  const Recipe& recipe = parsed.recipe;
  EXPECT_EQ(recipe.seed, 0u);
  EXPECT_EQ(recipe.input.roots, Paths{"in"});
  EXPECT_TRUE(recipe.input.ignore.empty());
  EXPECT_FALSE(recipe.input.fail_on_bad_image);
  EXPECT_EQ(recipe.input.max_bad, 0.05);
  EXPECT_EQ(recipe.input.max_pixels, 100'000'000u);
  EXPECT_EQ(recipe.input.follow_links, FollowLinks::kNone);
  EXPECT_EQ(recipe.output.root, "out");
  EXPECT_EQ(recipe.output.format, std::nullopt);
  EXPECT_EQ(recipe.output.quality, 95);
  EXPECT_EQ(recipe.output.originals, Originals::kCopy);
  EXPECT_FALSE(recipe.output.strip_metadata);
  EXPECT_EQ(recipe.output.name, "{stem}__x{copy:04}");
  EXPECT_EQ(recipe.expand.factor, 1);
  EXPECT_EQ(recipe.expand.balance.rule, BalanceRule::kNone);
  EXPECT_EQ(recipe.expand.max_copies, std::nullopt);
  EXPECT_FALSE(recipe.expand.undersample);
  EXPECT_EQ(recipe.expand.draws, DrawMode::kStratified);
  EXPECT_TRUE(recipe.prepare.empty());
  EXPECT_TRUE(recipe.augment.empty());
  EXPECT_EQ(recipe.sampling, SamplingPolicy{});
  EXPECT_TRUE(recipe.classes.empty());
}

TEST(Recipe, ReadsEverySectionsValues) {
  const ParsedRecipe parsed = parse_recipe(std::string(kWhole), "recipes/fruit.yaml", {});
  EXPECT_EQ(said(parsed), "");
  const Recipe& recipe = parsed.recipe;
  EXPECT_EQ(recipe.seed, 42u);
  EXPECT_EQ(recipe.input.roots, Paths{"recipes/data/train"});
  EXPECT_EQ(recipe.input.ignore, std::vector<std::string>{"*_mask.png"});
  EXPECT_TRUE(recipe.input.fail_on_bad_image);
  EXPECT_EQ(recipe.input.max_bad, 0.025);
  EXPECT_EQ(recipe.input.max_pixels, 25'000'000u);
  EXPECT_EQ(recipe.input.follow_links, FollowLinks::kFiles);
  EXPECT_EQ(recipe.output.root, "/data/train-x10");
  EXPECT_EQ(recipe.output.format, Format::kPng);
  EXPECT_EQ(recipe.output.quality, std::nullopt);
  EXPECT_EQ(recipe.output.originals, Originals::kHardlink);
  EXPECT_EQ(recipe.output.name, "{name}-{copy}");
  EXPECT_EQ(recipe.expand.factor, 10);
  EXPECT_EQ(recipe.expand.balance.rule, BalanceRule::kMajority);
  EXPECT_EQ(recipe.expand.max_copies, 50u);
  EXPECT_TRUE(recipe.expand.undersample);
  EXPECT_EQ(recipe.expand.draws, DrawMode::kIndependent);
  EXPECT_EQ(recipe.sampling.interpolation, Interpolation::kCubic);
  EXPECT_EQ(recipe.sampling.border, Border::kConstant);
  EXPECT_EQ(recipe.sampling.fill, (std::array<double, 3>{30, 20, 10})) << "b, g, r";
}

TEST(Recipe, ReadsChainsWithTheirPlaces) {
  const Recipe recipe = read(std::string(kWhole)).recipe;
  ASSERT_EQ(recipe.prepare.size(), 1u);
  EXPECT_EQ(std::get<int>(recipe.prepare[0].values.at("shorter")), 256);
  ASSERT_EQ(recipe.augment.size(), 3u);
  EXPECT_EQ(recipe.augment[0].p, 0.25);
  EXPECT_EQ(recipe.augment[1].p, 1);
  EXPECT_EQ(std::get<Range>(recipe.augment[1].values.at("degrees")), (Range{-20, 20}));
  ASSERT_EQ(recipe.augment[2].children.size(), 2u);
  EXPECT_EQ(recipe.augment[2].children[0].place, hash64("one_of#1/gaussian_blur#1"));
}

TEST(Recipe, ReadsClasses) {
  const ParsedRecipe parsed = read(std::string(kWhole));
  const Recipe& recipe = parsed.recipe;
  ASSERT_EQ(recipe.classes.size(), 2u);
  EXPECT_EQ(recipe.classes.at("trash").target, 900u);
  EXPECT_EQ(recipe.augment_of("6").size(), 2u);
  EXPECT_EQ(element_name(recipe.augment_of("6")[0]), "rotate");
  EXPECT_EQ(element_name(recipe.augment_of("trash")[0]), "transpose");
  EXPECT_EQ(recipe.augment_of("glass").size(), 3u);
  ASSERT_EQ(parsed.class_mentions.size(), 2u);
  EXPECT_EQ(parsed.class_mentions[0].name, "6");
  EXPECT_EQ(parsed.class_mentions[1].place.line, 40);
}

TEST(Recipe, AClassNamedByANumberNeedsNoQuotes) {
  const ParsedRecipe parsed = read(kRequired + "classes: {6: {without: [horizontal_flip]}}\n");
  EXPECT_EQ(said(parsed), "");
  ASSERT_TRUE(parsed.recipe.classes.contains("6"));
  EXPECT_TRUE(parsed.recipe.augment_of("6").empty());
}

TEST(Recipe, TheCommandLinesRootsAreRelativeToTheWorkingDirectory) {
  RecipeOverrides overrides;
  overrides.inputs = {"here"};
  overrides.output = "there";
  overrides.seed = 7;
  const ParsedRecipe parsed = parse_recipe("version: 1\nseed: 1\n", "recipes/fruit.yaml", overrides);
  EXPECT_EQ(said(parsed), "");
  EXPECT_EQ(parsed.recipe.input.roots, Paths{"here"});
  EXPECT_EQ(parsed.recipe.output.root, "there");
  EXPECT_EQ(parsed.recipe.seed, 7u);
}

TEST(Recipe, ReadsEveryBalance) {
  const auto balance = [](const std::string& text) {
    const ParsedRecipe parsed = read(kRequired + "expand: {balance: " + text + "}\n");
    EXPECT_EQ(said(parsed), "");
    return parsed.recipe.expand.balance;
  };
  EXPECT_EQ(balance("none").rule, BalanceRule::kNone);
  EXPECT_EQ(balance("median").rule, BalanceRule::kMedian);
  EXPECT_EQ(balance("mean").rule, BalanceRule::kMean);
  EXPECT_EQ(balance("{to: 500}").rule, BalanceRule::kTo);
  EXPECT_EQ(balance("{to: 500}").value, 500);
  EXPECT_EQ(balance("{power: 0.5}").rule, BalanceRule::kPower);
  EXPECT_EQ(balance("{power: 50%}").value, 0.5);
}

TEST(Recipe, AcceptsLineEndsAndByteOrderMarksOfOtherSystems) {
  const ParsedRecipe parsed =
      read("\xEF\xBB\xBFversion: 1\r\ninput: {root: in}\r\noutput:\r\n  root: out\r\nseed: x\r\n");
  EXPECT_EQ(said(parsed),
            "r.yaml:5:7: error: 'seed' must be a whole number of at least 0, got \"x\"\n"
            "    5 | seed: x\n"
            "      |       ^\n");
  EXPECT_EQ(parsed.recipe.output.root, "out");
}

TEST(Recipe, AliasesRepeatWhatTheyName) {
  const ParsedRecipe parsed = read(
      "version: 1\ninput: {root: in}\noutput: {root: out}\n"
      "augment: &all\n  - rotate: {degrees: ±5}\nclasses: {a: {augment: *all, target: 3}}\n");
  EXPECT_EQ(said(parsed), "");
  EXPECT_EQ(parsed.recipe.augment_of("a").size(), 1u);
}

TEST(Recipe, TheLargestSeedFits) {
  EXPECT_EQ(read(kRequired + "seed: 18446744073709551615\n").recipe.seed, 18446744073709551615u);
}

TEST(Recipe, ReadsTheSizeOfShards) {
  const auto output = [](const std::string& layout) {
    return read("version: 1\ninput: {root: in}\noutput: {root: out, layout: " + layout + "}\n").recipe.output;
  };
  EXPECT_EQ(output("folders").layout, OutputLayout::kFolders);
  EXPECT_EQ(output("webdataset").layout, OutputLayout::kWebdataset);
  EXPECT_EQ(output("webdataset").shard.count, 10'000u);
  EXPECT_EQ(output("{webdataset: {shard: 5k}}").shard.count, 5'000u);
  EXPECT_EQ(output("{webdataset: {shard: 5k}}").shard.unit, ShardSize::Unit::kImages);
  EXPECT_EQ(output("{webdataset: {shard: 500MB}}").shard.count, 500'000'000u);
  EXPECT_EQ(output("{webdataset: {shard: 500MB}}").shard.unit, ShardSize::Unit::kBytes);
  EXPECT_EQ(output("{webdataset: }").layout, OutputLayout::kWebdataset);
}

}  // namespace
}  // namespace tenfold
