// Datasets that lie in tars and zips.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/archives.h"
#include "dataset/complaint.h"
#include "dataset/tiny_images.h"
#include "support/temporary_folder.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/dataset/unnamed_splits.h"

namespace tenfold {
namespace {

using test::Packed;
using test::read_text;
using test::TemporaryFolder;
using test::write_tar;
using test::write_zip;

using testing::ElementsAre;
using testing::IsEmpty;

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

std::string refusal(const std::filesystem::path& root) {
  return complaint([&] { scan(root, {}); });
}

// Every sample reads as the entry of its name.
void expect_reads(const Catalog& catalog, const std::vector<Packed>& entries) {
  for (const Sample& sample : catalog.samples) {
    const auto entry = std::ranges::find(entries, sample.path, &Packed::path);
    ASSERT_NE(entry, entries.end()) << sample.path;
    const Outcome<Bytes> bytes = read_source(catalog, sample);
    ASSERT_TRUE(bytes) << sample.path << ": " << bytes.error().reason;
    EXPECT_EQ(std::string(bytes->begin(), bytes->end()), entry->content) << sample.path;
    EXPECT_EQ(sample.size_bytes, entry->content.size());
  }
}

std::vector<Packed> some_images() {
  const std::string long_name(90, 'n'), long_folder(90, 'f');
  return {{"dog/", "", AE_IFDIR},
          {"dog/b.png", tiny_image(Format::kPng, {30, 20})},
          {"dog/" + long_folder + "/" + long_name + ".jpg", tiny_image(Format::kJpeg, {40, 20})},
          {"cat/d\u00E9j\u00E0.ppm", tiny_image(Format::kPnm, {9, 9})},
          {"cat/notes.txt", "no image"},
          {"cat/.hidden.jpg", "no image"},
          {"cat/empty.png", ""},
          {"cat/z.tif", tiny_image(Format::kTiff, {64, 64})},
          {"empty/", "", AE_IFDIR}};
}

TEST(TarDataset, IsReadInPlaceInEveryFormat) {
  const TemporaryFolder folder;
  for (const char* format : {"gnutar", "pax", "ustar"}) {
    SCOPED_TRACE(format);
    const std::filesystem::path tar = folder / (std::string(format) + ".tar");
    write_tar(tar, some_images(), format);
    const Catalog catalog = scan(tar, {});
    EXPECT_THAT(catalog.classes, ElementsAre("cat", "dog", "empty"));
    const std::string long_path = some_images()[2].path;
    EXPECT_THAT(places(catalog),
                ElementsAre("cat/d\u00E9j\u00E0.ppm -> cat/d\u00E9j\u00E0.ppm", "cat/z.tif -> cat/z.tif",
                            "dog/b.png -> dog/b.png", long_path + " -> " + long_path));
    EXPECT_THAT(complaints(catalog), ElementsAre("cat/empty.png: holds no image (the file is empty)"));
    EXPECT_EQ(catalog.ignored.other, 1u);
    EXPECT_EQ(catalog.ignored.hidden, 1u);
    EXPECT_EQ(catalog.sources.file_of("cat/z.tif"), std::nullopt);
    expect_reads(catalog, some_images());
    EXPECT_THAT(list_class_names(tar, {}), ElementsAre("cat", "dog", "empty"));
  }
}

TEST(ZipDataset, IsReadInPlaceStoredOrDeflated) {
  const TemporaryFolder folder;
  for (const bool deflated : {false, true}) {
    const std::filesystem::path zip = folder / (deflated ? "deflated.zip" : "stored.zip");
    std::vector<Packed> images = some_images();
    std::erase_if(images, [](const Packed& packed) { return packed.type == AE_IFDIR; });
    write_zip(zip, images, deflated);
    const Catalog catalog = scan(zip, {});
    EXPECT_THAT(catalog.classes, ElementsAre("cat", "dog"));
    EXPECT_EQ(catalog.samples.size(), 4u);
    EXPECT_THAT(complaints(catalog), ElementsAre("cat/empty.png: holds no image (the file is empty)"));
    expect_reads(catalog, images);
  }
}

TEST(ArchiveDataset, MayHoldSplitsAndLabelsAndBeOneOfSeveralRoots) {
  const TemporaryFolder folder;
  write_tar(folder / "splits.tar", {{"./train/cat/1.ppm", tiny_image()}, {"./val/cat/1.ppm", tiny_image()}});
  EXPECT_THAT(places(scan(folder / "splits.tar", {.splits = {Split::kTrain, Split::kVal}})),
              ElementsAre("train/cat/1.ppm -> train/cat/1.ppm", "val/cat/1.ppm -> val/cat/1.ppm"));
  write_zip(folder / "labels.zip",
            {{"1.ppm", tiny_image()}, {"labels.csv", "file,label\n1.ppm,cat\n2.ppm,cat\n"}}, true);
  const Catalog labelled =
      scan(folder / "labels.zip", {.labels = {.kind = LabelRule::Kind::kCsv, .text = "labels.csv"}});
  EXPECT_THAT(places(labelled), ElementsAre("1.ppm -> cat/1.ppm"));
  EXPECT_THAT(complaints(labelled), ElementsAre("2.ppm: is not there, and labels.csv names it in line 3"));
  folder.write("plain/cat/1.ppm", tiny_image());
  write_tar(folder / "more.tar", {{"cat/1.ppm", tiny_image()}});
  EXPECT_THAT(places(scan(std::vector{folder / "plain", folder / "more.tar"}, {})),
              ElementsAre("more.tar/cat/1.ppm -> cat/more.tar/1.ppm", "plain/cat/1.ppm -> cat/plain/1.ppm"));
}

TEST(ArchiveDataset, OfAFolderOfTarsIsAllOfThem) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "shards");
  for (const char* name : {"shards/b.tar", "shards/a.tar"})
    write_tar(folder / name, {{"cat/1.ppm", tiny_image()}});
  folder.write("shards/README", "");
  EXPECT_THAT(places(scan(folder / "shards", {})),
              ElementsAre("a.tar/cat/1.ppm -> cat/a.tar/1.ppm", "b.tar/cat/1.ppm -> cat/b.tar/1.ppm"));
  std::filesystem::remove(folder / "shards/b.tar");
  EXPECT_THAT(places(scan(folder / "shards", {})), ElementsAre("a.tar/cat/1.ppm -> cat/a.tar/1.ppm"));
}

