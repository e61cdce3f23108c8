#include "tenfold/plan/label_safety.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/catalogs.h"

namespace tenfold {
namespace {

using test::chain_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::string> kDigits{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

std::vector<std::string> warnings(const std::string& name, const ParameterValues& values,
                                  const std::vector<std::string>& classes) {
  Recipe recipe;
  recipe.augment = chain_of(name, values);
  return label_warnings(recipe, classes);
}

ParameterValue degrees(double most) { return Range{-most, most}; }

TEST(LabelSafety, SaysWhichDigitsAMirrorChangesAndHowToSwitchItOff) {
  EXPECT_THAT(
      warnings("horizontal_flip", {}, kDigits),
      ElementsAre("horizontal_flip mirrors images of '2', '3', '4', '5' and 3 more, named like digits, and "
                  "may change what they show; leave it out (classes: {\"2\": {without: [horizontal_flip]}}) "
                  "or, if the labels survive it, write label_safe: [horizontal_flip]"));
}

TEST(LabelSafety, KnowsWhatSurvivesWhichMotion) {
  EXPECT_THAT(warnings("vertical_flip", {}, {"0", "1", "3", "8", "B", "x"}), IsEmpty());
  EXPECT_THAT(warnings("vertical_flip", {}, {"A"}),
              ElementsAre(HasSubstr("upside down images of 'A', named like letters")));
  EXPECT_THAT(warnings("rotate90", {}, {"6"}), ElementsAre(HasSubstr("by quarters or halves images of '6'")));
  EXPECT_THAT(warnings("rotate", {{"degrees", degrees(30)}}, kDigits), IsEmpty());
  EXPECT_THAT(warnings("rotate", {{"degrees", degrees(31)}}, kDigits),
              ElementsAre(HasSubstr("by more than 30°")));
  EXPECT_THAT(warnings("rotate", {{"degrees", degrees(180)}}, {"up"}),
              ElementsAre(HasSubstr("named like directions")));
  EXPECT_THAT(warnings("rotate", {{"degrees", degrees(45)}}, {"up"}), IsEmpty());
}

TEST(LabelSafety, KnowsDirectionsByTheirWords) {
  EXPECT_THAT(warnings("horizontal_flip", {}, {"turn_left", "turn-right", "stop"}),
              ElementsAre(HasSubstr("images of 'turn_left' and 'turn-right', named like directions")));
  EXPECT_THAT(warnings("horizontal_flip", {}, {"up", "down"}), IsEmpty());
  EXPECT_THAT(warnings("vertical_flip", {}, {"up", "arrows"}), SizeIs(1));
}

TEST(LabelSafety, SplitsNamesAtCasesAndDigits) {
  EXPECT_THAT(warnings("horizontal_flip", {}, {"turnLeft", "arrow1", "digit6", "LEFT"}), SizeIs(2));
  EXPECT_THAT(warnings("vertical_flip", {}, {"letter_B"}), IsEmpty());  // a b would not survive it
  EXPECT_THAT(warnings("vertical_flip", {}, {"letter_b"}), SizeIs(1));
}

TEST(LabelSafety, CountsTurnsFromUpright) {
  EXPECT_THAT(warnings("rotate", {{"degrees", Range{350, 355}}}, kDigits), IsEmpty());
  EXPECT_THAT(warnings("rotate", {{"degrees", Range{180, 190}}}, {"up"}), SizeIs(1));
}

TEST(LabelSafety, KnowsThePolicyThatTurnsFar) {
  EXPECT_THAT(warnings("trivial_augment", {}, {"6"}), SizeIs(1));
  EXPECT_THAT(warnings("rand_augment", {}, {"6"}), IsEmpty());
}

TEST(LabelSafety, IsSilentAboutOtherNames) {
  EXPECT_THAT(warnings("horizontal_flip", {}, {"apple", "class_6", "leftover", "upland"}), IsEmpty());
  EXPECT_THAT(warnings("brightness", {}, kDigits), IsEmpty());
}

TEST(LabelSafety, LooksIntoCombinatorsAndAtEachClassesOwnChain) {
  Recipe recipe;
  Element choice;
  choice.kind = ElementKind::kOneOf;
  choice.children = chain_of("horizontal_flip");
  recipe.augment = {choice};
  EXPECT_THAT(label_warnings(recipe, kDigits), SizeIs(1));
  for (const std::string& digit : kDigits) recipe.classes[digit].augment = chain_of("hue");
  EXPECT_THAT(label_warnings(recipe, kDigits), IsEmpty());
}

TEST(LabelSafety, IsSwitchedOffByLabelSafeAndByRelabel) {
  Recipe recipe;
  recipe.augment = chain_of("horizontal_flip");
  const std::vector<std::string> classes{"left", "right"};
  ASSERT_THAT(label_warnings(recipe, classes), SizeIs(1));
  recipe.label_safe = {"horizontal_flip"};
  EXPECT_THAT(label_warnings(recipe, classes), IsEmpty());
  recipe.label_safe = {};
  recipe.relabel = {{"horizontal_flip", "left", "right"}};
  EXPECT_THAT(label_warnings(recipe, classes), ElementsAre(HasSubstr("images of 'left',")));
}

}  // namespace
}  // namespace tenfold
