// The files that hold masks and boxes: those of samples, by the recipe's patterns, and those of outputs,
// which have the names of their images in folders of their own:
//
//   images/cat/a__x0001.jpg   masks/cat/a__x0001.png          masks
//                             labels/cat/a__x0001.txt         boxes of YOLO
//                             annotations/cat/a__x0001.xml    boxes of VOC
//
// An output's annotations are made with its image, and have records as images do. Their fingerprint is that
// of the image and of what the sample's files hold, so a mask that has changed is made again for all copies.
//
// Boxes of COCO lie in files of many images (coco_files.h), and so they do in the output (coco_lists.h).
//
// Thread safety: look_at() is for one thread; what is const may be used from several ones.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "coco_files.h"
#include "tenfold/annotations/annotation.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/run.h"
#include "tenfold/store/record.h"
#include "tenfold/store/source_index.h"

namespace tenfold {

class AnnotationFiles {
 public:
  explicit AnnotationFiles(const Recipe& recipe);

  // Whether there are any, so that images have a folder of their own.
  bool any() const { return !kinds_.empty() || coco_; }

  // How many files each sample and each output has.
  std::size_t count() const { return kinds_.size(); }

  // The files of many images; nullptr where there are none.
  const CocoFiles* coco() const { return coco_ ? &*coco_ : nullptr; }

  // Looks at the files of all samples, with the threads of the calling arena: gives samples the hash of their
  // annotations, and makes those bad whose files are missing, damaged or no match for their images. Files
  // that `known` has with their size and time are not read. Throws Error, also where no sample has a file.
  void look_at(Catalog& catalog, const SourceIndex& known, Observer& observer);

  // What look_at() saw, for the next run.
  const SourceIndex& seen() const { return seen_; }

  // In place of look_at(), for a catalog whose samples were looked at before.
  void recall(SourceIndex seen) { seen_ = std::move(seen); }

  // The names of the annotations of an image in the output.
  std::vector<std::string> names_of(const std::string& image_name) const;

  // Fails where they are no longer those that were looked at.
  Outcome<std::vector<AnnotationPointer>> read(const Catalog& catalog, const Sample& sample) const;

  // Fails where the files of the sample with this path are not those of which an annotation with the
  // fingerprint `made` was made for an image with the fingerprint `image`; with `quick`, only where one is
  // missing.
  Outcome<void> compare(const std::filesystem::path& root, const std::string& sample, const Hash128& image,
                        const Hash128& made, bool quick) const;

  // Of what belongs to an image with this fingerprint.
  Hash128 fingerprint(const Sample& sample, const Hash128& image) const;

  // Whether all that belongs to the image lies there as it should be. `record_of` finds what is known of a
  // file.
  bool lie_beside(const std::string& image_name, const Sample& sample, const Hash128& image,
                  const std::function<std::optional<OutputRecord>(const std::string&)>& record_of) const;

 private:
  struct Kind {
    std::string pattern;  // below the input's root
    std::string noun;     // "mask"
    std::string folder;   // of the output, with its '/'
    std::string extension;
    bool may_be_missing = false;  // which means that there are no objects
    std::function<Outcome<AnnotationPointer>(Bytes, const ImageHeader&)> read;
  };
  struct Look;

  void look_at_kinds(Catalog& catalog, const SourceIndex& known, Observer& observer);
  Look look(const Catalog& catalog, const Sample& sample, const SourceIndex& known) const;

  // `of_files` has hashed folder and content of each kind.
  Hash128 finished(FieldHasher& of_files) const;

  std::vector<Kind> kinds_;
  std::optional<CocoFiles> coco_;
  double min_visibility_ = 0;
  SourceIndex seen_;
};

}  // namespace tenfold
