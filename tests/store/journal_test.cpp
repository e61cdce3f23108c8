#include "tenfold/store/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

using test::read_text;
using test::TemporaryFolder;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const OutputRecord kRecord{.bytes = 31337,
                           .hash = {1, 2},
                           .fingerprint = {3, 4},
                           .width = 512,
                           .height = 384,
                           .moments = {.mean = {48512}, .std = {22913}, .channels = 1}};

// What these tests write needs no disk.
void no_sync() {}

// With its checksum.
std::string line_of(const std::string& json) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash64(json)));
  return digits + (" " + json) + "\n";
}

TEST(Journal, RemembersWhatWasBegunMadeGoodAndBad) {
  const TemporaryFolder folder;
  {
    Journal journal(folder / "journal", 0, no_sync);
    journal.begin(std::vector<std::string>{"a/1.jpg", "a/2\n.jpg"});
    journal.made("a/1.jpg", kRecord);
    journal.good("a/1.jpg", {5, 6});
    journal.bad("b/x.jpg", {{7, 8}, "decode", "the file ends in the middle of the image"});
  }
  const JournalContent content = read_journal(folder / "journal");
  EXPECT_THAT(content.begun, ElementsAre("a/2\n.jpg"));  // a/1.jpg has a result
  EXPECT_THAT(content.made, UnorderedElementsAre(Pair("a/1.jpg", kRecord)));
  EXPECT_THAT(content.good, UnorderedElementsAre(Pair("a/1.jpg", Hash128{5, 6})));
  EXPECT_THAT(content.bad,
              UnorderedElementsAre(
                  Pair("b/x.jpg", BadSource{{7, 8}, "decode", "the file ends in the middle of the image"})));
  EXPECT_EQ(content.sound_bytes, std::filesystem::file_size(folder / "journal"));
}

TEST(Journal, IsEmptyWhereThereIsNone) {
  const TemporaryFolder folder;
  EXPECT_THAT(read_journal(folder / "journal").begun, IsEmpty());
}

TEST(Journal, KnowsThatAFileWithAResultWasBegunAgain) {
  const TemporaryFolder folder;
  {
    Journal journal(folder / "journal", 0, no_sync);
    journal.made("a/1.jpg", kRecord);
    journal.settle();
    journal.begin(std::vector<std::string>{"a/1.jpg"});
  }
  const JournalContent content = read_journal(folder / "journal");
  EXPECT_THAT(content.begun, ElementsAre("a/1.jpg"));
  EXPECT_THAT(content.made, UnorderedElementsAre(Pair("a/1.jpg", kRecord)));
}

TEST(Journal, TakesNothingFromALineWithANameThatLeavesTheOutput) {
  const TemporaryFolder folder;
  write_text(folder / "journal", line_of(R"({"begin":["a/1.jpg","/etc/passwd"]})"));
  const JournalContent content = read_journal(folder / "journal");
  EXPECT_THAT(content.begun, IsEmpty());
  EXPECT_EQ(content.sound_bytes, 0u);
}

TEST(Journal, StopsAtANumberThatIsNotWhole) {
  const TemporaryFolder folder;
  Journal(folder / "journal", 0, no_sync).made("a/1.jpg", kRecord);
  std::string json = read_text(folder / "journal").substr(17);
  json.replace(json.find("512"), 3, "1e99");
  json.pop_back();
  write_text(folder / "journal", line_of(json));
  EXPECT_THAT(read_journal(folder / "journal").made, IsEmpty());
}

TEST(Journal, LinesAreWhatTheHeaderSays) {
  const TemporaryFolder folder;
  Journal(folder / "journal", 0, no_sync).begin(std::vector<std::string>{"a/1.jpg"});
  const std::string json = R"({"begin":["a/1.jpg"]})";
  const std::string line = read_text(folder / "journal");
  ASSERT_EQ(line.size(), 16 + 1 + json.size() + 1);
  EXPECT_EQ(line.substr(17), json + "\n");
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash64(json)));
  EXPECT_EQ(line.substr(0, 16), digits);
}

TEST(Journal, KeepsWhatStandsBesideTheImagesApart) {
  const TemporaryFolder folder;
  {
    Journal journal(folder / "journal", 0, no_sync);
    journal.begin_beside(std::vector<std::string>{"train-000000.tar", "train-000001.tar"});
    journal.begin(std::vector<std::string>{"a/1.jpg"});
  }
  const JournalContent content = read_journal(folder / "journal");
  EXPECT_EQ(content.beside, (std::set<std::string>{"train-000000.tar", "train-000001.tar"}));
  EXPECT_EQ(content.begun, (std::unordered_set<std::string>{"a/1.jpg"}));
}

}  // namespace
}  // namespace tenfold
