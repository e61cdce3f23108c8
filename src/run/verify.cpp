#include "tenfold/run/verify.h"

#include <sys/stat.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "checked_annotations.h"
#include "checked_file.h"
#include "checked_sources.h"
#include "description.h"
#include "leaks.h"
#include "look_alikes.h"
#include "output_folder.h"
#include "passes.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/store/output_lock.h"
#include "tenfold/store/output_state.h"
#include "tenfold/store/run_shard_files.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using namespace output_files;

// What a file is known by while it is there, and what shows that somebody writes to it.
using Identity = std::tuple<dev_t, ino_t, off_t, time_t, long>;

Identity identity_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

class Verifier {
 public:
  Verifier(const fs::path& root, const VerifyOptions& options, Observer& observer)
      : root_(root),
        options_(options),
        observer_(observer),
        check_(root, options),
        leaks_(recorded_leaks(read_description(root))) {}

  Verification run();

 private:
  bool has_manifest();
  void refuse_if_changed() const;
  void check_lines();
  void check(std::vector<RawManifestLine>& lines);
  void take(CheckedFile&& checked);
  void take_place(const ManifestLine& line, std::uint64_t number);
  void check_names();
  void check_counts();
  void check_foreign();
  void check_companions(const Companions& companions);
  void check_manifest_hash();
  void find_moved();
  void check_leaks();
  void compare_sources();
  void add(FindingKind kind, std::string file_name, std::string sentence) {
    result_.findings.push_back({kind, std::move(file_name), std::move(sentence)});
  }

  using Place = std::tuple<std::string, std::string, std::string, std::uint64_t>;

  // A file that is not there, or not as it should be.
  struct Wanted {
    std::size_t finding;
    std::uint64_t bytes;
    Hash128 content;
  };

  const fs::path& root_;
  const VerifyOptions& options_;
  Observer& observer_;
  FileChecker check_;
  Verification result_;
  Progress progress_;
  std::optional<std::vector<DescribedClass>> described_;
  Identity identity_;                                     // of the manifest
  bool intact_ = true;                                    // the manifest is the one that was written
  bool has_splits_ = false;                               // as dataset.json says
  bool damaged_ = false;                                  // some line is
  Place last_;                                            // split, class, source and copy of the line before
  std::vector<std::pair<Hash128, std::uint64_t>> names_;  // hashes of file names, with their lines
  std::map<std::string, DescribedClass> classes_;         // as listed
  std::vector<Wanted> wanted_;
  std::unordered_map<std::string, std::string> strays_;  // names of files that hold a content, by its hash
  std::vector<std::string> foreign_;
  Leaks leaks_;
  LookAlikes look_alikes_;
  CheckedSources sources_;
  CheckedAnnotations annotations_;
};

Verification Verifier::run() {
  result_.quick = options_.quick;
  result_.with_input = !options_.inputs.empty();
  described_ = described_classes(read_description(root_));
  if (!has_manifest()) return std::move(result_);
  identity_ = identity_of(root_ / kManifest);
  Passes passes(observer_);
  has_splits_ = described_ && std::ranges::any_of(*described_, [](const DescribedClass& of_class) {
                  return of_class.held_out > 0;
                });
  if (has_splits_) check_.look();
  passes("verify", [&] { check_lines(); });
  refuse_if_changed();
  if (names_.empty() && !described_) throw no_output_error(root_);
  check_names();
  check_counts();
  check_foreign();
  find_moved();
  for (const std::string& name : foreign_)
    add(FindingKind::kForeign, name, in_quotes(name) + " is not in the manifest");
  check_manifest_hash();
  if (leaks_.possible()) passes("compare", [&] { check_leaks(); });
  if (!options_.inputs.empty()) passes("compare sources", [&] { compare_sources(); });
  refuse_if_changed();
  return std::move(result_);
}

void Verifier::compare_sources() {
  for (std::vector<Finding>& findings :
       std::array{sources_.compare_with(options_.inputs, options_.quick),
                  annotations_.compare_with(options_.inputs, read_description(root_), options_.quick)})
    std::ranges::move(findings, std::back_inserter(result_.findings));
}

void Verifier::refuse_if_changed() const {
  refuse_if_in_use(root_);
  if (identity_of(root_ / kManifest) != identity_)
    throw Error(ErrorKind::kLocked, "somebody has changed " + in_quotes(root_.string()) +
                                        " while it was verified; repeat when nobody does");
}