TEST(ArchiveDataset, OfAFolderOfTarsIsSortedByClass) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "shards");
  for (const char* name : {"shards/b.tar", "shards/a.tar"})
    write_tar(folder / name, {{"cat/1.ppm", tiny_image()}, {"dog/1.ppm", tiny_image()}});
  const Catalog catalog = scan(folder / "shards", {});
  EXPECT_TRUE(std::ranges::is_sorted(catalog.samples, {}, &Sample::class_index));
}

TEST(ArchiveDataset, HasNothingOutsideOfItsRootAndNoLinks) {
  const TemporaryFolder folder;
  write_tar(folder / "x.tar", {{"cat/good.ppm", tiny_image()},
                               {"/cat/absolute.ppm", tiny_image()},
                               {"cat/../../up.ppm", tiny_image()},
                               {"cat/link.ppm", "", AE_IFLNK, "/etc/passwd"},
                               {"cat/hard.ppm", "", AE_IFREG, "cat/good.ppm"},
                               {"cat/pipe.ppm", "", AE_IFIFO},
                               {"cat/link", "", AE_IFLNK, "good.ppm"},
                               {"cat/both.ppm", tiny_image()},
                               {"cat/both.ppm/1.ppm", tiny_image()}});
  const Catalog catalog = scan(folder / "x.tar", {});
  EXPECT_THAT(places(catalog),
              ElementsAre("cat/both.ppm/1.ppm -> cat/both.ppm/1.ppm", "cat/good.ppm -> cat/good.ppm"));
  EXPECT_THAT(
      complaints(catalog),
      ElementsAre("/cat/absolute.ppm: leads out of the archive", "cat/../../up.ppm: leads out of the archive",
                  "cat/both.ppm: is a file and a folder in the archive",
                  "cat/hard.ppm: is a link in the archive", "cat/link.ppm: is a link in the archive",
                  "cat/pipe.ppm: is not a regular file"));
  EXPECT_EQ(catalog.ignored.other, 1u);
  write_zip(folder / "x.zip", {{"cat/good.ppm", tiny_image()}, {"cat/link.ppm", "good.ppm", AE_IFLNK}},
            false);
  EXPECT_THAT(complaints(scan(folder / "x.zip", {})), ElementsAre("cat/link.ppm: is a link in the archive"));
}

