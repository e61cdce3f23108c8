#include "tenfold/report/class_table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tenfold {
namespace {

std::vector<ClassPlan> classes() {
  return {
      {.name = "glass", .samples = 501, .target = 1188, .originals = 501, .copies = 687},
      {.name = "trash", .samples = 137, .target = 1188, .originals = 137, .copies = 685, .shortfall = 366}};
}

TEST(ClassTable, ShowsBeforeAndAfterWithABar) {
  EXPECT_EQ(class_table(classes(), {.width = 60}),
            "class  before  after\n"
            "glass     501  1,188  ███████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒       +687\n"
            "trash     137    822  ███▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒          366 short\n"
            "all       638  2,010                               366 short\n");
}

TEST(ClassTable, KeepsToTheWidthFrom60ColumnsOn) {
  std::vector<ClassPlan> plans = classes();
  plans.push_back(
      {.name = "a class with a very long name indeed, äöü", .samples = 1'000'000, .originals = 1'000'000});
  plans.push_back({.name = "交通標識", .samples = 3, .originals = 3, .copies = 12'345'678});
  for (const int width : {60, 80, 120}) {
    std::istringstream lines(class_table(plans, {.width = width}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(ClassTable, EscapesWhatAClassNameCouldForge) {
  const std::vector<ClassPlan> plans{{.name = "a\nall", .samples = 1, .originals = 1}};
  EXPECT_NE(class_table(plans, {.width = 60}).find("a\\nall"), std::string::npos);
}

TEST(ClassTable, ColorsOnlyOnDemand) {
  EXPECT_EQ(class_table(classes(), {.width = 80}).find('\x1b'), std::string::npos);
  EXPECT_NE(class_table(classes(), {.width = 80, .color = true}).find('\x1b'), std::string::npos);
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("äöü"), 3);
  EXPECT_EQ(display_width("交通"), 4);
  EXPECT_EQ(display_width("e\xCC\x81"), 1);
}

TEST(Folded, BreaksBetweenWordsWhatATerminalWouldCut) {
  EXPECT_EQ(folded("one two three\n  four five six seven\nends\n", 13),
            "one two three\n  four five\n    six seven\nends\n");
  EXPECT_EQ(folded("'a/very/long/name.jpg' is there", 10), "'a/very/long/name.jpg'\n  is there");
  EXPECT_EQ(folded("ⅰ ⅱ ⅲ ⅳ ⅴ", 9), "ⅰ ⅱ ⅲ ⅳ ⅴ");
  EXPECT_EQ(folded("\x1b[2mclass      before  after\x1b[0m\n", 20),
            "\x1b[2mclass      before  after\x1b[0m\n");
  EXPECT_EQ(folded("", 20), "");
  EXPECT_EQ(folded("\n\n", 20), "\n\n");
}

}  // namespace
}  // namespace tenfold
