#include "tenfold/plan/job.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tenfold/fusion/program.h"

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
  // Images without partners have no such field, nor had they before there were any.
  for (const DrawnPartner& partner : transform.partners)
    hasher.add(partner.hash).add(partner.preparation).add(partner.share);
}

void add(FieldHasher& hasher, const AcceptRecipe& accept, std::uint32_t attempt) {
  hasher.add(accept.min_deviation)
      .add(accept.min_contrast)
      .add(accept.min_detail)
      .add(static_cast<std::uint64_t>(accept.min_distance))
      .add(std::uint64_t{attempt});
}

void add(FieldHasher& hasher, const SamplingPolicy& sampling) {
  hasher.add(static_cast<std::uint64_t>(sampling.interpolation))
      .add(static_cast<std::uint64_t>(sampling.border));
  if (sampling.border == Border::kConstant)
    for (const double fill : sampling.fill) hasher.add(fill);
}

// Whole numbers without ".0".
nlohmann::json json_of(const DrawnValue& value) {
  if (const auto* flag = std::get_if<bool>(&value.value)) return *flag;
  if (const auto* text = std::get_if<std::string>(&value.value)) return *text;
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double number = std::get<double>(value.value);
  if (number == std::floor(number) && std::abs(number) < kExact) return static_cast<std::int64_t>(number);
  return number;
}

bool samples_pixels(const std::vector<Step>& steps) {
  return std::ranges::any_of(steps, [](const Step& step) {
    const auto* blend = std::get_if<BlendStep>(&step);
    return std::holds_alternative<GeometryStep>(step) ||
           (blend != nullptr && std::ranges::any_of(blend->branches, [](const BlendBranch& branch) {
              return samples_pixels(branch.steps);
            }));
  });
}

// The part of each range that copy number `copy` uses: 1/3, 1/2, 3/5, 2/3, … A function of the number alone,
// for if it depended on how many copies there are, one new image would redraw all.
double growth_of(std::uint32_t copy) {
  constexpr double kHalfway = 2;  // the copy that uses half of each range
  return copy / (copy + kHalfway);
}

