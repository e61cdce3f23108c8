#include "make.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <span>

#include "followed.h"
#include "idle_copies.h"
#include "interruption.h"
#include "memory_need.h"
#include "original.h"
#include "remembered.h"
#include "render.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/plan/job.h"

namespace tenfold {
namespace {

constexpr std::size_t kNamesAtATime = 4096;  // that the journal is told at once

struct PendingJob {
  std::string name;
  OutputId output;
  Job job;
};

// What the plan has of one sample: one entry for each class that it serves, none where it is only checked.
struct Work {
  std::uint32_t sample = 0;
  std::vector<SamplePlan> plans{};
  std::optional<std::vector<PendingJob>> pending{};  // once it is known what is missing
  bool announced = false;                            // the journal knows what may be written

  std::uint64_t jobs() const {
    std::uint64_t sum = 0;
    for (const SamplePlan& plan : plans) sum += plan.jobs();
    return sum;
  }
};

// A sample on its way through the pipeline.
struct Loaded {
  Loaded(Bytes bytes, const Sample& sample, const Recipe& recipe) : image(std::move(bytes), sample, recipe) {}

  SourceImage image;
  std::vector<PendingJob> pending{};
  std::vector<AnnotationPointer> annotations{};
};

// An image of the output and what lies beside it.
struct Made {
  OutputRecord image;
  std::vector<std::pair<std::string, OutputRecord>> annotations;
};

class Maker {
 public:
  explicit Maker(const MakeContext& context) : context_(context) {}

  void make_all(std::vector<Work>& work, const Flight& flight);

 private:
  void announce(std::span<Work> work);
  void announce(std::vector<std::string> names);  // of images
  std::vector<std::string> planned_names(const Work& work) const;
  bool is_new(const Work& work) const;
  std::vector<PendingJob> pending_jobs(const Work& work);
  void add_pending(const SamplePlan& plan, std::vector<PendingJob>& pending);
  bool lies_there(const PendingJob& pending, const Hash128& source);
  std::unique_ptr<Loaded> load(Work& work);
  bool decode(Loaded& loaded, std::uint32_t sample);
  void make_jobs(Loaded& loaded);
  Outcome<Made> make_job(const Loaded& loaded, const PendingJob& pending);
  Outcome<OutputRecord> verbatim_record(const Loaded& loaded, const PendingJob& pending) const;
  void place_verbatim(const Loaded& loaded, const PendingJob& pending);

