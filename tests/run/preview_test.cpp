#include "tenfold/run/preview.h"

#include <gmock/gmock.h>

#include <opencv2/core.hpp>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::chain_of;
using test::picture;
using test::read_text;
using test::tree_of;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class PreviewTest : public test::DatasetTest {
 protected:
  PreviewTest() {
    options_.run.jobs = 2;
    options_.keep = [](const cv::Mat& pixels) { return pixels.clone(); };
  }

  Preview previewed() const {
    Observer observer;
    return preview(recipe_, options_, observer);
  }

  // What lies in the output under the image's name, decoded.
  cv::Mat in_output(const std::string& name) const {
    const std::string text = read_text(output() / name);
    const Bytes bytes(text.begin(), text.end());
    return decode(bytes, read_header(bytes).value()).value().pixels;
  }

  // Every image that is shown is the one that a run writes.
  void expect_those_of_a_run() {
    const Preview shown = previewed();
    run_now();
    int images = 0;
    for (const PreviewedSample& sample : shown.samples)
      for (const PreviewedImage& image : sample.images) {
        ++images;
        EXPECT_EQ(image.fault, "");
        const cv::Mat written = in_output(image.name);
        EXPECT_EQ(written.size(), image.size);
        EXPECT_EQ(cv::norm(written, image.pixels, cv::NORM_INF), 0) << image.name;
      }
    EXPECT_GT(images, 3);
  }

  static std::vector<std::string> sources(const Preview& preview) {
    std::vector<std::string> paths;
    for (const PreviewedSample& sample : preview.samples)
      paths.push_back(sample.class_name + ": " + sample.path);
    return paths;
  }

  static std::vector<double> first_numbers(const PreviewedSample& sample) {
    std::vector<double> numbers;
    for (std::size_t i = 1; i < sample.images.size(); ++i)
      numbers.push_back(std::get<double>(sample.images[i].transforms.at(0).values.at(0).value));
    return numbers;
  }

  PreviewOptions options_;
};

TEST_F(PreviewTest, ShowsThePixelsThatARunWrites) {
  recipe_.prepare = chain_of("resize", {{"shorter", 24}});
  expect_those_of_a_run();
}

TEST_F(PreviewTest, ShowsOriginalsThatNothingChanges) { expect_those_of_a_run(); }

TEST_F(PreviewTest, ShowsPartnersAndStatisticsAsARunUsesThem) {
  recipe_.augment = chain_of("mixup", {{"partner", std::string("any")}});
  recipe_.augment.push_back(chain_of("fancy_pca")[0]);
  place_elements(recipe_.augment);
  expect_those_of_a_run();
}

TEST_F(PreviewTest, ShowsTheAttemptThatTheQualityGateTakes) {
  recipe_.augment = chain_of("rotate", {{"degrees", Range{-20, 20}}});
  recipe_.accept = AcceptRecipe{.min_distance = 10};
  expect_those_of_a_run();
}

TEST_F(PreviewTest, ShowsOfEachClassTheFirstSampleWithMostCopies) {
  // 24 images of each: of six cats each gets three copies, of three dogs seven.
  options_.copies = 2;
  const Preview shown = previewed();
  EXPECT_THAT(sources(shown), ElementsAre("cat: cat/0.jpg", "dog: dog/0.jpg", "owl: owl/0.jpg"));
  EXPECT_EQ(shown.samples[0].copies, 3u);
  EXPECT_EQ(shown.samples[1].copies, 7u);
  for (const PreviewedSample& sample : shown.samples) EXPECT_THAT(sample.images, SizeIs(3));
  recipe_.expand.factor = 25.0 / 6;  // one cat gets one more
  const PreviewedSample cat = previewed().samples[0];
  EXPECT_EQ(cat.copies, 4u);
}

TEST_F(PreviewTest, ShowsNoMoreCopiesThanThePlanHas) {
  options_.copies = 9;
  EXPECT_THAT(previewed().samples[0].images, SizeIs(1 + 3));
  recipe_.expand.factor = 1;
  EXPECT_THAT(previewed().samples[0].images, SizeIs(1));
}

