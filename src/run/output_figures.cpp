#include "tenfold/run/output_figures.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_map>

#include "described_figures.h"
#include "description.h"
#include "draw_figures.h"
#include "output_folder.h"
#include "redraw.h"
#include "shown_samples.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/split.h"
#include "tenfold/base/text.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/store/manifest.h"
#include "tenfold/store/output_lock.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// A line of the manifest with its draws, or nothing where it is damaged.
struct ReadLine {
  std::uint64_t number = 0;
  std::optional<ManifestLine> line;
  nlohmann::json transforms;
};

ReadLine read_line(const RawManifestLine& raw) {
  ReadLine read{.number = raw.number, .line = parse_manifest_line(raw.text)};
  if (read.line) read.transforms = nlohmann::json::parse(read.line->transforms);
  return read;
}

std::vector<std::string> class_names(const OutputFigures& figures) {
  std::vector<std::string> names;
  for (const ClassFigures& of_class : figures.classes) names.push_back(of_class.name);
  return names;
}

// Takes the lines of a manifest in their order.
class Counter {
 public:
  Counter(const fs::path& manifest, const std::optional<Recipe>& recipe, OutputFigures& figures)
      : manifest_(manifest),
        figures_(figures),
        draws_(recipe, class_names(figures)),
        relabels_(recipe && !recipe->relabel.empty()) {
    for (std::size_t i = 0; i < figures.classes.size(); ++i) class_index_[figures.classes[i].name] = i;
    for (const Split split : kSplits) figures_.splits.push_back({.name = std::string(split_name(split))});
  }

  void take(const ReadLine& read);

  // After the last line: what only all of them together tell, and the lines of the samples to be shown.
  std::vector<std::vector<ManifestLine>> finish();

 private:
  ClassFigures& class_of(const std::string& label);
  void count_in_split(const ManifestLine& line, ClassFigures& of_class);
  void count_copies(const ManifestLine& line, ClassFigures& of_class);
  void end_sample();
  void bin_copies();

  const fs::path& manifest_;
  OutputFigures& figures_;
  DrawFigures draws_;
  SampleChoice choice_;
  std::unordered_map<std::string, std::size_t> class_index_;
  std::string label_, source_;                                // of the latest line of train
  std::optional<std::uint64_t> copies_;                       // of that sample so far, with that label
  std::map<std::uint64_t, std::uint64_t> with_copies_;        // samples, by how many copies they have
  bool relabels_ = false;                                     // a sample's copies may have several labels
  std::unordered_map<std::string, std::uint64_t> relabeled_;  // copies by source, of all labels
};

ClassFigures& Counter::class_of(const std::string& label) {
  const auto [entry, is_new] = class_index_.try_emplace(label, figures_.classes.size());
  if (is_new) figures_.classes.push_back({.name = label});
  return figures_.classes[entry->second];
}

void Counter::take(const ReadLine& read) {
  if (!read.line)
    throw Error(ErrorKind::kLocked, "line " + std::to_string(read.number) + " of " +
                                        in_quotes(manifest_.string()) +
                                        " is damaged; tenfold verify says what else is, and a repeat of the "
                                        "run makes it anew");
  const ManifestLine& line = *read.line;
  ++figures_.images;
  figures_.bytes += line.record.bytes;
  count_in_split(line, class_of(line.label));
  if (!line.record.refused.empty()) ++figures_.gate.redrawn;
  for (const std::string& reason : line.record.refused) ++figures_.gate.refused[reason];
  draws_.count(line, read.transforms);
}

void Counter::count_in_split(const ManifestLine& line, ClassFigures& of_class) {
  const Split split = split_of_folder(line.split).value_or(Split::kTrain);
  SplitFigures& in_split = figures_.splits[static_cast<std::size_t>(split)];
  ++(line.copy == 0 ? in_split.originals : in_split.copies);
  if (split == Split::kTrain) return count_copies(line, of_class);
  ++(split == Split::kVal ? of_class.val : of_class.test);
}

void Counter::count_copies(const ManifestLine& line, ClassFigures& of_class) {
  choice_.note(line);
  if (line.label != label_ || line.source != source_) {
    end_sample();
    label_ = line.label;
    source_ = line.source;
    copies_ = 0;
  }
  if (line.copy == 0) {
    ++of_class.originals;
    return;
  }
  ++of_class.copies;
  ++*copies_;
  of_class.most_copies = std::max(of_class.most_copies, *copies_);
}

void Counter::end_sample() {
  if (!copies_) return;
  if (relabels_)
    relabeled_[source_] += *copies_;
  else
    ++with_copies_[*copies_];
}