  const MakeContext& context_;
  tbb::enumerable_thread_specific<RenderState> threads_;
};

bool Maker::lies_there(const PendingJob& pending, const Hash128& source) {
  const auto record = context_.ledger.output(pending.name);
  return record &&
         is_as_planned(context_.jobs, pending.output, pending.job, source, *record,
                       context_.tree.root() / pending.name) &&
         context_.annotations.lie_beside(
             pending.name, pending.output.sample, record->fingerprint,
             [this](const std::string& name) { return context_.ledger.output(name); });
}

void Maker::add_pending(const SamplePlan& plan, std::vector<PendingJob>& pending) {
  const Sample& sample = context_.catalog.samples[plan.sample];
  const Hash128 source = *context_.ledger.source(plan.sample).hash;
  IdleCounter idle;
  for (std::uint32_t copy = plan.first_job(); copy <= plan.copies; ++copy) {
    const OutputId output{sample, plan.class_index, copy, plan.split};
    PendingJob job{context_.names.of(output), output, context_.jobs.draw(output)};
    if (copy > 0 && !context_.recipe.turns_down_idle_copies())
      idle.count(job.job, sample, context_.jobs.fingerprint(job.job, source));
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

// Of everything that the plan has of the sample.
std::vector<std::string> Maker::planned_names(const Work& work) const {
  std::vector<std::string> names;
  for (const SamplePlan& plan : work.plans)
    for (std::uint32_t copy = plan.first_job(); copy <= plan.copies; ++copy)
      names.push_back(
          context_.names.of({context_.catalog.samples[plan.sample], plan.class_index, copy, plan.split}));
  return names;
}

std::vector<std::string> names_of(const std::vector<PendingJob>& jobs) {
  std::vector<std::string> names;
  for (const PendingJob& job : jobs) names.push_back(job.name);
  return names;
}

// Whether none of its outputs is there.
bool Maker::is_new(const Work& work) const {
  return std::ranges::none_of(
      planned_names(work), [&](const std::string& name) { return context_.ledger.output(name).has_value(); });
}

void Maker::announce(std::vector<std::string> names) {
  if (names.empty()) return;
  context_.tree.begin_change();
  for (std::size_t i = 0, images = names.size(); i < images; ++i)
    std::ranges::move(context_.annotations.names_of(names[i]), std::back_inserter(names));
  context_.tree.journal().begin(names);
}

// Tells the journal which files are to be written for these samples. Where the content of a sample is known,
// it is known what is missing. What is not known and has outputs already may turn out to be bad or as it was,
// so that no file is written: those announce themselves in load(), as all do before the first change to a
// finished tree.
void Maker::announce(std::span<Work> works) {
  std::vector<std::vector<std::string>> names(works.size());
  // Isolated: a thread that waits here must not start on another sample, or memory would not be bounded.
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(std::size_t{0}, works.size(), [&](std::size_t i) {
      Work& work = works[i];
      const SourceState& source = context_.ledger.source(work.sample);
      if (source.hash && source.good) {
        work.pending = pending_jobs(work);
        names[i] = names_of(*work.pending);
        work.announced = true;
      } else if (!context_.tree.is_finished() && is_new(work)) {
        names[i] = planned_names(work);
        work.announced = true;
      }
    });
  });
  std::vector<std::string> all;
  for (std::vector<std::string>& some : names) std::ranges::move(some, std::back_inserter(all));
  announce(all);
}

// Returns nothing where there is nothing to make of the sample, or where it is bad.
std::unique_ptr<Loaded> Maker::load(Work& work) {
  Ledger& ledger = context_.ledger;
  SourceState& source = ledger.source(work.sample);
  if (source.dropped || (source.good && work.pending && work.pending->empty())) return nullptr;
  Outcome<Bytes> bytes = read_source(context_.catalog, context_.catalog.samples[work.sample]);
  if (!bytes) {
    ledger.drop(work.sample, bytes.error());
    return nullptr;
  }
  auto loaded =
      std::make_unique<Loaded>(std::move(*bytes), context_.catalog.samples[work.sample], context_.recipe);
  if (!work.pending || loaded->image.hash() != *source.hash) {
    if (!ledger.recognise_content(work.sample, loaded->image.hash())) return nullptr;
    if (work.pending) work.announced = false;  // it has kept its size and time, and yet is another
    work.pending = pending_jobs(work);
  }
  loaded->pending = std::move(*work.pending);
  const bool needs_pixels = !source.good || !loaded->pending.empty();
  if (!needs_pixels)
    ledger.accept(work.sample);
  else if (!decode(*loaded, work.sample))
    return nullptr;
  if (!loaded->pending.empty()) {
    auto annotations = context_.annotations.read(context_.catalog, context_.catalog.samples[work.sample]);
    if (!annotations) {
      ledger.drop(work.sample, annotations.error());
      return nullptr;
    }
    loaded->annotations = std::move(*annotations);
  }
  if (!work.announced) announce(names_of(loaded->pending));
  return loaded->pending.empty() ? nullptr : std::move(loaded);
}

bool Maker::decode(Loaded& loaded, std::uint32_t sample) {
  const bool as_planes = std::ranges::all_of(loaded.pending, [&](const PendingJob& pending) {
    return pending.job.verbatim || wants_planes(pending.job, pending.output.sample);
  });
  const Outcome<void> decoded = loaded.image.decode(as_planes);
  if (!decoded) {
    context_.ledger.drop(sample, decoded.error());
    return false;
  }
  context_.ledger.accept(sample);
  return true;
}

void Maker::place_verbatim(const Loaded& loaded, const PendingJob& pending) {
  const auto note =
      place_original(context_.catalog.sources.file_of(pending.output.sample.path), loaded.image.bytes(),
                     context_.tree.root() / pending.name, context_.recipe.output.originals);
  if (note) context_.ledger.note_once(*note);
}

Outcome<OutputRecord> Maker::verbatim_record(const Loaded& loaded, const PendingJob& pending) const {
  const Outcome<PixelMoments>& moments = loaded.image.moments();
  if (!moments) return tl::unexpected(moments.error());
  return record_of(context_.jobs.fingerprint(pending.job, loaded.image.hash()), loaded.image.bytes(),
                   pending.output.sample.header.upright(), *moments);
}

// An original that nothing changes goes as it is, perhaps as a link; everything else is rendered. Nothing is
// written before all is made.
Outcome<Made> Maker::make_job(const Loaded& loaded, const PendingJob& pending) {
  RenderState& state = threads_.local();
  Outcome<OutputRecord> image = pending.job.verbatim
                                    ? verbatim_record(loaded, pending)
                                    : render(context_.jobs, loaded.image, pending.output, pending.job, state);
  if (!image) return tl::unexpected(image.error());
  Outcome<std::vector<FollowedFile>> beside =
      followed(context_.jobs, context_.annotations, loaded.annotations, pending.name, pending.output, *image);
  if (!beside) return tl::unexpected(beside.error());
  if (pending.job.verbatim)
    place_verbatim(loaded, pending);
  else
    write_atomically(context_.tree.root() / pending.name, state.encoded);
  Made made{std::move(*image), {}};
  for (FollowedFile& file : *beside) {
    write_atomically(context_.tree.root() / file.name, file.bytes);
    made.annotations.emplace_back(std::move(file.name), file.record);
  }
  return made;
}

void Maker::make_jobs(Loaded& loaded) {
  for (const PendingJob& pending : loaded.pending) {
    context_.tree.create_folders_of(pending.name);
    for (const std::string& name : context_.annotations.names_of(pending.name))
      context_.tree.create_folders_of(name);
  }
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(std::size_t{0}, loaded.pending.size(), [&](std::size_t i) {
      if (is_stopped(context_.options)) return;
      const PendingJob& pending = loaded.pending[i];
      const Outcome<Made> made = make_job(loaded, pending);
      if (!made) {
        context_.ledger.add_failed(pending.name, made.error());
        return;
      }
      for (const auto& [name, record] : made->annotations) {
        context_.tree.journal().made(name, record);
        context_.ledger.add_made_annotation(name, record);
      }
      context_.tree.journal().made(pending.name, made->image);
      context_.ledger.add_made(pending.name, made->image);
    });
  });
}

