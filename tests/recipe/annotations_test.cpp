// What a recipe says of masks and boxes.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

// What is said about `targets`, in line 2, and `augment`, in line 4.
std::string said_of(const std::string& targets, const std::string& augment = "[horizontal_flip]") {
  return said("version: 1\ninput: {root: in, targets: " + targets +
              "}\noutput: {root: out}\naugment: " + augment + "\n");
}

// The message alone.
std::string message_of(const std::string& targets) {
  const std::string all = said_of(targets);
  const std::size_t from = all.find("error: ");
  return from == std::string::npos ? all : all.substr(from + 7, all.find('\n') - from - 7);
}

TEST(Annotations, MasksAndBoxesArePatternsBelowTheRoot) {
  const ParsedRecipe parsed = read(
      "version: 1\ninput: {root: in, targets: {masks: \"../m/{path}.png\", boxes: voc, files: "
      "\"{path}.xml\", "
      "min_visibility: 25%}}\noutput: {root: out}\n");
  EXPECT_EQ(said(parsed), "");
  const AnnotationsRecipe& annotations = parsed.recipe.input.annotations;
  EXPECT_EQ(annotations.masks, "../m/{path}.png");
  ASSERT_TRUE(annotations.boxes);
  EXPECT_EQ(annotations.boxes->format, BoxFormat::kVoc);
  EXPECT_EQ(annotations.boxes->files, "{path}.xml");
  EXPECT_EQ(annotations.boxes->min_visibility, 0.25);
  EXPECT_FALSE(read(kRequired).recipe.input.annotations.any());
}

TEST(Annotations, TransformsThatTheyCannotFollowAreRefused) {
  EXPECT_EQ(said_of("{masks: \"{path}.png\"}", "[horizontal_flip, one_of: [mixup: {alpha: 1}]]"),
            "r.yaml:4:37: error: masks and boxes cannot follow 'mixup'\n"
            "    4 | augment: [horizontal_flip, one_of: [mixup: {alpha: 1}]]\n"
            "      |                                     ^\n"
            "  hint: remove it, or 'input.targets'\n");
  for (const char* name :
       {"cutmix", "mosaic", "overlay: {folder: x}", "grid_shuffle", "patch_transform", "aug_mix"})
    EXPECT_NE(said_of("{masks: \"{path}.png\"}", std::string("[") + name + "]")
                  .find("masks and boxes cannot follow"),
              std::string::npos)
        << name;
  EXPECT_EQ(said_of("{masks: \"{path}.png\"}", "[rotate, elastic, pad: {multiple: 32}, random_erasing]"), "");
}

TEST(Annotations, PatternsThatLeadNowhereAreRefused) {
  EXPECT_EQ(said_of("{masks: \"../masks/a.png\"}"),
            "r.yaml:2:36: error: 'masks' must hold {path} once: the image's path without its extension, got "
            "\"../masks/a.png\"\n"
            "    2 | input: {root: in, targets: {masks: \"../masks/a.png\"}}\n"
            "      |                                    ^\n"
            "  hint: masks: \"../masks/{path}.png\"\n");
  EXPECT_EQ(message_of("{masks: \"/m/{path}.png\"}"),
            "'masks' must be a path relative to input.root, got \"/m/{path}.png\"");
  EXPECT_EQ(message_of("{masks: \"{path}.jpg\"}"), "'masks' must end in .png, got \"{path}.jpg\"");
  EXPECT_EQ(message_of("{boxes: yolo, files: \"{path}.xml\"}"),
            "'files' must end in .txt, got \"{path}.xml\"");
  EXPECT_EQ(message_of("{boxes: voc}"), "'boxes' needs 'files'");
  EXPECT_EQ(message_of("{files: \"{path}.txt\"}"), "'files' has no meaning without 'boxes'");
  EXPECT_EQ(message_of("{boxes: kitti, files: \"{path}.txt\"}"),
            "'boxes' must be yolo, voc or coco, got \"kitti\"");
}

TEST(Annotations, BoxesOfCocoAreOneFileOrOneForEachSplit) {
  const std::string splits =
      "version: 1\ninput: {root: in, splits: {train: expand, val: copy}, targets: {boxes: coco, files: "
      "\"a/{split}.json\"}}\noutput: {root: out}\n";
  EXPECT_EQ(said(splits), "");
  EXPECT_EQ(read(splits).recipe.input.annotations.boxes->files, "a/{split}.json");
  EXPECT_EQ(read(splits).recipe.input.annotations.boxes->format, BoxFormat::kCoco);
  EXPECT_EQ(message_of("{boxes: coco, files: ../a.json}"), "");
  EXPECT_EQ(message_of("{boxes: coco, files: /a.json}"),
            "'files' must be a path relative to input.root, got \"/a.json\"");
  EXPECT_EQ(message_of("{boxes: coco, files: \"{path}.json\"}"),
            "'files' must not hold {path}: one file tells of all images, got \"{path}.json\"");
  EXPECT_EQ(message_of("{boxes: coco, files: \"{split}/{split}.json\"}"),
            "'files' must hold {split} once, or not at all, got \"{split}/{split}.json\"");
  EXPECT_EQ(message_of("{boxes: coco, files: a.xml}"), "'files' must end in .json, got \"a.xml\"");
  EXPECT_EQ(said_of("{boxes: coco, files: \"{split}.json\"}"),
            "r.yaml:2:42: error: 'files' holds {split}, and 'input.splits' does not say that the dataset has "
            "splits\n"
            "    2 | input: {root: in, targets: {boxes: coco, files: \"{split}.json\"}}\n"
            "      |                                          ^\n"
            "  hint: splits: {train: expand, val: copy}\n");
  EXPECT_NE(said_of("{boxes: coco}").find("hint: files: ../annotations.json\n"), std::string::npos);
}

TEST(Annotations, BoxesKeepTheirClassesSoRelabelIsRefused) {
  const std::string relabel =
      "version: 1\noutput: {root: out}\naugment: [horizontal_flip]\n"
      "relabel: {horizontal_flip: {left: right}}\ninput: {root: in, targets: ";
  EXPECT_EQ(said(relabel + "{masks: \"{path}.png\"}}\n"), "");
  EXPECT_NE(
      said(relabel + "{boxes: yolo, files: \"{path}.txt\"}}\n")
          .find(
              "r.yaml:4:1: error: 'relabel' turns the class of an image, and would leave those of its boxes"),
      std::string::npos);
}

TEST(Annotations, TheResolvedRecipeReadsAsItself) {
  const ParsedRecipe parsed = read(
      "version: 1\ninput: {root: in, targets: {masks: \"m/{path}.png\", boxes: yolo, files: "
      "\"l/{path}.txt\"}}\n"
      "output: {root: out}\n");
  const std::string resolved = resolved_json(parsed.recipe);
  EXPECT_NE(resolved.find("\"targets\": {\n      \"masks\": \"m/{path}.png\",\n      \"boxes\": \"yolo\",\n"
                          "      \"files\": \"l/{path}.txt\",\n      \"min_visibility\": 0.1\n    }"),
            std::string::npos)
      << resolved;
  RecipeOverrides roots;
  roots.inputs = {"in"};
  roots.output = "out";
  EXPECT_EQ(resolved_json(parse_recipe(resolved, "dataset.json", roots).recipe), resolved);
}

}  // namespace
}  // namespace tenfold
