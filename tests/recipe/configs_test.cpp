// Every recipe in configs/ is right.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "recipe/reading.h"

namespace tenfold {
namespace {

TEST(Configs, AllParseWithoutADiagnostic) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TENFOLD_CONFIGS_DIR)) {
    if (entry.path().extension() != ".yaml") continue;
    ++count;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    EXPECT_TRUE(text.str().starts_with("# ")) << entry.path() << " must say when to use it";
    const ParsedRecipe parsed = parse_recipe(text.str(), entry.path().filename(), {});
    EXPECT_EQ(said(parsed), "");
    EXPECT_FALSE(parsed.recipe.augment.empty()) << entry.path();
    EXPECT_FALSE(resolved_json(parsed.recipe).empty());
  }
  EXPECT_GE(count, 4);
}

}  // namespace
}  // namespace tenfold
