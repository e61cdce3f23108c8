#include "make.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <memory>
#include <new>

#include "idle_copies.h"
#include "original.h"
#include "quality_gate.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/fusion/program.h"
#include "tenfold/plan/job.h"

namespace tenfold {
namespace {

struct PendingJob {
  std::string name;
  OutputId output;
  Job job;
  Hash128 fingerprint;
};

// What the plan has of one sample: one entry for each class that it serves, none where it is only checked.
struct Work {
  std::uint32_t sample = 0;
  std::vector<SamplePlan> plans;

  std::uint64_t jobs() const {
    std::uint64_t sum = 0;
    for (const SamplePlan& plan : plans) sum += plan.jobs();
    return sum;
  }
};

// A sample on its way through the pipeline.
struct Loaded {
  std::uint32_t sample = 0;
  Bytes bytes;
  std::optional<Source> source;  // pixels, where something needs them
  SourceTraits traits;
  std::optional<Appearance> appearance;  // where there is a quality gate
  std::vector<PendingJob> pending;
};

// What a thread keeps from copy to copy.
struct ThreadState {
  WorkspacePointer workspace = make_workspace();
  Bytes encoded;
};

class Maker {
 public:
  explicit Maker(const MakeContext& context) : context_(context) {}

  void make_all(const std::vector<Work>& work, std::size_t in_flight);

 private:
  std::unique_ptr<Loaded> load(const Work& work);
  std::vector<PendingJob> pending_jobs(const Work& work);
  void add_pending(const SamplePlan& plan, std::vector<PendingJob>& pending);
  bool lies_there(const PendingJob& pending, const Hash128& source);
  bool decode_into(Loaded& loaded);
  void make_jobs(Loaded& loaded);
  Outcome<OutputRecord> produce(const Loaded& loaded, const PendingJob& pending, ThreadState& thread);
  Outcome<OutputRecord> make_copy(const Loaded& loaded, const PendingJob& pending, ThreadState& thread);

