#include "tenfold/plan/job.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace tenfold {
namespace {

// Raised when the same fields mean another output.
constexpr std::uint64_t kFingerprintVersion = 1;

void add(FieldHasher& hasher, const DrawnTransform& transform) {
  hasher.add(transform.spec->name)
      .add(std::uint64_t{transform.spec->version})
      .add(std::uint64_t{transform.values.size()});
  for (const DrawnValue& value : transform.values) {
    hasher.add(value.name).add(std::uint64_t{value.value.index()});
    if (const auto* number = std::get_if<double>(&value.value)) hasher.add(*number);
    if (const auto* flag = std::get_if<bool>(&value.value)) hasher.add(std::uint64_t{*flag});
    if (const auto* text = std::get_if<std::string>(&value.value)) hasher.add(*text);
  }
}

void add(FieldHasher& hasher, const SamplingPolicy& sampling) {
  hasher.add(static_cast<std::uint64_t>(sampling.interpolation))
      .add(static_cast<std::uint64_t>(sampling.border));
  if (sampling.border == Border::kConstant)
    for (const double fill : sampling.fill) hasher.add(fill);
}

// Whole numbers without ".0".
nlohmann::ordered_json json_of(const DrawnValue& value) {
  if (const auto* flag = std::get_if<bool>(&value.value)) return *flag;
  if (const auto* text = std::get_if<std::string>(&value.value)) return *text;
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double number = std::get<double>(value.value);
  if (number == std::floor(number) && std::abs(number) < kExact) return static_cast<std::int64_t>(number);
  return number;
}

bool has_quality(Format format) { return format == Format::kJpeg || format == Format::kWebp; }

}  // namespace

bool changes_nothing(const Job& job, const Sample& sample) {
  cv::Size frame = sample.header.upright();
  for (const Step& step : job.chain.steps) {
    if (!is_neutral(step, frame)) return false;
    frame = output_size(step, frame);
  }
  return true;
}

Job draw_job(const Recipe& recipe, const Catalog& catalog, const Sample& sample, std::uint32_t copy) {
  Job job;
  job.chain.frame = sample.header.upright();
  const DrawKey key{
      .seed = recipe.seed, .sample = hash64(sample.path), .copy = copy, .mode = recipe.expand.draws};
  draw_chain(recipe.prepare, {key}, job.chain);
  if (copy > 0) draw_chain(recipe.augment_of(catalog.classes[sample.class_index]), {key}, job.chain);
  job.encoder = {.format = recipe.output.format.value_or(sample.header.format),
                 .quality = recipe.output.quality};
  const bool same = copy == 0 && job.encoder.format == sample.header.format && changes_nothing(job, sample);
  job.verbatim = same && sample.header.orientation == 1;
  job.only_turned = same && sample.header.orientation != 1;
  if (same) job.chain = {.frame = job.chain.frame};  // neutral steps leave no trace in the manifest either
  return job;
}

Hash128 fingerprint(const Job& job, const Recipe& recipe, const Hash128& source) {
  FieldHasher hasher;
  hasher.add(kFingerprintVersion).add(source);
  if (job.verbatim) return hasher.finish();
  hasher.add(std::uint64_t{job.only_turned}).add(std::uint64_t{kDrawsVersion});
  hasher.add(std::uint64_t{job.chain.transforms.size()});
  bool samples_pixels = false;
  for (const DrawnTransform& transform : job.chain.transforms) add(hasher, transform);
  for (const Step& step : job.chain.steps) samples_pixels |= std::holds_alternative<GeometryStep>(step);
  if (samples_pixels) add(hasher, recipe.sampling);
  hasher.add(static_cast<std::uint64_t>(job.encoder.format));
  if (has_quality(job.encoder.format))
    hasher.add(static_cast<std::uint64_t>(job.encoder.quality.value_or(0)));
  return hasher.finish();
}

std::string transforms_json(const DrawnChain& chain) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const DrawnTransform& transform : chain.transforms) {
    nlohmann::ordered_json entry{{"name", transform.spec->name}};
    for (const DrawnValue& value : transform.values) entry[value.name] = json_of(value);
    json.push_back(std::move(entry));
  }
  return json.dump();
}

}  // namespace tenfold
