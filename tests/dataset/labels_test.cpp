// Labels that are not the names of folders.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/complaint.h"
#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

using Kind = LabelRule::Kind;

const ScanOptions kByName{.labels = {.kind = Kind::kFileName, .text = "^([a-z.]*)_"}};
const ScanOptions kCsv{.labels = {.kind = Kind::kCsv, .text = "labels.csv"}};
const ScanOptions kJsonLines{.labels = {.kind = Kind::kJsonLines, .text = "labels.jsonl"}};
const ScanOptions kCsvWithSplits{.splits = {Split::kTrain, Split::kTest},
                                 .labels = {.kind = Kind::kCsv, .text = "labels.csv", .split = "split"}};

// "path -> place" of each sample.
std::vector<std::string> places(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const Sample& sample : catalog.samples) result.push_back(sample.path + " -> " + sample.place());
  return result;
}

std::vector<std::string> complaints(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const BadFile& bad : catalog.bad) result.push_back(bad.path + ": " + bad.failure.reason);
  return result;
}

std::string refusal(const TemporaryFolder& folder, const ScanOptions& options) {
  const std::string by_scan = complaint([&] { scan(folder.path(), options); });
  EXPECT_EQ(complaint([&] { list_class_names(folder.path(), options); }), by_scan);
  return by_scan;
}

TEST(LabelsByName, AreTheFirstGroupOfTheExpression) {
  const TemporaryFolder folder;
  for (const char* path : {"dog_1.ppm", "cat_2.ppm", "deep/cat_2.ppm", "deep/er/ant_.ppm"})
    folder.write(path, tiny_image());
  folder.write("notes_1.txt", "no image");
  const Catalog catalog = scan(folder.path(), kByName);
  EXPECT_THAT(catalog.classes, ElementsAre("ant", "cat", "dog"));
  EXPECT_THAT(places(catalog),
              ElementsAre("deep/er/ant_.ppm -> ant/deep/er/ant_.ppm", "cat_2.ppm -> cat/cat_2.ppm",
                          "deep/cat_2.ppm -> cat/deep/cat_2.ppm", "dog_1.ppm -> dog/dog_1.ppm"));
  EXPECT_THAT(complaints(catalog), IsEmpty());
  EXPECT_EQ(catalog.ignored.other, 1u);
  EXPECT_THAT(list_class_names(folder.path(), kByName), ElementsAre("ant", "cat", "dog"));
}

TEST(LabelsByName, MustMatchAndBeNamesOfFolders) {
  const TemporaryFolder folder;
  for (const char* path : {"cat_1.ppm", "DSC01.ppm", "_1.ppm"}) folder.write(path, tiny_image());
  ScanOptions options = kByName;
  const Catalog catalog = scan(folder.path(), options);
  EXPECT_THAT(places(catalog), ElementsAre("cat_1.ppm -> cat/cat_1.ppm"));
  EXPECT_THAT(complaints(catalog),
              ElementsAre("DSC01.ppm: its name does not match the expression of input.labels",
                          "_1.ppm: its label '' is empty"));
  options.labels.text = "^(x)_";
  EXPECT_EQ(refusal(folder, options), "no image of the input '" + folder.path().string() +
                                          "' has a label: the expression of input.labels matches none of its "
                                          "files");
}

TEST(LabelsByName, GoWithSplitFolders) {
  const TemporaryFolder folder;
  for (const char* path : {"train/cat_1.ppm", "train/deep/cat_1.ppm", "val/dog_1.ppm"})
    folder.write(path, tiny_image());
  ScanOptions options = kByName;
  EXPECT_EQ(refusal(folder, options),
            "the folders 'train' and 'val' of the input '" + folder.path().string() +
                "' look like splits, not like classes; say so in the recipe: input.splits: {train: expand, "
                "val: copy}");
  options.splits = {Split::kTrain, Split::kVal};
  const Catalog catalog = scan(folder.path(), options);
  EXPECT_THAT(places(catalog), ElementsAre("train/cat_1.ppm -> train/cat/cat_1.ppm",
                                           "train/deep/cat_1.ppm -> train/cat/deep/cat_1.ppm",
                                           "val/dog_1.ppm -> val/dog/dog_1.ppm"));
  EXPECT_EQ(catalog.samples[2].split, Split::kVal);
  folder.write("x_1.ppm", tiny_image());
  EXPECT_EQ(refusal(folder, options), "1 image lies outside of the split folders of '" +
                                          folder.path().string() +
                                          "' ('x_1.ppm'); move it into one of them or ignore it");
}