TEST(ArchiveDataset, HasTheLastOfSeveralEntriesWithOneName) {
  const TemporaryFolder folder;
  write_tar(folder / "x.tar", {{"cat/1.ppm", tiny_image(Format::kPnm, {2, 2})},
                               {"cat/2.ppm", tiny_image()},
                               {"./cat/1.ppm", tiny_image(Format::kPnm, {7, 5})}});
  const Catalog catalog = scan(folder / "x.tar", {});
  ASSERT_EQ(catalog.samples.size(), 2u);
  EXPECT_EQ(catalog.samples[0].header.stored, cv::Size(7, 5));
}

TEST(TarDataset, ThatIsCutOffSaysSo) {
  const TemporaryFolder folder;
  const std::filesystem::path tar = folder / "x.tar";
  const std::vector<Packed> images = {{"cat/1.ppm", tiny_image(Format::kPnm, {30, 30})},
                                      {"cat/2.ppm", tiny_image(Format::kPnm, {30, 30})}};
  write_tar(tar, images, "ustar");
  std::filesystem::resize_file(tar, 512 + 3072 + 512 + 1000);  // in the content of the second
  const Catalog catalog = scan(tar, {});
  EXPECT_THAT(places(catalog), ElementsAre("cat/1.ppm -> cat/1.ppm"));
  ASSERT_EQ(catalog.bad.size(), 2u);
  EXPECT_EQ(catalog.bad[0].path + ": " + catalog.bad[0].failure.reason, "cat/2.ppm: is cut off");
  EXPECT_EQ(catalog.bad[1].path, "x.tar");
  EXPECT_TRUE(catalog.bad[1].folder) << "nobody knows what was in it";
  expect_reads(catalog, images);
  std::filesystem::resize_file(tar, 512 + 3072 + 100);  // in the header of the second
  EXPECT_EQ(scan(tar, {}).samples.size(), 1u);
  write_tar(tar, images, "ustar");
  std::filesystem::resize_file(tar, 2 * (512 + 3072));  // behind the second
  EXPECT_THAT(complaints(scan(tar, {})),
              ElementsAre("x.tar: ends without the mark that ends a tar, so it may be cut off"));
}

TEST(TarDataset, ThatIsDamagedSaysSoAndGoesOnBehindIt) {
  const TemporaryFolder folder;
  const std::filesystem::path tar = folder / "x.tar";
  const std::string image = tiny_image(Format::kPnm, {20, 20});
  write_tar(tar, {{"cat/1.ppm", image}, {"cat/2.ppm", image}, {"cat/3.ppm", image}}, "ustar");
  const std::string sound = read_text(tar);
  const std::size_t second = sound.find("cat/2.ppm");
  std::string flipped = sound;
  flipped[second + 4] ^= 0x20;
  folder.write("x.tar", flipped);
  Catalog catalog = scan(tar, {});
  EXPECT_THAT(complaints(catalog), ElementsAre("x.tar: is damaged or cut off behind 'cat/1.ppm'"));
  EXPECT_TRUE(catalog.bad[0].folder) << "nobody knows what was in it";
  EXPECT_THAT(places(catalog), ElementsAre("cat/1.ppm -> cat/1.ppm", "cat/3.ppm -> cat/3.ppm"));
  std::string hole = sound;
  hole.replace(second, 1024, 1024, '\0');
  folder.write("x.tar", hole);
  EXPECT_THAT(
      complaints(scan(tar, {})),
      ElementsAre("x.tar: goes on behind the mark that ends a tar: it is damaged, or several were joined, "
                  "which are to be named one by one"));
  folder.write("x.tar", sound + sound);
  EXPECT_EQ(scan(tar, {}).bad.size(), 1u);
  folder.write("x.tar", sound + std::string(1 << 20, '\0'));
  EXPECT_THAT(complaints(scan(tar, {})), IsEmpty());
}

