// What the recipe in an output's dataset.json draws for one of its images, drawn again.

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "annotation_files.h"
#include "dataset_materials.h"
#include "tenfold/plan/job.h"
#include "tenfold/run/run.h"
#include "tenfold/store/manifest.h"

namespace tenfold {

// The recipe of an output, or why it is not to be had, as a sentence: reference folders stand in no output.
tl::expected<Recipe, std::string> recipe_of_output(const std::string& description,
                                                   const std::filesystem::path& root,
                                                   const std::vector<std::filesystem::path>& inputs);

// Immutable once made.
class Redraw {
 public:
  // With the dataset that the output was made of, at recipe.input.roots: scans it, and looks at its images as
  // far as the recipe's draws depend on them. Uses the threads of the calling TBB arena. Throws Error.
  Redraw(const Recipe& recipe, const ManifestLine& line, Observer& observer);

  // Without it, on a source of which nothing but the size is known: partners and statistics are missing then.
  Redraw(const Recipe& recipe, const ManifestLine& line, const std::string& description, cv::Size source);

  Redraw(const Redraw&) = delete;
  Redraw& operator=(const Redraw&) = delete;

  // Nothing where the dataset has no such sample or class any more.
  const std::optional<OutputId>& output() const { return output_; }

  const Catalog& catalog() const { return catalog_; }
  const Jobs& jobs() const { return *jobs_; }
  const AnnotationFiles& annotations() const { return annotations_; }

 private:
  void find_output(const ManifestLine& line);

  const Recipe recipe_;
  AnnotationFiles annotations_;
  Catalog catalog_;
  std::unique_ptr<DatasetMaterials> materials_;
  std::unique_ptr<Jobs> jobs_;
  std::optional<OutputId> output_;
};

}  // namespace tenfold
