// The figures of a finished output: what its report shows, for people and for machines alike.
//
// They are counted from the manifest, line by line, but for what no line can tell (how many samples there
// were, what is missing and why, statistics, versions): that is what dataset.json says. They depend on the
// output alone, not on where it lies, when or with how many threads they are gathered.

#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tenfold/base/file.h"
#include "tenfold/image/format.h"
#include "tenfold/run/machine.h"
#include "tenfold/run/run.h"
#include "tenfold/transforms/parameter.h"

namespace tenfold {

struct ClassFigures {
  std::string name;
  // Of train, as dataset.json says.
  std::uint64_t samples = 0, target = 0, shortfall = 0;
  std::string reason{};            // of the shortfall
  std::optional<double> weight{};  // of its images in a loss
  // Lines of the manifest.
  std::uint64_t originals = 0, copies = 0;  // of train
  std::uint64_t val = 0, test = 0;
  std::uint64_t most_copies = 0;  // of one sample

  std::uint64_t images() const { return originals + copies; }  // of train
};

struct SplitFigures {
  std::string name;
  std::uint64_t originals = 0, copies = 0;
};

// How many samples of train have so many copies.
struct CopiesPerSample {
  std::uint64_t from = 0, to = 0;  // copies, both ends included
  std::uint64_t samples = 0;
};

// How often a drawn number fell into each of some equal parts of its range.
struct Histogram {
  Range range;               // of the recipe; that of all places where a transform stands at several
  bool log_uniform = false;  // the parts are equal in the logarithm
  bool whole = false;        // of whole numbers
  bool even = false;         // all parts should be about equally full
  std::vector<std::uint64_t> counts{};  // by part, from the range's low end on
  std::uint64_t outside = 0;
  std::uint64_t values = 0;
  double least = 0, most = 0, mean = 0;  // of the values

  void count(double value);
  bool operator==(const Histogram&) const = default;
};

struct ParameterFigures {
  std::string name, unit;
  Histogram drawn;

  bool operator==(const ParameterFigures&) const = default;
};

// Where a transform stands in a chain.
struct PlaceFigures {
  std::string name;  // "one_of#1/rotate#1"
  double p = 1;
  std::optional<double> expected{};  // share of the copies in which it fires; nothing where that is not known

  bool operator==(const PlaceFigures&) const = default;
};

// The manifest tells transforms by their names, so those of one name in a chain are counted together.
struct TransformFigures {
  std::string name;
  std::vector<PlaceFigures> places{};  // none: it is not in the chain, or the recipe is not known
  std::uint64_t fired = 0;
  std::vector<ParameterFigures> parameters{};  // those that are drawn

  // How often it should fire in each copy, on average; above 1 where it stands at several places.
  std::optional<double> expected() const;
  bool operator==(const TransformFigures&) const = default;
};

// What happened in the copies of the classes that have one chain.
struct ChainFigures {
  std::vector<std::string> classes{};
  std::uint64_t copies = 0;
  bool grows = false;  // ranges widen with the copy's number
  std::vector<TransformFigures> transforms{};
};

struct Mishap {
  std::string name;  // of a file
  std::string stage, reason;
};

// The first ones, and how many there are.
template <typename One>
struct Listed {
  static constexpr std::size_t kMost = 100;

  std::uint64_t count = 0;
  std::vector<One> first{};

  void add(One one) {
    if (count++ < kMost) first.push_back(std::move(one));
  }
};

// What the quality gate turned down, and the copies that are there although it turned down all attempts.
struct GateFigures {
  std::map<std::string, std::uint64_t> refused{};  // attempts, by the gate's reason
  std::uint64_t redrawn = 0;                       // copies that took more than one attempt
  Listed<std::string> kept{};
};

struct MomentFigures {
  std::uint64_t images = 0;             // of train
  std::vector<double> mean{}, std{};    // red, green and blue, or grey, as fractions of full scale
  int least_width = 0, most_width = 0;  // pixels
  int least_height = 0, most_height = 0;
};

// An image of the output, small enough to be shown beside others.
struct ShownImage {
  std::string file_name;
  std::uint64_t copy = 0;
  std::vector<std::string> transforms{};  // that fired
  cv::Size size{};                        // of the miniature
  Format format = Format::kJpeg;          // likewise
  Bytes miniature{};
  std::string failure{};  // why there is none: a clause
};

struct ShownSample {
  std::string class_name, source;
  std::vector<ShownImage> images{};
};

struct OutputFigures {
  static constexpr std::size_t kShownClasses = 20, kShownCopies = 5;

  std::string manifest_hash;
  bool intact = true;  // the manifest is the one that dataset.json was written with
  std::uint64_t images = 0, bytes = 0;
  std::vector<ClassFigures> classes{};  // in dataset.json's order
  std::vector<SplitFigures> splits{};   // those with images
  std::vector<CopiesPerSample> copies_per_sample{};
  std::vector<ChainFigures> chains{};  // by their first class
  Listed<Mishap> bad{}, failed{};
  IgnoredCounts ignored{};  // files of the input
  std::uint64_t misnamed = 0, several_images = 0;
  bool has_gate = false;
  GateFigures gate{};
  bool has_splits = false;
  Listed<Leak> leaks{};
  std::optional<MomentFigures> moments{};
  std::vector<std::map<std::string, std::string>> versions{};
  std::string recipe{};        // as resolved: JSON
  std::string recipe_fault{};  // why the recipe cannot be read again: a sentence
  std::vector<ShownSample> shown{};

  // Images of train: the largest class's by the smallest's, of those that have samples; 0 where none has.
  double imbalance_before() const;
  double imbalance_after() const;
};

struct ReportOptions {
  int jobs = available_cores();
  const std::atomic<bool>* stop = nullptr;  // once true: end
};

// Throws Error: kUsage where there is no such folder; kLocked where it is in use, unfinished or no output of
// tenfold, or its manifest or dataset.json are damaged; kInterrupted; kFailed for I/O errors.
OutputFigures figures_of(const std::filesystem::path& root, const ReportOptions& options, Observer& observer);

}  // namespace tenfold
