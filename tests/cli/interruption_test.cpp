// The program while it is at work: signals, and a second start.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using ::testing::EndsWith;
using ::testing::MatchesRegex;

class ProgramAtWork : public ::testing::Test {
 protected:
  ProgramAtWork() {
    test::write_text(folder_ / "recipe.yaml",
                     "version: 1\ninput: {root: signs}\noutput: {root: out}\nexpand: {factor: 20}\n"
                     "augment: [rotate: {degrees: ±10}]\n");
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

  // A run that has begun to write, and has most of it before it.
  pid_t start_run() const {
    const pid_t process = start({"run", "recipe.yaml", "-j1"});
    while (!fs::exists(folder_ / "out/priority") && ::waitpid(process, nullptr, WNOHANG) == 0)
      std::this_thread::yield();
    return process;
  }

  void expect_a_repeat_ends_in_the_clean_tree() const {
    EXPECT_FALSE(fs::exists(folder_ / "out/manifest.jsonl"));
    EXPECT_EQ(wait(start({"run", "recipe.yaml"})), 0);
    EXPECT_EQ(wait(start({"run", "recipe.yaml", "-o", "clean"})), 0);
    EXPECT_TRUE(tree_of(folder_ / "out") == tree_of(folder_ / "clean"));
  }

  test::TemporaryFolder folder_;
};

TEST_F(ProgramAtWork, FinishesWhatIsInFlightOnASignal) {
  for (const auto& [signal, code] : {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
    fs::remove_all(folder_ / "out");
    fs::remove_all(folder_ / "clean");
    const pid_t process = start_run();
    ::kill(process, signal);
    EXPECT_EQ(wait(process), code);
    EXPECT_EQ(read_text(folder_ / "said"),
              "\nfinishing what is in flight; once more ends at once\n"
              "tenfold: interrupted; what is made stays, and a repeat continues\n");
    EXPECT_TRUE(fs::exists(folder_ / "out/.tenfold.journal"));
    EXPECT_FALSE(fs::exists(folder_ / "out/.tenfold.lock"));
    expect_a_repeat_ends_in_the_clean_tree();
  }
}

TEST_F(ProgramAtWork, IsContinuedAfterItWasKilled) {
  const pid_t process = start_run();
  ::kill(process, SIGKILL);
  EXPECT_EQ(wait(process), -SIGKILL);
  EXPECT_TRUE(fs::exists(folder_ / "out/.tenfold.lock"));
  expect_a_repeat_ends_in_the_clean_tree();
}

TEST_F(ProgramAtWork, TurnsASecondStartAway) {
  const pid_t first = start_run();
  EXPECT_EQ(wait(start({"run", "recipe.yaml"}, "said by the second")), 4);
  EXPECT_THAT(
      read_text(folder_ / "said by the second"),
      MatchesRegex("tenfold: error: the output '[^']*' is in use by process " + std::to_string(first) +
                   " on [^ ]+ since [-0-9T:]+Z; wait until it is done, or choose another output\n"));
  EXPECT_EQ(wait(start({"verify", "out"}, "said by the second")), 4);
  EXPECT_EQ(wait(start({"clean", "out"}, "said by the second")), 4);
  EXPECT_EQ(wait(first), 0);
  EXPECT_EQ(wait(start({"verify", "out", "-i", "signs"})), 0);
}

}  // namespace
}  // namespace tenfold
