// Shards of a run as processes: several at once in one folder, killed ones, and what is typed wrong.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Shards : public ::testing::Test {
 protected:
  Shards() {
    test::write_text(folder_ / "recipe.yaml",
                     "version: 1\ninput: {root: signs}\noutput: {root: out}\n"
                     "expand: {factor: 3, balance: majority}\naugment: [rotate: {degrees: ±10}]\n");
    wait(start({"demo", "signs"}));
  }

  // Starts the program in the test's folder; what it says goes into the file `said`.
  pid_t start(std::vector<std::string> arguments, const std::string& said = "said") const {
    arguments.insert(arguments.begin(), TENFOLD_PROGRAM);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const pid_t process = ::fork();
    if (process != 0) return process;
    if (::chdir(folder_.path().c_str()) != 0) ::_exit(99);
    const int file = ::open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execv(TENFOLD_PROGRAM, pointers.data());
    ::_exit(99);
  }

  // The exit code, or minus the signal that ended it.
  static int wait(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  int call(const std::vector<std::string>& arguments) const { return wait(start(arguments)); }
  std::string said() const { return read_text(folder_ / "said"); }

  void expect_the_tree_of_one_run() const {
    EXPECT_EQ(call({"run", "recipe.yaml", "-o", "clean"}), 0);
    EXPECT_TRUE(tree_of(folder_ / "out") == tree_of(folder_ / "clean"));
  }

  test::TemporaryFolder folder_;
};

TEST_F(Shards, AtOnceInOneFolderBecomeTheTreeOfOneRun) {
  std::vector<pid_t> processes;
  for (const char* shard : {"1/4", "2/4", "3/4", "4/4"})
    processes.push_back(
        start({"run", "recipe.yaml", "-j1", "--shard", shard}, std::string("said") + shard[0]));
  for (std::size_t i = 0; i < processes.size(); ++i)
    EXPECT_EQ(wait(processes[i]), 0) << read_text(folder_ / ("said" + std::to_string(i + 1)));
  EXPECT_EQ(call({"merge", "out"}), 0);
  EXPECT_THAT(said(), HasSubstr("4 shards merged: 0 images made (0 B), 720 kept\n"));
  expect_the_tree_of_one_run();
}

TEST_F(Shards, KeepARunOutAndAreContinuedAfterTheyWereKilled) {
  const pid_t shard =
      start({"run", "recipe.yaml", "-j1", "--shard", "2/2", "--set", "expand.factor=40"}, "shard");
  while (!fs::exists(folder_ / "out/.tenfold.journal.2-of-2") && ::waitpid(shard, nullptr, WNOHANG) == 0)
    std::this_thread::yield();
  ::kill(shard, SIGSTOP);  // with its lock
  EXPECT_EQ(call({"run", "recipe.yaml"}), 4);
  EXPECT_THAT(said(), StartsWith("tenfold: error: the output 'out' is in use by shard 2 of 2, process " +
                                 std::to_string(shard) + " on "));
  EXPECT_EQ(call({"run", "recipe.yaml", "--shard", "2/2"}), 4);
  EXPECT_EQ(call({"merge", "out"}), 2);  // for shard 1 is missing
  EXPECT_EQ(call({"run", "recipe.yaml", "--shard", "1/2"}), 0);
  EXPECT_EQ(call({"merge", "out"}), 4);
  ::kill(shard, SIGKILL);
  EXPECT_EQ(wait(shard), -SIGKILL);
  EXPECT_EQ(call({"run", "recipe.yaml", "--shard", "2/2"}), 0);
  EXPECT_EQ(call({"merge", "out"}), 0);
  expect_the_tree_of_one_run();
}

TEST_F(Shards, SayWhatIsTheirs) {
  EXPECT_EQ(call({"plan", "recipe.yaml", "--shard", "1/3", "--json"}), 0);
  const auto planned = nlohmann::json::parse(said());
  EXPECT_EQ(call({"run", "recipe.yaml", "--shard", "1/3", "--json"}), 0);
  const auto made = nlohmann::json::parse(said());
  EXPECT_EQ(planned.at("shard"), made.at("shard"));
  EXPECT_EQ(made.at("shard").at("number"), 1);
  EXPECT_EQ(made.at("shard").at("of"), 3);
  EXPECT_EQ(made.at("shard").at("images"), made.at("made"));
  EXPECT_EQ(made.at("shard").at("classes").size(), 4u);
  EXPECT_EQ(call({"run", "recipe.yaml", "--shard", "1/3", "--dry-run"}), 0);
  EXPECT_THAT(said(), HasSubstr("this shard would make 0, make 0 again and keep "));
  EXPECT_EQ(call({"verify", "out"}), 3);
  EXPECT_EQ(said(),
            "unfinished: it is in shards, which `tenfold merge` makes whole when all are done\n"
            "0 images (0 B): 1 finding\n");
}

TEST_F(Shards, EndWith3WhereAnImageIsBad) {
  fs::resize_file(folder_ / "signs/stop/stop_001.jpg", 1000);
  std::vector<int> codes;
  for (const char* shard : {"1/2", "2/2"}) codes.push_back(call({"run", "recipe.yaml", "--shard", shard}));
  EXPECT_THAT(codes, ::testing::UnorderedElementsAre(0, 3));
  EXPECT_EQ(call({"merge", "out"}), 3);
  EXPECT_THAT(said(), HasSubstr("skipped 'stop/stop_001.jpg': "));
  EXPECT_EQ(call({"merge", "out"}), 3);
  EXPECT_THAT(said(), HasSubstr("nothing to do: all "));
  EXPECT_EQ(call({"run", "recipe.yaml", "-o", "clean"}), 3);
  EXPECT_TRUE(tree_of(folder_ / "out") == tree_of(folder_ / "clean"));
}

TEST_F(Shards, ThatCannotBeAreRefused) {
  for (const std::string shard : {"0/3", "4/3", "x", "3", "1/10001"}) {
    EXPECT_EQ(call({"run", "recipe.yaml", "--shard", shard}), 2) << shard;
    EXPECT_EQ(said(),
              "tenfold: error: --shard: must be I/N, such as 2/3 for the second of three; I is 1 to N, "
              "and N at most 10000, not '" +
                  shard + "'\nRun with --help for more information.\n");
  }
  EXPECT_EQ(call({"merge", "nowhere"}), 2);
  EXPECT_EQ(
      said(),
      "tenfold: error: there is no shard of a run in 'nowhere'; `tenfold run --shard I/N` makes them\n");
  EXPECT_FALSE(fs::exists(folder_ / "out"));
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
}

}  // namespace
}  // namespace tenfold