TEST(ZipDataset, NamesEntriesThatCannotBeUnpacked) {
  const TemporaryFolder folder;
  const std::string image = tiny_image(Format::kPnm, {50, 50});
  write_zip(folder / "secret.zip", {{"cat/1.ppm", image}}, true, "password");
  EXPECT_THAT(complaints(scan(folder / "secret.zip", {})), ElementsAre("cat/1.ppm: is encrypted"));
  write_zip(folder / "broken.zip", {{"cat/1.ppm", image}}, false);
  std::string bytes = read_text(folder / "broken.zip");
  bytes[bytes.find("P6") + 1000] ^= 1;
  folder.write("broken.zip", bytes);
  EXPECT_THAT(complaints(scan(folder / "broken.zip", {})),
              ElementsAre("cat/1.ppm: cannot be unpacked: CRC error"));
  folder.write("cut.zip", bytes.substr(0, bytes.size() - 30));
  EXPECT_EQ(refusal(folder / "cut.zip"),
            "the zip archive '" + (folder / "cut.zip").string() + "' cannot be read: Not a zip archive");
}

TEST(ZipDataset, RefusesWhatUnpacksToMoreThanAnImageNeeds) {
  const TemporaryFolder folder;
  const std::string bomb(70 << 20, '\0');
  write_zip(folder / "bomb.zip", {{"cat/1.ppm", tiny_image()}, {"cat/bomb.png", bomb}}, true);
  EXPECT_LT(std::filesystem::file_size(folder / "bomb.zip"), 1u << 20);
  EXPECT_THAT(
      complaints(scan(folder / "bomb.zip", {.max_pixels = 1000})),
      ElementsAre(
          "cat/bomb.png: is 70.0 MiB large, and an image of max_pixels 1,000 needs at most 64.0 MiB"));
}

TEST(WebDataset, HasItsLabelsBesideItsImages) {
  const TemporaryFolder folder;
  const std::string image = tiny_image();
  write_tar(folder / "x.tar", {{"0001.ppm", image},
                               {"0001.cls", "7\n"},
                               {"0002.cls", " cat "},
                               {"0002.ppm", image},
                               {"0002.depth.ppm", image},
                               {"0002-b.ppm", image},
                               {"0002-b.cls", "cat"},
                               {"deep/0003.json", R"({"label": 12, "cls": "x"})"},
                               {"deep/0003.ppm", image},
                               {"0004.json", R"({"cls": "owl"})"},
                               {"0004.ppm", image},
                               {"0004.txt", "a caption"},
                               {"0005.ppm", image},
                               {"0006.ppm", image},
                               {"0006.cls", "a/b"},
                               {"0007.ppm", image},
                               {"0007.json", "[]"}});
  const Catalog catalog = scan(folder / "x.tar", {});
  EXPECT_THAT(places(catalog), ElementsAre("deep/0003.ppm -> 12/deep/0003.ppm", "0001.ppm -> 7/0001.ppm",
                                           "0002-b.ppm -> cat/0002-b.ppm", "0002.ppm -> cat/0002.ppm",
                                           "0004.ppm -> owl/0004.ppm"));
  EXPECT_THAT(complaints(catalog),
              ElementsAre("0005.ppm: has no label: neither '0005.cls' nor '0005.json' tells it",
                          "0006.ppm: its label 'a/b' holds a '/', which no folder's name can",
                          "0007.ppm: has no label: neither '0007.cls' nor '0007.json' tells it"));
  EXPECT_EQ(catalog.ignored.other, 2u);
  EXPECT_THAT(list_class_names(folder / "x.tar", {}), ElementsAre("12", "7", "cat", "owl"));
}

