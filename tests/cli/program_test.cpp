// The program as people start it: arguments in, stdout, stderr and an exit code out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::TemporaryFolder;
using test::tree_of;
using test::write_text;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Result {
  int code = -1;
  std::string out, err;
};

class Program : public ::testing::Test {
 protected:
  // Runs in the test's folder.
  Result tenfold(const std::string& arguments, const std::string& limits = "") const {
    const std::string command = "cd '" + folder_.path().string() + "' && " + limits +
                                " '" TENFOLD_PROGRAM "' " + arguments + " >.stdout 2>.stderr </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(folder_ / ".stdout"),
            read_text(folder_ / ".stderr")};
  }

  void write_recipe(const std::string& text) const { write_text(folder_ / "recipe.yaml", text); }

  TemporaryFolder folder_;
};

constexpr const char* kRecipe = R"(version: 1
input: {root: signs}
output: {root: out}
expand: {factor: 2, balance: majority}
augment:
  - rotate: {degrees: ±10}
)";

TEST_F(Program, SaysTheVersionThatCMakeKnows) {
  const Result result = tenfold("--version");
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.out, "tenfold " TENFOLD_VERSION "\n");
  EXPECT_THAT(result.err, IsEmpty());
}

TEST_F(Program, ColorsAreForTerminalsUnlessTheyAreAskedFor) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  EXPECT_THAT(tenfold("plan recipe.yaml").out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(tenfold("plan recipe.yaml --color never").out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(tenfold("plan recipe.yaml --color always", "NO_COLOR=1").out, HasSubstr("\x1b[32m"));
  EXPECT_EQ(tenfold("plan recipe.yaml --color red").code, 2);
}

TEST_F(Program, WrongOptionsGiveExitCode2) {
  EXPECT_EQ(tenfold("").code, 2);
  EXPECT_EQ(tenfold("").err, tenfold("--help").out);
  EXPECT_EQ(tenfold("fly").code, 2);
  EXPECT_EQ(tenfold("run").code, 2);
  EXPECT_EQ(tenfold("run recipe.yaml --jobs 0").code, 2);
  EXPECT_EQ(tenfold("rnu").err, "tenfold: error: there is no command 'rnu'; did you mean 'run'?\n");
  EXPECT_EQ(tenfold("run recipe.yaml --seed -1").code, 2);
  EXPECT_EQ(tenfold("run recipe.yaml --seed 010x").code, 2);
  EXPECT_EQ(tenfold("run recipe.yaml -o ''").code, 2);
  const Result result = tenfold("run recipe.yaml --bogus");
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(result.err, HasSubstr("--bogus"));
}

TEST_F(Program, TurnsTheDemoIntoABalancedDatasetTenTimesItsSize) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  const Result result = tenfold("run '" TENFOLD_CONFIGS "/quickstart.yaml' -i signs -o signs-x10 --json");
  ASSERT_EQ(result.code, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  std::vector<int> before, after;
  for (const auto& of_class : json.at("classes")) {
    before.push_back(of_class.at("samples"));
    after.push_back(of_class.at("images"));
  }
  EXPECT_THAT(before, ::testing::UnorderedElementsAre(60, 25, 12, 4));
  EXPECT_THAT(after, ::testing::ElementsAre(252, 252, 252, 252));
}

TEST_F(Program, ResultsGoToStdoutAndEverythingElseToStderr) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  write_text(folder_ / "signs/broken/x.jpg", "no image");
  const Result result = tenfold("run recipe.yaml");
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.out, StartsWith("class "));
  EXPECT_THAT(result.out, HasSubstr("images made ("));
  EXPECT_THAT(result.err, HasSubstr("skipped 'broken/x.jpg': "));
  EXPECT_THAT(result.err, Not(HasSubstr("\r")));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b")));
}

TEST_F(Program, QuietSaysNothingUnlessSomethingIsWrong) {
  ASSERT_EQ(tenfold("demo signs -q").out, "");
  write_recipe(kRecipe);
  const Result result = tenfold("run recipe.yaml -q");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(result.err, IsEmpty());
}

TEST_F(Program, ARepeatSaysThatThereIsNothingToDo) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  ASSERT_EQ(tenfold("run recipe.yaml").code, 0);
  const Result result = tenfold("run recipe.yaml");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, EndsWith("nothing to do: all 480 images are there\n"));
}

