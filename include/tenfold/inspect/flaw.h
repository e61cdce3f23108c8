// What can be wrong with a dataset, and from when on it is.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {

// The gravest ones first: what makes labels wrong, what cannot be learnt from, what wants a look.
enum class Flaw {
  kAcrossSplits,            // the same bytes, or nearly the same picture, in several splits
  kDuplicateAcrossClasses,  // the same bytes under several labels
  kSimilarAcrossClasses,    // nearly the same picture
  kUnreadable,              // no image, or one that cannot be decoded
  kTruncated,               // the file ends too early
  kEmptyClass,              // a class folder without an image
  kSmallClass,              // a class with few of them
  kClassName,               // a folder that may be no class, or not the one that was meant
  kHiddenFolder,            // ignored, whatever is in it
  kBlank,                   // one color, or nearly
  kDark,
  kBright,
  kLowContrast,
  kBlurred,
  kTiny,
  kOddAspect,  // much longer than wide, or the other way round
  kDuplicate,  // the same bytes several times in a class
  kSimilar,    // nearly the same picture several times in a class
  kMisnamed,   // the extension is that of another format
  kRotated,    // upright only by its EXIF orientation, which some loaders ignore
  kLocated,    // EXIF data tell where the picture was taken
};

// From when on a number is a flaw: what is `below` its threshold, or above.
struct Thresholds {
  double min_images = 20;        // of a class
  double min_side = 32;          // pixels of the shorter side
  double max_aspect = 4;         // longer side by shorter side
  double dark = 60;              // code value that 99 % of the pixels do not reach
  double bright = 200;           // code value that 99 % of the pixels exceed
  double blank = 1;              // standard deviation of the luma, in code values
  double min_contrast = 5;       // the same
  double similar = kSameDetail;  // correlation of the detail of two pictures; at least kSameDetail
  double blur = 6;               // standard deviation of the Laplacian, in percent of that of the luma
};

struct FlawKind {
  Flaw flaw;
  bool needs_pixels;                        // and files that are read whole
  std::string_view name;                    // in JSON and CSV: "blurred"
  std::string_view title;                   // for people: "blurred"
  double Thresholds::*threshold = nullptr;  // where there is one
  bool below = true;                        // the flaw is to be below the threshold
  std::string_view measure{};               // what is compared with it: "detail"
};

std::span<const FlawKind> flaw_kinds();  // in the order of Flaw
const FlawKind& flaw_kind(Flaw flaw);

// "blurred (detail below 6)"
std::string heading(Flaw flaw, const Thresholds& thresholds);

struct DatasetFinding {
  Flaw flaw;
  std::string class_name;             // of the file, or the class itself; empty: of the dataset
  std::string file_name;              // relative to the dataset; empty: it is about the class
  std::optional<double> value{};      // what was measured
  std::vector<std::string> others{};  // files that are the same
  std::string reason{};               // a clause, where it differs from file to file

  bool operator==(const DatasetFinding&) const = default;
};

// "'a/1.jpg' is blurred: its detail is 3.1, below 6"
std::string sentence(const DatasetFinding& finding, const Thresholds& thresholds);

// Its value to two digits behind the point: "3.1".
std::string shown_value(const DatasetFinding& finding);

}  // namespace tenfold
