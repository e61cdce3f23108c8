// Inputs that change, vanish or come back while they are read: nobody loses outputs for a share that is away.

#include <gmock/gmock.h>

#include <atomic>
#include <cerrno>

#include "crash/disk.h"
#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using test::tree_of;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

class VanishingInput : public test::DatasetTest {
 protected:
  VanishingInput() { fs::create_directories(output()); }

  // Does `action` before the n-th call of this name on the input.
  void before_call(Disk& disk, std::string_view name, int n, std::function<int()> action) {
    disk.interfere = [this, name, n, action, calls = std::make_shared<std::atomic<int>>(0)](
                         std::string_view call, const std::string& path) {
      if (call != name || !path.starts_with(input().string())) return 0;
      return calls->fetch_add(1) == n ? action() : 0;
    };
  }

  int move_away() {
    fs::rename(input(), folder_ / "away");
    return 0;
  }
  void bring_back() { fs::rename(folder_ / "away", input()); }
};

// A finished tree, one more image, and a share that goes away at any moment of the next run.
TEST_F(VanishingInput, AShareThatGoesAwayCostsNothing) {
  run_now(1);
  add_class("owl", 2);
  const auto clean = clean_tree();
  int n = 0;
  for (;; ++n) {
    SCOPED_TRACE(n);
    const auto before = tree_of(output());
    Disk disk(output());
    before_call(disk, "open", n, [&] { return move_away(); });
    std::string message;
    try {
      run_now(1);
    } catch (const Error& error) {
      message = error.what();
      EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    }
    disk.stop();
    if (fs::exists(input())) break;  // there are not that many calls
    EXPECT_THAT(message, ::testing::AnyOf(HasSubstr("gone"), HasSubstr("vanished")));
    bring_back();
    for (const auto& [name, content] : before) {
      EXPECT_TRUE(!clean.contains(name) || !name.ends_with(".jpg") || fs::exists(output() / name)) << name;
    }
  }
  EXPECT_GT(n, 10);
  run_now(1);
  EXPECT_TRUE(tree_of(output()) == clean);
}

TEST_F(VanishingInput, AnErrorOfTheShareStopsTheRun) {
  run_now(1);
  const auto before = tree_of(output());
  add_class("owl", 2);
  for (const int error_number : {EIO, ESTALE, EMFILE, ENOMEM})
    for (const char* call : {"open", "opendir", "pread"}) {
      Disk disk(output());
      before_call(disk, call, 1, [=] { return error_number; });
      EXPECT_NE(message_of([&] { run_now(1); }, ErrorKind::kFailed), "nothing was thrown") << call;
    }
  EXPECT_TRUE(tree_of(output()) == before);
}

TEST_F(VanishingInput, AnImageThatIsDeletedDuringTheRunIsLeftOut) {
  Disk disk(output());
  // The scan opens each of ten files once; the eleventh open is that of the run.
  before_call(disk, "open", 10, [&] {
    fs::remove(input() / "dog/1.jpg");
    return 0;
  });
  const RunSummary summary = run_now(1);
  disk.stop();
  EXPECT_THAT(summary.bad, ElementsAre(Field(&BadFile::path, "dog/1.jpg")));
  const RunSummary repeat = run_now(1);
  EXPECT_EQ(repeat.made, 0u);
  EXPECT_TRUE(repeat.bad.empty());
  EXPECT_TRUE(tree_of(output()) == clean_tree());
}

TEST_F(VanishingInput, AnImageThatChangesDuringTheRunIsTakenByTheRepeat) {
  Disk disk(output());
  before_call(disk, "open", 10, [&] {
    test::write_bytes(input() / "dog/1.jpg", test::encoded(test::picture({64, 32}, 99), Format::kJpeg));
    return 0;
  });
  const RunSummary summary = run_now(1);
  disk.stop();
  ASSERT_EQ(summary.bad.size(), 1u);
  EXPECT_EQ(summary.bad[0].failure.reason,
            "has changed while the run was reading the dataset; a repeat takes it as it is then");
  EXPECT_TRUE(run_now(1).bad.empty());
  EXPECT_TRUE(tree_of(output()) == clean_tree());
}

// It was never seen to be broken, so it is not remembered as such.
TEST_F(VanishingInput, AnImageThatIsTouchedDuringTheRunComesBack) {
  run_now(1);
  fs::remove(output() / "dog/1__x0002.jpg");
  {
    Disk disk(output());
    before_call(disk, "open", 10, [&] {
      fs::last_write_time(input() / "dog/1.jpg", fs::file_time_type::clock::now() + std::chrono::hours(1));
      return 0;
    });
    EXPECT_EQ(run_now(1).bad.size(), 1u);
  }
  EXPECT_TRUE(run_now(1).bad.empty());
  EXPECT_TRUE(tree_of(output()) == clean_tree());
}

TEST_F(VanishingInput, AnImageThatGrowsWhileItIsReadIsTakenByTheRepeat) {
  Disk disk(output());
  disk.interfere = [&](std::string_view call, const std::string& path) {
    const bool reads = call == "pread" && path == (input() / "dog/1.jpg").string();
    // Each file is read for its header first, in a few pieces; the whole of it is read by the run.
    if (reads && fs::exists(output() / "cat"))
      std::ofstream(path, std::ios::app | std::ios::binary) << "more";
    return 0;
  };
  const RunSummary summary = run_now(1);
  disk.stop();
  ASSERT_EQ(summary.bad.size(), 1u);
  EXPECT_EQ(summary.bad[0].failure.reason,
            "has changed while the run was reading the dataset; a repeat takes it as it is then");
}

TEST_F(VanishingInput, ImagesThatComeDuringTheRunWaitForTheNext) {
  Disk disk(output());
  before_call(disk, "open", 10, [&] {
    add_class("emu", 2);
    return 0;
  });
  EXPECT_EQ(run_now(1).made, 72u);
  disk.stop();
  EXPECT_EQ(run_now(1).made, 24u);
  EXPECT_TRUE(tree_of(output()) == clean_tree());
}

}  // namespace
}  // namespace tenfold
