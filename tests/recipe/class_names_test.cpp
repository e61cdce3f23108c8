#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

std::string said_about(const std::string& classes, const std::vector<std::string>& folders) {
  const ParsedRecipe parsed = read(kRequired + "classes: " + classes + "\n");
  std::string out = said(parsed);
  for (const Diagnostic& diagnostic : check_class_names(parsed.class_mentions, folders))
    out += rendered(diagnostic);
  return out;
}

TEST(ClassNames, KnownOnesPass) {
  EXPECT_EQ(said_about("{6: {target: 3}, trash: {target: 9}}", {"6", "glass", "trash"}), "");
}

TEST(ClassNames, UnknownOnesAreShownWithTheNearestAndTheList) {
  EXPECT_EQ(said_about("{trahs: {target: 3}}", {"glass", "metal", "trash"}),
            "r.yaml:5:11: error: unknown class 'trahs'\n"
            "    5 | classes: {trahs: {target: 3}}\n"
            "      |           ^\n"
            "  hint: did you mean 'trash'? the classes are glass, metal and trash\n");
}

TEST(ClassNames, LongListsAreCut) {
  std::vector<std::string> folders;
  for (int i = 10; i < 40; ++i) folders.push_back(std::to_string(i));
  EXPECT_EQ(said_about("{cat: {target: 3}}", folders),
            "r.yaml:5:11: error: unknown class 'cat'\n"
            "    5 | classes: {cat: {target: 3}}\n"
            "      |           ^\n"
            "  hint: the classes are 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 and 18 more\n");
}

}  // namespace
}  // namespace tenfold