TEST(WebDataset, MayHaveShardsThatAreNamedAfterSplits) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "shards");
  for (const char* name : {"train-0.tar", "train-1.tar", "val-0.tar"})
    write_tar(folder / "shards" / name, {{"1.cls", "cat"}, {"1.ppm", tiny_image()}});
  EXPECT_EQ(refusal(folder / "shards"),
            "the shards of the input look like splits, '" + (folder / "shards/train-0.tar").string() +
                "' for one; say so in the recipe: input.splits: {train: expand, val: copy}");
  EXPECT_EQ(complaint([&] { scan(folder / "shards", {.splits = {Split::kTrain}}); }),
            "the input has the shard '" + (folder / "shards/val-0.tar").string() +
                "' beside the splits that the recipe names; say so in the recipe: "
                "input.splits: {train: expand, val: copy}");
  const ScanOptions options{.splits = {Split::kTrain, Split::kVal}};
  const Catalog catalog = scan(folder / "shards", options);
  EXPECT_TRUE(catalog.has_splits);
  EXPECT_THAT(places(catalog), ElementsAre("train-0.tar/1.ppm -> train/cat/train-0.tar/1.ppm",
                                           "train-1.tar/1.ppm -> train/cat/train-1.tar/1.ppm",
                                           "val-0.tar/1.ppm -> val/cat/val-0.tar/1.ppm"));
  EXPECT_EQ(catalog.samples[2].split, Split::kVal);
  EXPECT_THAT(list_class_names(folder / "shards", options), ElementsAre("cat"));
  EXPECT_THAT(unnamed_splits(folder / "shards"), ElementsAre(Split::kTrain, Split::kVal));
  std::filesystem::remove(folder / "shards/val-0.tar");
  EXPECT_EQ(scan(folder / "shards", {}).samples.size(), 2u) << "train alone is a dataset as any other";
}

TEST(WebDataset, MayHaveShardsAndLieInAFolder) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "shards");
  for (const char* name : {"shards/a.tar", "shards/b.tar"})
    write_tar(folder / name, {{"1.json", R"({"label": "cat"})"}, {"1.ppm", tiny_image()}});
  const ScanOptions webdataset{.labels = {.kind = LabelRule::Kind::kBeside}};
  EXPECT_THAT(places(scan(folder / "shards", webdataset)),
              ElementsAre("a.tar/1.ppm -> cat/a.tar/1.ppm", "b.tar/1.ppm -> cat/b.tar/1.ppm"));
  for (const char* name : {"plain/1.cls", "plain/2.cls"}) folder.write(name, "cat");
  folder.write("plain/1.ppm", tiny_image());
  EXPECT_THAT(places(scan(folder / "plain", webdataset)), ElementsAre("1.ppm -> cat/1.ppm"));
  write_tar(folder / "none.tar", {{"1.ppm", tiny_image()}});
  EXPECT_EQ(complaint([&] { scan(folder / "none.tar", webdataset); }),
            "no image of the input '" + (folder / "none.tar").string() +
                "' has a label: no .cls or .json file lies beside one");
}

TEST(ArchiveDataset, MustBeOneThatCanBeReadAtRandom) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& name, const std::string& bytes) {
    return refusal(folder.write(name, bytes));
  };
  const std::string path = "'" + (folder / "x").string();
  const std::string compressed =
      " is compressed as a whole, so that no image in it can be read without those before it; unpack it: ";
  EXPECT_EQ(refused("x.tar.gz", "\x1F\x8B\x08..."),
            "the input " + path + ".tar.gz'" + compressed + "gunzip -k " + path + ".tar.gz'");
  EXPECT_EQ(refused("x.tar.zst", "\x28\xB5\x2F\xFD..."),
            "the input " + path + ".tar.zst'" + compressed + "unzstd " + path + ".tar.zst'");
  EXPECT_EQ(refused("x.tar", "no archive"),
            "the input " + path + ".tar' is neither a folder nor a tar or zip archive");
  EXPECT_EQ(refused("x", ""), "the input " + path + "' is neither a folder nor a tar or zip archive");
}

TEST(ArchiveDataset, ThatChangesStopsTheRun) {
  const TemporaryFolder folder;
  const std::filesystem::path tar = folder / "x.tar";
  write_tar(tar, {{"cat/1.ppm", tiny_image()}});
  const Catalog catalog = scan(tar, {});
  std::filesystem::resize_file(tar, std::filesystem::file_size(tar) + 512);
  try {
    read_source(catalog, catalog.samples[0]);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kFailed);
    EXPECT_STREQ(error.what(),
                 ("the archive '" + tar.string() +
                  "' changed or vanished while it was read; repeat this when it is there to stay")
                     .c_str());
  }
}

}  // namespace
}  // namespace tenfold
