#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "tenfold/tenfold.h"

namespace tenfold {
namespace {

using test::tree_of;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Notes : public Observer {
 public:
  void noted(const std::string& sentence) override { sentences.push_back(sentence); }
  std::vector<std::string> sentences;
};

class ExpandTest : public test::DatasetTest {
 protected:
  RunSummary expand_as(const std::string& recipe, Observer& progress) {
    write_text(folder_ / "recipe.yaml", recipe);
    return expand(folder_ / "recipe.yaml", {.overrides = {.inputs = {input()}, .output = output()}},
                  progress);
  }
};

TEST_F(ExpandTest, DoesWhatARunDoes) {
  Observer silent;
  const RunSummary summary =
      expand_as("version: 1\nexpand: {factor: 2}\naugment: [rotate: {degrees: ±10}]\n", silent);
  EXPECT_FALSE(summary.has_findings());
  EXPECT_EQ(summary.made,
            summary.classes.front().images() + summary.classes[1].images() + summary.classes[2].images());
  EXPECT_EQ(tree_of(output()).count("manifest.jsonl"), 1u);
}

TEST_F(ExpandTest, ThrowsEveryMistakeOfTheRecipe) {
  Observer silent;
  try {
    expand_as("version: 1\naugment: [rotat]\nclasses: {cow: {target: 3}}\n", silent);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("recipe.yaml:2:11: error: "));
    EXPECT_THAT(error.what(), HasSubstr("recipe.yaml:3:11: error: "));
    EXPECT_THAT(error.what(), HasSubstr("\n2 mistakes in "));
  }
  EXPECT_FALSE(std::filesystem::exists(output()));
}

TEST_F(ExpandTest, NeedsAThread) {
  Observer silent;
  ExpandOptions options;
  options.run.jobs = 0;
  EXPECT_EQ(message_of([&] { expand(folder_ / "recipe.yaml", options, silent); }, ErrorKind::kUsage),
            "options.run.jobs is 0; it must be 1 or more");
}

TEST_F(ExpandTest, TellsOfWhatMayBeAMistake) {
  Notes notes;
  expand_as("version: 1\nexpand: {factor: 2}\naugment: [rotate: {degrees: 10}]\n", notes);
  EXPECT_THAT(notes.sentences, ElementsAre(HasSubstr("recipe.yaml:3:29: warning: ")));
}

}  // namespace
}  // namespace tenfold