  const MakeContext& context_;
  tbb::enumerable_thread_specific<ThreadState> threads_;
};

// Whether the output is there as one of its attempts makes it. Which one was kept is known by the
// fingerprint.
bool Maker::lies_there(const PendingJob& pending, const Hash128& source) {
  if (!context_.ledger.has_output(pending.name)) return false;
  for (std::uint32_t attempt = 0; attempt < context_.jobs.attempts(pending.output); ++attempt) {
    const Hash128 wanted =
        attempt == 0 ? pending.fingerprint
                     : context_.jobs.fingerprint(context_.jobs.draw(pending.output, attempt), source);
    if (!context_.ledger.output(pending.name, wanted)) continue;
    return !pending.job.verbatim ||
           lies_as_wanted(context_.catalog.root / pending.output.sample.path,
                          context_.tree.root() / pending.name, context_.recipe.output.originals);
  }
  return false;
}

void Maker::add_pending(const SamplePlan& plan, std::vector<PendingJob>& pending) {
  const Sample& sample = context_.catalog.samples[plan.sample];
  const Hash128 source = *context_.ledger.source(plan.sample).hash;
  IdleCounter idle;
  for (std::uint32_t copy = plan.original ? 0 : 1; copy <= plan.copies; ++copy) {
    const OutputId output{sample, plan.class_index, copy};
    PendingJob job{context_.names.of(output), output, context_.jobs.draw(output), {}};
    job.fingerprint = context_.jobs.fingerprint(job.job, source);
    if (copy > 0 && !context_.recipe.turns_down_idle_copies()) idle.count(job.job, sample, job.fingerprint);
    if (!lies_there(job, source)) pending.push_back(std::move(job));
  }
  context_.ledger.add_idle(idle.copies());
}

std::vector<PendingJob> Maker::pending_jobs(const Work& work) {
  std::vector<PendingJob> pending;
  for (const SamplePlan& plan : work.plans) add_pending(plan, pending);
  context_.ledger.add_kept(work.jobs() - pending.size());
  return pending;
}

// Returns nothing where there is nothing to make of the sample, or where it is bad.
std::unique_ptr<Loaded> Maker::load(const Work& work) {
  Ledger& ledger = context_.ledger;
  SourceState& source = ledger.source(work.sample);
  auto loaded = std::make_unique<Loaded>();
  loaded->sample = work.sample;
  const bool known = source.hash && source.good;
  if (known) {
    loaded->pending = pending_jobs(work);
    if (loaded->pending.empty()) return nullptr;
  }
  Outcome<Bytes> bytes = read_file(context_.catalog.root / context_.catalog.samples[work.sample].path);
  if (!bytes) {
    ledger.drop(work.sample, bytes.error());
    return nullptr;
  }
  loaded->bytes = std::move(*bytes);
  const Hash128 hash = hash128(loaded->bytes);
  if (!known || hash != *source.hash) {
    if (!ledger.recognise_content(work.sample, hash)) return nullptr;
    loaded->pending = pending_jobs(work);
  }
  const bool needs_pixels =
      !source.good || std::ranges::any_of(loaded->pending, [](const auto& job) { return !job.job.verbatim; });
  if (needs_pixels && !decode_into(*loaded)) return nullptr;
  return loaded->pending.empty() ? nullptr : std::move(loaded);
}

bool Maker::decode_into(Loaded& loaded) {
  Outcome<DecodedImage> image = decode(loaded.bytes, context_.catalog.samples[loaded.sample].header);
  if (!image) {
    context_.ledger.drop(loaded.sample, image.error());
    return false;
  }
  context_.ledger.accept(loaded.sample);
  loaded.traits = std::move(image->traits);
  if (loaded.pending.empty()) return true;
  if (context_.recipe.accept) loaded.appearance = appearance_of(image->pixels);
  loaded.source.emplace(std::move(image->pixels));
  return true;
}

std::uint64_t pixels_of(cv::Size size) {
  return static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
}

OutputRecord record_of(const Hash128& fingerprint, std::span<const std::uint8_t> bytes, cv::Size size) {
  return {.bytes = bytes.size(),
          .hash = hash128(bytes),
          .fingerprint = fingerprint,
          .width = size.width,
          .height = size.height};
}

// An original that nothing changes goes as it is; everything else is made of pixels.
Outcome<OutputRecord> Maker::produce(const Loaded& loaded, const PendingJob& pending, ThreadState& thread) {
  const Sample& sample = pending.output.sample;
  const std::filesystem::path target = context_.tree.root() / pending.name;
  const cv::Size upright = sample.header.upright();
  if (pending.job.verbatim) {
    const auto note = place_original(context_.catalog.root / sample.path, loaded.bytes, target,
                                     context_.recipe.output.originals);
    if (note) context_.ledger.note_once(*note);
    return record_of(pending.fingerprint, loaded.bytes, upright);
  }
  if (pending.job.only_turned) {
    if (const auto turned = turned_upright_losslessly(loaded.bytes, sample.header)) {
      write_atomically(target, *turned);
      return record_of(pending.fingerprint, *turned, upright);
    }
  }
  try {
    return make_copy(loaded, pending, thread);
  } catch (const SampleUnusable& unusable) {
    return tl::unexpected(unusable.failure);
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return failure(Stage::kTransform, error.err);
  }
}

// Draws again what the quality gate turns down; the last attempt is kept.
Outcome<OutputRecord> Maker::make_copy(const Loaded& loaded, const PendingJob& pending, ThreadState& thread) {
  const cv::Size upright = pending.output.sample.header.upright();
  const std::uint32_t attempts = context_.jobs.attempts(pending.output);
  std::vector<std::string> refused;
  Job job = pending.job;
  Hash128 fingerprint = pending.fingerprint;
  for (;;) {
    const std::uint64_t largest = largest_frame(job.chain.steps, upright);
    if (largest > context_.recipe.input.max_pixels)
      return failure(Stage::kTransform, "would have " + grouped(largest) +
                                            " pixels, more than input.max_pixels " +
                                            grouped(context_.recipe.input.max_pixels));
    const Program program(job.chain.steps, upright, context_.recipe.sampling);
    const cv::Mat& pixels = program.run(*loaded.source, *thread.workspace);
    std::optional<std::string_view> why;
    if (attempts > 1) why = refusal(appearance_of(pixels), *loaded.appearance, *context_.recipe.accept);
    if (why) refused.emplace_back(*why);
    if (!why || job.attempt + 1 == attempts) {
      const Outcome<void> encoded = encode(pixels, loaded.traits, job.encoder, thread.encoded);
      if (!encoded) return tl::unexpected(encoded.error());
      OutputRecord record = record_of(fingerprint, thread.encoded, pixels.size());
      record.refused = std::move(refused);
      write_atomically(context_.tree.root() / pending.name, thread.encoded);
      return record;
    }
    job = context_.jobs.draw(pending.output, job.attempt + 1);
    fingerprint = context_.jobs.fingerprint(job, *context_.ledger.source(loaded.sample).hash);
  }
}

void Maker::make_jobs(Loaded& loaded) {
  std::vector<std::string> names;
  for (const PendingJob& pending : loaded.pending) names.push_back(pending.name);
  context_.tree.begin_change();
  Journal& journal = context_.tree.journal();
  journal.begin(names);
  for (const std::string& name : names) context_.tree.create_folders_of(name);
  // Isolated: a thread that waits here must not start on another sample, or memory would not be bounded.
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(std::size_t{0}, loaded.pending.size(), [&](std::size_t i) {
      const PendingJob& pending = loaded.pending[i];
      const Outcome<OutputRecord> record = produce(loaded, pending, threads_.local());
      if (record) {
        journal.made(pending.name, *record);
        context_.ledger.add_made(pending.name, *record);
      } else {
        context_.ledger.add_failed(pending.name, record.error());
      }
    });
  });
}

