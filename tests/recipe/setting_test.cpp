// `--set KEY=VALUE`.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

TEST(Setting, ReplacesAndCreatesKeys) {
  const ParsedRecipe parsed = read(kRequired + "expand: {factor: 2}\n",
                                   {"expand.factor=4", "output.format=png", "classes.6.target=5", "seed=9",
                                    "seed=10", "input.ignore=[a, \"b=c\"]", "expand.balance={power: 0.5}"});
  EXPECT_EQ(said(parsed), "");
  EXPECT_EQ(parsed.recipe.expand.factor, 4);
  EXPECT_EQ(parsed.recipe.output.format, Format::kPng);
  EXPECT_EQ(parsed.recipe.classes.at("6").target, 5u);
  EXPECT_EQ(parsed.recipe.seed, 10u);
  EXPECT_EQ(parsed.recipe.input.ignore, (std::vector<std::string>{"a", "b=c"}));
  EXPECT_EQ(parsed.recipe.expand.balance.value, 0.5);
}

TEST(Setting, ReachesIntoListsFromZero) {
  const ParsedRecipe parsed = read(
      "version: 1\ninput: {root: in}\noutput: {root: out}\naugment: [horizontal_flip, rotate: {degrees: "
      "±20}]\n",
      {"augment.1.rotate.degrees=±5", "augment.0.horizontal_flip.p=1"});
  EXPECT_EQ(said(parsed), "");
  EXPECT_EQ(std::get<Range>(parsed.recipe.augment[1].values.at("degrees")), (Range{-5, 5}));
  EXPECT_EQ(parsed.recipe.augment[0].p, 1);
}

TEST(Setting, RepairsAMistakeOfTheFile) { EXPECT_EQ(said(kRequired + "seed: x\n", {"seed=1"}), ""); }

TEST(Setting, MistakesPointIntoTheSetting) {
  EXPECT_EQ(said(kRequired + "seed: x\n", {"expand.facto=4", "expand.factor=abc"}),
            "r.yaml:5:7: error: 'seed' must be a whole number of at least 0, got \"x\"\n"
            "    5 | seed: x\n"
            "      |       ^\n"
            "--set: error: unknown key 'facto' in 'expand'\n"
            "      | expand.facto=4\n"
            "      |        ^\n"
            "  hint: did you mean 'factor'?\n"
            "--set: error: 'factor' must be a number, got \"abc\"\n"
            "      | expand.factor=abc\n"
            "      |               ^\n");
}

TEST(Setting, MustBeKeyAndValue) {
  EXPECT_EQ(said(kRequired, {"expand.factor"}),
            "--set: error: a setting must be KEY=VALUE\n"
            "      | expand.factor\n"
            "      | ^\n"
            "  hint: --set expand.factor=4\n");
}

TEST(Setting, AnEmptyValueIsNothing) {
  EXPECT_EQ(said(kRequired, {"seed="}),
            "--set: error: 'seed' must be a whole number of at least 0, got nothing\n"
            "      | seed=\n"
            "      |      ^\n");
}

TEST(Setting, ElementsMustExist) {
  EXPECT_EQ(said(kRequired, {"augment.1.rotate.degrees=±5"}),
            "--set: error: '1' is no element of this list of 1\n"
            "      | augment.1.rotate.degrees=±5\n"
            "      |         ^\n"
            "  hint: elements are numbered from 0\n");
}

TEST(Setting, AValueHasNoKeys) {
  EXPECT_EQ(said(kRequired, {"version.major=1"}),
            "--set: error: there is no key 'major' inside the value \"1\"\n"
            "      | version.major=1\n"
            "      |         ^\n");
}

TEST(Setting, SyntaxErrorsPointIntoTheSetting) {
  EXPECT_EQ(said(kRequired, {"input.ignore=[a"}),
            "--set: error: a key must be a word\n"
            "      | input.ignore=[a\n"
            "      |              ^\n"
            "  hint: if no key was meant, look for a missing ']' or '}'; \"null\" and text with brackets "
            "need quotes\n");
}

TEST(Setting, AnUnknownSectionIsAnUnknownKey) {
  EXPECT_EQ(said(kRequired, {"expnad.factor=4"}),
            "--set: error: unknown key 'expnad'\n"
            "      | expnad.factor=4\n"
            "      | ^\n"
            "  hint: did you mean 'expand'?\n");
}

}  // namespace
}  // namespace tenfold
