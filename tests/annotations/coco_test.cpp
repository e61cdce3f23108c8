#include "tenfold/annotations/coco.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "transforms/drawing.h"

namespace tenfold {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;

const cv::Size kSize(100, 50);

// Two images; the first one has a box, an object with two polygons, and one with run lengths and keypoints.
Json document() {
  return Json::parse(R"({
    "info": {"year": 2026}, "licenses": [{"id": 4, "name": "CC0"}],
    "images": [{"id": 7, "file_name": "cat/1.jpg", "width": 100, "height": 50, "license": 4, "coco_url": "http://x"},
               {"id": 3, "file_name": "cat/2.jpg", "width": 100, "height": 50}],
    "annotations": [
      {"id": 11, "image_id": 7, "category_id": 2, "bbox": [10, 20, 20, 30], "iscrowd": 0, "attributes": {"far": true}},
      {"id": 12, "image_id": 7, "category_id": 5, "bbox": [40, 0, 30, 20], "area": 250, "iscrowd": 0,
       "segmentation": [[40, 0, 60, 0, 60, 20], [65, 5, 70, 5, 70, 15, 65, 15]]},
      {"id": 13, "image_id": 7, "category_id": 2, "bbox": [0, 0, 40, 50], "area": 1234, "iscrowd": 1,
       "segmentation": {"size": [50, 100], "counts": [0, 2000, 3000]}, "keypoints": [1, 1, 2], "num_keypoints": 1}],
    "categories": [{"id": 2, "name": "dog"}, {"id": 5, "name": "cat", "supercategory": "animal"}]})");
}

std::string reason_of(const Json& file) {
  const auto parsed = parse_coco(file.dump());
  return parsed ? "sound" : parsed.error();
}

CocoImage first_image(const Json& file) { return parse_coco(file.dump()).value().images.front(); }

// What becomes of the objects of the first image, or why nothing does.
std::vector<std::string> followed(const Json& file, const std::vector<Step>& steps,
                                  double min_visibility = 0.1,
                                  const ImageHeader& image = {.format = Format::kJpeg, .stored = kSize}) {
  const auto objects = CocoObjects::read(first_image(file), image, min_visibility);
  if (!objects) return {objects.error().reason};
  return objects->followed(Movement(steps, image.upright(), Border::kReflect));
}

std::vector<std::string> flipped(const Json& file) {
  return followed(file, drawn("horizontal_flip", {}, kSize).steps);
}

std::vector<std::string> shifted(double x, double min_visibility) {
  return followed(document(), drawn("translate", {{"x", fixed(x)}, {"y", fixed(0)}}, kSize).steps,
                  min_visibility);
}

TEST(Coco, FilesAreReadByImage) {
  const CocoFile file = parse_coco(document().dump()).value();
  ASSERT_EQ(file.images.size(), 2u);
  EXPECT_EQ(file.images[0].file_name, "cat/1.jpg");
  EXPECT_EQ(file.images[0].entry, R"({"height":50,"license":4,"width":100})");
  EXPECT_EQ(file.images[0].objects.size(), 3u);
  EXPECT_EQ(file.images[0].objects[0],
            R"({"attributes":{"far":true},"bbox":[10,20,20,30],"category_id":2,"id":11,"iscrowd":0})");
  EXPECT_EQ(file.images[1].objects.size(), 0u);
  EXPECT_EQ(file.rest,
            R"({"categories":[{"id":2,"name":"dog"},{"id":5,"name":"cat","supercategory":"animal"}],)"
            R"("info":{"year":2026},"licenses":[{"id":4,"name":"CC0"}]})");
}

TEST(Coco, ObjectsMayComeBeforeTheirImages) {
  const std::string text =
      R"({"annotations": [{"id": 1, "image_id": 9, "category_id": 1, "bbox": [0, 0, 1, 1]}],
    "categories": [{"id": 1}], "images": [{"id": 8, "file_name": "a"}, {"id": 9, "file_name": "b"}]})";
  const CocoFile file = parse_coco(text).value();
  EXPECT_EQ(file.images[0].objects.size(), 0u);
  EXPECT_EQ(file.images[1].objects.size(), 1u);
}

