// The files of COCO's format that tell of the boxes of a dataset: one for all images, or one for each of the
// dataset's splits.
//
// An image is the one that `file_name` names by its path below the root, or below the folder of the split
// whose file it is; or else by its name alone, without folders, if no other image of the file and no other
// sample that the file could mean has that name. A file that contradicts itself is an Error; what is wrong
// with the objects of one image makes that sample bad. Samples that no file names have no objects.
//
// Thread safety: look_at() is for one thread; what is const may be used from several ones.

#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "tenfold/annotations/coco.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/run.h"

namespace tenfold {

class CocoFiles {
 public:
  // One of them, as it was read.
  struct Source {
    std::string name;  // relative to the input's root
    std::uint64_t bytes = 0;
    Hash128 hash;
  };

  explicit CocoFiles(const BoxesRecipe& boxes) : boxes_(boxes) {}

  // Reads the files, with the threads of the calling arena, and moves samples with damaged objects to the bad
  // ones. Throws Error, also where no image of the files is among the samples.
  void look_at(Catalog& catalog, Observer& observer);

  // Of all that decides what is written of the samples, but for how their images move.
  const Hash128& fingerprint() const { return fingerprint_; }

  const std::vector<Source>& sources() const { return sources_; }

  // Of a sample that look_at() left in the catalog.
  CocoObjects objects_of(const Sample& sample) const;

  // What the file of a split says beside images and objects, a JSON object.
  const std::string& rest_of(Split split) const { return files_.at(key_of(split)).rest; }

 private:
  Split key_of(Split split) const;
  void read(const std::filesystem::path& root, Split split, const std::string& name);
  void match(const Catalog& catalog, Split split, Observer& observer);
  Hash128 hash_of_all(const Catalog& catalog) const;

  const BoxesRecipe boxes_;
  std::map<Split, CocoFile> files_;  // one for all: of the first split
  std::map<Split, std::string> names_;
  std::vector<Source> sources_;
  std::unordered_map<std::string, const CocoImage*> images_;  // by the path of the sample
  Hash128 fingerprint_;
};

}  // namespace tenfold