void set_gate(Chain& chain, const std::string& transform, double p) {
  for (Element& element : chain) {
    if (element.kind == ElementKind::kTransform && element.transform.spec->name == transform) element.p = p;
    set_gate(element.children, transform, p);
  }
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

Jobs::Jobs(const Recipe& recipe, const Catalog& catalog, const Materials& materials)
    : recipe_(recipe), catalog_(catalog), materials_(materials) {
  // The class's chain without the transforms that lead to one of the two classes or away from it: any of them
  // would make something else of the image.
  const auto chain_between = [&](const std::string& from, const std::string& to) {
    Chain chain = recipe.augment_of(to);
    for (const Relabeling& one : recipe.relabel)
      if (one.from == from || one.to == from || one.from == to || one.to == to)
        set_gate(chain, one.transform, 0);
    return chain;
  };
  for (const Relabeling& relabeling : recipe.relabel) {
    const auto from = catalog.class_index(relabeling.from), to = catalog.class_index(relabeling.to);
    if (!from || !to) continue;
    relabeled_[{*from, *from}] = chain_between(relabeling.from, relabeling.from);
    relabeled_[{*to, *to}] = chain_between(relabeling.to, relabeling.to);
    Chain turned = chain_between(relabeling.from, relabeling.to);
    set_gate(turned, relabeling.transform, 1);
    relabeled_[{*from, *to}] = std::move(turned);
  }
}

const Chain& Jobs::augment_of(const OutputId& output) const {
  const auto relabeled = relabeled_.find({output.sample.class_index, output.class_index});
  return relabeled != relabeled_.end() ? relabeled->second
                                       : recipe_.augment_of(catalog_.classes[output.class_index]);
}

Job Jobs::draw(const OutputId& output, std::uint32_t attempt) const {
  const Sample& sample = output.sample;
  const std::string& class_name = catalog_.classes[output.class_index];
  Job job;
  job.copy = output.copy;
  job.attempt = attempt;
  job.chain.frame = sample.header.upright();
  const DrawKey key{
      .seed = recipe_.seed,
      .sample = output.is_relabeled() ? hash64(sample.path + '\0' + class_name) : hash64(sample.path),
      .copy = output.copy,
      .attempt = attempt,
      .mode = recipe_.expand.draws};
  // An image is prepared as one of its own class, whatever it is turned into.
  const OutputId own{sample, sample.class_index, output.copy};
  draw_chain(recipe_.prepare, {key, MaterialsOfOutput(materials_, own)}, job.chain);
  const MaterialsOfOutput context(materials_, output);
  const double growth = recipe_.grows(class_name) ? growth_of(output.copy) : 1;
  if (output.copy > 0) draw_chain(augment_of(output), {key, context, growth}, job.chain);
  job.encoder = {.format = recipe_.output.format.value_or(sample.header.format),
                 .quality = recipe_.output.quality};
  const bool same =
      output.copy == 0 && job.encoder.format == sample.header.format && changes_nothing(job, sample);
  job.verbatim = same && sample.header.orientation == 1 && !recipe_.output.strip_metadata;
  job.repacked = same && !job.verbatim;
  if (same) job.chain = {.frame = job.chain.frame};  // neutral steps leave no trace in the manifest either
  return job;
}

Hash128 Jobs::fingerprint(const Job& job, const Hash128& source) const {
  if (job.verbatim) return verbatim_fingerprint(source);
  FieldHasher hasher;
  hasher.add(kFingerprintVersion)
      .add(source)
      .add(std::uint64_t{job.repacked})
      .add(std::uint64_t{kDrawsVersion})
      .add(std::uint64_t{kRenderingVersion});
  hasher.add(std::uint64_t{job.chain.transforms.size()});
  for (const DrawnTransform& transform : job.chain.transforms) add(hasher, transform);
  // The chroma of a JPEG may have to be sampled even where nothing moves: turned upright, with odd sides.
  if (samples_pixels(job.chain.steps) || job.encoder.format == Format::kJpeg) add(hasher, recipe_.sampling);
  hasher.add(static_cast<std::uint64_t>(job.encoder.format));
  if (has_quality(job.encoder.format))
    hasher.add(static_cast<std::uint64_t>(job.encoder.quality.value_or(0)));
  if (job.copy > 0 && recipe_.accept) add(hasher, *recipe_.accept, job.attempt);
  return hasher.finish();
}

std::optional<std::uint32_t> Jobs::attempt_of(const OutputId& output, const Job& first, const Hash128& source,
                                              const Hash128& wanted) const {
  if (fingerprint(first, source) == wanted) return 0;
  for (std::uint32_t attempt = 1; attempt < attempts(output); ++attempt)
    if (fingerprint(draw(output, attempt), source) == wanted) return attempt;
  return std::nullopt;
}

Hash128 verbatim_fingerprint(const Hash128& source) {
  return FieldHasher().add(kFingerprintVersion).add(source).finish();
}

Hash128 hash_of(const DrawnChain& chain) {
  FieldHasher hasher;
  for (const DrawnTransform& transform : chain.transforms) add(hasher, transform);
  return hasher.finish();
}

std::map<std::string, double> Jobs::label_weights(const OutputId& output, const Job& job) const {
  std::map<std::string, double> weights;
  for (const DrawnTransform& transform : job.chain.transforms) {
    double shared = 0;
    for (const DrawnPartner& partner : transform.partners)
      if (!partner.class_name.empty()) shared += partner.share;
    if (shared == 0) continue;
    if (weights.empty()) weights[catalog_.classes[output.class_index]] = 1;
    for (auto& [name, weight] : weights) weight *= 1 - shared;
    for (const DrawnPartner& partner : transform.partners)
      if (!partner.class_name.empty()) weights[partner.class_name] += partner.share;
  }
  return weights;
}

// Written out, for it is done once for every image. Names of transforms and values need no escaping.
std::string transforms_json(const DrawnChain& chain) {
  std::string text = "[";
  for (const DrawnTransform& transform : chain.transforms) {
    if (text.size() > 1) text += ',';
    text.append("{\"name\":\"").append(transform.spec->name).append("\"");
    for (const DrawnValue& value : transform.values)
      text.append(",\"").append(value.name).append("\":").append(json_of(value).dump());
    text += '}';
  }
  return text + ']';
}

std::string partners_json(const DrawnChain& chain) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const DrawnTransform& transform : chain.transforms)
    for (const DrawnPartner& partner : transform.partners)
      json.push_back(
          {{partner.class_name.empty() ? "reference" : "source", partner.path}, {"hash", hex(partner.hash)}});
  return json.empty() ? "" : json.dump();
}

std::string weights_json(const std::map<std::string, double>& weights) {
  return weights.empty() ? "" : nlohmann::json(weights).dump();
}

}  // namespace tenfold