TEST_F(Program, PlanWritesNothing) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  const Result result = tenfold("plan recipe.yaml");
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("480 images, of which 379 copies (1 to 29 per sample), about "));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Program, PrintsTheFingerprintOfAPlanAndNothingElse) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  const Result result = tenfold("plan recipe.yaml --fingerprint");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, ::testing::MatchesRegex("[0-9a-f]{32}\n"));
  EXPECT_THAT(result.err, IsEmpty());
  write_recipe("# of signs\n" + std::string(kRecipe));
  EXPECT_EQ(tenfold("plan recipe.yaml --fingerprint -q").out, result.out);
  EXPECT_NE(tenfold("plan recipe.yaml --fingerprint --seed 7").out, result.out);
  EXPECT_EQ(tenfold("plan recipe.yaml --fingerprint --json").code, 2);
}

TEST_F(Program, BreaksLinesBetweenWordsOnATerminalAlone) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  EXPECT_THAT(tenfold("plan recipe.yaml", "COLUMNS=60").out, HasSubstr(" (1 to 29 per sample), about "));
  write_text(folder_ / "shown.sh",
             "stty cols 60; '" TENFOLD_PROGRAM "' plan recipe.yaml\n'" TENFOLD_PROGRAM
             "' plan 'a recipe with a rather long name that is not there.yaml'\n'" TENFOLD_PROGRAM "' pla\n");
  tenfold("--version; script -qec 'sh shown.sh' shown");
  const std::string shown = read_text(folder_ / "shown");
  EXPECT_THAT(shown, HasSubstr(" (1 to 29 per sample), about\r\n  "));
  EXPECT_THAT(shown,
              HasSubstr("tenfold: error: the recipe 'a recipe with a rather long name\r\n  that is not "
                        "there.yaml' cannot be opened: No such file or\r\n  directory\r\n"));
  EXPECT_THAT(shown, HasSubstr("tenfold: error: there is no command 'pla'; did you mean\r\n  'plan'?\r\n"));
}

TEST_F(Program, PrintsEveryMistakeOfARecipeAtOnceAndWritesNothing) {
  fs::create_directories(folder_ / "signs/stop");
  write_recipe(R"(version: 1
sed: 42
input: {root: signs}
output: {root: out, quality: 200}
expand: {factor: many}
augment:
  - rotat: {degrees: 20}
  - shear: {x: [5, -5]}
classes:
  stpo: {target: 3}
)");
  const Result result = tenfold("run recipe.yaml");
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.out, IsEmpty());
  for (const char* place : {"recipe.yaml:2:1: error: ", "recipe.yaml:4:", "recipe.yaml:5:",
                            "recipe.yaml:7:5: error: ", "recipe.yaml:8:", "recipe.yaml:10:3: error: "})
    EXPECT_THAT(result.err, HasSubstr(place));
  EXPECT_THAT(result.err, EndsWith("tenfold: error: 6 mistakes in 'recipe.yaml'; nothing was written\n"));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Program, ImagesInTheRootAreOneSentence) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "signs"))
    if (entry.is_regular_file()) {
      fs::create_directory(folder_ / "flat");
      fs::copy(entry.path(), folder_ / "flat" / entry.path().filename(), fs::copy_options::skip_existing);
    }
  write_recipe(kRecipe);
  const Result result = tenfold("run recipe.yaml -i flat");
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("images lie in the root of 'flat' without a class folder"));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1);
}

TEST_F(Program, AFileThatCannotGrowEndsTheRunAndARepeatContinues) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  // No file may be longer than 8 KiB: 16 blocks of 512 bytes.
  const Result result = tenfold("run recipe.yaml", "ulimit -f 16;");
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(
      result.err,
      HasSubstr(
          ": File too large; allow larger files (ulimit -f) (what is made stays, and a repeat continues)\n"));
  EXPECT_FALSE(fs::exists(folder_ / "out/manifest.jsonl"));
  EXPECT_EQ(tenfold("run recipe.yaml").code, 0);
  ASSERT_EQ(tenfold("run recipe.yaml -o clean").code, 0);
  EXPECT_EQ(tree_of(folder_ / "out"), tree_of(folder_ / "clean"));
}

TEST_F(Program, AResultThatCannotBeWrittenIsAnError) {
  const std::string command = "'" TENFOLD_PROGRAM "' transforms >/dev/full 2>/dev/null";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
}

