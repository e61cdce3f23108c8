#include "sample_findings.h"

#include <algorithm>

#include "tenfold/image/header.h"

namespace tenfold {
namespace {

// Collects the findings about one sample after the other.
class Collector {
 public:
  Collector(const Catalog& catalog, const Thresholds& thresholds)
      : catalog_(catalog), thresholds_(thresholds) {}

  // Where the value is beyond the flaw's threshold.
  bool judge(const Sample& sample, Flaw flaw, double value) {
    const FlawKind& kind = flaw_kind(flaw);
    const double threshold = thresholds_.*kind.threshold;
    if (kind.below ? value >= threshold : value <= threshold) return false;
    add(sample, flaw).value = value;
    return true;
  }

  DatasetFinding& add(const Sample& sample, Flaw flaw) {
    return findings_.emplace_back(DatasetFinding{
        .flaw = flaw, .class_name = catalog_.classes[sample.class_index], .file_name = sample.path});
  }

  std::vector<DatasetFinding> take() { return std::move(findings_); }

 private:
  const Catalog& catalog_;
  const Thresholds& thresholds_;
  std::vector<DatasetFinding> findings_;
};

}  // namespace

std::vector<DatasetFinding> header_findings(const Catalog& catalog, const Thresholds& thresholds) {
  Collector collector(catalog, thresholds);
  for (const Sample& sample : catalog.samples) {
    const auto [shorter, longer] = std::minmax(sample.header.stored.width, sample.header.stored.height);
    collector.judge(sample, Flaw::kTiny, shorter);
    collector.judge(sample, Flaw::kOddAspect, static_cast<double>(longer) / shorter);
    if (sample.misnamed)
      collector.add(sample, Flaw::kMisnamed).reason =
          "is named as another format than it is, " + std::string(format_name(sample.header.format));
    if (sample.header.orientation != 1)
      collector.add(sample, Flaw::kRotated).value = sample.header.orientation;
    if (sample.header.located) collector.add(sample, Flaw::kLocated);
  }
  return collector.take();
}

std::vector<DatasetFinding> pixel_findings(const Catalog& catalog, const InspectedImages& images,
                                           const Thresholds& thresholds) {
  Collector collector(catalog, thresholds);
  for (std::size_t i = 0; i < images.of_samples.size(); ++i) {
    const Sample& sample = catalog.samples[i];
    const PixelMeasures& measures = images.of_samples[i].measures;
    if (!images.of_samples[i].usable || collector.judge(sample, Flaw::kBlank, measures.contrast)) continue;
    collector.judge(sample, Flaw::kDark, measures.bright_end);
    collector.judge(sample, Flaw::kBright, measures.dark_end);
    collector.judge(sample, Flaw::kLowContrast, measures.contrast);
    collector.judge(sample, Flaw::kBlurred, measures.detail);
  }
  std::vector<DatasetFinding> findings = collector.take();
  for (const auto& [i, failure] : images.unusable)
    findings.push_back(
        bad_finding(catalog.classes[catalog.samples[i].class_index], catalog.samples[i].path, failure));
  return findings;
}

DatasetFinding bad_finding(std::string class_name, std::string path, const SampleFailure& failure) {
  return {.flaw = is_truncation(failure) ? Flaw::kTruncated : Flaw::kUnreadable,
          .class_name = std::move(class_name),
          .file_name = std::move(path),
          .reason = failure.reason};
}

}  // namespace tenfold