bool Verifier::has_manifest() {
  if (fs::exists(root_ / kManifest)) return true;
  if (!run_shards_with_journal(root_).empty())
    add(FindingKind::kUnfinished, "", "it is in shards, which `tenfold merge` makes whole when all are done");
  else if (fs::exists(root_ / kPreviousManifest) || fs::exists(root_ / kJournal))
    add(FindingKind::kUnfinished, "", "the run that makes it has not come to its end; repeat it");
  else if (described_)
    add(FindingKind::kManifest, kManifest, "the manifest is missing");
  else
    throw no_output_error(root_);
  return false;
}

// Some lines at a time: only what has to be compared with all others is kept.
void Verifier::check_lines() {
  constexpr std::size_t kLinesAtATime = 1024, kBytesAtATime = std::size_t{4} << 20;
  for (const DescribedClass& of_class : described_.value_or(std::vector<DescribedClass>{}))
    progress_.total += of_class.originals + of_class.copies;
  std::vector<RawManifestLine> lines;
  std::size_t bytes = 0;
  for_each_manifest_line(root_ / kManifest, [&](RawManifestLine&& line) {
    bytes += line.text.size();
    lines.push_back(std::move(line));
    if (lines.size() < kLinesAtATime && bytes < kBytesAtATime) return;
    check(lines);
    bytes = 0;
  });
  check(lines);
}

void Verifier::check(std::vector<RawManifestLine>& lines) {
  std::vector<CheckedFile> checked(lines.size());
  tbb::parallel_for(std::size_t{0}, lines.size(), [&](std::size_t i) { checked[i] = check_(lines[i]); });
  std::ranges::for_each(checked, [&](CheckedFile& one) { take(std::move(one)); });
  lines.clear();
  progress_.done = result_.images;
  progress_.total = std::max(progress_.total, progress_.done);
  progress_.bytes = result_.bytes;
  observer_.progressed(progress_);
}

void Verifier::take(CheckedFile&& checked) {
  ++result_.images;
  result_.bytes += checked.bytes;
  if (checked.finding) result_.findings.push_back(std::move(*checked.finding));
  damaged_ = damaged_ || !checked.line;
  if (!checked.line) return;
  const ManifestLine& line = *checked.line;
  if (checked.finding && result_.findings.back().file_name == line.file_name) {  // not an annotation's
    const FindingKind kind = result_.findings.back().kind;
    if (kind == FindingKind::kMissing || kind == FindingKind::kContent)
      wanted_.push_back({result_.findings.size() - 1, line.record.bytes, line.record.hash});
  }
  if (checked.content) strays_.emplace(hex(*checked.content), line.file_name);
  take_place(line, checked.number);
  if (has_splits_ && !checked.finding && !leaks_.is_recorded(line)) look_alikes_.note(line, checked.look);
  DescribedClass& of_class = classes_[line.label];
  ++(line.copy == 0 ? of_class.originals : of_class.copies);
  leaks_.note(line);
  if (!options_.inputs.empty()) annotations_.note(line);
  if (!options_.inputs.empty() && !sources_.note(line))
    add(FindingKind::kManifest, line.file_name,
        "line " + std::to_string(checked.number) + " of the manifest says other things of the source " +
            in_quotes(line.source) + " than a line before it");
}

void Verifier::take_place(const ManifestLine& line, std::uint64_t number) {
  const std::string_view name = line.file_name;
  names_.emplace_back(hash128({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()}), number);
  Place place{line.split, line.label, line.source, line.copy};
  if (place <= last_)
    add(FindingKind::kManifest, line.file_name,
        "line " + std::to_string(number) + " of the manifest " +
            (place == last_ ? "is about the same image as the line before" : "is out of order"));
  last_ = std::move(place);
}

void Verifier::check_names() {
  std::ranges::sort(names_);
  for (std::size_t i = 1; i < names_.size(); ++i)
    if (names_[i].first == names_[i - 1].first)
      add(FindingKind::kManifest, "",
          "lines " + std::to_string(names_[i - 1].second) + " and " + std::to_string(names_[i].second) +
              " of the manifest name the same file");
}

void Verifier::check_counts() {
  if (!described_) {
    const bool there = fs::exists(root_ / kDescription);
    return add(FindingKind::kCounts, kDescription,
               there ? "dataset.json is damaged" : "dataset.json is missing");
  }
  std::map<std::string, DescribedClass> described;
  for (const DescribedClass& of_class : *described_) described[of_class.name] = of_class;
  std::set<std::string> names;
  for (const auto* classes : {&described, &classes_})
    for (const auto& [name, of_class] : *classes) names.insert(name);
  for (const std::string& name : names) {
    const DescribedClass &is = classes_[name], &should = described[name];
    if (is.originals == should.originals && is.copies == should.copies) continue;
    const auto text = [](const DescribedClass& of_class) {
      return counted(of_class.originals, "original") + " and " + counted(of_class.copies, "copy", "copies");
    };
    add(FindingKind::kCounts, "",
        "class " + in_quotes(name) + " has " + text(is) + " in the manifest, and " + text(should) +
            " in dataset.json");
  }
}

