// The recipe: validated data read from YAML. The keys, defaults and bounds are those of configs/ and the
// README.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tenfold/base/label_rule.h"
#include "tenfold/base/split.h"
#include "tenfold/image/format.h"
#include "tenfold/recipe/diagnostic.h"
#include "tenfold/rng/rng.h"
#include "tenfold/steps/sampling.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {

enum class FollowLinks { kNone, kFiles, kAll };
enum class Originals { kCopy, kHardlink, kSymlink, kOmit };
enum class OnLeak { kFail, kDropFromTrain, kWarn };
enum class OutputLayout {
  kFolders,      // one folder per class
  kHuggingface,  // the same, and metadata.jsonl beside the images
  kFlatCsv,      // all in one folder, and labels.csv
  kWebdataset,   // tar archives: shards
};
enum class BalanceRule { kNone, kMajority, kMedian, kMean, kTo, kPower };

// What keeps samples together in a split.
struct GroupRule {
  enum class Kind { kNone, kFolder, kPrefix, kRegex, kCsv } kind = Kind::kNone;
  int folder = 0;                // the first so many folders below the class's
  std::string text{};            // what ends the prefix; the expression; the column
  std::filesystem::path file{};  // of the column; absolute, or relative to the working directory
};

// Splits that a run makes.
struct SplitRecipe {
  double val = 0, test = 0;              // shares of each class
  std::optional<std::uint64_t> folds{};  // instead of val's share: in so many pieces
  std::uint64_t fold = 1;                // the one that is val, from 1
  GroupRule by{};
  std::filesystem::path file{};  // who is where, to be obeyed; empty: nobody is decided
};

// Masks and boxes beside the images, where recipes say `input.targets`. A pattern is a path relative to the
// input's root, in which {path} stands for the sample's path without its extension. COCO has one file for all
// images, or, where {split} stands in its pattern, one for each of the dataset's splits.
enum class BoxFormat { kYolo, kVoc, kCoco };

struct BoxesRecipe {
  BoxFormat format = BoxFormat::kYolo;
  std::string files;            // pattern
  double min_visibility = 0.1;  // boxes of which less is left are dropped
};

struct AnnotationsRecipe {
  std::string masks;                 // pattern; empty: none
  std::optional<BoxesRecipe> boxes;  // nothing: none

  bool any() const { return !masks.empty() || boxes; }
};

struct InputRecipe {
  std::vector<std::filesystem::path> roots;  // absolute, or relative to the working directory
  LabelRule labels;
  std::vector<std::string> ignore;  // globs on the relative path
  bool fail_on_bad_image = false;
  double max_bad = 0.05;  // fraction of all image files
  std::uint64_t max_pixels = 100'000'000;
  FollowLinks follow_links = FollowLinks::kNone;
  std::vector<Split> splits;         // that the dataset comes with, sorted; empty: it has none
  std::optional<SplitRecipe> split;  // that the run makes
  std::optional<OnLeak> on_leak;     // nothing: kFail for splits of the dataset, kWarn for those of a run
  AnnotationsRecipe annotations;

  bool has_splits() const { return !splits.empty() || split; }
};

// What a shard holds at most.
struct ShardSize {
  enum class Unit { kImages, kBytes } unit = Unit::kImages;  // bytes of images
  std::uint64_t count = 10'000;
};

struct OutputRecipe {
  std::filesystem::path root;
  std::optional<Format> format;     // nothing: keep
  std::optional<int> quality = 95;  // nothing: keep
  Originals originals = Originals::kCopy;
  bool strip_metadata = false;  // of originals that nothing else changes; all others have none
  std::string name = "{stem}__x{copy:04}";
  OutputLayout layout = OutputLayout::kFolders;
  ShardSize shard;  // of kWebdataset
};

struct Balance {
  BalanceRule rule = BalanceRule::kNone;
  double value = 0;  // T of {to: T}, a of {power: a}
};

struct ExpandRecipe {
  double factor = 1;
  Balance balance;
  std::optional<std::uint64_t> max_copies;
  bool undersample = false;
  DrawMode draws = DrawMode::kStratified;
};