// A bin for each number that occurs, or for several where those are many.
void Counter::bin_copies() {
  constexpr std::uint64_t kMostBins = 24;
  if (with_copies_.empty()) return;
  const std::uint64_t first = with_copies_.begin()->first, last = with_copies_.rbegin()->first;
  const bool one_each = with_copies_.size() <= kMostBins;
  const std::uint64_t width = one_each ? 1 : (last - first) / kMostBins + 1;
  for (const auto& [copies, samples] : with_copies_) {
    const std::uint64_t from = first + (copies - first) / width * width;
    auto& bins = figures_.copies_per_sample;
    if (bins.empty() || bins.back().from != from) bins.push_back({from, from + width - 1, 0});
    bins.back().samples += samples;
  }
}

std::vector<std::vector<ManifestLine>> Counter::finish() {
  end_sample();
  for (const auto& [source, copies] : relabeled_) ++with_copies_[copies];
  bin_copies();
  std::erase_if(figures_.splits,
                [](const SplitFigures& split) { return split.originals + split.copies == 0; });
  figures_.chains = draws_.take();
  return choice_.chosen(figures_.classes);
}

// Some lines at a time, so that memory does not grow with the manifest.
class LineReader {
 public:
  LineReader(const fs::path& manifest, const ReportOptions& options, std::uint64_t expected,
             Observer& observer, Counter& counter)
      : manifest_(manifest),
        options_(options),
        observer_(observer),
        counter_(counter),
        progress_({.total = expected}) {}

  void read() {
    constexpr std::size_t kLinesAtATime = 1024, kBytesAtATime = std::size_t{4} << 20;
    std::size_t bytes = 0;
    for_each_manifest_line(manifest_, [&](RawManifestLine&& line) {
      bytes += line.text.size();
      lines_.push_back(std::move(line));
      if (lines_.size() < kLinesAtATime && bytes < kBytesAtATime) return;
      hand_over();
      bytes = 0;
    });
    hand_over();
  }

 private:
  void hand_over() {
    if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed))
      throw Error(ErrorKind::kInterrupted, "interrupted; no report was written");
    std::vector<ReadLine> read(lines_.size());
    tbb::parallel_for(std::size_t{0}, lines_.size(), [&](std::size_t i) { read[i] = read_line(lines_[i]); });
    for (const ReadLine& one : read) counter_.take(one);
    progress_.done += lines_.size();
    progress_.total = std::max(progress_.total, progress_.done);
    observer_.progressed(progress_);
    lines_.clear();
  }

  const fs::path& manifest_;
  const ReportOptions& options_;
  Observer& observer_;
  Counter& counter_;
  Progress progress_;
  std::vector<RawManifestLine> lines_;
};

OutputFigures described(const fs::path& root) {
  OutputFigures figures;
  if (!read_described_figures(read_description(root), figures))
    throw Error(ErrorKind::kLocked,
                "the dataset.json of " + in_quotes(root.string()) +
                    " is missing, damaged or not tenfold's; a repeat of the run makes it anew");
  return figures;
}

double imbalance(const std::vector<ClassFigures>& classes, const auto& count_of) {
  std::uint64_t least = 0, most = 0;
  for (const ClassFigures& of_class : classes) {
    const std::uint64_t count = count_of(of_class);
    if (count == 0) continue;
    least = least == 0 ? count : std::min(least, count);
    most = std::max(most, count);
  }
  return least == 0 ? 0 : static_cast<double>(most) / static_cast<double>(least);
}

}  // namespace

double OutputFigures::imbalance_before() const {
  return imbalance(classes, [](const ClassFigures& of_class) { return of_class.samples; });
}

double OutputFigures::imbalance_after() const {
  return imbalance(classes, [](const ClassFigures& of_class) { return of_class.images(); });
}

OutputFigures figures_of(const fs::path& root, const ReportOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  require_output_folder(root);
  const fs::path manifest = root / output_files::kManifest;
  if (!fs::exists(manifest)) throw no_output_error(root);
  OutputFigures figures = described(root);
  std::optional<Recipe> recipe;
  if (auto known = recipe_of_output(read_description(root), root, {root}))
    recipe = std::move(*known);
  else
    figures.recipe_fault = known.error();
  const Outcome<Hash128> hash = hash_of_file(manifest);
  figures.intact = hash && hex(*hash) == figures.manifest_hash;

  std::uint64_t expected = 0;
  for (const ClassFigures& of_class : figures.classes) expected += of_class.target;
  Counter counter(manifest, recipe, figures);
  observer.pass_began("read the manifest");
  LineReader(manifest, options, expected, observer, counter).read();
  const auto chosen = counter.finish();
  observer.pass_began("shrink images");
  for (const auto& lines : chosen) figures.shown.push_back(shown_sample(root, lines));
  refuse_if_in_use(root);
  return figures;
}

}  // namespace tenfold