TEST(LabelsOfATable, AreThoseOfItsRows) {
  const TemporaryFolder folder;
  for (const char* path : {"1.ppm", "a/1.ppm", "b/1.ppm", "extra.ppm", ".hidden.ppm"})
    folder.write(path, tiny_image());
  folder.write("photo", tiny_image(Format::kJpeg));
  folder.write("labels.csv",
               "\xEF\xBB\xBFlabel,id,file\r\ncat,1,1.ppm\r\n\"big, dog\",2,./a/1.ppm\r\ncat,3,b//1.ppm\r\n"
               "cat,3,b/1.ppm\r\ncat,4,photo\r\ncat,5,.hidden.ppm\r\n");
  const Catalog catalog = scan(folder.path(), kCsv);
  EXPECT_THAT(catalog.classes, ElementsAre("big, dog", "cat"));
  EXPECT_THAT(places(catalog), ElementsAre("a/1.ppm -> big, dog/a/1.ppm", "1.ppm -> cat/1.ppm",
                                           "b/1.ppm -> cat/b/1.ppm", "photo -> cat/photo"));
  EXPECT_THAT(complaints(catalog), IsEmpty());
  EXPECT_EQ(catalog.ignored.unlabeled, 1u);  // extra.ppm
  EXPECT_EQ(catalog.ignored.other, 1u);      // labels.csv
  EXPECT_EQ(catalog.ignored.hidden, 1u);
  EXPECT_FALSE(catalog.has_splits);
  EXPECT_THAT(list_class_names(folder.path(), kCsv), ElementsAre("big, dog", "cat"));
}

TEST(LabelsOfATable, MayBeJsonLines) {
  const TemporaryFolder folder;
  for (const char* path : {"1.ppm", "2.ppm"}) folder.write(path, tiny_image());
  folder.write("labels.jsonl",
               "{\"file\": \"1.ppm\", \"label\": 7}\n\n{\"label\": \"cat\", \"file\": \"2.ppm\"}");
  EXPECT_THAT(places(scan(folder.path(), kJsonLines)), ElementsAre("1.ppm -> 7/1.ppm", "2.ppm -> cat/2.ppm"));
}

TEST(LabelsOfATable, NameImagesThatMustBeThere) {
  const TemporaryFolder folder;
  folder.write("1.ppm", tiny_image());
  folder.write("text", "no image");
  folder.write("labels.csv", "file,label\n1.ppm,cat\ngone.ppm,dog\ntext,cat\n");
  const Catalog catalog = scan(folder.path(), kCsv);
  EXPECT_THAT(places(catalog), ElementsAre("1.ppm -> cat/1.ppm"));
  EXPECT_THAT(catalog.classes, ElementsAre("cat", "dog"));
  EXPECT_THAT(complaints(catalog),
              ElementsAre("gone.ppm: is not there, and labels.csv names it in line 3",
                          "text: holds no image (the first bytes are those of no format)"));
}

TEST(LabelsOfATable, MayComeWithSplits) {
  const TemporaryFolder folder;
  for (const char* path : {"1.ppm", "2.ppm", "train/3.ppm"}) folder.write(path, tiny_image());
  folder.write("labels.csv", "file,label,split\n1.ppm,cat,Train\n2.ppm,cat,testing\ntrain/3.ppm,dog,train\n");
  const Catalog catalog = scan(folder.path(), kCsvWithSplits);
  EXPECT_THAT(places(catalog), ElementsAre("1.ppm -> train/cat/1.ppm", "2.ppm -> test/cat/2.ppm",
                                           "train/3.ppm -> train/dog/train/3.ppm"));
  EXPECT_EQ(catalog.samples[1].split, Split::kTest);
  EXPECT_TRUE(catalog.has_splits);
  EXPECT_THAT(catalog.split_folders, ElementsAre(Pair(Split::kTrain, "train"), Pair(Split::kTest, "test")));
}

