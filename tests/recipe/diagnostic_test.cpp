#include "tenfold/recipe/diagnostic.h"

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

TEST(Diagnostic, ShowsPlaceLineCaretAndHint) {
  Diagnostic diagnostic;
  diagnostic.file = "fruit.yaml";
  diagnostic.line = 3;
  diagnostic.column = 20;
  diagnostic.caret = 20;
  diagnostic.message = "'sigma' must be a number, got \"abc\"";
  diagnostic.source_line = "  - blur: { sigma: abc }";
  diagnostic.hint = "sigma: [0.5, 2.0]";
  EXPECT_EQ(rendered(diagnostic),
            "fruit.yaml:3:20: error: 'sigma' must be a number, got \"abc\"\n"
            "    3 |   - blur: { sigma: abc }\n"
            "      |                    ^\n"
            "  hint: sigma: [0.5, 2.0]\n");
}

TEST(Diagnostic, OfAWholeFileHasNoCaret) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::kWarning;
  diagnostic.file = "a\nb.yaml";
  diagnostic.message = "odd";
  EXPECT_EQ(rendered(diagnostic), "a\\nb.yaml: warning: odd\n");
}

TEST(Diagnostic, CaretCountsCodePointsAndRepeatsTabs) {
  EXPECT_EQ(said_after_required("seed: \t-1 # tab\n"),
            "r.yaml:5:8: error: 'seed' must be a whole number of at least 0, got \"-1\"\n"
            "    5 | seed: \t-1 # tab\n"
            "      |       \t^\n");
  EXPECT_EQ(said_after_required("{ignore: \"größe ±\", seed: x}\n").substr(0, 30),
            "r.yaml:5:1: error: not valid Y");
  EXPECT_EQ(said("{version: 1, input: {root: \"größe\"}, output: {root: \"日本\"}, seed: x}"),
            "r.yaml:1:66: error: 'seed' must be a whole number of at least 0, got \"x\"\n"
            "    1 | {version: 1, input: {root: \"größe\"}, output: {root: \"日本\"}, seed: x}\n"
            "      |                                                                  ^\n");
}

TEST(Diagnostic, CutsALongLineAroundTheCaret) {
  const std::string ignored(300, 'a');
  EXPECT_EQ(said("{version: 1, input: {root: in, ignore: [\"" + ignored +
                 "\"]}, seed: x, output: {root: out, name: \"" + std::string(100, 'b') + "{stem}_{copy}\"}}"),
            "r.yaml:1:353: error: 'seed' must be a whole number of at least 0, got \"x\"\n"
            "    1 | …" +
                std::string(39, 'a') + "\"]}, seed: x, output: {root: out, name: \"" + std::string(20, 'b') +
                "…\n"
                "      | " +
                std::string(51, ' ') + "^\n");
}

TEST(Diagnostic, ErrorsAreToldFromWarnings) {
  Diagnostic warning;
  warning.severity = Severity::kWarning;
  EXPECT_FALSE(has_errors({warning}));
  EXPECT_TRUE(has_errors({warning, Diagnostic{}}));
}

}  // namespace
}  // namespace tenfold
