#include "summarise.h"

#include <algorithm>

#include "outputs.h"
#include "tenfold/base/text.h"
#include "train_sums.h"

namespace tenfold {
namespace {

// A failed output is missing from its class.
void take_off_failures(RunSummary& summary, const MakeContext& context, const Plan& plan) {
  for_each_output(context.catalog, context.names, plan, [&](const OutputId& output, const std::string& name) {
    const auto failed = context.ledger.failed().find(name);
    if (failed == context.ledger.failed().end()) return;
    ClassPlan& of_class = summary.classes[output.class_index];
    if (output.split != Split::kTrain)
      --(output.split == Split::kVal ? of_class.val : of_class.test);
    else
      --(output.copy == 0 ? of_class.originals : of_class.copies);
    ++of_class.shortfall;
    if (of_class.reason.empty()) of_class.reason = in_quotes(name) + ": " + failed->second.reason;
    summary.failed.push_back({name, failed->second});
  });
}

// How often the quality gate turned down a copy, and why.
void add_refusals(RunSummary& summary, const MakeContext& context, const Plan& plan) {
  for_each_output(context.catalog, context.names, plan, [&](const OutputId&, const std::string& name) {
    const std::vector<std::string>& refused = context.ledger.refusals_of(name);
    for (const std::string& reason : refused) ++summary.refused[reason];
    if (refused.size() > kMaxRefusals) summary.refused_kept.push_back(name);
  });
}

TrainStatistics statistics_of(const MakeContext& context, const Plan& plan) {
  const auto of_plan = sum_over<TrainSums>(plan, [&](const SamplePlan& of_sample) {
    TrainSums sums;
    if (of_sample.split != Split::kTrain) return sums;
    for_each_output(context.catalog, context.names, of_sample,
                    [&](const OutputId& output, const std::string& name) {
                      const auto record = context.ledger.output(name);
                      if (record && !context.ledger.failed().contains(name))
                        sums.add(*record, output.class_index);
                    });
    return sums;
  });
  return of_plan.statistics(context.catalog.classes);
}

}  // namespace

RunSummary summarise(const MakeContext& context, const Plan& plan, const NameSet& names) {
  RunSummary summary;
  summary.classes = plan.classes;
  if (!context.ledger.failed().empty()) take_off_failures(summary, context, plan);
  summary.bad = context.catalog.bad;
  summary.bad.insert(summary.bad.end(), context.ledger.late_bad().begin(), context.ledger.late_bad().end());
  std::ranges::sort(summary.bad, {}, &BadFile::path);
  summary.ignored = context.catalog.ignored;
  summary.leaks = context.partition.of(context.ledger.dropped()).leaks;
  for (const Sample& sample : context.catalog.samples) {
    summary.misnamed += sample.misnamed ? 1 : 0;
    summary.several_images += sample.header.several_images ? 1 : 0;
  }
  context.ledger.for_each_made(
      [&](const std::string& name) { summary.made += names.contains(name) ? 1 : 0; });
  summary.kept = names.size() / (1 + context.annotations.count()) - summary.made;
  summary.idle_copies = context.ledger.idle_copies().unchanged;
  summary.equal_copies = context.ledger.idle_copies().equal;
  summary.bytes_written = context.ledger.bytes_written();
  if (context.recipe.accept) add_refusals(summary, context, plan);
  summary.statistics = statistics_of(context, plan);
  return summary;
}

}  // namespace tenfold
