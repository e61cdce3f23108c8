// Each way in which a journal can be broken, and what is made of it.

#include "tenfold/store/journal.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "crash/disk.h"
#include "support/temporary_folder.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using test::Loss;
using test::read_text;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::UnorderedElementsAre;

class BrokenJournal : public ::testing::Test {
 protected:
  BrokenJournal() {
    fs::create_directories(root_);
    descriptor_ = ::open(root_.c_str(), O_RDONLY | O_DIRECTORY);
  }
  ~BrokenJournal() override { ::close(descriptor_); }

  std::function<void()> sync() const {
    return [this] { sync_file_system(descriptor_, root_); };
  }

  static OutputRecord record_of(const std::string& content) {
    return {.bytes = content.size(),
            .hash = hash128({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}),
            .fingerprint = {1, 2},
            .width = 1,
            .height = 1};
  }

  // What the journal says after a power cut now that leaves nothing that was not synced.
  JournalContent after_a_cut(const Disk& disk) const {
    disk.cut(disk.events(), Loss::kAll, 0, after_);
    return read_journal(after_ / "journal");
  }

  // Two sound lines.
  std::string two_lines() const {
    {
      Journal journal(root_ / "journal", 0, sync());
      journal.begin(std::vector<std::string>{"a"});
      journal.begin(std::vector<std::string>{"b"});
    }
    return read_text(root_ / "journal");
  }

  JournalContent read(const std::string& text) const {
    write_text(root_ / "journal", text);
    return read_journal(root_ / "journal");
  }

  test::TemporaryFolder folder_;
  const fs::path root_ = folder_ / "out", after_ = folder_ / "after";
  int descriptor_ = -1;
};

TEST_F(BrokenJournal, IntentsOutliveAPowerCutBeforeTheirFilesExist) {
  Disk disk(root_);
  Journal journal(root_ / "journal", 0, sync());
  sync()();
  journal.begin(std::vector<std::string>{"1.jpg"});
  EXPECT_THAT(after_a_cut(disk).begun, ElementsAre("1.jpg"));
}

TEST_F(BrokenJournal, ResultsAreNotRecordedBeforeTheirFilesAreOnTheDisk) {
  Disk disk(root_);
  Journal journal(root_ / "journal", 0, sync());
  sync()();
  journal.begin(std::vector<std::string>{"1.jpg"});
  write_atomically(root_ / "1.jpg", "one");
  journal.made("1.jpg", record_of("one"));
  journal.settle();
  // The file and its name are there even if the record of them is not.
  EXPECT_THAT(after_a_cut(disk).made, IsEmpty());
  EXPECT_EQ(read_text(after_ / "1.jpg"), "one");
  disk.cut(disk.events(), Loss::kNothing, 0, after_);
  EXPECT_THAT(read_journal(after_ / "journal").made, ElementsAre(Key("1.jpg")));
}

TEST_F(BrokenJournal, NoResultIsRecordedWhereTheDiskFails) {
  Disk disk(root_);
  disk.interfere = [](std::string_view call, const std::string&) { return call == "syncfs" ? EIO : 0; };
  {
    Journal journal(root_ / "journal", 0, sync());
    journal.begin(std::vector<std::string>{"1.jpg"});
    write_atomically(root_ / "1.jpg", "one");
    journal.made("1.jpg", record_of("one"));
    EXPECT_THROW(journal.settle(), Error);
  }
  EXPECT_THAT(read_journal(root_ / "journal").made, IsEmpty());
}

// The system tells of a write that failed once, so whoever hears of it must not keep it.
TEST_F(BrokenJournal, WhoWaitsForTheRecorderHearsOfItsFailure) {
  std::atomic<bool> syncing = false, settling = false;
  Journal journal(root_ / "journal", 0, [&] {
    if (syncing.exchange(true)) return;  // only the first sync fails
    while (!settling) std::this_thread::yield();
    throw Error(ErrorKind::kFailed, "the disk is broken");
  });
  for (int i = 0; i < 1024; ++i) journal.made(std::to_string(i), record_of("one"));
  while (!syncing) std::this_thread::yield();
  settling = true;
  EXPECT_THROW(journal.settle(), Error);
  EXPECT_THROW(journal.settle(), Error);
}

TEST_F(BrokenJournal, AnIntentThatCannotBeStoredIsAnError) {
  Disk disk(root_);
  disk.interfere = [](std::string_view call, const std::string&) { return call == "fdatasync" ? EIO : 0; };
  Journal journal(root_ / "journal", 0, sync());
  try {
    journal.begin(std::vector<std::string>{"1.jpg"});
    FAIL() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), "cannot write '" + (root_ / "journal").string() +
                                "': Input/output error; look at the disk, or at the connection to it");
  }
}

TEST_F(BrokenJournal, TornInTheMiddleOfALine) {
  const std::string text = two_lines();
  const std::size_t first = text.find('\n') + 1;
  for (std::size_t length = first; length < text.size(); ++length) {
    const JournalContent content = read(text.substr(0, length));
    EXPECT_THAT(content.begun, ElementsAre("a")) << length;
    EXPECT_EQ(content.sound_bytes, first) << length;
  }
}

TEST_F(BrokenJournal, LengthenedByZeros) {
  const std::string text = two_lines();
  const JournalContent content = read(text + std::string(4096, '\0'));
  EXPECT_THAT(content.begun, UnorderedElementsAre("a", "b"));
  EXPECT_EQ(content.sound_bytes, text.size());
}

TEST_F(BrokenJournal, ZerosInPlaceOfALine) {
  std::string text = two_lines();
  const std::size_t first = text.find('\n') + 1;
  const JournalContent content = read(std::string(first, '\0') + text.substr(first));
  EXPECT_THAT(content.begun, IsEmpty());  // nothing behind a damaged line is believed
  EXPECT_EQ(content.sound_bytes, 0u);
}

TEST_F(BrokenJournal, AnyBitFlipped) {
  const std::string text = two_lines();
  for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_LT(read(flipped).begun.size(), 2u) << bit;
  }
}

TEST_F(BrokenJournal, ALineThatIsNoneOfOurs) {
  const std::string text = two_lines();
  EXPECT_THAT(read("hello\n" + text).begun, IsEmpty());
  EXPECT_THAT(read("\n" + text).begun, IsEmpty());
}

TEST_F(BrokenJournal, NamesThatLeadOutOfTheOutput) {
  for (const std::string name : {"../a", "/a", "a/../../b", "", ".", "a//b", "a/"}) {
    {
      Journal journal(root_ / "journal", 0, sync());
      journal.begin(std::vector<std::string>{name});
    }
    EXPECT_THAT(read_journal(root_ / "journal").begun, IsEmpty()) << name;
  }
}

TEST_F(BrokenJournal, GoesOnBehindWhatIsSound) {
  const std::string text = two_lines();
  const JournalContent content = read(text.substr(0, text.size() - 3));
  Journal(root_ / "journal", content.sound_bytes, sync()).begin(std::vector<std::string>{"c"});
  EXPECT_THAT(read_journal(root_ / "journal").begun, UnorderedElementsAre("a", "c"));
}

}  // namespace
}  // namespace tenfold
