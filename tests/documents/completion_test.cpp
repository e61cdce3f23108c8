// Completions as the shells give them: bash and fish are asked for real, and zsh in a terminal of its own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "support/shell.h"

namespace tenfold {
namespace {

using test::shell;
using test::ShellResult;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

const std::string kFolder = TENFOLD_SOURCE_DIR "/docs/completions/";

class Completion : public ::testing::Test {
 protected:
  Completion() {
    folder_.write("recipe.yaml", "");
    folder_.write("notes.txt", "");
    folder_.write("data train/cat/a.jpg", "");
  }

  static std::vector<std::string> sorted_lines(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    std::ranges::sort(lines);
    return lines;
  }

  // COMPREPLY, where the cursor stands behind the last of `words`, which are quoted for bash.
  std::vector<std::string> bash(const std::string& words, const std::string& profile = "") const {
    const ShellResult result =
        shell(folder_.path(), "bash --norc -u <<'END'\n" + profile + "\nsource '" + kFolder +
                                  "tenfold.bash'\nCOMP_WORDS=(" + words +
                                  ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_tenfold\n"
                                  "printf '%s\\n' ${COMPREPLY[@]+\"${COMPREPLY[@]}\"}\nEND");
    EXPECT_THAT(result.err, IsEmpty());
    return result.out == "\n" ? std::vector<std::string>() : sorted_lines(result.out);
  }

  // Without the descriptions.
  std::vector<std::string> fish(const std::string& line) const {
    const ShellResult result =
        shell(folder_.path(), "HOME=$PWD fish --no-config -c \"source '" + kFolder +
                                  "tenfold.fish'; complete -C '" + line + "'\" | cut -f 1");
    EXPECT_THAT(result.err, IsEmpty());
    return sorted_lines(result.out);
  }

