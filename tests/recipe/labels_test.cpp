// What a recipe says of labels, strength and acceptance.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

Recipe read_after_required(const std::string& lines) {
  const ParsedRecipe parsed = read(kRequired + lines);
  EXPECT_EQ(said(parsed), "");
  return parsed.recipe;
}

TEST(Labels, RelabelNamesATransformAndPairsOfClasses) {
  const ParsedRecipe parsed = read(kRequired + "relabel: {horizontal_flip: {left: right, right: left}}\n");
  EXPECT_EQ(said(parsed), "");
  const std::vector<Relabeling> expected{{"horizontal_flip", "left", "right"},
                                         {"horizontal_flip", "right", "left"}};
  EXPECT_EQ(parsed.recipe.relabel, expected);
  // Each name can be checked against the dataset's folders.
  ASSERT_EQ(parsed.class_mentions.size(), 4u);
  EXPECT_EQ(parsed.class_mentions[1].name, "right");
  EXPECT_EQ(parsed.class_mentions[1].place.column, 35u);
}

TEST(Labels, RelabelNeedsTheTransformOnceAtTheTopOfTheChain) {
  EXPECT_EQ(said_after_required("relabel: {vertical_flip: {up: down}}\n"),
            "r.yaml:5:27: error: 'vertical_flip' must stand once, and outside of combinators, where it is "
            "forced on and off; see the chain of class 'down'\n"
            "    5 | relabel: {vertical_flip: {up: down}}\n"
            "      |                           ^\n"
            "  hint: augment: [vertical_flip, …]\n");
}

TEST(Labels, RelabelNeedsATransformThatAlwaysDoesTheSameToTheImageAlone) {
  const auto said_of = [](const std::string& chain, const std::string& transform) {
    return said("version: 1\ninput: {root: in}\noutput: {root: out}\naugment: [" + chain + "]\nrelabel: {" +
                transform + ": {a: b}}\n");
  };
  EXPECT_EQ(said_of("rotate90: {turns: 2}", "rotate90"), "");
  EXPECT_NE(said_of("rotate90", "rotate90").find("'rotate90' must do the same each time: fix its parameters"),
            std::string::npos);
  EXPECT_NE(said_of("horizontal_flip, one_of: [horizontal_flip, hue]", "horizontal_flip")
                .find("'horizontal_flip' must stand once, and outside of combinators"),
            std::string::npos);
  EXPECT_NE(said_of("mixup, horizontal_flip", "horizontal_flip")
                .find("must stand before what mixes in other images, for they would be turned with it"),
            std::string::npos);
  EXPECT_EQ(said_of("horizontal_flip, mixup", "horizontal_flip"), "");
}

TEST(Labels, RelabelRefusesWhatHasNoMeaning) {
  EXPECT_EQ(said_after_required("relabel: {horizontal_flip: {left: left}}\n"),
            "r.yaml:5:35: error: 'left' becomes itself\n"
            "    5 | relabel: {horizontal_flip: {left: left}}\n"
            "      |                                   ^\n"
            "  hint: leave it out: a class that is not named here is transformed as its chain says\n");
  EXPECT_EQ(said_after_required("relabel: {horizontal_flop: {left: right}}\n"),
            "r.yaml:5:11: error: unknown transform 'horizontal_flop'\n"
            "    5 | relabel: {horizontal_flop: {left: right}}\n"
            "      |           ^\n"
            "  hint: did you mean 'horizontal_flip'?\n");
  EXPECT_EQ(said_after_required("relabel: [left]\n"),
            "r.yaml:5:10: error: 'relabel' must be a map of transforms, got a list\n"
            "    5 | relabel: [left]\n"
            "      |          ^\n"
            "  hint: relabel: {horizontal_flip: {left: right, right: left}}\n");
}

TEST(Labels, LabelSafeNamesTransforms) {
  EXPECT_EQ(read_after_required("label_safe: [vertical_flip]\n").label_safe,
            std::vector<std::string>{"vertical_flip"});
  EXPECT_EQ(said_after_required("label_safe: [flip]\n"),
            "r.yaml:5:14: error: unknown transform 'flip'\n"
            "    5 | label_safe: [flip]\n"
            "      |              ^\n"
            "  hint: `tenfold transforms` lists them all\n");
}

TEST(Strength, IsTheRecipesOrTheClasss) {
  const Recipe recipe = read_after_required(
      "strength: {grow_with_copy: true}\nclasses: {a: {strength: {grow_with_copy: false}}, b: {target: "
      "3}}\n");
  EXPECT_FALSE(recipe.grows("a"));
  EXPECT_TRUE(recipe.grows("b"));
  EXPECT_TRUE(recipe.grows("c"));
  EXPECT_FALSE(read_after_required("").grows("c"));
}

TEST(Accept, HasDefaultsForWhatIsNotWritten) {
  EXPECT_EQ(read_after_required("").accept, std::nullopt);
  EXPECT_EQ(read_after_required("accept: {}\n").accept, AcceptRecipe{});
  AcceptRecipe expected;
  expected.min_contrast = 0.5;
  expected.min_distance = 6;
  EXPECT_EQ(read_after_required("accept: {min_contrast: 50%, min_distance: 6}\n").accept, expected);
}

TEST(Accept, RefusesWhatNoImageCanHave) {
  EXPECT_EQ(said_after_required("accept: {min_distance: 65}\n"),
            "r.yaml:5:24: error: 'min_distance' must be at most 64, the number of bits of the hash\n"
            "    5 | accept: {min_distance: 65}\n"
            "      |                        ^\n");
}

TEST(Parameters, MayBeColorsTextsAndRangesOfWholeNumbers) {
  EXPECT_EQ(said_of_element("rotate90: {turns: [0.5, 2]}"),
            "r.yaml:4:29: error: 'turns' must be a whole number or a range of whole numbers, got a list\n"
            "    4 | augment: [rotate90: {turns: [0.5, 2]}]\n"
            "      |                             ^\n"
            "  hint: - rotate90: {turns: [0, 3]}\n");
  EXPECT_EQ(said_of_element("histogram_match"),
            "r.yaml:4:11: error: histogram_match needs 'reference', a folder of images to match\n"
            "    4 | augment: [histogram_match]\n"
            "      |           ^\n"
            "  hint: - histogram_match: {reference: target-domain, blend: [0.5, 1]}\n");
}

}  // namespace
}  // namespace tenfold
