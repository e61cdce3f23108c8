#include "size_estimate.h"

#include <sys/stat.h>
#include <tbb/parallel_for.h>

#include <cmath>
#include <vector>

#include "render.h"
#include "tenfold/dataset/source_file.h"

namespace tenfold {
namespace {

constexpr std::size_t kOutputsOfAKind = 12;
constexpr std::uint64_t kPixelsOfAKind = 24'000'000;  // more are not worth the time; but one output always is

struct Measured {
  double source_bytes = 0;
  double bytes = 0;
};

// Spread evenly over the plan; of each sample another copy.
std::vector<OutputId> chosen_of(const Catalog& catalog, const std::vector<const SamplePlan*>& plans,
                                bool copy) {
  std::vector<OutputId> chosen;
  std::uint64_t pixels = 0;
  const std::size_t count = std::min(kOutputsOfAKind, plans.size());
  for (std::size_t i = 0; i < count; ++i) {
    const SamplePlan& plan = *plans[i * plans.size() / count];
    const Sample& sample = catalog.samples[plan.sample];
    pixels += sample.header.pixel_count();
    if (!chosen.empty() && pixels > kPixelsOfAKind) break;
    const std::uint32_t copies = std::max(plan.copies + 1 - plan.first_copy, 1u);
    const std::uint32_t number = plan.first_copy + static_cast<std::uint32_t>(i % copies);
    chosen.push_back({sample, plan.class_index, copy ? number : 0});
  }
  return chosen;
}

// Whether originals take no room of their own.
bool are_linked(const Recipe& recipe) {
  if (recipe.output.originals != Originals::kHardlink) return recipe.output.originals == Originals::kSymlink;
  struct stat output {};
  if (::stat(recipe.output.root.c_str(), &output) != 0) return false;
  return std::ranges::all_of(recipe.input.roots, [&](const std::filesystem::path& root) {
    struct stat input {};
    return ::stat(root.c_str(), &input) == 0 && S_ISDIR(input.st_mode) && input.st_dev == output.st_dev;
  });
}

Measured measured(const Jobs& jobs, const OutputId& output) {
  Outcome<Bytes> bytes = read_source(jobs.catalog(), output.sample);
  if (!bytes) return {};
  const SourceImage image(std::move(*bytes), output.sample, jobs.recipe());
  const auto source_bytes = static_cast<double>(image.bytes().size());
  const Job job = jobs.draw(output);
  if (job.verbatim) return {source_bytes, are_linked(jobs.recipe()) ? 0 : source_bytes};
  if (!image.decode(wants_planes(job, output.sample))) return {};
  RenderState state;
  if (!render(jobs, image, output, job, state)) return {};
  return {source_bytes, static_cast<double>(state.encoded.size())};
}

}  // namespace

SizeEstimate::SizeEstimate(const Jobs& jobs, const Plan& plan) {
  std::map<Kind, std::vector<const SamplePlan*>> kinds;
  for (const SamplePlan& of_sample : plan.samples) {
    const Format format = jobs.catalog().samples[of_sample.sample].header.format;
    if (of_sample.original) kinds[{format, false}].push_back(&of_sample);
    if (of_sample.copies > 0) kinds[{format, true}].push_back(&of_sample);
  }
  for (const auto& [kind, plans] : kinds) {
    const std::vector<OutputId> chosen = chosen_of(jobs.catalog(), plans, kind.second);
    std::vector<Measured> each(chosen.size());
    tbb::parallel_for(std::size_t{0}, chosen.size(),
                      [&](std::size_t i) { each[i] = measured(jobs, chosen[i]); });
    Measured sum;
    for (const Measured& one : each) {
      sum.source_bytes += one.source_bytes;
      sum.bytes += one.bytes;
    }
    ratios_[kind] = sum.source_bytes > 0 ? sum.bytes / sum.source_bytes : 1;
  }
}

std::uint64_t SizeEstimate::bytes_of(const OutputId& output) const {
  const auto ratio = ratios_.find({output.sample.header.format, output.copy > 0});
  if (ratio == ratios_.end()) return output.sample.size_bytes;
  return static_cast<std::uint64_t>(
      std::llround(static_cast<double>(output.sample.size_bytes) * ratio->second));
}

}  // namespace tenfold
