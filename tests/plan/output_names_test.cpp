#include "tenfold/plan/output_names.h"

#include <gtest/gtest.h>

#include "plan/catalogs.h"
#include "tenfold/base/hash.h"

namespace tenfold {
namespace {

using test::output_of;
using test::sample_of;

Catalog catalog_with(const std::vector<Sample>& samples) {
  Catalog catalog;
  catalog.classes = {"c"};
  catalog.samples = samples;
  return catalog;
}

std::string hash_of(const std::string& path) {
  char text[16];
  std::snprintf(text, sizeof text, "_%08x", static_cast<unsigned>(hash64(path) >> 32));
  return text;
}

TEST(OutputNames, ASampleWhoseFormatStaysKeepsItsName) {
  const Catalog catalog = catalog_with({sample_of("c/deep/Cat.JPG", 0)});
  const OutputNames names(catalog, {});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "c/deep/Cat.JPG");
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "c/deep/Cat__x0001.JPG");
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 12345)), "c/deep/Cat__x12345.JPG");
}

TEST(OutputNames, AConvertedSampleKeepsItsWholeName) {
  const Catalog catalog = catalog_with({sample_of("c/cat.jpg", 0), sample_of("c/cat.png", 0, Format::kPng)});
  const OutputNames names(catalog, {.format = Format::kJpeg});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "c/cat__x0001.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 0)), "c/cat.png.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 1)), "c/cat.png__x0001.jpg");
}

TEST(OutputNames, CopiesOfAMisnamedSampleAreNamedRight) {
  const Catalog catalog = catalog_with({sample_of("c/cat.jpg", 0, Format::kPng)});
  const OutputNames names(catalog, {});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "c/cat.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "c/cat.jpg__x0001.png");
}

TEST(OutputNames, ASampleWithoutExtensionGetsOne) {
  const Catalog catalog = catalog_with({sample_of("c/0001", 0)});
  const OutputNames names(catalog, {});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "c/0001.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "c/0001__x0001.jpg");
}

TEST(OutputNames, ACopyGivesWayToAnOriginal) {
  const Catalog catalog = catalog_with({sample_of("c/cat.jpg", 0), sample_of("c/cat__x0001.jpg", 0)});
  const OutputNames names(catalog, {});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "c/cat__x0001" + hash_of("c/cat.jpg") + ".jpg");
  EXPECT_TRUE(names.gave_way(output_of(catalog.samples[0], 1)));
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 2)), "c/cat__x0002.jpg");
  EXPECT_FALSE(names.gave_way(output_of(catalog.samples[0], 2)));
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 0)), "c/cat__x0001.jpg");
}

TEST(OutputNames, ACopyGivesWayAgainInADatasetThatWasExpandedBefore) {
  const std::string marked = "c/cat__x0001" + hash_of("c/cat.jpg") + ".jpg";
  const Catalog catalog =
      catalog_with({sample_of("c/cat.jpg", 0), sample_of("c/cat__x0001.jpg", 0), sample_of(marked, 0)});
  const OutputNames names(catalog, {});
  const std::string name = names.of(output_of(catalog.samples[0], 1));
  EXPECT_NE(name, marked);
  EXPECT_EQ(name.size(), marked.size());
}

TEST(OutputNames, AConvertedSampleGivesWayToOneThatHasTheName) {
  const Catalog catalog =
      catalog_with({sample_of("c/cat.png", 0, Format::kPng), sample_of("c/cat.png.jpg", 0)});
  const OutputNames names(catalog, {.format = Format::kJpeg});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "c/cat.png" + hash_of("c/cat.png") + ".jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "c/cat.png" + hash_of("c/cat.png") + "__x0001.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 1)), "c/cat.png__x0001.jpg");
}

TEST(OutputNames, FollowsThePattern) {
  const Catalog catalog = catalog_with({sample_of("c/cat.jpg", 0)});
  EXPECT_EQ(OutputNames(catalog, {.name = "aug-{copy}-{name}"}).of(output_of(catalog.samples[0], 7)),
            "c/aug-7-cat.jpg.jpg");
  EXPECT_EQ(OutputNames(catalog, {.name = "{copy:02}_{stem}"}).of(output_of(catalog.samples[0], 7)),
            "c/07_cat.jpg");
}