TEST(Coco, BoxesAndPolygonsAreMirroredAndTheRestStays) {
  EXPECT_THAT(
      flipped(document()),
      ElementsAre(
          R"({"area":600.0,"attributes":{"far":true},"bbox":[70.0,20.0,20.0,30.0],"category_id":2,"iscrowd":0})",
          R"({"area":250.0,"bbox":[30.0,0.0,30.0,20.0],"category_id":5,"iscrowd":0,)"
          R"("segmentation":[[60.0,0.0,40.0,0.0,40.0,20.0],[35.0,5.0,30.0,5.0,30.0,15.0,35.0,15.0]]})",
          R"({"area":2000.0,"bbox":[60.0,0.0,40.0,50.0],"category_id":2,"iscrowd":1,"segmentation":[]})"));
}

TEST(Coco, WhatStaysWhereItIsKeepsAll) {
  EXPECT_EQ(followed(document(), {})[2],
            R"({"area":1234,"bbox":[0,0,40,50],"category_id":2,"iscrowd":1,"keypoints":[1,1,2],)"
            R"("num_keypoints":1,"segmentation":{"counts":[0,2000,3000],"size":[50,100]}})");
}

TEST(Coco, ObjectsAreCutAtTheFrameAndDroppedWhereTooLittleIsLeft) {
  // By 20 to the left: of [10, 30] half is left, of [0, 40] too, and all of the polygons.
  EXPECT_THAT(shifted(-0.2, 0.5), ElementsAre(testing::HasSubstr(R"("bbox":[0.0,20.0,10.0,30.0])"),
                                              testing::HasSubstr(R"("bbox":[20.0,0.0,30.0,20.0])"),
                                              testing::HasSubstr(R"("bbox":[0.0,0.0,20.0,50.0])")));
  EXPECT_EQ(shifted(-0.2, 0.51).size(), 1u);
  // By 65: of the first polygon, 200 of 250 pixels, nothing; the second one alone would stay.
  EXPECT_THAT(shifted(-0.65, 0.2),
              ElementsAre(testing::HasSubstr(R"("segmentation":[[0.0,5.0,5.0,5.0,5.0,15.0,0.0,15.0]])")));
  EXPECT_THAT(shifted(-0.65, 0.21), ElementsAre());
}

TEST(Coco, WhatIsOnStoredPixelsIsTurnedUprightWithThem) {
  // To be turned right: what is on the left comes to the top, what is at the bottom to the left.
  const auto turned =
      followed(document(), {}, 0.1, {.format = Format::kJpeg, .stored = kSize, .orientation = 6});
  EXPECT_THAT(turned[0], testing::HasSubstr(R"("bbox":[0.0,10.0,30.0,20.0])"));
}

TEST(Coco, ImagesHaveANewNameAndSize) {
  const auto objects =
      CocoObjects::read(first_image(document()), {.format = Format::kJpeg, .stored = kSize}, 0).value();
  EXPECT_EQ(objects.image_entry("cat/1__x0001.jpg", {30, 40}),
            R"({"file_name":"cat/1__x0001.jpg","height":40,"license":4,"width":30})");
  EXPECT_EQ(CocoObjects().image_entry("b.jpg", {3, 4}), R"({"file_name":"b.jpg","height":4,"width":3})");
  EXPECT_EQ(objects.run_lengths(), 1u);
  EXPECT_EQ(objects.keypoints(), 1u);
}

