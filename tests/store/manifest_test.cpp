#include "tenfold/store/manifest.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::write_text;

ManifestLine example() {
  return {.file_name = "glass/a\"__x0001.jpg",
          .label = "glass",
          .split = "train",
          .source = "glass/a\".jpg",
          .copy = 1,
          .record = {.bytes = 31337,
                     .hash = {1, 2},
                     .fingerprint = {3, 4},
                     .width = 512,
                     .height = 384,
                     .moments = {.mean = {48512, 45600, 100'000}, .std = {22913, 0, 5}, .channels = 3}},
          .source_bytes = 30303,
          .source_hash = {5, 6},
          .transforms = R"([{"name":"rotate","degrees":-7.5}])"};
}

TEST(Manifest, WritesItsKeysInAFixedOrder) {
  EXPECT_EQ(
      manifest_text(example()),
      R"({"file_name":"glass/a\"__x0001.jpg","label":"glass","split":"train","source":"glass/a\".jpg","copy":1,)"
      R"("width":512,"height":384,"mean":[0.48512,0.456,1.0],"std":[0.22913,0.0,5e-05],"bytes":31337,)"
      R"("hash":"00000000000000010000000000000002",)"
      R"("source_bytes":30303,"source_hash":"00000000000000050000000000000006",)"
      R"("fingerprint":"00000000000000030000000000000004","transforms":[{"name":"rotate","degrees":-7.5}]})"
      "\n");
}

TEST(Manifest, ReadsBackWhatItWrote) {
  const TemporaryFolder folder;
  write_text(folder / "manifest.jsonl", manifest_text(example()) + manifest_text(example()));
  int lines = 0;
  EXPECT_TRUE(read_manifest(folder / "manifest.jsonl", [&](ManifestLine&& line) {
    ++lines;
    EXPECT_EQ(manifest_text(line), manifest_text(example()));
    EXPECT_EQ(line.record, example().record);
  }));
  EXPECT_EQ(lines, 2);
}

TEST(Manifest, ReadsWhatOnlyMixedImagesHave) {
  ManifestLine mixed = example();
  mixed.partners = R"([{"source":"glass/b.jpg","hash":"00000000000000070000000000000008"}])";
  mixed.label_weights = R"({"glass":1.0})";
  mixed.record.refused = {"blank"};
  const std::string text = manifest_text(mixed);
  EXPECT_EQ(manifest_text(parse_manifest_line(text).value()), text);
}

TEST(Manifest, SaysWhereInAShardAnImageStands) {
  ManifestLine packed = example();
  packed.file_name = "glass/a.jpg";
  packed.source = "glass/a.jpg";
  packed.shard = "train-000000.tar";
  packed.record.offset = 1536;
  const std::string text = manifest_text(packed);
  EXPECT_NE(
      text.find(
          R"("fingerprint":"00000000000000030000000000000004","shard":"train-000000.tar","offset":1536,)"
          R"("transforms":[)"),
      std::string::npos);
  EXPECT_EQ(manifest_text(parse_manifest_line(text).value()), text);

  const TemporaryFolder folder;
  write_text(folder / "manifest.jsonl", text);
  for (const bool as_written : {false, true})
    read_records(folder / "manifest.jsonl", as_written, [](RecordedOutput&& output) {
      EXPECT_EQ(output.file_name, "glass/a.jpg");
      EXPECT_EQ(output.shard, "train-000000.tar");
      EXPECT_EQ(output.record.offset, 1536u);
      EXPECT_EQ(output.record.bytes, 31337u);
    });

  write_text(folder / "train-000000.tar", std::string(1536, '.') + std::string(31337, 'x') + ".");
  EXPECT_EQ(read_image(folder.path(), packed).value(), Bytes(31337, 'x'));
  write_text(folder / "train-000000.tar", std::string(1536, '.') + std::string(31336, 'x'));
  EXPECT_EQ(read_image(folder.path(), packed).error().reason, "is too short");
}

TEST(Manifest, TellsOfAnnotationsAfterTheirImage) {
  ManifestLine line = example();
  line.annotations = {{"masks/glass/a.png", 17, {7, 8}, {9, 10}}};
  const std::string text = manifest_text(line);
  EXPECT_TRUE(text.ends_with(R"("annotations":[{"file_name":"masks/glass/a.png","bytes":17,)"
                             R"("hash":"00000000000000070000000000000008",)"
                             R"("fingerprint":"0000000000000009000000000000000a"}]})"
                             "\n"));
  EXPECT_EQ(parse_manifest_line(text).value().annotations, line.annotations);
  const TemporaryFolder folder;
  write_text(folder / "manifest.jsonl", text);
  for (const bool as_written : {false, true}) {
    std::vector<std::pair<std::string, bool>> files;
    read_records(folder / "manifest.jsonl", as_written, [&](RecordedOutput&& output) {
      files.emplace_back(output.file_name, output.record.is_image());
    });
    EXPECT_EQ(files, (std::vector<std::pair<std::string, bool>>{{line.file_name, true},
                                                                {"masks/glass/a.png", false}}));
  }
  EXPECT_FALSE(parse_manifest_line(std::string(text).replace(text.find("masks/"), 6, "../../")));
}

// Everything that JSON allows and a manifest does not.
TEST(Manifest, DoesNotTakeWhatTenfoldNeverWrites) {
  const auto is_taken = [](const std::string& what, const std::string& by) {
    std::string text = manifest_text(example());
    text.replace(text.find(what), what.size(), by);
    return parse_manifest_line(text).has_value();
  };
  EXPECT_TRUE(is_taken("512", "511"));
  for (const char* number : {"-1", "1.5", "1e3", "1e999", "2147483648", "\"512\"", "null"})
    EXPECT_FALSE(is_taken("512", number)) << number;
  for (const char* name :
       {"", "/etc/passwd", "../../etc/passwd", "glass/../../x", "glass//x", "glass/\\u0000x"}) {
    EXPECT_FALSE(is_taken("glass/a\\\"__x0001.jpg", name)) << name;
    EXPECT_FALSE(is_taken("glass/a\\\".jpg", name)) << name;
  }
  EXPECT_FALSE(is_taken("00000000000000010000000000000002", "1"));
  EXPECT_TRUE(is_taken("0.48512", "0.4"));
  for (const char* mean : {"-0.1", "1.1", "1e999", "\"0.4\"", "null", "0.1,0.2", ""})
    EXPECT_FALSE(is_taken("0.48512", mean)) << mean;
  EXPECT_FALSE(is_taken("0.22913", "0.6"));
  EXPECT_FALSE(is_taken("\"std\"", "\"stb\""));
  EXPECT_FALSE(is_taken("[{", std::string(1'000'000, '[')));
  EXPECT_FALSE(is_taken("-7.5", std::string(100, '[') + std::string(100, ']')));
}

TEST(Manifest, HandsOverLinesThatCannotBeOnesEmpty) {
  const TemporaryFolder folder;
  const std::string endless(std::size_t{17} << 20, ' ');
  write_text(folder / "manifest.jsonl", "one\n" + endless + "\nthree\nfour");
  std::vector<std::pair<std::uint64_t, std::string>> lines;
  EXPECT_TRUE(for_each_manifest_line(folder / "manifest.jsonl", [&](RawManifestLine&& line) {
    lines.emplace_back(line.number, line.text);
  }));
  EXPECT_EQ(lines,
            (std::vector<std::pair<std::uint64_t, std::string>>{{1, "one"}, {2, ""}, {3, "three"}, {4, ""}}));
}

TEST(Manifest, TellsTheSameOfItsFilesHoweverQuicklyItIsRead) {
  const TemporaryFolder folder;
  std::vector<ManifestLine> lines(6, example());
  lines[1].file_name = "glass/größer__x0001.jpg";
  lines[1].label = lines[1].source = "plain";
  lines[2] = lines[1];
  lines[2].record.refused = {"blank", "flat"};
  lines[3].file_name = R"(glass/back\\slash "refused":["no"].jpg)";
  lines[4] = lines[5] = lines[1];
  lines[4].record.moments = {.mean = {31}, .std = {1}, .channels = 1};
  lines[5].record.moments = {};
  std::string text;
  for (const ManifestLine& line : lines) text += manifest_text(line);
  const auto path = folder.write("manifest.jsonl", text);
  for (const bool as_written : {true, false}) {
    std::vector<RecordedOutput> outputs;
    const auto keep = [&](RecordedOutput&& output) { outputs.push_back(std::move(output)); };
    EXPECT_TRUE(read_records(path, as_written, keep));
    ASSERT_EQ(outputs.size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_EQ(outputs[i].file_name, lines[i].file_name);
      EXPECT_EQ(outputs[i].record, lines[i].record);
      EXPECT_EQ(outputs[i].source_hash, lines[i].source_hash);
    }
  }
}

TEST(Manifest, RefusesNamesThatLeadOutOfTheOutputHoweverQuicklyItIsRead) {
  const TemporaryFolder folder;
  ManifestLine line = example();
  line.source = line.label = "plain";
  for (const char* name : {"../a.jpg", "/a.jpg", "a/../../b.jpg", "a//b.jpg", ""}) {
    line.file_name = name;
    const auto path = folder.write("manifest.jsonl", manifest_text(line));
    for (const bool as_written : {true, false})
      EXPECT_THROW(read_records(path, as_written, [](RecordedOutput&&) {}), Error) << name;
  }
}

TEST(Manifest, SaysWhetherThereIsOne) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_manifest(folder / "manifest.jsonl", [](ManifestLine&&) { FAIL(); }));
}

