#include "annotation_reader.h"

#include <array>

namespace tenfold {
namespace {

constexpr std::string_view kPath = "{path}", kSplit = "{split}";
const Bounds kVisibility{0, 1};

// What the files of a kind are called.
struct FileKind {
  std::string extension, example;
  bool of_one_image = true;  // else of all of them, or of a split
};

const FileKind kMasks{".png", "\"../masks/{path}.png\""};
const std::array kBoxes = {FileKind{".txt", "\"../labels/{path}.txt\""},
                           FileKind{".xml", "\"../annotations/{path}.xml\""},
                           FileKind{".json", "../annotations.json", false}};

bool stands_twice(std::string_view word, const std::string& pattern) {
  const std::size_t place = pattern.find(word);
  return place != pattern.npos && pattern.find(word, place + 1) != pattern.npos;
}

std::string fault_of(const std::string& pattern, const FileKind& kind) {
  if (pattern.starts_with('/')) return "must be a path relative to input.root";
  if (!pattern.ends_with(kind.extension)) return "must end in " + kind.extension;
  const bool has_path = pattern.find(kPath) != pattern.npos;
  if (!kind.of_one_image) {
    if (has_path) return "must not hold {path}: one file tells of all images";
    return stands_twice(kSplit, pattern) ? "must hold {split} once, or not at all" : "";
  }
  if (!has_path || stands_twice(kPath, pattern))
    return "must hold {path} once: the image's path without its extension";
  return {};
}

FieldReader pattern(const Reader& reader, std::string& out, const FileKind& kind) {
  return [&reader, &out, &kind](const Field& field) {
    std::string text;
    reader.text(text)(field);
    if (text.empty()) return;
    const std::string fault = fault_of(text, kind);
    if (fault.empty())
      out = text;
    else
      reader.refuse(field, fault, field.name + ": " + kind.example);
  };
}

}  // namespace

FieldReader annotations_section(const Reader& reader, AnnotationsRecipe& out) {
  return [&reader, &out](const Field& section) {
    BoxesRecipe boxes;
    const bool has_boxes = section.value.is_map() && section.value.find("boxes") != nullptr;
    // In the order in which they need each other: the format says what its files are called.
    reader.map(section, {{"masks", pattern(reader, out.masks, kMasks)},
                         {"boxes", reader.choice<BoxFormat>(boxes.format, {{"yolo", BoxFormat::kYolo},
                                                                           {"voc", BoxFormat::kVoc},
                                                                           {"coco", BoxFormat::kCoco}})},
                         {"files",
                          [&](const Field& field) {
                            const FileKind& kind = kBoxes[static_cast<std::size_t>(boxes.format)];
                            pattern(reader, boxes.files, kind)(field);
                          }},
                         {"min_visibility", reader.fraction(boxes.min_visibility, kVisibility)}});
    if (!section.value.is_map()) return;
    if (has_boxes) {
      if (section.value.find("files") == nullptr)
        reader.findings().error(section.place, "'boxes' needs 'files'",
                                "files: " + kBoxes[static_cast<std::size_t>(boxes.format)].example);
      out.boxes = boxes;
      return;
    }
    for (const char* key : {"files", "min_visibility"})
      if (const YamlNode::Entry* entry = section.value.find(key))
        reader.findings().error(entry->place, "'" + std::string(key) + "' has no meaning without 'boxes'",
                                "boxes: yolo, boxes: voc or boxes: coco");
  };
}

}  // namespace tenfold