// When a copy is turned down and drawn again. Measured on the luma of copy and source, each scaled down to at
// most 128 pixels a side.
struct AcceptRecipe {
  double min_deviation = 3;   // standard deviation in code values, where the source has as much
  double min_contrast = 0.2;  // standard deviation as a fraction of the source's
  double min_detail = 0.1;    // mean of |Laplacian| as a fraction of the source's
  int min_distance = 0;       // bits of 64 in which the perceptual hashes of copy and source differ

  bool operator==(const AcceptRecipe&) const = default;
};

// Images of class `from` that go through the transform show class `to`.
struct Relabeling {
  std::string transform;  // stands once at the top of the chain of `to`
  std::string from, to;   // names of classes

  bool operator==(const Relabeling&) const = default;
};

struct ClassRecipe {
  std::optional<std::uint64_t> target;
  std::optional<bool> grow_with_copy;
  std::optional<Chain> augment;  // replaces the recipe's; `without` is taken off already
};

struct Recipe {
  std::uint64_t seed = 0;
  InputRecipe input;
  OutputRecipe output;
  ExpandRecipe expand;
  // Placed. Where the recipe is silent, p is the transform's default_p, but 1 for the children of one_of and
  // some_of.
  Chain prepare, augment;
  SamplingPolicy sampling;
  std::map<std::string, ClassRecipe, std::less<>> classes;
  std::optional<bool> grow_with_copy;   // whether ranges widen with the copy's number; nothing: no
  std::optional<AcceptRecipe> accept;   // nothing: every copy is taken
  std::vector<Relabeling> relabel;      // each pair of classes once
  std::vector<std::string> label_safe;  // transforms that are known to keep the labels
  std::filesystem::path folder;         // of the recipe's file: reference folders are relative to it

  // The chain of a class: its own, or the recipe's.
  const Chain& augment_of(std::string_view class_name) const;

  // Whether a copy that equals its source is turned down, so that there are none.
  bool turns_down_idle_copies() const { return accept && accept->min_distance > 0; }

  // Whether the ranges of a class widen with the copy's number.
  bool grows(std::string_view class_name) const;
};

// What the command line says on top of the file. A setting's key is a path of keys; elements of a list are
// numbered from 0 ("augment.1.rotate.degrees=±5"), its value is YAML. Settings are part of the recipe: they
// are validated with it, and a root that is set so is relative to the file.
struct RecipeOverrides {
  std::vector<std::filesystem::path> inputs;    // relative to the working directory; none: the recipe's
  std::optional<std::filesystem::path> output;  // likewise
  std::optional<std::uint64_t> seed;
  std::vector<std::string> settings;  // "expand.factor=4", in order
};

// Where a recipe names a class, so that the names can be checked once the dataset's folders are known.
struct ClassMention {
  std::string name;
  Diagnostic place;  // with everything but message and hint
};

struct ParsedRecipe {
  Recipe recipe;                        // complete only if there are no errors
  std::vector<Diagnostic> diagnostics;  // in order of their place
  std::vector<ClassMention> class_mentions;
};

// A larger text is no recipe.
inline constexpr std::size_t kMaxRecipeBytes = 1 << 20;

// Reads and validates a recipe. `file` names it in diagnostics and is what a relative input.root and
// output.root are relative to. Never throws for what the text holds. Thread-safe.
ParsedRecipe parse_recipe(const std::string& text, const std::filesystem::path& file,
                          const RecipeOverrides& overrides);

// One error for each mention of a class that is not among `class_names`, up to a hundred.
std::vector<Diagnostic> check_class_names(std::span<const ClassMention> mentions,
                                          std::span<const std::string> class_names);

// The recipe as resolved: one JSON object with every key and default, fixed key order, without input.root,
// output.root and whatever else does not decide bytes or counts.
std::string resolved_json(const Recipe& recipe);

// The same for this machine alone: also with on_bad_image, max_bad, and paths of tables and reference
// folders, the latter relative to `recipe.folder`. With the roots and that folder it makes the same recipe
// again.
std::string private_json(const Recipe& recipe);

}  // namespace tenfold
