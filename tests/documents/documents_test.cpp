// Manual pages and completions are those that these programs would write, and what reads them has no
// complaint.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "support/shell.h"
#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::shell;
using test::ShellResult;
using test::tree_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const fs::path kDocs = fs::path(TENFOLD_SOURCE_DIR) / "docs";

// What `tenfold --help` lists.
std::vector<std::string> commands() {
  std::istringstream lines(shell("/", "'" TENFOLD_PROGRAM "' --help").out);
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("  ") && line.substr(2, 1) != " ")
      names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

TEST(GeneratedFiles, ManualPagesAndCompletionsAreFresh) {
  const test::TemporaryFolder folder;
  ASSERT_EQ(shell(folder.path(), "'" TENFOLD_DOCUMENTS "' .").code, 0);
  for (const char* part : {"man", "completions"})
    EXPECT_TRUE(tree_of(folder / part) == tree_of(kDocs / part)) << part << ": run scripts/refresh.sh";
}

TEST(Help, FitsAScreenAndShowsFirstWhatPeopleNeedFirst) {
  const ShellResult result = shell("/", "COLUMNS=80 '" TENFOLD_PROGRAM "' --help");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_LE(std::ranges::count(result.out, '\n'), 24);
  EXPECT_THAT(result.out, HasSubstr("\n  run         Make the output equal to the recipe's plan\n"
                                    "              tenfold run recipe.yaml -i data/train -o data/train-x10\n"
                                    "  plan        "));
  EXPECT_THAT(result.out,
              HasSubstr("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with findings, 4 in use.\n"));
}

TEST(Help, OfEveryCommandHasAnExampleAndItsExitCodes) {
  ASSERT_GE(commands().size(), 11u);
  for (const std::string& name : commands()) {
    const std::string help = shell("/", "'" TENFOLD_PROGRAM "' " + name + " --help").out;
    EXPECT_THAT(help, ::testing::ContainsRegex("\nExamples?:\n  tenfold " + name)) << name;
    EXPECT_THAT(help, HasSubstr("\nExit codes:\n  0  ")) << name;
    EXPECT_THAT(help, HasSubstr("\n  1  ")) << name;
    EXPECT_THAT(help, HasSubstr("\n  2  ")) << name;
  }
}

// Examples are to be copied, so they stand on one line; they, too, fit the usual terminal.
TEST(Help, KeepsToTheWidthOfTheTerminal) {
  const auto widest = [](const std::string& columns, const std::string& arguments, bool examples = false) {
    std::istringstream lines(shell("/", columns + " '" TENFOLD_PROGRAM "' " + arguments + " --help").out);
    std::size_t width = 0;
    for (std::string line; std::getline(lines, line);)
      if (examples || line.find("  tenfold ") == std::string::npos) width = std::max(width, line.size());
    return width;
  };
  for (const std::string& name : commands()) {
    EXPECT_LE(widest("COLUMNS=60", name), 60u) << name;
    EXPECT_LE(widest("COLUMNS=80", name, true), 80u) << name;
  }
  EXPECT_LE(widest("COLUMNS=60", ""), 60u);
  EXPECT_LE(widest("COLUMNS=80", "", true), 80u);
  EXPECT_LE(widest("COLUMNS=7", "run"), 60u);
  EXPECT_LE(widest("COLUMNS=200", "run"), 100u);
  EXPECT_GT(widest("COLUMNS=200", "run"), 80u);
}

TEST(ManualPages, ThereIsOneOfEachCommand) {
  for (const std::string& name : commands())
    EXPECT_TRUE(fs::exists(kDocs / "man" / ("tenfold-" + name + ".1"))) << name;
  EXPECT_TRUE(fs::exists(kDocs / "man/tenfold.1"));
  EXPECT_TRUE(fs::exists(kDocs / "man/tenfold-recipe.5"));
}

TEST(ManualPages, GiveNoWarnings) {
  const ShellResult result =
      shell(kDocs / "man", "for page in *; do groff -man -Tutf8 -ww -z $page 2>&1; done");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, IsEmpty());
}

TEST(ManualPages, ReadAsHelpDoes) {
  const std::string page = shell(kDocs / "man", "MANWIDTH=100 man -E ascii -l tenfold-run.1 | cat").out;
  EXPECT_THAT(page, HasSubstr("tenfold-run - Make the output equal to the recipe's plan\n"));
  EXPECT_THAT(page, HasSubstr("tenfold run [OPTIONS] RECIPE\n"));
  EXPECT_THAT(page, HasSubstr("-j, --jobs N\n"));
  EXPECT_THAT(page, HasSubstr("    tenfold run recipe.yaml -i data/train -o data/train-x10\n"));
  EXPECT_THAT(page, HasSubstr("130, 143\n"));
}

TEST(ManualPages, TheRecipesPageNamesEveryTransformAndParameter) {
  const std::string page = read_text(kDocs / "man/tenfold-recipe.5");
  for (const TransformSpec& spec : transforms()) {
    const std::size_t begin = page.find("\n.SS " + spec.name + "\n");
    ASSERT_NE(begin, std::string::npos) << spec.name;
    const std::string section = page.substr(begin, page.find("\n.S", begin + 1) - begin);
    for (const ParameterSpec& parameter : spec.parameters)
      EXPECT_THAT(section, HasSubstr("\n\\fB" + parameter.name + "\\fR\n")) << spec.name;
  }
  for (const Combinator& combinator : combinators())
    EXPECT_THAT(page, HasSubstr("\n.SS " + combinator.name + "\n"));
  EXPECT_THAT(page, HasSubstr("\n\\fBsplit.by.column\\fR\n"));
}

}  // namespace
}  // namespace tenfold