TEST(LabelsOfATable, AreRefusedWithTheLineThatIsWrong) {
  const TemporaryFolder folder;
  folder.write("1.ppm", tiny_image());
  const auto refused = [&](const std::string& text, const ScanOptions& options = kCsv) {
    folder.write(options.labels.text, text);
    return refusal(folder, options);
  };
  const std::string table = "the table of labels '" + (folder / "labels.csv").string() + "' ";
  EXPECT_EQ(refusal(folder, kCsv), table + "cannot be opened: No such file or directory");
  EXPECT_EQ(refused(""), table + "has no column 'file'; it is empty");
  EXPECT_EQ(refused("name,label\n"), table + "has no column 'file'; its columns are 'name' and 'label'");
  EXPECT_EQ(refused("file,label\n"), table + "names no file");
  EXPECT_EQ(refused("file,label\n1.ppm\n"), "labels.csv:2: has 1 field, and the header has 2");
  EXPECT_EQ(refused("file,label\n\n1.ppm,a/b\n"),
            "labels.csv:3: the label 'a/b' holds a '/', which no folder's name can");
  EXPECT_EQ(refused("file,label\n1.ppm,\n"), "labels.csv:2: the label '' is empty");
  EXPECT_EQ(refused("file,label\n1.ppm,..\n"),
            "labels.csv:2: the label '..' begins with a dot, so its folder would be hidden");
  EXPECT_EQ(refused("file,label\n1.ppm,manifest.jsonl\n"),
            "labels.csv:2: the label 'manifest.jsonl' has the name of a file that tenfold writes");
  EXPECT_EQ(refused("file,label\n1.ppm,\"a\nb\"\n"),
            "labels.csv:2: the label 'a\\nb' holds a control character");
  EXPECT_EQ(refused("file,label\n1.ppm,\xFF\n"), table + "is not valid UTF-8");
  EXPECT_EQ(refused("file,label\na/../../1.ppm,cat\n"),
            "labels.csv:2: 'a/../../1.ppm' is no file below the input");
  EXPECT_EQ(refused("file,label\n/1.ppm,cat\n"), "labels.csv:2: '/1.ppm' is no file below the input");
  EXPECT_EQ(refused("file,label\n1.ppm,cat\n2.ppm,cat\n./1.ppm,dog\n"),
            "labels.csv:4: '1.ppm' has the label 'dog' here and 'cat' in line 2");
  folder.write("labels.csv", "file,label\n2.ppm,cat\n");
  EXPECT_EQ(complaint([&] { scan(folder.path(), kCsv); }),
            "no image of the input '" + folder.path().string() +
                "' has a label: the table 'labels.csv' names none of its files");
}

TEST(LabelsOfATable, AreRefusedWhereASplitIsWrong) {
  const TemporaryFolder folder;
  folder.write("1.ppm", tiny_image());
  const auto refused = [&](const std::string& rows, const ScanOptions& options = kCsvWithSplits) {
    folder.write("labels.csv", "file,label,split\n" + rows);
    return refusal(folder, options);
  };
  const std::string table = "the table of labels '" + (folder / "labels.csv").string() + "' ";
  EXPECT_EQ(refused("1.ppm,cat,val\n"),
            "labels.csv:2: the split 'val' is none of those that input.splits names");
  EXPECT_EQ(refused("1.ppm,cat,\n"), "labels.csv:2: the split '' is none of those that input.splits names");
  EXPECT_EQ(refused("1.ppm,cat,train\n1.ppm,cat,test\n"),
            "labels.csv:3: '1.ppm' is in test here and in train in line 2");
  EXPECT_EQ(refused("1.ppm,cat,train\n"),
            table + "has no row of the split test; take it out of input.splits");
  ScanOptions options = kCsvWithSplits;
  options.splits = {};
  EXPECT_EQ(refused("1.ppm,cat,train\n", options),
            table +
                "has splits, and the recipe does not say what becomes of them: input.splits: {train: "
                "expand, test: copy}");
}

TEST(LabelsOfATable, AreRefusedWhereALineIsNoJsonObject) {
  const TemporaryFolder folder;
  folder.write("1.ppm", tiny_image());
  const auto refused = [&](const std::string& text) {
    folder.write("labels.jsonl", text);
    return refusal(folder, kJsonLines);
  };
  EXPECT_EQ(refused("{\"file\": \"1.ppm\", \"label\": \"cat\"}\n{\"file\": \"1"),
            "labels.jsonl:2: is no JSON object");
  EXPECT_EQ(refused("[1]"), "labels.jsonl:1: is no JSON object");
  EXPECT_EQ(refused("{\"file\": \"1.ppm\"}"), "labels.jsonl:1: has no 'label'");
  EXPECT_EQ(refused("{\"file\": \"1.ppm\", \"label\": 1.5}"),
            "labels.jsonl:1: 'label' must be text or a whole number");
}

TEST(LabelsOfATable, AreThoseOfEachRoot) {
  const TemporaryFolder folder;
  for (const char* root : {"a/", "b/"}) {
    folder.write(std::string(root) + "1.ppm", tiny_image());
    folder.write(std::string(root) + "labels.csv", std::string("file,label\n1.ppm,of_") + root[0] + "\n");
  }
  EXPECT_THAT(places(scan(std::vector{folder / "a", folder / "b"}, kCsv)),
              ElementsAre("a/1.ppm -> of_a/a/1.ppm", "b/1.ppm -> of_b/b/1.ppm"));
}

}  // namespace
}  // namespace tenfold