// What no line can show by itself: draws that were edited.
void Verifier::check_manifest_hash() {
  const bool known = std::ranges::any_of(result_.findings, [](const Finding& finding) {
    return finding.kind == FindingKind::kManifest || finding.kind == FindingKind::kCounts;
  });
  if (!intact_ && !known)
    add(FindingKind::kManifest, kManifest, "the manifest is not the one that dataset.json was written with");
}

void Verifier::check_foreign() {
  if (damaged_)
    return add(FindingKind::kManifest, "",
               "for its damaged lines, the manifest does not tell which other files are foreign");
  OutputState state = read_output(root_);
  intact_ = state.intact;
  check_companions(state.companions);
  foreign_ = std::move(state.foreign);
  foreign_.insert(foreign_.end(), state.leftovers.begin(), state.leftovers.end());
}

void Verifier::check_companions(const Companions& companions) {
  for (const auto& [name, companion] : companions) {
    const Outcome<InputFile> file = InputFile::open(root_ / name);
    if (!file) {
      const bool there = fs::exists(fs::symlink_status(root_ / name));
      add(FindingKind::kMissing, name, in_quotes(name) + (there ? " " + file.error().reason : " is missing"));
    } else if (file->size() != companion.bytes) {
      add(FindingKind::kContent, name,
          in_quotes(name) + " has " + counted(file->size(), "byte") + " in place of " +
              grouped(companion.bytes));
    } else if (!options_.quick && *hash_of_file(root_ / name) != companion.hash) {
      add(FindingKind::kContent, name, in_quotes(name) + " has other bytes than were written");
    }
  }
}

// A file that is gone may lie somewhere else: where a foreign one or another's place has its bytes.
void Verifier::find_moved() {
  if (options_.quick) return;
  std::set<std::uint64_t> sizes;
  for (const Wanted& wanted : wanted_) sizes.insert(wanted.bytes);
  for (const std::string& name : foreign_) {
    const Outcome<InputFile> file = InputFile::open(root_ / name);
    if (file && sizes.contains(file->size())) strays_.emplace(hex(hash128(file->read_all())), name);
  }
  for (const Wanted& wanted : wanted_) {
    const auto stray = strays_.find(hex(wanted.content));
    if (stray == strays_.end()) continue;
    Finding& finding = result_.findings[wanted.finding];
    const std::string& place = stray->second;
    if (finding.kind == FindingKind::kMissing && std::erase(foreign_, place) > 0)
      finding = {FindingKind::kMoved, finding.file_name,
                 in_quotes(finding.file_name) + " has been moved to " + in_quotes(place)};
    else
      finding.sentence += "; they lie in " + in_quotes(place);
  }
}

void Verifier::check_leaks() {
  std::ranges::copy(leaks_.recorded(), std::back_inserter(result_.findings));
  for_each_manifest_line(root_ / kManifest, [&](RawManifestLine&& raw) {
    const std::optional<ManifestLine> line = parse_manifest_line(raw.text);
    std::optional<Finding> finding = line ? leaks_.find(*line) : std::nullopt;
    if (finding) result_.findings.push_back(std::move(*finding));
  });
  if (!options_.quick)
    std::ranges::move(look_alikes_.find(root_, result_.findings), std::back_inserter(result_.findings));
}

}  // namespace

std::string_view finding_name(FindingKind kind) {
  switch (kind) {
    case FindingKind::kUnfinished:
      return "unfinished";
    case FindingKind::kManifest:
      return "manifest";
    case FindingKind::kCounts:
      return "counts";
    case FindingKind::kMissing:
      return "missing";
    case FindingKind::kMoved:
      return "moved";
    case FindingKind::kContent:
      return "content";
    case FindingKind::kPicture:
      return "picture";
    case FindingKind::kForeign:
      return "foreign";
    case FindingKind::kSource:
      return "source";
    case FindingKind::kLeak:
      break;
  }
  return "leak";
}

Verification verify(const fs::path& root, const VerifyOptions& options, Observer& observer) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  require_output_folder(root);
  return Verifier(root, options, observer).run();
}

}  // namespace tenfold