TEST(Coco, ObjectsThatAreNotTheImagesAreRefused) {
  const auto reason = [](const char* pointer, const Json& value) {
    Json file = document();
    file[Json::json_pointer(pointer)] = value;
    return flipped(file).front();
  };
  EXPECT_EQ(reason("/annotations/0/bbox", {1, 2, 3}), "the bbox of annotation 11 is no list of four numbers");
  EXPECT_EQ(reason("/annotations/0/bbox", {1, 2, "x", 4}),
            "the bbox of annotation 11 is no list of four numbers");
  EXPECT_EQ(reason("/annotations/0/bbox", {1e300, 2, 1e300, 4}),
            "the bbox of annotation 11 is no list of four numbers");
  EXPECT_EQ(reason("/annotations/0/bbox", nullptr), "the bbox of annotation 11 is no list of four numbers");
  EXPECT_EQ(reason("/annotations/0/bbox", {1, 2, 0, 4}), "the bbox of annotation 11 has no area");
  EXPECT_EQ(reason("/annotations/0/bbox", {1, 2, 5, -4}), "the bbox of annotation 11 has no area");
  EXPECT_EQ(reason("/annotations/0/bbox", {100, 2, 5, 4}), "annotation 11 lies beyond the image");
  EXPECT_EQ(reason("/annotations/0/segmentation", "x"),
            "the segmentation of annotation 11 is neither polygons nor run lengths");
  EXPECT_EQ(reason("/annotations/1/segmentation/0", {1, 2, 3, 4}),
            "the segmentation of annotation 12 has a polygon that is no list of three corners or more");
  EXPECT_EQ(reason("/annotations/1/segmentation/0", 5),
            "the segmentation of annotation 12 has a polygon that is no list of three corners or more");
  EXPECT_EQ(reason("/images/0/width", 101), "is for 101×50 pixels, and the image has 100×50");
  EXPECT_EQ(reason("/images/0/width", nullptr), "does not say the size of its image");
  EXPECT_EQ(reason("/images/0/height", 0.5), "does not say the size of its image");
}

TEST(Coco, FilesThatContradictThemselvesAreRefused) {
  const auto reason = [](const char* pointer, const Json& value) {
    Json file = document();
    file[Json::json_pointer(pointer)] = value;
    return reason_of(file);
  };
  EXPECT_EQ(reason_of(document()), "sound");
  EXPECT_EQ(reason_of(Json::array()), "is no object with images, annotations and categories");
  EXPECT_EQ(reason_of({{"images", Json::array()}}), "has no annotations");
  EXPECT_EQ(reason("/categories", 5), "has something that is no list as its categories");
  EXPECT_EQ(reason("/images", Json::object()), "has something that is no list as its images");
  EXPECT_EQ(reason("/images/1", 5), "images[1] is no object");
  EXPECT_EQ(reason("/images/1/id", "3"), "images[1] has no whole number as its id");
  EXPECT_EQ(reason("/images/1/id", 18446744073709551615u), "images[1] has no whole number as its id");
  EXPECT_EQ(reason("/images/1/id", 7), "images[1] has the id 7 of an image before it");
  EXPECT_EQ(reason("/images/1/file_name", 7), "images[1] has no file_name");
  EXPECT_EQ(reason("/annotations/2", Json::array()), "annotations[2] is no object");
  EXPECT_EQ(reason("/annotations/2/id", 1.5), "annotations[2] has no whole number as its id");
  EXPECT_EQ(reason("/annotations/2/category_id", nullptr),
            "annotations[2] has no whole number as its category_id");
  EXPECT_EQ(reason("/annotations/2/image_id", 8),
            "annotations[2] is of the image 8, which the file does not have");
  EXPECT_EQ(reason("/annotations/2/category_id", 8),
            "annotations[2] is of the category 8, which the file does not have");
  EXPECT_EQ(reason("/categories/1/id", 2), "categories[1] has the id 2 of a category before it");
  EXPECT_EQ(reason("/categories/1", 2), "categories[1] has no whole number as its id");
}

TEST(Coco, DamagedAndHostileJsonIsRefused) {
  const auto reason = [](const std::string& text) {
    const auto parsed = parse_coco(text);
    return parsed ? "sound" : parsed.error();
  };
  EXPECT_EQ(reason(""), "is no sound JSON at byte 1");
  EXPECT_EQ(reason("{\"images\": [}"), "is no sound JSON at byte 13");
  EXPECT_EQ(reason(document().dump() + "x"),
            "is no sound JSON at byte " + std::to_string(document().dump().size() + 1));
  EXPECT_EQ(reason("{\"info\": 1e999}"), "has a number that is too large");
  EXPECT_EQ(reason("{\"info\": \"\xff\"}"), "is no sound JSON at byte 11");
  EXPECT_EQ(reason("{\"images\": " + std::string(100'000, '[')), "images[0] is no object");
  EXPECT_EQ(reason("{\"info\": " + std::string(100'000, '[')), "has lists nested too deeply");
  std::string many = "{\"info\": [0";
  for (int i = 0; i < 1 << 18; ++i) many += ",0";
  EXPECT_EQ(reason(many + "]}"), "has too many values in one entry");
}

}  // namespace
}  // namespace tenfold
