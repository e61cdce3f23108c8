#include "tenfold/inspect/flaw.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

using T = Thresholds;

constexpr std::array kKinds{
    FlawKind{Flaw::kAcrossSplits, true, "across_splits", "the same picture in several splits"},
    FlawKind{Flaw::kDuplicateAcrossClasses, true, "duplicate_across_classes",
             "the same file under several labels"},
    FlawKind{Flaw::kSimilarAcrossClasses, true, "similar_across_classes",
             "nearly the same picture under several labels", &T::similar, false, "likeness"},
    FlawKind{Flaw::kUnreadable, false, "unreadable", "unreadable"},
    FlawKind{Flaw::kTruncated, true, "truncated", "truncated"},
    FlawKind{Flaw::kEmptyClass, false, "empty_class", "class without an image"},
    FlawKind{Flaw::kSmallClass, false, "small_class", "small class", &T::min_images, true, "images"},
    FlawKind{Flaw::kClassName, false, "class_name", "folder that may be no class"},
    FlawKind{Flaw::kHiddenFolder, false, "hidden_folder", "hidden folder"},
    FlawKind{Flaw::kBlank, true, "blank", "blank", &T::blank, true, "contrast"},
    FlawKind{Flaw::kDark, true, "dark", "too dark", &T::dark, true, "bright end"},
    FlawKind{Flaw::kBright, true, "bright", "too bright", &T::bright, false, "dark end"},
    FlawKind{Flaw::kLowContrast, true, "low_contrast", "low contrast", &T::min_contrast, true, "contrast"},
    FlawKind{Flaw::kBlurred, true, "blurred", "blurred", &T::blur, true, "detail"},
    FlawKind{Flaw::kTiny, false, "tiny", "tiny", &T::min_side, true, "shorter side"},
    FlawKind{Flaw::kOddAspect, false, "odd_aspect", "odd aspect", &T::max_aspect, false,
             "longer by shorter side"},
    FlawKind{Flaw::kDuplicate, true, "duplicate", "the same file several times"},
    FlawKind{Flaw::kSimilar, true, "similar", "nearly the same picture several times", &T::similar, false,
             "likeness"},
    FlawKind{Flaw::kMisnamed, false, "misnamed", "misnamed"},
    FlawKind{Flaw::kRotated, false, "rotated", "upright by its EXIF orientation alone"},
    FlawKind{Flaw::kLocated, false, "located", "tells where it was taken (GPS)"},
};

static_assert(std::ranges::is_sorted(kKinds, {}, &FlawKind::flaw) &&
              kKinds.size() == static_cast<std::size_t>(Flaw::kLocated) + 1);

// "detail below 6"
std::string limit_text(const FlawKind& kind, const Thresholds& thresholds) {
  return std::string(kind.measure) + (kind.below ? " below " : " above ") +
         shortest(thresholds.*kind.threshold);
}

// The files that it is the same as.
std::string others_text(const DatasetFinding& finding) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(finding.others.size(), kNamed); ++i)
    names.push_back(in_quotes(finding.others[i]));
  if (finding.others.size() > kNamed) names.push_back(grouped(finding.others.size() - kNamed) + " more");
  return listed(names);
}

// " is dark", " has low contrast"
std::string judgement(const DatasetFinding& finding) {
  switch (finding.flaw) {
    case Flaw::kSmallClass:
      return " has few images";
    case Flaw::kOddAspect:
      return " has an odd aspect";
    case Flaw::kLowContrast:
      return " has low contrast";
    case Flaw::kSimilarAcrossClasses:
    case Flaw::kSimilar:
      return " shows nearly the same as " + others_text(finding);
    default:
      return " is " + std::string(flaw_kind(finding.flaw).title);
  }
}

// What is said behind the name.
std::string predicate(const DatasetFinding& finding, const Thresholds& thresholds) {
  const FlawKind& kind = flaw_kind(finding.flaw);
  if (kind.threshold != nullptr)
    return judgement(finding) + ": " + shown_value(finding) + ", " + limit_text(kind, thresholds);
  switch (finding.flaw) {
    case Flaw::kAcrossSplits:
      return " shows the same as " + others_text(finding);
    case Flaw::kDuplicateAcrossClasses:
    case Flaw::kDuplicate:
      return " has the same bytes as " + others_text(finding);
    case Flaw::kUnreadable:
    case Flaw::kTruncated:
      return ": " + finding.reason;
    case Flaw::kEmptyClass:
      return " has no usable image";
    case Flaw::kRotated:
      return " is upright only by its EXIF orientation, " + shown_value(finding);
    case Flaw::kLocated:
      return " tells where it was taken, in its EXIF data";
    default:
      return " " + finding.reason;
  }
}

}  // namespace

std::span<const FlawKind> flaw_kinds() { return kKinds; }

const FlawKind& flaw_kind(Flaw flaw) { return kKinds[static_cast<std::size_t>(flaw)]; }

// Cut and not rounded, so that nothing reads "6, below 6".
std::string shown_value(const DatasetFinding& finding) {
  return shortest(std::floor(finding.value.value_or(0) * 100) / 100);
}

std::string heading(Flaw flaw, const Thresholds& thresholds) {
  const FlawKind& kind = flaw_kind(flaw);
  return std::string(kind.title) +
         (kind.threshold == nullptr ? "" : " (" + limit_text(kind, thresholds) + ")");
}

std::string sentence(const DatasetFinding& finding, const Thresholds& thresholds) {
  const bool is_class = finding.file_name.empty();
  return (is_class ? "class " + in_quotes(finding.class_name) : in_quotes(finding.file_name)) +
         predicate(finding, thresholds);
}

}  // namespace tenfold