TEST_F(Program, RunSaysWhichCopiesAreNoUse) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(
      "version: 1\ninput: {root: signs}\noutput: {root: out}\nexpand: {factor: 3}\naugment: "
      "[horizontal_flip]\n");
  const Result result = tenfold("run recipe.yaml");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.err,
              HasSubstr("warning: 101 copies change nothing, for no transform fires; raise a `p` or add a "
                        "transform\n"));
}

TEST_F(Program, ListsAndExplainsTransforms) {
  EXPECT_THAT(tenfold("transforms").out,
              ::testing::AllOf(HasSubstr("geometry:\n"), HasSubstr("\n  rotate ")));
  const Result result = tenfold("transforms rotate");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out,
              HasSubstr("\n  use      For cameras that are held a little aslant: ±10 to ±20 for scenes,\n"
                        "           ±180 for pictures without an up and down. "));
  EXPECT_THAT(result.out, HasSubstr("  degrees  "));
  const auto json = nlohmann::json::parse(tenfold("transforms rotate --json").out);
  EXPECT_EQ(json.at(0).at("parameters").at(0).at("name"), "degrees");
  EXPECT_THAT(tenfold("transforms one_of").out,
              ::testing::AllOf(HasSubstr("\n  use      For "), HasSubstr("  weights  ")));
  const auto some_of = nlohmann::json::parse(tenfold("transforms some_of --json").out);
  EXPECT_EQ(some_of.at(0).at("keys").at(0).at("name"), "count");
  const auto all = nlohmann::json::parse(tenfold("transforms --json").out);
  EXPECT_EQ(all.back().at("name"), "sequence");
  const Result unknown = tenfold("transforms rotat");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.err, "tenfold: error: there is no transform 'rotat'; did you mean 'rotate'?\n");
}

TEST_F(Program, DrawsAGallery) {
  EXPECT_EQ(tenfold("transforms hue --gallery hue.png").code, 0);
  EXPECT_THAT(read_text(folder_ / "hue.png"), StartsWith("\x89PNG"));
  EXPECT_EQ(tenfold("transforms --gallery all.jpg").err,
            "tenfold: error: the gallery is a PNG; name the file so: 'all.jpg.png'\n");
  EXPECT_EQ(tenfold("transforms one_of --gallery x.png").err,
            "tenfold: error: 'one_of' combines transforms and has no picture of its own\n");
}

TEST_F(Program, WritesALogFileWithTimes) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  write_text(folder_ / "signs/broken/x.jpg", "no image");
  EXPECT_EQ(tenfold("run recipe.yaml --log-file run.log").code, 3);
  EXPECT_THAT(read_text(folder_ / "run.log"), HasSubstr(" warning skipped 'broken/x.jpg': "));
  EXPECT_THAT(read_text(folder_ / "run.log"), testing::ContainsRegex(" debug [0-9,]+ images made \\([^)]+\\)\n"));
  EXPECT_THAT(tenfold("run recipe.yaml --log-file signs").err,
              StartsWith("tenfold: error: cannot open the log file 'signs': "));
  const Result result = tenfold("run recipe.yaml --log-file nowhere/run.log");
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("cannot open the log file 'nowhere/run.log': there is no folder '"));
}

TEST_F(Program, VerifiesAnOutput) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  ASSERT_EQ(tenfold("run recipe.yaml").code, 0);
  const Result sound = tenfold("verify out -i signs");
  EXPECT_EQ(sound.code, 0);
  EXPECT_THAT(sound.out, ::testing::MatchesRegex(
                             "480 images \\(.*\\): all is as it was written, and so are the sources\n"));
  EXPECT_THAT(sound.err, IsEmpty());
  for (int i = 1; i <= 22; ++i) write_text(folder_ / "out" / std::to_string(i), "x");
  const Result result = tenfold("verify out --quick");
  EXPECT_EQ(result.code, 3);
  EXPECT_THAT(result.out, EndsWith("): 22 findings\n"));
  EXPECT_THAT(result.err, StartsWith("foreign: '1' is not in the manifest\n"));
  EXPECT_THAT(result.err, EndsWith("foreign: 2 more; --json lists all\n"));
  const auto json = nlohmann::json::parse(tenfold("verify out --json -q").out);
  EXPECT_EQ(json.at("images"), 480);
  EXPECT_EQ(json.at("findings").size(), 22u);
  EXPECT_EQ(json.at("findings").at(0).dump(),
            R"({"file_name":"1","kind":"foreign","sentence":"'1' is not in the manifest"})");
  EXPECT_EQ(tenfold("verify nowhere").code, 2);
  EXPECT_EQ(tenfold("verify signs").err,
            "tenfold: error: 'signs' is no output of tenfold: it has no manifest\n");
  EXPECT_EQ(tenfold("verify signs").code, 4);
}

