#include <gmock/gmock.h>
#include <sys/stat.h>

#include "image/sample_files.h"
#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::tree_of;
using test::write_bytes;

class OriginalsTest : public test::DatasetTest {};

TEST_F(OriginalsTest, AreCopiedByteForByteWhereNothingChangesThem) {
  run_now();
  EXPECT_EQ(read_text(output() / "cat/0.jpg"), read_text(input() / "cat/0.jpg"));
}

TEST_F(OriginalsTest, AreLinkedOnDemand) {
  recipe_.output.originals = Originals::kHardlink;
  run_now();
  EXPECT_TRUE(fs::equivalent(output() / "cat/0.jpg", input() / "cat/0.jpg"));
  EXPECT_EQ(fs::hard_link_count(input() / "cat/0.jpg"), 2u);
  EXPECT_EQ(run_now().made, 0u);
}

TEST_F(OriginalsTest, AreLinkedByARelativePath) {
  recipe_.output.originals = Originals::kSymlink;
  run_now();
  EXPECT_EQ(fs::read_symlink(output() / "cat/0.jpg"), "../../in/cat/0.jpg");
  EXPECT_EQ(read_text(output() / "cat/0.jpg"), read_text(input() / "cat/0.jpg"));
  EXPECT_EQ(run_now().made, 0u);
}

TEST_F(OriginalsTest, BecomeFilesOfTheirOwnWhenTheRecipeChanges) {
  for (const Originals links : {Originals::kSymlink, Originals::kHardlink}) {
    fs::remove_all(output());
    recipe_.output.originals = links;
    run_now();
    recipe_.output.originals = Originals::kCopy;
    const RunSummary summary = run_now();
    EXPECT_EQ(summary.made, 10u);
    EXPECT_FALSE(fs::is_symlink(output() / "cat/0.jpg"));
    EXPECT_EQ(fs::hard_link_count(input() / "cat/0.jpg"), 1u);
    EXPECT_EQ(tree_of(output()), clean_tree());
  }
}

TEST_F(OriginalsTest, ThatAreNeutrallyPreparedStayAsTheyAre) {
  recipe_.expand = {};  // no copies, which would have the manifest written anew
  run_now();
  recipe_.prepare = test::chain_of("resize", {{"shorter", 32}});
  run_now();
  EXPECT_EQ(read_text(output() / "cat/0.jpg"), read_text(input() / "cat/0.jpg"));
  EXPECT_EQ(tree_of(output()), clean_tree());
}

TEST_F(OriginalsTest, AreLeftOutOnDemand) {
  recipe_.output.originals = Originals::kOmit;
  const RunSummary summary = run_now();
  EXPECT_FALSE(fs::exists(output() / "cat/0.jpg"));
  for (const ClassPlan& of_class : summary.classes) EXPECT_EQ(of_class.copies, 24u);
}

TEST_F(OriginalsTest, AreEncodedInAnotherFormat) {
  recipe_.output.format = Format::kPng;
  run_now();
  const std::string bytes = read_text(output() / "cat/0.jpg.png");
  EXPECT_EQ(bytes.substr(0, 4), "\x89PNG");
  EXPECT_EQ(tree_of(output()), clean_tree());
}

// A place, a comment and an orientation: none of them may be left, whichever way an image takes.
TEST_F(OriginalsTest, LoseTheirMetadataOnDemand) {
  const Bytes place =
      test::jpeg_segment(0xE1, test::joined({test::bytes_of({"Exif\0\0", 6}), test::gps_block(true)}));
  const Bytes comment = test::jpeg_segment(0xFE, test::bytes_of("at home"));
  const Bytes plain = test::jpeg_file(test::pattern({48, 32}, CV_8UC3));
  write_bytes(input() / "cat/0.jpg", test::with_segments(plain, test::joined({place, comment})));
  cv::Mat grey = test::pattern({9, 7}, CV_8UC1);
  write_bytes(input() / "cat/grey.pgm", test::joined({test::bytes_of("P5\n# at home\n9 7\n255\n"),
                                                      Bytes(grey.datastart, grey.dataend)}));
  run_now();
  EXPECT_NE(read_text(output() / "cat/0.jpg").find("at home"), std::string::npos);
  recipe_.output.strip_metadata = true;
  const RunSummary summary = run_now();
  EXPECT_EQ(summary.made, 11u) << "of the originals";
  EXPECT_EQ(read_text(output() / "cat/0.jpg"), test::text_of(plain));
  EXPECT_EQ(read_text(output() / "cat/1.jpg"), read_text(input() / "cat/1.jpg"));
  const std::string pgm = read_text(output() / "cat/grey.pgm");
  EXPECT_EQ(pgm, "P5\n9 7\n255\n" + std::string(grey.datastart, grey.dataend));
  EXPECT_EQ(tree_of(output()), clean_tree());
  EXPECT_EQ(run_now().made, 0u);
}

TEST_F(OriginalsTest, AreChangedByPrepare) {
  recipe_.prepare = test::chain_of("grayscale");
  run_now();
  EXPECT_NE(read_text(output() / "cat/0.jpg"), read_text(input() / "cat/0.jpg"));
}

}  // namespace
}  // namespace tenfold