TEST_F(PreviewTest, GoesOnToTheNextSampleWhereOneIsBad) {
  truncate("cat/0.jpg");
  truncate("cat/1.jpg");
  const Preview shown = previewed();
  EXPECT_EQ(shown.samples[0].path, "cat/2.jpg");
  ASSERT_THAT(shown.bad, SizeIs(2));
  EXPECT_EQ(shown.bad[0].path, "cat/0.jpg");
  EXPECT_EQ(shown.bad[1].path, "cat/1.jpg");
}

TEST_F(PreviewTest, ShowsTheClassesThatAreAskedFor) {
  options_.classes = {"owl", "cat"};
  EXPECT_THAT(sources(previewed()), ElementsAre("owl: owl/0.jpg", "cat: cat/0.jpg"));
  options_.classes = {"oul"};
  EXPECT_EQ(message_of([&] { previewed(); }, ErrorKind::kUsage),
            "the dataset has no class 'oul'; did you mean 'owl'?");
}

TEST_F(PreviewTest, ShowsEveryCopyOfOneSample) {
  options_.sample = "owl/0.jpg";
  const Preview shown = previewed();
  ASSERT_THAT(shown.samples, SizeIs(1));
  EXPECT_THAT(shown.samples[0].images, SizeIs(24));
  recipe_.expand.factor = 40;
  EXPECT_THAT(previewed().samples[0].images, SizeIs(1 + PreviewOptions::kCopiesOfOne));
  options_.sample = "owl/1.jpg";
  EXPECT_EQ(message_of([&] { previewed(); }, ErrorKind::kUsage),
            "the dataset has no image 'owl/1.jpg'; did you mean 'owl/0.jpg'?");
}

TEST_F(PreviewTest, ShowsWhatASampleBecomesInOtherClasses) {
  recipe_.augment = chain_of("horizontal_flip");
  recipe_.augment.push_back(chain_of("rotate")[0]);
  place_elements(recipe_.augment);
  recipe_.relabel = {{"horizontal_flip", "cat", "dog"}};
  options_.sample = "cat/0.jpg";
  EXPECT_THAT(sources(previewed()), ElementsAre("cat: cat/0.jpg", "dog: cat/0.jpg"));
}

TEST_F(PreviewTest, ShowsNothingThatIsHeldOut) {
  fs::rename(input(), folder_ / "train");
  fs::create_directories(input());
  fs::rename(folder_ / "train", input() / "train");
  test::write_bytes(input() / "test/cat/9.jpg", test::encoded(picture({48, 32}, 77), Format::kJpeg));
  recipe_.input.splits = {Split::kTrain, Split::kTest};
  test::write_bytes(input() / "test/emu/0.jpg", test::encoded(picture({48, 32}, 78), Format::kJpeg));
  recipe_.input.on_leak = OnLeak::kWarn;
  EXPECT_EQ(previewed().samples[0].path, "train/cat/0.jpg");
  EXPECT_THAT(previewed().held_out, ElementsAre("emu"));
  options_.each = true;
  EXPECT_THAT(previewed().held_out, IsEmpty());
  options_.each = false;
  options_.sample = "test/cat/9.jpg";
  EXPECT_EQ(
      message_of([&] { previewed(); }, ErrorKind::kUsage),
      "the plan makes nothing of 'test/cat/9.jpg' for train: it is held out, a duplicate of what is, or "
      "one too many");
}

TEST_F(PreviewTest, DoesNotCallAClassHeldOutThatHasNoImage) {
  fs::create_directories(input() / "empty");
  EXPECT_THAT(previewed().held_out, IsEmpty());
}

