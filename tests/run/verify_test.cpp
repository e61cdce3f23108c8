// Every way in which an output can be other than its manifest says.

#include "tenfold/run/verify.h"

#include <gmock/gmock.h>

#include "run/dataset_fixture.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/store/manifest.h"
#include "tenfold/store/output_lock.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using test::write_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class VerifyTest : public test::DatasetTest {
 protected:
  Verification verify_now(bool quick = false, std::vector<fs::path> inputs = {}) const {
    Observer observer;
    return verify(output(), {.jobs = 2, .quick = quick, .inputs = std::move(inputs)}, observer);
  }

  // What verify finds, as "kind: sentence".
  std::vector<std::string> findings(bool quick = false, std::vector<fs::path> inputs = {}) const {
    std::vector<std::string> texts;
    for (const Finding& finding : verify_now(quick, std::move(inputs)).findings)
      texts.push_back(std::string(finding_name(finding.kind)) + ": " + finding.sentence);
    return texts;
  }

  std::vector<std::string> quick_findings() const { return findings(true); }

  std::vector<ManifestLine> lines() const {
    std::vector<ManifestLine> lines;
    read_manifest(output() / "manifest.jsonl",
                  [&](ManifestLine&& line) { lines.push_back(std::move(line)); });
    return lines;
  }

  // As somebody would who makes dataset.json speak of the new manifest, too.
  void write_lines(const std::vector<ManifestLine>& lines) const {
    std::string text;
    for (const ManifestLine& line : lines) text += manifest_text(line);
    const std::string before = hex(*hash_of_file(output() / "manifest.jsonl"));
    write_text(output() / "manifest.jsonl", text);
    std::string description = test::read_text(output() / "dataset.json");
    description.replace(description.find(before), before.size(),
                        hex(*hash_of_file(output() / "manifest.jsonl")));
    write_text(output() / "dataset.json", description);
  }

  // Gives the first drawn angle another value.
  void edit_a_draw() const {
    std::string text = test::read_text(output() / "manifest.jsonl");
    const std::size_t number = text.find("\"degrees\":") + 10;
    text.replace(number, text.find('}', number) - number, "1.5");
    write_text(output() / "manifest.jsonl", text);
  }
};

TEST_F(VerifyTest, FindsDrawsThatWereEdited) {
  run_now();
  edit_a_draw();
  EXPECT_THAT(findings(),
              ElementsAre("manifest: the manifest is not the one that dataset.json was written with"));
}

// Who knows what else is wrong in it?
TEST_F(VerifyTest, ARunMakesAllAgainWhereTheManifestWasEdited) {
  run_now();
  edit_a_draw();
  EXPECT_EQ(run_now().made, 72u);
  EXPECT_TRUE(tree_of(output()) == clean_tree());
}

TEST_F(VerifyTest, FindsLinksInPlaceOfCopies) {
  run_now();
  const std::string name = "cat/0__x0001.jpg";
  fs::rename(output() / name, folder_ / "elsewhere.jpg");
  fs::create_symlink(folder_ / "elsewhere.jpg", output() / name);
  EXPECT_THAT(findings(), ElementsAre("content: '" + name + "' is a symbolic link in place of the image"));
}

TEST_F(VerifyTest, FindsLinesThatDoNotAgreeAboutTheirSource) {
  run_now();
  std::vector<ManifestLine> all = lines();
  all[1].source_bytes += 1;
  write_lines(all);
  EXPECT_THAT(
      findings(true, {input()}),
      ElementsAre("manifest: line 2 of the manifest says other things of the source 'cat/0.jpg' than a line "
                  "before it"));
}

TEST_F(VerifyTest, FindsNothingInWhatARunHasMade) {
  run_now();
  const auto before = tree_of(output());
  for (const bool quick : {false, true}) {
    const Verification result = verify_now(quick, {input()});
    EXPECT_THAT(result.findings, IsEmpty());
    EXPECT_EQ(result.images, 72u);
    EXPECT_GT(result.bytes, 72u * 500);
  }
  EXPECT_EQ(tree_of(output()), before);
}

