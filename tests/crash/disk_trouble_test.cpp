// Disks that are full, over quota, read-only or broken, at any call: the run says so and loses nothing,
// nothing looks whole that is not, and a repeat ends in the tree of a clean run.

#include <gmock/gmock.h>

#include <atomic>
#include <cerrno>
#include <ostream>

#include "crash/disk.h"
#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using test::tree_of;
using ::testing::AnyOf;
using ::testing::HasSubstr;

struct Trouble {
  const char* call;
  int error_number;
  const char* sentence;
};

// For the names of tests.
void PrintTo(const Trouble& trouble, std::ostream* out) { *out << trouble.call << ": " << trouble.sentence; }

class DiskTrouble : public test::DatasetTest, public ::testing::WithParamInterface<Trouble> {
 protected:
  DiskTrouble() {
    recipe_.expand.balance.rule = BalanceRule::kNone;
    recipe_.expand.factor = 2;
    fs::create_directories(output());
  }

  // Fails the call of GetParam() on the output, from the n-th one on. Returns how often it failed.
  int run_with_trouble(int n) {
    Disk disk(output());
    std::atomic<int> calls = 0, failed = 0;
    disk.interfere = [&](std::string_view call, const std::string& path) {
      if (call != GetParam().call || !path.starts_with(output().string())) return 0;
      if (calls++ < n) return 0;
      ++failed;
      return GetParam().error_number;
    };
    try {
      run_now();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kFailed);
      EXPECT_THAT(error.what(), HasSubstr(GetParam().sentence));
      EXPECT_GT(failed, 0);
    }
    return failed;
  }
};

class Leftovers : public test::DatasetTest {};

// A class that was being made for the first time, and then is not wanted any more.
TEST_F(Leftovers, OfAClassThatIsGoneDoNotStay) {
  add_class("emu", 2);
  fs::create_directories(output());
  {
    Disk disk(output());
    disk.interfere = [](std::string_view call, const std::string& path) {
      return call == "rename" && path.find("/emu/") != std::string::npos ? EIO : 0;
    };
    EXPECT_THROW(run_now(), Error);
  }
  EXPECT_TRUE(fs::exists(output() / "emu"));
  fs::remove_all(input() / "emu");
  run_now();
  EXPECT_FALSE(fs::exists(output() / "emu"));
  EXPECT_TRUE(tree_of(output()) == clean_tree());
  EXPECT_EQ(run_now().made, 0u);
}

TEST_P(DiskTrouble, AtEveryCall) {
  const auto clean = clean_tree();
  const auto sources = tree_of(input());
  int n = 0;
  for (;; ++n) {
    SCOPED_TRACE(n);
    fs::remove_all(output());
    fs::create_directories(output());
    if (run_with_trouble(n) == 0) break;  // there are not that many calls
    // Only what comes after the manifest may fail and leave one: then the tree is whole.
    if (fs::exists(output() / "manifest.jsonl")) {
      auto left = tree_of(output());
      std::erase_if(left, [](const auto& file) { return file.first.starts_with(".tenfold."); });
      auto whole = clean;
      std::erase_if(whole, [](const auto& file) { return file.first.starts_with(".tenfold."); });
      EXPECT_EQ(left == whole, true);
    }
    run_now();
    ASSERT_TRUE(tree_of(output()) == clean);
  }
  EXPECT_GT(n, 0);
  EXPECT_EQ(tree_of(input()) == sources, true);
}

INSTANTIATE_TEST_SUITE_P(
    Calls, DiskTrouble,
    ::testing::Values(
        Trouble{"write", ENOSPC, "No space left on device; free some space, or choose another folder"},
        Trouble{"write", EDQUOT, "Disk quota exceeded; free some of your quota, or choose another folder"},
        Trouble{"write", EIO, "Input/output error; look at the disk, or at the connection to it"},
        Trouble{"open", EROFS, "Read-only file system; choose a folder that can be written to"},
        Trouble{"open", EMFILE,
                "Too many open files; allow more open files (ulimit -n), or use fewer --jobs"},
        Trouble{"open", ENOSPC, "No space left on device"},
        Trouble{"mkdir", ENOSPC, "No space left on device"}, Trouble{"rename", EIO, "Input/output error"},
        Trouble{"close", EDQUOT, "Disk quota exceeded"}, Trouble{"syncfs", EIO, "Input/output error"},
        Trouble{"fdatasync", ENOSPC, "No space left on device"}),
    [](const auto& trouble) {
      return std::string(trouble.param.call) + std::to_string(trouble.param.error_number);
    });

}  // namespace
}  // namespace tenfold