TEST_F(PreviewTest, ShowsEachTransformAloneThroughItsRange) {
  Element one_of{.kind = ElementKind::kOneOf, .p = 0.1};
  one_of.children = {chain_of("gaussian_blur", {{"sigma", Range{0.5, 1.5}}})[0],
                     chain_of("horizontal_flip")[0]};
  recipe_.augment = chain_of("rotate", {{"degrees", Range{-20, 20}}});
  recipe_.augment[0].p = 0.2;
  recipe_.augment.push_back(one_of);
  place_elements(recipe_.augment);
  options_.each = true;
  options_.copies = 4;
  options_.classes = {"dog"};
  const Preview shown = previewed();
  ASSERT_THAT(shown.samples, SizeIs(3));
  for (const PreviewedSample& row : shown.samples) {
    EXPECT_EQ(row.path, "dog/0.jpg");
    for (std::size_t i = 1; i < row.images.size(); ++i) {
      ASSERT_THAT(row.images[i].transforms, SizeIs(1));
      EXPECT_EQ(row.images[i].transforms[0].spec, row.element->transform.spec);
    }
  }
  EXPECT_EQ(shown.samples[0].element->p, 0.2);
  EXPECT_THAT(shown.samples[2].images, SizeIs(2));  // all flips are alike
  // One draw in each quarter of the range, from the least to the greatest.
  const std::vector<double> degrees = first_numbers(shown.samples[0]);
  for (int i = 0; i < 4; ++i) {
    EXPECT_GE(degrees[static_cast<std::size_t>(i)], -20 + 10 * i);
    EXPECT_LT(degrees[static_cast<std::size_t>(i)], -10 + 10 * i);
  }
  EXPECT_EQ(shown.samples[1].element->transform.spec->name, "gaussian_blur");
}

TEST_F(PreviewTest, ShowsTheRangeOfATransformBehindPreparation) {
  recipe_.prepare = chain_of("resize", {{"shorter", 24}});
  recipe_.augment = chain_of("rotate", {{"degrees", Range{-20, 20}}});
  options_.each = true;
  options_.copies = 4;
  options_.classes = {"dog"};
  const Preview shown = previewed();
  ASSERT_THAT(shown.samples, SizeIs(1));
  ASSERT_THAT(shown.samples[0].images, SizeIs(5));
  double before = -21;
  for (std::size_t i = 1; i < 5; ++i) {
    const double degrees =
        std::get<double>(shown.samples[0].images[i].transforms.back().values.front().value);
    EXPECT_GT(degrees, before);
    before = degrees;
  }
}

TEST_F(PreviewTest, LeavesOutClassesThatAreTooMany) {
  for (int i = 0; i < 240; ++i) {
    std::string name = std::to_string(1000 + i);
    add_class(name, 1);
  }
  recipe_.expand = {};
  const Preview shown = previewed();
  EXPECT_THAT(shown.samples, SizeIs(PreviewOptions::kMostShown));
  EXPECT_THAT(shown.left_out, ElementsAre("cat", "dog", "owl"));
  options_.copies = 199;
  EXPECT_THAT(previewed().samples, SizeIs(PreviewOptions::kMostPictures / 200));
}

TEST_F(PreviewTest, NeedsSomethingToShow) {
  recipe_.augment.clear();
  options_.each = true;
  EXPECT_EQ(message_of([&] { previewed(); }, ErrorKind::kUsage),
            "the recipe has no transform in `augment` to show");
}

TEST_F(PreviewTest, SaysWhyACopyCannotBeMade) {
  recipe_.input.max_pixels = 48 * 32;
  recipe_.augment = chain_of("resize", {{"shorter", 64}});
  const PreviewedSample cat = previewed().samples[0];
  EXPECT_EQ(cat.images[0].fault, "");
  EXPECT_EQ(cat.images[1].fault, "would have 6,144 pixels, more than input.max_pixels 1,536");
  EXPECT_TRUE(cat.images[1].pixels.empty());
}

TEST_F(PreviewTest, WritesNothing) {
  const auto before = tree_of(folder_.path());
  previewed();
  EXPECT_EQ(tree_of(folder_.path()), before);
}

}  // namespace
}  // namespace tenfold
