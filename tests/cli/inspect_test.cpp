// `tenfold inspect` as people start it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Result {
  int code = -1;
  std::string out, err;
};

class InspectProgram : public ::testing::Test {
 protected:
  // Drawn once, for no test changes it: `sound`, and `signs` with a picture under two labels.
  static void SetUpTestSuite() {
    folder_ = std::make_unique<test::TemporaryFolder>();
    tenfold("demo signs");
    fs::copy(*folder_ / "signs", *folder_ / "sound", fs::copy_options::recursive);
    fs::copy(fs::directory_iterator(*folder_ / "signs/stop")->path(), *folder_ / "signs/yield/twin.jpg");
  }
  static void TearDownTestSuite() { folder_.reset(); }

  // Runs in the test's folder.
  static Result tenfold(const std::string& arguments) {
    const std::string command = "cd '" + folder_->path().string() + "' && '" TENFOLD_PROGRAM "' " +
                                arguments + " >.stdout 2>.stderr </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(*folder_ / ".stdout"),
            read_text(*folder_ / ".stderr")};
  }

  static inline std::unique_ptr<test::TemporaryFolder> folder_;
};

TEST_F(InspectProgram, ShowsTheDatasetAndWhatIsWrongAndWritesNothing) {
  const auto before = tree_of(*folder_ / "signs");
  const Result result = tenfold("inspect signs");
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_THAT(result.out, StartsWith("class "));
  EXPECT_THAT(result.out, HasSubstr("\nthe same file under several labels: 1\n  'stop/"));
  EXPECT_THAT(result.out, HasSubstr("' = 'yield/twin.jpg'\n"));
  EXPECT_THAT(result.out,
              HasSubstr("\nsmall class (images below 20): 2\n   4  'turn_left'\n  12  'priority'\n"));
  EXPECT_EQ(tree_of(*folder_ / "signs"), before);
}

TEST_F(InspectProgram, EndsWith3OnlyIfStrictAndOnlyForFindings) {
  EXPECT_EQ(tenfold("inspect signs --strict").code, 3);
  EXPECT_EQ(tenfold("inspect sound --fast --strict").code, 3);
  EXPECT_EQ(tenfold("inspect sound --fast --strict --min-images 4").code, 0);
}

TEST_F(InspectProgram, QuietSaysOnlyFindings) {
  const Result none = tenfold("inspect sound --fast -q --min-images 1");
  EXPECT_EQ(none.out + none.err, "");
  const Result some = tenfold("inspect sound --fast -q");
  EXPECT_THAT(some.out, IsEmpty());
  EXPECT_THAT(some.err, StartsWith("2 findings\n"));
}

TEST_F(InspectProgram, ThresholdsCanBeSetAndAreShown) {
  const Result result = tenfold("inspect sound --fast --min-side 200 --min-images 5");
  EXPECT_THAT(result.out, HasSubstr("\ntiny (shorter side below 200): 101\n"));
  EXPECT_THAT(result.out, HasSubstr("\nsmall class (images below 5): 1\n"));
  EXPECT_EQ(tenfold("inspect sound --blur -1").code, 2);
  EXPECT_EQ(tenfold("inspect sound --similar 0.5").code, 2);
  EXPECT_THAT(tenfold("inspect sound --dark -1").err,
              HasSubstr("--dark: must be a number from 0 to 255, and is -1\n"));
  EXPECT_EQ(tenfold("inspect sound --blank nan").code, 2);
}

TEST_F(InspectProgram, GivesJsonAndCsv) {
  const Result result = tenfold("inspect signs --json --csv findings.csv");
  EXPECT_EQ(result.code, 0);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("images"), 102);
  const std::string csv = read_text(*folder_ / "findings.csv");
  EXPECT_THAT(csv, StartsWith("kind,class,file,other,value,threshold,sentence\r\n"
                              "duplicate_across_classes,stop,stop/"));
  EXPECT_GE(std::ranges::count(csv, '\n'), static_cast<std::ptrdiff_t>(json.at("findings").size()) + 1);
}

TEST_F(InspectProgram, RefusesWhatIsNoDatasetBeforeItLooks) {
  const Result missing = tenfold("inspect nowhere");
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.err, "tenfold: error: the input 'nowhere' does not exist\n");
  EXPECT_EQ(tenfold("inspect signs/stop").code, 2);
  EXPECT_EQ(tenfold("inspect").code, 2);
  EXPECT_EQ(tenfold("inspect signs --csv no/folder.csv").code, 1);
}

}  // namespace
}  // namespace tenfold