  test::TemporaryFolder folder_;
};

TEST_F(Completion, OfBashKnowsCommandsAndOptions) {
  EXPECT_THAT(bash("tenfold pl"), ElementsAre("plan"));
  EXPECT_THAT(bash("tenfold ''"), IsSupersetOf({"run", "plan", "inspect", "demo", "--help", "--version"}));
  EXPECT_THAT(bash("tenfold run --re"), ElementsAre("--rehash", "--remake"));
  EXPECT_THAT(bash("tenfold inspect recipe.yaml --re"), IsEmpty());
}

TEST_F(Completion, OfBashOffersWhatAnOptionWants) {
  EXPECT_THAT(bash("tenfold run -i ''"), ElementsAre("data train"));
  EXPECT_THAT(bash("tenfold run --input = 'data'"), ElementsAre("data train"));
  EXPECT_THAT(bash("tenfold run --input ="), ElementsAre("data train"));
  EXPECT_THAT(bash("tenfold run --log-file ''"), ElementsAre("data train", "notes.txt", "recipe.yaml"));
  EXPECT_THAT(bash("tenfold run --jobs ''"), IsEmpty());
  EXPECT_THAT(bash("tenfold run --color ''"), ElementsAre("always", "auto", "never"));
  EXPECT_THAT(bash("tenfold run --color = a"), ElementsAre("always", "auto"));
}

TEST_F(Completion, OfBashOffersWhatStandsAtAPlace) {
  EXPECT_THAT(bash("tenfold run ''"), ElementsAre("data train", "recipe.yaml"));
  EXPECT_THAT(bash("tenfold run -j 2 --seed = 3 -q rec"), ElementsAre("recipe.yaml"));
  EXPECT_THAT(bash("tenfold run --set expand.factor = 4 rec"), ElementsAre("recipe.yaml"));
  EXPECT_THAT(bash("tenfold run --set = expand.factor = 4 -i a : b rec"), ElementsAre("recipe.yaml"));
  EXPECT_THAT(bash("tenfold run --set expand.factor = ''"), IsEmpty());
  EXPECT_THAT(bash("tenfold run recipe.yaml ''"), IsEmpty());
  EXPECT_THAT(bash("tenfold verify ''"), ElementsAre("data train"));
  EXPECT_THAT(bash("tenfold replay out ''"), ElementsAre("data train", "notes.txt", "recipe.yaml"));
  EXPECT_THAT(bash("tenfold transforms gaussian_"), ElementsAre("gaussian_blur", "gaussian_noise"));
  EXPECT_THAT(bash("tenfold transforms one"), ElementsAre("one_of"));
}

// Bash replaces what stands behind the last = or : alone.
TEST_F(Completion, OfBashTakesNamesWithColons) {
  folder_.write("a:b/x.jpg", "");
  EXPECT_THAT(bash("tenfold verify a : ''"), ElementsAre("b"));
  EXPECT_THAT(bash("tenfold verify a :"), ElementsAre("b"));
  EXPECT_THAT(bash("tenfold run --input = a : b"), ElementsAre("b"));
}

TEST_F(Completion, OfBashDoesNotDependOnTheUsersShell) {
  const std::string profile = "IFS=,; shopt -s expand_aliases; alias grep='grep --color=always'";
  EXPECT_THAT(bash("tenfold run rec", profile), ElementsAre("recipe.yaml"));
  EXPECT_THAT(bash("tenfold run --color al", profile), ElementsAre("always"));
}

TEST_F(Completion, OfFishKnowsCommandsOptionsAndWhatTheyWant) {
  EXPECT_THAT(fish("tenfold pl"), ElementsAre("plan"));
  EXPECT_THAT(fish("tenfold run --re"), ElementsAre("--rehash", "--remake"));
  EXPECT_THAT(fish("tenfold run --color al"), ElementsAre("always"));
  EXPECT_THAT(fish("tenfold run -i da"), ElementsAre("data train/"));
  EXPECT_THAT(fish("tenfold run --jobs "), IsEmpty());
  EXPECT_THAT(fish("tenfold run rec"), ElementsAre("recipe.yaml"));
  EXPECT_THAT(fish("tenfold inspect run --se"), IsEmpty());
  EXPECT_THAT(fish("tenfold transforms gaussian_"), ElementsAre("gaussian_blur", "gaussian_noise"));
}

TEST_F(Completion, OfZshIsASoundScript) {
  const ShellResult result = shell(folder_.path(), "zsh -n '" + kFolder + "_tenfold'");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.err, IsEmpty());
}

// What a terminal shows after a tab: zsh has no other way to ask for completions. Nothing is typed before it
// reads keys, for till then they are the terminal's, and the control key would take back what stands there.
constexpr const char* kAskZsh = R"(zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; bindkey '^I' list-choices"
zpty -w shell "zle-line-init() { print rea''dy }; zle -N zle-line-init"
for typed in "${@:2}"; do
  while zpty -r shell line; do [[ $line == *ready* ]] && break; done
  zpty -n -w shell "$typed"$'\t'
  zpty -n -w shell $'\C-u'"print en''ded"$'\n'
  while zpty -r shell line; do print -r -- $line; [[ $line == ended* ]] && break; done
done
zpty -d shell
)";

TEST_F(Completion, OfZshListsWhatStandsAtAPlace) {
  folder_.write("ask.zsh", kAskZsh);
  const std::string shown =
      shell(folder_.path(), "TERM=dumb HOME=$PWD zsh -f ask.zsh '" + kFolder +
                                "' 'tenfold ' 'tenfold run --re' 'tenfold run --color=' "
                                "'tenfold transforms gaussian_'")
          .out;
  EXPECT_THAT(shown, HasSubstr("Show what a run would do; write nothing"));
  EXPECT_THAT(shown, ::testing::ContainsRegex("--rehash +-- Read all images"));
  EXPECT_THAT(shown, HasSubstr("always"));
  EXPECT_THAT(shown, HasSubstr("gaussian_noise"));
}

}  // namespace
}  // namespace tenfold