TEST_F(VerifyTest, FindsNothingWhereOriginalsAreLinks) {
  recipe_.output.originals = Originals::kSymlink;
  run_now();
  ASSERT_TRUE(fs::is_symlink(output() / "cat/1.jpg"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(VerifyTest, FindsAFlippedBit) {
  run_now();
  std::string bytes = read_text(output() / "cat/1__x0001.jpg");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_text(output() / "cat/1__x0001.jpg", bytes);
  EXPECT_THAT(findings(), ElementsAre("content: 'cat/1__x0001.jpg' has other bytes than were written"));
  EXPECT_THAT(quick_findings(), IsEmpty());
}

TEST_F(VerifyTest, FindsADeletedFile) {
  run_now();
  fs::remove(output() / "cat/1__x0001.jpg");
  EXPECT_THAT(findings(), ElementsAre("missing: 'cat/1__x0001.jpg' is missing"));
  EXPECT_THAT(quick_findings(), ElementsAre("missing: 'cat/1__x0001.jpg' is missing"));
}

TEST_F(VerifyTest, FindsAnAddedFileAndFolder) {
  run_now();
  write_text(output() / "cat/new\n.jpg", "x");
  fs::create_directory(output() / "zebra");
  EXPECT_THAT(findings(), ElementsAre("foreign: 'cat/new\\n.jpg' is not in the manifest",
                                      "foreign: 'zebra/' is not in the manifest"));
  EXPECT_EQ(quick_findings(), findings());
}

TEST_F(VerifyTest, FindsARenamedFile) {
  run_now();
  fs::rename(output() / "cat/1__x0001.jpg", output() / "cat/other.jpg");
  EXPECT_THAT(findings(), ElementsAre("moved: 'cat/1__x0001.jpg' has been moved to 'cat/other.jpg'"));
  EXPECT_THAT(quick_findings(), ElementsAre("missing: 'cat/1__x0001.jpg' is missing",
                                            "foreign: 'cat/other.jpg' is not in the manifest"));
}

TEST_F(VerifyTest, FindsACopyInAnotherClass) {
  run_now();
  fs::rename(output() / "cat/1__x0001.jpg", output() / "dog/1x.jpg");
  fs::copy(output() / "cat/2__x0001.jpg", output() / "dog/2x.jpg");
  EXPECT_THAT(findings(), ElementsAre("moved: 'cat/1__x0001.jpg' has been moved to 'dog/1x.jpg'",
                                      "foreign: 'dog/2x.jpg' is not in the manifest"));
}

TEST_F(VerifyTest, FindsAnEmptiedFile) {
  run_now();
  fs::resize_file(output() / "cat/1__x0001.jpg", 0);
  EXPECT_THAT(findings(), ElementsAre("content: 'cat/1__x0001.jpg' is empty"));
  EXPECT_THAT(quick_findings(), ElementsAre("content: 'cat/1__x0001.jpg' is empty"));
}

TEST_F(VerifyTest, FindsACutFile) {
  run_now();
  const auto size = fs::file_size(output() / "cat/1__x0001.jpg");
  fs::resize_file(output() / "cat/1__x0001.jpg", 10);
  const std::string finding = "content: 'cat/1__x0001.jpg' has 10 bytes in place of " + grouped(size);
  EXPECT_THAT(findings(), ElementsAre(finding));
  EXPECT_THAT(quick_findings(), ElementsAre(finding));
}

TEST_F(VerifyTest, FindsASwappedPair) {
  run_now();
  fs::rename(output() / "cat/0.jpg", output() / "x");
  fs::rename(output() / "owl/0.jpg", output() / "cat/0.jpg");
  fs::rename(output() / "x", output() / "owl/0.jpg");
  const std::vector<std::string> found = findings();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].starts_with("content: 'cat/0.jpg' has ")) << found[0];
  EXPECT_TRUE(found[0].ends_with("; they lie in 'owl/0.jpg'")) << found[0];
  EXPECT_TRUE(found[1].ends_with("; they lie in 'cat/0.jpg'")) << found[1];
}

TEST_F(VerifyTest, FindsAClassFolderThatIsALink) {
  run_now();
  fs::rename(output() / "owl", folder_ / "elsewhere");
  fs::create_directory_symlink(folder_ / "elsewhere", output() / "owl");
  EXPECT_THAT(findings(), ElementsAre("foreign: 'owl' is not in the manifest"));
}

// The manifest agrees with the file, and yet it is no picture of that size.
TEST_F(VerifyTest, FindsWhatIsNoPictureOfItsSize) {
  run_now();
  std::vector<ManifestLine> all = lines();
  const auto take_over = [&](ManifestLine& line, const Bytes& bytes) {
    test::write_bytes(output() / line.file_name, bytes);
    line.record.bytes = bytes.size();
    line.record.hash = hash128(bytes);
  };
  Bytes cut = test::encoded(test::picture({48, 32}, 1), Format::kJpeg);
  cut.resize(cut.size() - 40);
  take_over(all[1], cut);
  take_over(all[2], test::encoded(test::picture({31, 32}, 1), Format::kJpeg));
  take_over(all[3], Bytes{'n', 'o'});
  write_lines(all);
  EXPECT_THAT(
      findings(),
      ElementsAre(
          "picture: '" + all[1].file_name + "' cannot be decoded: the file ends in the middle of the image",
          "picture: '" + all[2].file_name + "' is 31×32 pixels in place of 48×32",
          "picture: '" + all[3].file_name +
              "' cannot be decoded: holds no image (the first bytes are those of no format)"));
  EXPECT_THAT(quick_findings(), IsEmpty());
}

TEST_F(VerifyTest, FindsAnOriginalThatIsNotItsSource) {
  run_now();
  std::vector<ManifestLine> all = lines();
  ASSERT_EQ(all[0].copy, 0u);
  all[0].source_bytes += 1;
  write_lines(all);
  EXPECT_THAT(
      quick_findings(),
      ElementsAre(
          "manifest: 'cat/0.jpg' is an original that nothing has changed, and yet has other bytes than its "
          "source, says line 1 of the manifest"));
}

TEST_F(VerifyTest, GoesOnBehindADamagedLine) {
  run_now();
  std::string text = read_text(output() / "manifest.jsonl");
  text[text.find('\n') + 1] = '[';
  write_text(output() / "manifest.jsonl", text);
  fs::remove(output() / "owl/0.jpg");
  EXPECT_THAT(
      quick_findings(),
      ElementsAre(
          "manifest: line 2 of the manifest is damaged", "missing: 'owl/0.jpg' is missing",
          "counts: class 'cat' has 6 originals and 17 copies in the manifest, and 6 originals and 18 "
          "copies in dataset.json",
          "manifest: for its damaged lines, the manifest does not tell which other files are foreign"));
}

TEST_F(VerifyTest, FindsALastLineThatIsCutOff) {
  run_now();
  fs::resize_file(output() / "manifest.jsonl", fs::file_size(output() / "manifest.jsonl") - 1);
  EXPECT_EQ(quick_findings().front(), "manifest: line 72 of the manifest is damaged");
}

TEST_F(VerifyTest, FindsLinesOutOfOrderDoubleOrContradictory) {
  run_now();
  std::vector<ManifestLine> all = lines();
  std::swap(all[3], all[4]);
  all.insert(all.begin() + 7, all[6]);
  all[10].label = "dog";
  write_lines(all);
  EXPECT_THAT(
      quick_findings(),
      ElementsAre("manifest: line 5 of the manifest is out of order",
                  "manifest: line 8 of the manifest is about the same image as the line before",
                  "manifest: '" + all[10].file_name + "' has the label 'dog', says line 11 of the manifest",
                  "manifest: line 12 of the manifest is out of order",
                  "manifest: lines 7 and 8 of the manifest name the same file",
                  "counts: class 'dog' has 3 originals and 22 copies in the manifest, and 3 originals and 21 "
                  "copies in "
                  "dataset.json"));
}

TEST_F(VerifyTest, FindsAMissingOrDamagedDescription) {
  run_now();
  write_text(output() / "dataset.json", "{");
  EXPECT_THAT(quick_findings(), ElementsAre("counts: dataset.json is damaged"));
  fs::remove(output() / "dataset.json");
  EXPECT_THAT(quick_findings(), ElementsAre("counts: dataset.json is missing"));
}

TEST_F(VerifyTest, SaysThatAnOutputIsUnfinished) {
  run_now();
  fs::rename(output() / "manifest.jsonl", output() / ".tenfold.previous.jsonl");
  EXPECT_THAT(findings(),
              ElementsAre("unfinished: the run that makes it has not come to its end; repeat it"));
  fs::remove(output() / ".tenfold.previous.jsonl");
  EXPECT_THAT(findings(), ElementsAre("manifest: the manifest is missing"));
}

TEST_F(VerifyTest, ComparesTheSourcesWithTheInput) {
  run_now();
  EXPECT_THAT(findings(false, {input()}), IsEmpty());
  truncate("cat/1.jpg");
  std::string other = read_text(input() / "cat/2.jpg");
  other.back() = 'x';
  write_text(input() / "cat/2.jpg", other);
  fs::remove(input() / "dog/0.jpg");
  const auto size = fs::file_size(input() / "cat/1.jpg");
  const std::string cut =
      "source: the source 'cat/1.jpg' has " + counted(size, "byte") + " now and had " + grouped(size + 40);
  const std::string gone = "source: the source 'dog/0.jpg' cannot be opened: No such file or directory";
  EXPECT_THAT(findings(false, {input()}),
              ElementsAre(cut, "source: the source 'cat/2.jpg' has other bytes than it had", gone));
  EXPECT_THAT(findings(true, {input()}), ElementsAre(cut, gone));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(VerifyTest, ComparesPartnersToo) {
  recipe_.augment = test::chain_of("mixup");
  run_now();
  EXPECT_THAT(findings(true, {input()}), IsEmpty());
  std::vector<ManifestLine> all = lines();
  const auto mixed =
      std::ranges::find_if(all, [](const ManifestLine& line) { return !line.partners.empty(); });
  ASSERT_NE(mixed, all.end());
  mixed->partners = R"([{"source":"cat/gone.jpg","hash":"00000000000000000000000000000001"}])";
  write_lines(all);
  EXPECT_THAT(findings(true, {input()}),
              ElementsAre("source: the source 'cat/gone.jpg' cannot be opened: No such file or directory"));
}

// There are no splits yet, so the manifest is made up.
TEST_F(VerifyTest, FindsWhatLeaksIntoTrain) {
  run_now();
  std::vector<ManifestLine> all = lines();
  ManifestLine same_source = all[0], same_content = all[1], mixed = all[2], fine = all[30], held = all[0];
  held.split = "val";
  held.source = "val/cat/9.jpg";
  held.source_hash = {7, 7};
  same_source.source = held.source;
  same_content.source_hash = held.source_hash;
  mixed.partners = R"([{"source":"train/x.jpg","hash":"00000000000000070000000000000007"}])";
  write_lines({same_source, same_content, mixed, fine, held});
  std::vector<std::string> leaks;
  for (const std::string& finding : quick_findings())
    if (finding.starts_with("leak")) leaks.push_back(finding);
  EXPECT_THAT(
      leaks,
      ElementsAre(
          "leak: 'cat/0.jpg' lies in train and is made of 'val/cat/9.jpg', which lies in val or test",
          "leak: 'cat/0__x0001.jpg' lies in train and is made of 'cat/0.jpg', which has the content of "
          "what lies in val or test",
          "leak: 'cat/0__x0002.jpg' lies in train and has a part of 'train/x.jpg', which has the "
          "content of what lies in val or test"));
}

TEST_F(VerifyTest, RefusesWhatItCannotVerify) {
  EXPECT_EQ(message_of([&] { verify_now(); }, ErrorKind::kUsage),
            "there is no folder '" + output().string() + "'");
  write_text(output() / "cat/1.jpg", "x");
  const std::string none = "'" + output().string() + "' is no output of tenfold: it has no manifest";
  EXPECT_EQ(message_of([&] { verify_now(); }, ErrorKind::kLocked), none);
  write_text(output() / "manifest.jsonl", "{\"image\":\"cat/1.jpg\"}\n");
  EXPECT_EQ(message_of([&] { verify_now(); }, ErrorKind::kLocked), none);
  const OutputLock lock(output());
  EXPECT_THAT(message_of([&] { verify_now(); }, ErrorKind::kLocked),
              ::testing::HasSubstr(" is in use by process "));
}

TEST_F(VerifyTest, NoticesThatSomebodyChangesTheOutput) {
  class Meddler : public Observer {
   public:
    explicit Meddler(fs::path manifest) : manifest_(std::move(manifest)) {}
    void progressed(const Progress&) override { write_text(manifest_, read_text(manifest_) + "x"); }

   private:
    fs::path manifest_;
  };
  run_now();
  Meddler meddler(output() / "manifest.jsonl");
  EXPECT_EQ(
      message_of([&] { verify(output(), {.jobs = 2, .quick = true}, meddler); }, ErrorKind::kLocked),
      "somebody has changed '" + output().string() + "' while it was verified; repeat when nobody does");
}

TEST_F(VerifyTest, NeverLeavesTheOutput) {
  run_now();
  write_text(folder_ / "secret", "x");
  std::string text = read_text(output() / "manifest.jsonl");
  text.replace(text.find("cat/0.jpg"), 9, "../secret");
  write_text(output() / "manifest.jsonl", text);
  EXPECT_EQ(findings().front(), "manifest: line 1 of the manifest is damaged");
}

}  // namespace
}  // namespace tenfold