TEST(Manifest, NamesADamagedLine) {
  const TemporaryFolder folder;
  const std::string path = folder / "manifest.jsonl";
  write_text(path, manifest_text(example()) + "{\"file_name\":3}\n");
  try {
    read_manifest(path, [](ManifestLine&&) {});
    FAIL() << "read a damaged manifest";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLocked);
    EXPECT_EQ(error.what(),
              "line 2 of '" + path +
                  "' is damaged or not tenfold's, so it is not known which files are; choose another "
                  "output");
  }
}

TEST(Manifest, TakesNoNumberThatIsNotWholeAndInReach) {
  const TemporaryFolder folder;
  for (const std::string width : {"-1", "1.5", "1e3", "1e99", "2147483648", "99999999999999999999", "null"}) {
    std::string text = manifest_text(example());
    text.replace(text.find("512"), 3, width);
    for (std::size_t at; (at = text.find("\\\"")) != text.npos;)
      text.erase(at, 2);  // a quick reader stops there
    const auto path = folder.write("manifest.jsonl", text);
    EXPECT_THROW(read_manifest(path, [](ManifestLine&&) {}), Error) << width;
    EXPECT_THROW(read_records(path, true, [](RecordedOutput&&) {}), Error) << width;
  }
}

}  // namespace
}  // namespace tenfold
