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
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/fusion/program.h"
#include "tenfold/plan/job.h"

namespace tenfold {
namespace {

struct PendingJob {
  std::string name;
  Job job;
  Hash128 fingerprint;
};

// A sample on its way through the pipeline.
struct Loaded {
  std::uint32_t sample = 0;
  Bytes bytes;
  std::optional<Source> source;  // pixels, where something needs them
  SourceTraits traits;
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

  void make_all(const std::vector<SamplePlan>& work, std::size_t in_flight);

 private:
  std::unique_ptr<Loaded> load(const SamplePlan& plan);
  std::vector<PendingJob> pending_jobs(const SamplePlan& plan);
  bool decode_into(Loaded& loaded);
  void make_jobs(Loaded& loaded);
  Outcome<OutputRecord> produce(const Loaded& loaded, const PendingJob& pending, ThreadState& thread);

  const MakeContext& context_;
  tbb::enumerable_thread_specific<ThreadState> threads_;
};

std::vector<PendingJob> Maker::pending_jobs(const SamplePlan& plan) {
  const Sample& sample = context_.catalog.samples[plan.sample];
  std::vector<PendingJob> pending;
  IdleCounter idle;
  for (std::uint32_t copy = plan.original ? 0 : 1; copy <= plan.copies; ++copy) {
    PendingJob job{
        context_.names.of(sample, copy), draw_job(context_.recipe, context_.catalog, sample, copy), {}};
    job.fingerprint = fingerprint(job.job, context_.recipe, *context_.ledger.source(plan.sample).hash);
    if (copy > 0) idle.count(job.job, sample, job.fingerprint);
    const bool there = context_.ledger.output(job.name, job.fingerprint).has_value() &&
                       (!job.job.verbatim ||
                        lies_as_wanted(context_.catalog.root / sample.path, context_.tree.root() / job.name,
                                       context_.recipe.output.originals));
    if (!there) pending.push_back(std::move(job));
  }
  context_.ledger.add_idle(idle.copies());
  context_.ledger.add_kept(plan.jobs() - pending.size());
  return pending;
}

// Returns nothing where there is nothing to make of the sample, or where it is bad.
std::unique_ptr<Loaded> Maker::load(const SamplePlan& plan) {
  Ledger& ledger = context_.ledger;
  SourceState& source = ledger.source(plan.sample);
  auto loaded = std::make_unique<Loaded>();
  loaded->sample = plan.sample;
  const bool known = source.hash && source.good;
  if (known) {
    loaded->pending = pending_jobs(plan);
    if (loaded->pending.empty()) return nullptr;
  }
  Outcome<Bytes> bytes = read_file(context_.catalog.root / context_.catalog.samples[plan.sample].path);
  if (!bytes) {
    ledger.drop(plan.sample, bytes.error());
    return nullptr;
  }
  loaded->bytes = std::move(*bytes);
  const Hash128 hash = hash128(loaded->bytes);
  if (!known || hash != *source.hash) {
    if (!ledger.recognise_content(plan.sample, hash)) return nullptr;
    loaded->pending = pending_jobs(plan);
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
  if (!loaded.pending.empty()) loaded.source.emplace(std::move(image->pixels));
  return true;
}

std::uint64_t pixels_of(cv::Size size) {
  return static_cast<std::uint64_t>(size.width) * static_cast<std::uint64_t>(size.height);
}

// Pixels of the largest image on the way to the output.
std::uint64_t largest_frame(const Job& job, cv::Size frame) {
  std::uint64_t largest = 0;
  for (const Step& step : job.chain.steps) {
    frame = output_size(step, frame);
    largest = std::max(largest, pixels_of(frame));
  }
  return largest;
}

Outcome<OutputRecord> Maker::produce(const Loaded& loaded, const PendingJob& pending, ThreadState& thread) {
  const Sample& sample = context_.catalog.samples[loaded.sample];
  const std::filesystem::path target = context_.tree.root() / pending.name;
  OutputRecord record;
  record.fingerprint = pending.fingerprint;
  const cv::Size upright = sample.header.upright();
  const auto finish = [&](std::span<const std::uint8_t> bytes, cv::Size size) {
    record.bytes = bytes.size();
    record.hash = hash128(bytes);
    record.width = size.width;
    record.height = size.height;
    return record;
  };
  if (pending.job.verbatim) {
    const auto note = place_original(context_.catalog.root / sample.path, loaded.bytes, target,
                                     context_.recipe.output.originals);
    if (note) context_.ledger.note_once(*note);
    return finish(loaded.bytes, upright);
  }
  if (pending.job.only_turned) {
    if (const auto turned = turned_upright_losslessly(loaded.bytes, sample.header)) {
      write_atomically(target, *turned);
      return finish(*turned, upright);
    }
  }
  if (const std::uint64_t pixels = largest_frame(pending.job, upright);
      pixels > context_.recipe.input.max_pixels)
    return failure(Stage::kTransform, "would have " + grouped(pixels) +
                                          " pixels, more than input.max_pixels " +
                                          grouped(context_.recipe.input.max_pixels));
  cv::Size size;
  try {
    const Program program(pending.job.chain.steps, upright, context_.recipe.sampling);
    const cv::Mat& pixels = program.run(*loaded.source, *thread.workspace);
    size = pixels.size();
    const Outcome<void> encoded = encode(pixels, loaded.traits, pending.job.encoder, thread.encoded);
    if (!encoded) return tl::unexpected(encoded.error());
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return failure(Stage::kTransform, error.err);
  }
  write_atomically(target, thread.encoded);
  return finish(thread.encoded, size);
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

void Maker::make_all(const std::vector<SamplePlan>& work, std::size_t in_flight) {
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
std::uint64_t estimated_memory(const MakeContext& context, const SamplePlan& plan) {
  constexpr std::uint64_t kDecodedBytes = 3 + 4, kBytesPerThread = 3 + 4;
  const Sample& sample = context.catalog.samples[plan.sample];
  const cv::Size made =
      draw_job(context.recipe, context.catalog, sample, plan.copies > 0 ? 1 : 0).chain.frame;
  return sample.size_bytes + sample.header.pixel_count() * kDecodedBytes +
         pixels_of(made) * kBytesPerThread * static_cast<std::uint64_t>(context.options.jobs);
}

}  // namespace

void make(const MakeContext& context, const Plan& plan) {
  const auto most = static_cast<std::uint64_t>(2 * context.options.jobs);
  std::map<std::uint64_t, std::vector<SamplePlan>, std::greater<>> groups;  // by samples in flight
  auto planned = plan.samples.begin();
  for (std::uint32_t i = 0; i < context.catalog.samples.size(); ++i) {
    SamplePlan work{.sample = i};
    if (planned != plan.samples.end() && planned->sample == i) work = *planned++;
    const SourceState& source = context.ledger.source(i);
    if (source.dropped || (source.good && work.jobs() == 0)) continue;
    const std::uint64_t memory = estimated_memory(context, work);
    groups[std::clamp<std::uint64_t>(context.options.memory_bytes / std::max<std::uint64_t>(memory, 1), 1,
                                     most)]
        .push_back(work);
  }
  Maker maker(context);
  for (const auto& [in_flight, work] : groups) maker.make_all(work, in_flight);
}

}  // namespace tenfold
