#include "tenfold/inspect/inspect.h"

#include <tbb/global_control.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "class_profile.h"
#include "duplicates.h"
#include "folder_names.h"
#include "inspected_images.h"
#include "sample_findings.h"
#include "tenfold/dataset/guessed_shape.h"
#include "tenfold/image/opencv_threads.h"

namespace tenfold {
namespace {

// With min_side as it is used for this dataset.
Thresholds fitted(const InspectOptions& options, const Catalog& catalog) {
  Thresholds thresholds = options.thresholds;
  if (options.side_is_set || catalog.samples.empty()) return thresholds;
  std::vector<int> sides;
  for (const Sample& sample : catalog.samples)
    sides.push_back(std::min(sample.header.stored.width, sample.header.stored.height));
  const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
  std::ranges::nth_element(sides, middle);
  thresholds.min_side = std::min(thresholds.min_side, std::floor(*middle / 2.0));
  return thresholds;
}

void describe_classes(const Catalog& catalog, const InspectedImages& images, Inspection& result) {
  std::vector<const Sample*> all;
  std::size_t next = 0;
  for (std::uint32_t index = 0; index < catalog.classes.size(); ++index) {
    std::vector<const Sample*> of_class;
    for (; next < catalog.samples.size() && catalog.samples[next].class_index == index; ++next)
      if (images.of_samples.empty() || images.of_samples[next].usable)
        of_class.push_back(&catalog.samples[next]);
    all.insert(all.end(), of_class.begin(), of_class.end());
    result.classes.push_back(profile_of(catalog.classes[index], std::move(of_class)));
  }
  result.all = profile_of("all", std::move(all));
  result.balances = balance_outcomes(result.classes);
}

std::vector<DatasetFinding> class_size_findings(const Inspection& result) {
  std::vector<DatasetFinding> findings;
  for (const ClassProfile& of_class : result.classes) {
    const auto images = static_cast<double>(of_class.images);
    if (of_class.images == 0) {
      findings.push_back({.flaw = Flaw::kEmptyClass, .class_name = of_class.name});
    } else if (images < result.thresholds.min_images) {
      findings.push_back({.flaw = Flaw::kSmallClass, .class_name = of_class.name, .value = images});
    }
  }
  return findings;
}

// Empty where labels do not come from folders.
std::string class_folder_of(const std::string& path, const Catalog& catalog, const LabelRule& labels) {
  if (labels.kind != LabelRule::Kind::kFolder) return {};
  const std::size_t begin = catalog.has_splits ? path.find('/') + 1 : 0;
  return path.substr(begin, path.find('/', begin) - begin);
}

std::vector<DatasetFinding> bad_findings(const Catalog& catalog, const LabelRule& labels) {
  std::vector<DatasetFinding> findings;
  for (const BadFile& bad : catalog.bad)
    findings.push_back(bad_finding(class_folder_of(bad.path, catalog, labels), bad.path, bad.failure));
  return findings;
}

// How bad it is among those of its kind: small numbers first.
double rank(const DatasetFinding& finding) {
  if (!finding.value) return -static_cast<double>(finding.others.size());
  return flaw_kind(finding.flaw).below ? *finding.value : -*finding.value;
}

void sort_worst_first(std::vector<DatasetFinding>& findings) {
  std::ranges::sort(findings, [](const DatasetFinding& a, const DatasetFinding& b) {
    return std::tuple(a.flaw, rank(a), std::string_view(a.class_name), std::string_view(a.file_name)) <
           std::tuple(b.flaw, rank(b), std::string_view(b.class_name), std::string_view(b.file_name));
  });
}

}  // namespace

double Inspection::imbalance() const {
  std::uint64_t least = 0, most = 0;
  for (const ClassProfile& of_class : classes) {
    if (of_class.train == 0) continue;
    least = least == 0 ? of_class.train : std::min(least, of_class.train);
    most = std::max(most, of_class.train);
  }
  return least == 0 ? 0 : static_cast<double>(most) / static_cast<double>(least);
}

Inspection inspect(const std::filesystem::path& root, const InspectOptions& options) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.jobs));
  use_one_opencv_thread();
  const GuessedShape shape = guessed_shape(root);
  const Catalog catalog = scan(root, {.splits = shape.splits, .labels = shape.labels});
  const InspectedImages images = options.fast ? InspectedImages{} : inspect_images(catalog, options);

  Inspection result{.fast = options.fast, .thresholds = fitted(options, catalog), .ignored = catalog.ignored};
  describe_classes(catalog, images, result);
  const auto add = [&](std::vector<DatasetFinding> findings) {
    std::ranges::move(findings, std::back_inserter(result.findings));
  };
  add(bad_findings(catalog, shape.labels));
  add(class_size_findings(result));
  add(class_name_findings(catalog.classes));
  add(folder_findings(root));
  add(header_findings(catalog, result.thresholds));
  add(pixel_findings(catalog, images, result.thresholds));
  if (!options.fast) add(duplicate_findings(catalog, images, options));
  sort_worst_first(result.findings);
  return result;
}

}  // namespace tenfold
