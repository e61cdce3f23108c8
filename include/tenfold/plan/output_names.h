// The names of outputs. They are functions of the sample's path, the copy number and the recipe, so they do
// not depend on neighbours, but for collisions:
//
//   cat.jpg                       keeps its name; copies cat__x0001.jpg, …
//   cat.png   to JPEG             cat.png.jpg; copies cat.png__x0001.jpg
//   cat.jpg   that is a PNG       keeps its name; copies cat.jpg__x0001.png
//   cat       without extension   cat.jpg, so that loaders find it; copies cat.jpg's
//   left/cat.jpg  for `right`     right/left@cat__x0001.jpg
//
// Where a run makes the splits, all of that lies in the folders of these, and depends on none of them.
//
// In a flat layout all lie in one folder: images/right__cat.jpg, images/train__right__cat.jpg. Where folders
// lie in class folders, or two of these names could be one, the name takes 8 hex digits of what it would be
// in class folders: images/right__old__cat_1f2e3d4c.jpg.
//
// Beside masks or boxes, all of that lies in `images/`: whoever reads class folders takes every folder of the
// root for a class, and detectors look for `labels/` where they have read `images/`.
//
// Where a name that was made up equals one that a sample brings along, the made-up one takes 8 hex digits of
// its own path's hash: a copy `cat__x0001_1f2e3d4c.jpg`, the copies of a converted sample
// `cat.png_1f2e3d4c__x0001.jpg`. A name over 255 bytes is cut and takes them as well.
//
// Annotations have the names of their images, with another extension; so beside them, names count as equal
// that differ in nothing else.
//
// Thread safety: immutable after construction.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/job.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

class OutputNames {
 public:
  static constexpr std::string_view kImages = "images/";

  // Keeps a reference to the catalog. `split_folders`: the run makes splits, which get folders. `annotated`:
  // masks or boxes lie beside the images.
  OutputNames(const Catalog& catalog, const OutputRecipe& output, bool split_folders = false,
              bool annotated = false);

  // Relative to the output's root, '/' between folders. Copy 0 is the original.
  std::string of(const OutputId& output) const;

  // Whether the names begin with the folder of a split.
  bool has_split_folders() const { return split_folders_ || catalog_.has_splits; }

  // Whether the name had to give way to another sample's, so that people are told.
  bool gave_way(const OutputId& output) const;

 private:
  struct Parts {             // of a sample's outputs
    std::string folder;      // with its '/'
    std::string original;    // file name of the original
    std::string stem, name;  // what {stem} and {name} stand for in copies
    std::string extension;   // of the copies, with its dot
    bool natural = true;     // the file keeps its name, folder and extension, which is right
  };
  struct Piece {  // of the pattern
    enum class Kind { kText, kStem, kName, kCopy } kind = Kind::kText;
    std::string text;
    int width = 0;
  };

  Parts parts_of(const Sample& sample) const;
  Parts parts_of(const OutputId& output) const;
  std::string name_in_split(const OutputId& output) const;
  std::string name_in_folders(const OutputId& output) const;
  std::string flat_name(const std::string& name) const;
  std::string base_of(const Parts& parts) const;
  std::string key_of(const std::string& name) const;
  bool must_give_way(const OutputId& output, const Parts& parts) const;
  std::string copy_name(const Parts& parts, std::uint32_t copy, std::string_view suffix = {}) const;
  bool is_an_original(const std::string& name) const;

  const Catalog& catalog_;
  const bool split_folders_, flat_, annotated_;
  std::optional<Format> format_;
  std::vector<Piece> pattern_;
  std::unordered_set<std::string> kept_names_;     // places of the samples whose originals keep them
  std::unordered_set<std::string> made_up_names_;  // of the other originals
  // What the names of samples' copies have in common: of natural ones, and of the others.
  std::unordered_set<std::string> natural_bases_, converted_bases_;
};

}  // namespace tenfold