void Maker::make_all(std::vector<Work>& work, const Flight& flight) {
  std::size_t next = 0, announced = 0;
  const auto take =
      tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, [&](tbb::flow_control& flow) {
        if (next == work.size() || is_stopped(context_.options)) {
          flow.stop();
          return std::size_t{0};
        }
        if (next == announced) {
          for (std::uint64_t names = 0; announced < work.size() && names < kNamesAtATime; ++announced)
            names += work[announced].jobs();
          announce(std::span(work).subspan(next, announced - next));
        }
        return next++;
      });
  using LoadedPointer = std::shared_ptr<Loaded>;
  const auto load_one = tbb::make_filter<std::size_t, LoadedPointer>(
      tbb::filter_mode::parallel, [&](std::size_t i) { return LoadedPointer(load(work[i])); });
  const auto make_copies =
      tbb::make_filter<LoadedPointer, void>(tbb::filter_mode::parallel, [&](LoadedPointer loaded) {
        if (loaded) make_jobs(*loaded);
      });
  tbb::task_arena(flight.threads).execute([&] {
    tbb::parallel_pipeline(flight.samples, take & load_one & make_copies);
  });
}

// By sample; also those of which nothing is made and that were never decoded: of these a shard has the ones
// whose originals are its own.
std::vector<Work> work_of(const MakeContext& context, const Plan& plan) {
  std::vector<Work> all(context.catalog.samples.size());
  for (const SamplePlan& planned : plan.samples) all[planned.sample].plans.push_back(planned);
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i].sample = i;
  std::erase_if(all, [&](const Work& work) {
    const SourceState& source = context.ledger.source(work.sample);
    const auto& shard = context.options.shard;
    const bool is_checked = !shard || shard->has(context.catalog.samples[work.sample].path, 0);
    return source.dropped || ((source.good || !is_checked) && work.jobs() == 0);
  });
  return all;
}

}  // namespace

void make(const MakeContext& context, const Plan& plan) {
  const RunOptions& options = context.options;
  std::vector<Work> all = work_of(context, plan);
  std::vector<Flight> flights(all.size());
  tbb::parallel_for(std::size_t{0}, all.size(), [&](std::size_t i) {
    const Sample& sample = context.catalog.samples[all[i].sample];
    flights[i] =
        flight_within(options.memory_bytes, memory_need(context.jobs, sample, all[i].plans), options.jobs);
  });
  std::map<Flight, std::vector<Work>, std::greater<>> groups;
  for (std::size_t i = 0; i < all.size(); ++i) groups[flights[i]].push_back(std::move(all[i]));
  // Threads keep their memory from output to output, but not for larger images.
  for (auto& [flight, work] : groups) Maker(context).make_all(work, flight);
  end_if_stopped(options);
}

}  // namespace tenfold
