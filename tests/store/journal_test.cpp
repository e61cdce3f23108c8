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
    journal.good("a/1.jpg", {{5, 6}});
    journal.bad("b/x.jpg", {{7, 8}, "decode", "the file ends in the middle of the image"});
  }
  const JournalContent content = read_journal(folder / "journal");
  EXPECT_THAT(content.begun, ElementsAre("a/2\n.jpg"));  // a/1.jpg has a result
  EXPECT_THAT(content.made, UnorderedElementsAre(Pair("a/1.jpg", kRecord)));
  EXPECT_THAT(content.good, UnorderedElementsAre(Pair("a/1.jpg", GoodSource{{5, 6}})));
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

TEST(Journal, OfAShardTellsWhatItIsPartOf) {
  const TemporaryFolder folder;
  const std::vector<std::string> catalog = {R"(["dataset",{}])", R"(["sample","a/1.jpg"])"};
  {
    Journal journal(folder / "journal", 0, no_sync);
    journal.open({2, 3}, R"({"recipe":{"seed":1}})", catalog);
    journal.good("a/1.jpg", {{5, 6}, "look"});
  }
  JournalContent content = read_journal(folder / "journal");
  ASSERT_TRUE(content.opening);
  EXPECT_EQ(content.opening->shard, (RunShard{2, 3}));
  EXPECT_EQ(content.opening->text, R"({"shard":2,"of":3,"lines":2,"recipe":{"seed":1}})");
  EXPECT_TRUE(content.opening->is_whole());
  EXPECT_FALSE(content.done);
  EXPECT_THAT(content.good, ElementsAre(Pair("a/1.jpg", GoodSource{{5, 6}, "look"})));
  EXPECT_EQ(read_journal_catalog(folder / "journal"), catalog);
  Journal(folder / "journal", content.sound_bytes, no_sync).done();
  content = read_journal(folder / "journal");
  EXPECT_TRUE(content.done);
  Journal(folder / "journal", content.sound_bytes, no_sync).good("a/2.jpg", {{7, 8}});
  EXPECT_FALSE(read_journal(folder / "journal").done);
}

TEST(Journal, OfAShardOpensWithTheLastOpening) {
  const TemporaryFolder folder;
  const std::vector<std::string> before = {"[1]", "[2]", "[3]"}, after = {"[4]"};
  {
    Journal journal(folder / "journal", 0, no_sync);
    journal.open({2, 3}, R"({"seed":1})", before);
    journal.open({2, 3}, R"({"seed":2})", after);
  }
  EXPECT_EQ(read_journal(folder / "journal").opening->text, R"({"shard":2,"of":3,"lines":1,"seed":2})");
  EXPECT_EQ(read_journal_catalog(folder / "journal"), after);
}

TEST(Journal, OfAShardIsNotWholeWithoutAllOfItsCatalog) {
  const TemporaryFolder folder;
  const std::vector<std::string> catalog = {"[1]", "[2]"};
  Journal(folder / "journal", 0, no_sync).open({2, 3}, "{}", catalog);
  std::filesystem::resize_file(folder / "journal", std::filesystem::file_size(folder / "journal") - 3);
  EXPECT_FALSE(read_journal(folder / "journal").opening->is_whole());
}

TEST(Journal, OfNoShardThatThereCanBeIsNotRead) {
  const TemporaryFolder folder;
  for (const char* json : {R"({"shard":4,"of":3,"lines":0})", R"({"shard":0,"of":3,"lines":0})",
                           R"({"shard":1,"lines":0})", R"({"shard":1,"of":-1,"lines":0})"}) {
    write_text(folder / "journal", line_of(json));
    EXPECT_EQ(read_journal(folder / "journal").sound_bytes, 0u) << json;
  }
}

TEST(Journal, TellsTheNamesAloneThatWereBegun) {
  const TemporaryFolder folder;
  {
    Journal journal(folder / "journal", 0, no_sync);
    journal.begin(std::vector<std::string>{"a/1.jpg", "a/2.jpg"});
    journal.made("a/1.jpg", kRecord);
  }
  EXPECT_THAT(read_begun_names(folder / "journal"), UnorderedElementsAre("a/1.jpg", "a/2.jpg"));
  EXPECT_THAT(read_begun_names(folder / "nowhere"), IsEmpty());
}

}  // namespace
}  // namespace tenfold