TEST_F(Program, ReplaysAndExplainsAnImage) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  ASSERT_EQ(tenfold("run recipe.yaml").code, 0);
  const std::string file = "out/stop/stop_001__x0001.jpg";
  EXPECT_THAT(tenfold("replay out " + file + " -i signs").out,
              StartsWith("'stop/stop_001__x0001.jpg' is equal, byte for byte ("));
  EXPECT_EQ(tenfold("replay out " + file).err,
            "tenfold: error: replay needs the dataset that the output was made of: -i DIR\n");
  EXPECT_EQ(tenfold("replay out " + file).code, 2);
  write_text(folder_ / file, "x");
  const Result changed = tenfold("replay out " + file + " -i signs");
  EXPECT_EQ(changed.code, 3);
  EXPECT_THAT(changed.out, IsEmpty());
  EXPECT_THAT(changed.err, StartsWith("'stop/stop_001__x0001.jpg' has other bytes than were written"));
  EXPECT_EQ(nlohmann::json::parse(tenfold("replay out " + file + " -i signs --json").out).at("result"),
            "file_changed");

  const Result explained = tenfold("explain out " + file);
  EXPECT_EQ(explained.code, 0);
  EXPECT_THAT(explained.out,
              StartsWith("'stop/stop_001__x0001.jpg'\n  source         'stop/stop_001.jpg', 176×184, "));
  EXPECT_THAT(explained.out, HasSubstr("  transforms     rotate: degrees "));
  EXPECT_THAT(explained.out, HasSubstr("\n  source to output:\n"));
  const auto json = nlohmann::json::parse(tenfold("explain out " + file + " --json").out);
  EXPECT_EQ(json.at("source_width"), 176);
  EXPECT_EQ(json.at("map").at("to_source").at(2), nlohmann::json({0.0, 0.0, 1.0}));
  EXPECT_EQ(tenfold("explain out nothing").code, 2);
}

TEST_F(Program, CleansAnOutput) {
  ASSERT_EQ(tenfold("demo signs").code, 0);
  write_recipe(kRecipe);
  ASSERT_EQ(tenfold("run recipe.yaml").code, 0);
  write_text(folder_ / "out/notes.txt", "mine");
  const Result result = tenfold("clean out");
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.out,
            "removed 480 images and tenfold's own files from 'out'\n"
            "1 entry stays that tenfold did not write, such as 'notes.txt'\n");
  EXPECT_THAT(tree_of(folder_ / "out"), ::testing::SizeIs(1));
  EXPECT_EQ(tenfold("clean out").code, 4);
  fs::remove(folder_ / "out/notes.txt");
  ASSERT_EQ(tenfold("run recipe.yaml").code, 0);
  EXPECT_EQ(tenfold("clean out --json").out, "{\n  \"removed\": 480,\n  \"foreign\": []\n}\n");
}

TEST_F(Program, ARecipeThatIsNoTextIsNotReadWhole) {
  write_text(folder_ / "huge.yaml", "version: 1\n");
  fs::resize_file(folder_ / "huge.yaml", std::uintmax_t{1} << 40);  // a hole
  Result result = tenfold("plan huge.yaml");
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.err,
            "huge.yaml: error: larger than 1.0 MiB: this is no recipe\n\n"
            "tenfold: error: 1 mistake in 'huge.yaml'; nothing was written\n");

  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  for (const std::string name : {"fifo", "/dev/zero", "."}) {
    result = tenfold("plan " + name);
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.err, "tenfold: error: the recipe '" + name + "' is not a regular file\n");
  }
}

TEST_F(Program, AMissingRecipeIsAUsageError) {
  const Result result = tenfold("run nowhere.yaml");
  EXPECT_EQ(result.code, 2);
  EXPECT_EQ(result.err,
            "tenfold: error: the recipe 'nowhere.yaml' cannot be opened: No such file or directory\n");
}

}  // namespace
}  // namespace tenfold
