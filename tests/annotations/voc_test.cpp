#include <gtest/gtest.h>

#include "tenfold/annotations/annotation.h"
#include "transforms/drawing.h"

namespace tenfold {
namespace {

const cv::Size kSize(100, 50);

// Pixels 11 to 30 and 21 to 50, counted from 1.
const std::string kDog =
    "<annotation>\n  <folder>VOC</folder>\n  <filename>a.jpg</filename>\n  <path>/home/x/a.jpg</path>\n"
    "  <size><width>100</width><height>50</height><depth>3</depth></size>\n"
    "  <object><name>dog</name><truncated>0</truncated><difficult>1</difficult>\n"
    "    <bndbox><xmin>11</xmin><ymin>21</ymin><xmax>30</xmax><ymax>50</ymax></bndbox>\n"
    "    "
    "<part><name>head</name><bndbox><xmin>11</xmin><ymin>21</ymin><xmax>20</xmax><ymax>30</ymax></bndbox></"
    "part>\n"
    "  </object>\n</annotation>\n";

std::string followed(const std::string& text, const std::vector<Step>& steps, double min_visibility = 0.1,
                     const ImageHeader& image = {.format = Format::kJpeg, .stored = kSize}) {
  const auto annotation = read_voc(Bytes(text.begin(), text.end()), image, min_visibility);
  if (!annotation) return annotation.error().reason;
  const Bytes bytes =
      (*annotation)->followed(Movement(steps, image.upright(), Border::kReflect), "x/b__x0001.jpg").value();
  return std::string(bytes.begin(), bytes.end());
}

std::string flipped(const std::string& text) {
  return followed(text, drawn("horizontal_flip", {}, kSize).steps);
}

std::string shifted(double x, double min_visibility) {
  return followed(kDog, drawn("translate", {{"x", fixed(x)}, {"y", fixed(0)}}, kSize).steps, min_visibility);
}

// The document with one piece of it replaced.
std::string with(const std::string& piece, const std::string& other) {
  std::string text = kDog;
  return text.replace(text.find(piece), piece.size(), other);
}

std::string box(int xmin, int ymin, int xmax, int ymax, const std::string& indent) {
  const auto side = [&](const char* name, int value) {
    return indent + "  <" + name + ">" + std::to_string(value) + "</" + name + ">\n";
  };
  return indent + "<bndbox>\n" + side("xmin", xmin) + side("ymin", ymin) + side("xmax", xmax) +
         side("ymax", ymax) + indent + "</bndbox>\n";
}

TEST(Voc, BoxesAreMirroredAndTheRestStays) {
  EXPECT_EQ(
      flipped(kDog),
      "<?xml version=\"1.0\"?>\n<annotation>\n  <folder>VOC</folder>\n  <filename>b__x0001.jpg</filename>\n"
      "  <size>\n    <width>100</width>\n    <height>50</height>\n    <depth>3</depth>\n  </size>\n"
      "  <object>\n    <name>dog</name>\n    <truncated>0</truncated>\n    <difficult>1</difficult>\n" +
          box(71, 21, 90, 50, "    ") + "    <part>\n      <name>head</name>\n" +
          box(81, 21, 90, 30, "      ") + "    </part>\n  </object>\n</annotation>\n");
}

TEST(Voc, WhatIsCutIsTruncatedAndWhatIsGoneIsDropped) {
  const std::string cut = shifted(-0.2, 0.1);  // [11, 30] to [-9, 10]: half is left, and nothing of the head
  EXPECT_NE(cut.find(box(1, 21, 10, 50, "    ")), std::string::npos) << cut;
  EXPECT_NE(cut.find("<truncated>1</truncated>"), std::string::npos);
  EXPECT_EQ(cut.find("<part>"), std::string::npos);
  EXPECT_EQ(shifted(-0.2, 0.6).find("<object>"), std::string::npos);
}

TEST(Voc, BoxesOnStoredPixelsAreTurnedUprightWithThem) {
  // To be turned right: what is on the left comes to the top, what is at the bottom to the left.
  const std::string turned =
      followed(kDog, {}, 0.1, {.format = Format::kJpeg, .stored = kSize, .orientation = 6});
  EXPECT_NE(turned.find("<width>50</width>"), std::string::npos);
  EXPECT_NE(turned.find("<height>100</height>"), std::string::npos);
  EXPECT_NE(turned.find(box(1, 11, 30, 30, "    ")), std::string::npos) << turned;
}

TEST(Voc, WhatIsNoAnnotationOfTheImageIsRefused) {
  EXPECT_EQ(flipped(with("<xmin>11", "<xmin>nan")), "the object 'dog' has no number for xmin");
  EXPECT_EQ(flipped(with("<xmin>11", "<xmin>31")), "the box of the object 'dog' has no area");
  EXPECT_EQ(
      flipped(with("<xmin>11</xmin><ymin>21</ymin><xmax>30", "<xmin>200</xmin><ymin>21</ymin><xmax>300")),
      "the box of the object 'dog' lies beyond the image");
  EXPECT_EQ(flipped(with("<width>100", "<width>99")), "is for 99×50 pixels, and the image has 100×50");
  EXPECT_EQ(flipped(with("<width>100</width>", "")), "does not say the size of its image");
  EXPECT_EQ(flipped(with("<part><name>head</name><bndbox>", "<part><name>head</name><robndbox>")),
            "is no sound XML at byte 419 (Start-end tags mismatch)");
  EXPECT_EQ(flipped("<html/>"), "has no annotation element");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(flipped(deep), "has elements nested too deeply");
}

TEST(Voc, EntitiesAreNotExpanded) {
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c SYSTEM \"file:///etc/hostname\">]>";
  const std::string text = flipped(bomb + with("<name>dog", "<name>&b;&c;"));
  EXPECT_NE(text.find("<name>&amp;b;&amp;c;</name>"), std::string::npos) << text;
}

}  // namespace
}  // namespace tenfold
