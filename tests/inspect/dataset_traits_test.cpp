#include "tenfold/inspect/dataset_traits.h"

#include "inspect/inspected_dataset.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::halves;
using testing::ElementsAre;

class DatasetTraitsTest : public test::InspectedDataset {
 protected:
  DatasetTraits traits() const { return dataset_traits(folder_.path(), 2); }

  // A disc in the middle of a plain ground.
  static cv::Mat disc(int ground, int type = CV_8UC1) {
    cv::Mat image(28, 28, type, cv::Scalar::all(ground));
    image(cv::Rect(8, 8, 12, 12)).setTo(cv::Scalar::all(128));
    return image;
  }
};

TEST_F(DatasetTraitsTest, CountWhatIsExpanded) {
  for (int i = 0; i < 3; ++i) write_png("train/cat/" + std::to_string(i) + ".png", halves(10 * i, 200));
  write_png("train/dog/0.png", halves(0, 90));
  write_png("test/cat/0.png", halves(0, 70));
  const DatasetTraits result = traits();
  EXPECT_THAT(result.classes, ElementsAre("cat", "dog"));
  EXPECT_THAT(result.counts, ElementsAre(3u, 1u));
  EXPECT_EQ(result.images, 5u);
  EXPECT_THAT(result.shape.splits, ElementsAre(Split::kTrain, Split::kTest));
}

TEST_F(DatasetTraitsTest, MeasureSizes) {
  write_png("a/0.png", halves(0, 90, {30, 20}));
  write_png("a/1.png", halves(0, 90, {40, 60}));
  write_png("a/2.png", halves(0, 90, {90, 80}));
  const DatasetTraits result = traits();
  EXPECT_EQ(result.smallest, cv::Size(30, 20));
  EXPECT_EQ(result.median, cv::Size(40, 60));
  EXPECT_EQ(result.largest, cv::Size(90, 80));
  EXPECT_EQ(result.least_side, 20);
  EXPECT_EQ(result.usual_side, 40);
  EXPECT_EQ(result.most_side, 80);
}

TEST_F(DatasetTraitsTest, TellGreyImagesByHeaderAndByLook) {
  write_png("a/grey.png", disc(0));
  write_png("a/deep.png", cv::Mat(8, 8, CV_16UC1, cv::Scalar(7)));
  write_png("a/colorless.png", disc(0, CV_8UC3));
  write_png("a/color.png", cv::Mat(8, 8, CV_8UC3, cv::Scalar(0, 50, 90)));
  const DatasetTraits result = traits();
  EXPECT_EQ(result.grey, 2u);
  EXPECT_EQ(result.deep, 1u);
  EXPECT_EQ(result.looked_at.images, 4u);
  EXPECT_EQ(result.looked_at.colorless, 1u);
}

TEST_F(DatasetTraitsTest, LookAtTheGround) {
  write_png("a/0.png", disc(0));
  write_png("a/1.png", disc(2));
  write_png("a/2.png", disc(255));
  write_png("a/3.png", halves(0, 255));
  write_png("a/4.png", disc(128));
  const LookedAt looked_at = traits().looked_at;
  EXPECT_EQ(looked_at.on_black, 2u);
  EXPECT_EQ(looked_at.on_white, 1u);
  EXPECT_EQ(looked_at.blank, 1u);
}

TEST_F(DatasetTraitsTest, LookAtTheDecodedPixelsOfAFewImagesOnly) {
  for (int i = 0; i < 100; ++i) write_png("a/" + std::to_string(i) + ".png", disc(0));
  EXPECT_EQ(traits().images, 100u);
  EXPECT_EQ(traits().looked_at.images, 32u);
}

TEST_F(DatasetTraitsTest, CountWhatIsDamagedBehindItsHeader) {
  write_png("a/0.png", disc(0));
  Bytes cut = test::encoded(disc(0), Format::kPng);
  cut.resize(cut.size() / 2);
  write("a/1.png", cut);
  EXPECT_EQ(traits().looked_at.images, 1u);
  EXPECT_EQ(traits().looked_at.damaged, 1u);
}

TEST_F(DatasetTraitsTest, AreNoneOfImagesBesideTheirMasks) {
  write_png("images/cat/0.png", halves(0, 90));
  write_png("masks/cat/0.png", halves(0, 255));
  const std::string root = folder_.path().string();
  const auto refusal = [](const std::string& images) {
    return testing::ThrowsMessage<Error>(
        "'" + images +
        "' stands beside 'masks', so these folders are no classes; put the images into a folder for each "
        "class below it, start with tenfold init " +
        images + ", and name their masks or boxes in input.targets (man tenfold-recipe)");
  };
  EXPECT_THAT([&] { traits(); }, refusal(root + "/images"));
  std::filesystem::create_directory(folder_ / "train");
  std::filesystem::rename(folder_ / "images", folder_ / "train/images");
  std::filesystem::rename(folder_ / "masks", folder_ / "train/masks");
  EXPECT_THAT([&] { traits(); }, refusal(root + "/train/images"));
}

TEST_F(DatasetTraitsTest, AreNoneOfADatasetWithoutAUsableImage) {
  write("a/0.png", Bytes{'x'});
  try {
    traits();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.what(), "no image of '" + folder_.path().string() +
                                "' can be read: 'a/0.png' holds no image (the first bytes are those of no "
                                "format)");
  }
}

}  // namespace
}  // namespace tenfold