void Maker::make_all(const std::vector<Work>& work, std::size_t in_flight) {
  std::size_t next = 0;
  const auto take =
      tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, [&](tbb::flow_control& flow) {
        if (next == work.size()) flow.stop();
        return std::min(next++, work.size() - 1);
      });
  using LoadedPointer = std::shared_ptr<Loaded>;
  const auto load_one = tbb::make_filter<std::size_t, LoadedPointer>(
      tbb::filter_mode::parallel, [&](std::size_t i) { return LoadedPointer(load(work[i])); });
  const auto make_copies =
      tbb::make_filter<LoadedPointer, void>(tbb::filter_mode::parallel, [&](LoadedPointer loaded) {
        if (loaded) make_jobs(*loaded);
      });
  tbb::parallel_pipeline(in_flight, take & load_one & make_copies);
}

// Pixels of a sample while its copies are made: decoded and padded, and for each thread a copy and its padded
// rows. Copies may be larger than their source; the first one speaks for all.
std::uint64_t estimated_memory(const MakeContext& context, const Work& work) {
  constexpr std::uint64_t kDecodedBytes = 3 + 4, kBytesPerThread = 3 + 4;
  const Sample& sample = context.catalog.samples[work.sample];
  std::uint64_t made = pixels_of(sample.header.upright());
  for (const SamplePlan& plan : work.plans) {
    const OutputId first{sample, plan.class_index, plan.copies > 0 ? 1u : 0u};
    made = std::max(made, pixels_of(context.jobs.draw(first).chain.frame));
  }
  return sample.size_bytes + sample.header.pixel_count() * kDecodedBytes +
         made * kBytesPerThread * static_cast<std::uint64_t>(context.options.jobs);
}

// By sample; also those of which nothing is made and that were never decoded.
std::vector<Work> work_of(const MakeContext& context, const Plan& plan) {
  std::vector<Work> all(context.catalog.samples.size());
  for (const SamplePlan& planned : plan.samples) all[planned.sample].plans.push_back(planned);
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i].sample = i;
  std::erase_if(all, [&](const Work& work) {
    const SourceState& source = context.ledger.source(work.sample);
    return source.dropped || (source.good && work.jobs() == 0);
  });
  return all;
}

}  // namespace

void make(const MakeContext& context, const Plan& plan) {
  const auto most = static_cast<std::uint64_t>(2 * context.options.jobs);
  std::map<std::uint64_t, std::vector<Work>, std::greater<>> groups;  // by samples in flight
  for (Work& work : work_of(context, plan)) {
    const std::uint64_t memory = std::max<std::uint64_t>(estimated_memory(context, work), 1);
    groups[std::clamp<std::uint64_t>(context.options.memory_bytes / memory, 1, most)].push_back(
        std::move(work));
  }
  Maker maker(context);
  for (const auto& [in_flight, work] : groups) maker.make_all(work, in_flight);
}

}  // namespace tenfold