TEST(OutputNames, CutsALongNameBetweenCharacters) {
  std::string stem;
  while (stem.size() + 2 <= 250) stem += "ä";
  const Catalog catalog = catalog_with({sample_of("c/" + stem + ".jpg", 0)});
  const OutputNames names(catalog, {});
  const std::string first = names.of(output_of(catalog.samples[0], 1)),
                    second = names.of(output_of(catalog.samples[0], 2));
  const std::string tail = hash_of("c/" + stem + ".jpg") + "__x0001.jpg";
  EXPECT_LE(first.size() - 2, 255u);
  EXPECT_TRUE(first.ends_with(tail)) << first;
  EXPECT_EQ(first.substr(0, first.size() - tail.size()),
            "c/" + stem.substr(0, first.size() - tail.size() - 2));
  EXPECT_EQ((first.size() - tail.size() - 2) % 2, 0u);
  EXPECT_NE(first, second);
}

TEST(OutputNames, OfAFlatLayoutLieInOneFolder) {
  const Catalog catalog = catalog_with({sample_of("c/a.b.jpg", 0), sample_of("c/_x.jpg", 0)});
  const OutputNames names(catalog, {.layout = OutputLayout::kFlatCsv});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "images/c__a.b.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 1)), "images/c__a.b__x0001.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 0)), "images/c___x.jpg");
}

TEST(OutputNames, OfAFlatLayoutAreMarkedWhereTwoCouldBeOne) {
  Catalog catalog = catalog_with({sample_of("c/a/x0001.jpg", 0), sample_of("c/a.jpg", 0)});
  const OutputNames names(catalog, {.layout = OutputLayout::kFlatCsv});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)),
            "images/c__a__x0001" + hash_of("c/a/x0001.jpg") + ".jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 1)), "images/c__a__x0001.jpg");

  catalog = catalog_with({sample_of("c_/a.jpg", 0), sample_of("c__d/a.jpg", 0), sample_of("c/_a.jpg", 0)});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "images/c___a" + hash_of("c_/a.jpg") + ".jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 0)), "images/c__d__a" + hash_of("c__d/a.jpg") + ".jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[2], 0)), "images/c___a.jpg");
}

TEST(OutputNames, OfAFlatLayoutSayTheSplit) {
  Catalog catalog = catalog_with({sample_of("train/c/a.jpg", 0), sample_of("train/c/d/a.jpg", 0)});
  catalog.has_splits = true;
  const OutputNames names(catalog, {.layout = OutputLayout::kFlatCsv});
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)), "images/train__c__a.jpg");
  EXPECT_EQ(names.of(output_of(catalog.samples[1], 0)),
            "images/train__c__d__a" + hash_of("train/c/d/a.jpg") + ".jpg");
  catalog = catalog_with({sample_of("c/a.jpg", 0)});
  EXPECT_EQ(
      OutputNames(catalog, {.layout = OutputLayout::kFlatCsv}, true).of(output_of(catalog.samples[0], 0)),
      "images/train__c__a.jpg");
}

TEST(OutputNames, OfAFlatLayoutAreCutAtTheLimitOfFileSystems) {
  const Catalog catalog = catalog_with({sample_of("c/" + std::string(250, 'a') + ".jpg", 0)});
  const OutputNames names(catalog, {.layout = OutputLayout::kFlatCsv});
  const std::string name = catalog.samples[0].path;
  EXPECT_EQ(names.of(output_of(catalog.samples[0], 0)),
            "images/c__" + std::string(239, 'a') + hash_of(name) + ".jpg");
}

TEST(OutputNames, BesideAnnotationsLieInImagesAndDifferInMoreThanTheirExtension) {
  const Catalog catalog = catalog_with({sample_of("c/a.jpg", 0), sample_of("c/a__x0001.png", 0)});
  const OutputNames alone(catalog, {}), annotated(catalog, {}, false, true);
  EXPECT_EQ(alone.of(output_of(catalog.samples[0], 1)), "c/a__x0001.jpg");
  EXPECT_EQ(annotated.of(output_of(catalog.samples[0], 0)), "images/c/a.jpg");
  EXPECT_EQ(annotated.of(output_of(catalog.samples[0], 1)),
            "images/c/a__x0001" + hash_of("c/a.jpg") + ".jpg");
  EXPECT_EQ(annotated.of(output_of(catalog.samples[0], 2)), "images/c/a__x0002.jpg");
  EXPECT_EQ(OutputNames(catalog, {}, true, true).of(output_of(catalog.samples[0], 0)),
            "images/train/c/a.jpg");
}

}  // namespace
}  // namespace tenfold
