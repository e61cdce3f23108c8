// The generated files of the repository are those that this program would write.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tenfold/report/recipe_schema.h"
#include "tenfold/report/transform_reference.h"

namespace tenfold {
namespace {

std::string content(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(std::string(TENFOLD_SOURCE_DIR) + "/" + file).rdbuf();
  return text.str();
}

TEST(GeneratedFiles, TheReferenceOfTransformsIsFresh) {
  EXPECT_TRUE(content("docs/transforms.md") == transforms_markdown(transforms(), combinators()))
      << "run scripts/refresh.sh";
}

TEST(GeneratedFiles, TheSchemaIsFresh) {
  EXPECT_TRUE(content("configs/recipe.schema.json") == recipe_schema()) << "run scripts/refresh.sh";
}

TEST(GeneratedFiles, TheReferenceNamesEveryTransformAndParameter) {
  const std::string page = transforms_markdown(transforms(), combinators());
  for (const TransformSpec& spec : transforms()) {
    EXPECT_NE(page.find("### " + spec.name + "\n\n" + spec.summary + "\n\n" + spec.use), std::string::npos)
        << spec.name;
    for (const ParameterSpec& parameter : spec.parameters)
      EXPECT_NE(page.find("| `" + parameter.name + "` |"), std::string::npos) << parameter.name;
  }
  for (const Combinator& combinator : combinators())
    EXPECT_NE(page.find("### " + combinator.name + "\n\n" + combinator.summary), std::string::npos)
        << combinator.name;
}

}  // namespace
}  // namespace tenfold
