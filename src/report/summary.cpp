#include "tenfold/report/summary.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "ignored_text.h"
#include "tenfold/base/text.h"
#include "tenfold/run/findings_json.h"
#include "text_table.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShownPerKind = 20;

std::string bad_text(const std::vector<BadFile>& bad) {
  std::string text;
  for (std::size_t i = 0; i < bad.size() && i < kShownPerKind; ++i)
    text += "skipped " + in_quotes(bad[i].path) + ": " + bad[i].failure.reason + "\n";
  if (bad.size() > kShownPerKind)
    text += "skipped " + counted(bad.size() - kShownPerKind, "more image") + "; --json lists all\n";
  return text;
}

std::string shortfall_text(const std::vector<ClassPlan>& classes) {
  std::string text;
  for (const ClassPlan& plan : classes)
    if (plan.shortfall > 0)
      text += "class " + in_quotes(plan.name) + " is " + grouped(plan.shortfall) + " short of " +
              grouped(plan.target) + ": " + plan.reason + "\n";
  return text;
}

std::string raised_text(const std::vector<ClassPlan>& classes) {
  std::string text;
  for (const ClassPlan& plan : classes)
    if (plan.raised)
      text += "class " + in_quotes(plan.name) + " keeps all its " + counted(plan.samples, "image") +
              ", though it was to have fewer; expand.undersample: true would choose among them\n";
  return text;
}

// What of val and test is in train.
std::string leaks_text(const std::vector<Leak>& leaks) {
  std::string text;
  for (std::size_t i = 0; i < leaks.size() && i < kShownPerKind; ++i)
    text += (leaks[i].dropped ? "left " + in_quotes(leaks[i].train) + " out of train, for it "
                              : "warning: " + in_quotes(leaks[i].train) + " is in train, and ") +
            (leaks[i].exact ? "equals " : "shows what ") + in_quotes(leaks[i].held_out) +
            (leaks[i].exact ? " of " : " shows, of ") + std::string(split_name(leaks[i].split)) + "\n";
  if (leaks.size() > kShownPerKind)
    text += "and " + counted(leaks.size() - kShownPerKind, "more leak") + " like that; --json lists all\n";
  return text;
}

std::string idle_text(std::uint64_t idle, std::uint64_t equal) {
  std::string text;
  if (idle > 0)
    text += "warning: " + counted(idle, "copy changes", "copies change") +
            " nothing, for no transform fires; raise a `p` or add a transform\n";
  if (equal > 0)
    text += "warning: " + counted(equal, "copy equals", "copies equal") +
            " another copy of the same sample; add a transform with a range\n";
  return text;
}

// What the quality gate did, and what it could not help.
std::string refused_text(const RunSummary& summary) {
  std::uint64_t sum = 0;
  std::vector<std::string> reasons;
  for (const auto& [reason, count] : summary.refused) {
    sum += count;
    reasons.push_back(grouped(count) + " for " + reason);
  }
  if (sum == 0) return {};
  std::string text =
      counted(sum, "attempt was", "attempts were") + " turned down by `accept` (" + listed(reasons) + ")\n";
  for (std::size_t i = 0; i < summary.refused_kept.size() && i < kShownPerKind; ++i)
    text += "kept " + in_quotes(summary.refused_kept[i]) + ", though every attempt was turned down\n";
  if (summary.refused_kept.size() > kShownPerKind)
    text += "kept " + counted(summary.refused_kept.size() - kShownPerKind, "more image") +
            " like that; loosen `accept` or the ranges of `augment`\n";
  return text;
}

Json times_json(const std::vector<PassTime>& times) {
  Json json = Json::array();
  for (const PassTime& time : times)
    json.push_back(
        {{"pass", time.pass}, {"wall_seconds", time.wall_seconds}, {"cpu_seconds", time.cpu_seconds}});
  return json;
}

// What one shard has of each class.
std::string share_table(const std::vector<ClassPlan>& classes, const Share& share, int width) {
  std::vector<std::vector<std::string>> rows;
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::uint64_t images = classes[i].images() + classes[i].val + classes[i].test;
    rows.push_back({escaped(classes[i].name), grouped(images), grouped(share.images[i])});
    all += images;
  }
  rows.push_back({"all", grouped(all), grouped(share.total())});
  return text_table({{"class", false}, {"images"}, {"shard " + in_words(share.shard)}}, rows, width);
}

Json share_json(const std::vector<ClassPlan>& classes, const Share& share) {
  Json json{{"number", share.shard.number}, {"of", share.shard.count}, {"images", share.total()}};
  for (std::size_t i = 0; i < classes.size(); ++i)
    json["classes"].push_back({{"name", classes[i].name}, {"images", share.images[i]}});
  return json;
}

// "12 images made (1.5 MiB), 3 kept".
std::string made_text(const RunSummary& summary) {
  std::string text = counted(summary.made, "image") + " made (" + human_bytes(summary.bytes_written) + ")";
  if (summary.kept > 0) text += ", " + grouped(summary.kept) + " kept";
  if (summary.removed > 0) text += ", " + grouped(summary.removed) + " removed";
  return text;
}

// Where the layout changes, images stay and yet there is much to do.
std::string nothing_to_make_text(std::uint64_t images, bool laid_out, const std::string& verb) {
  const std::string all_there = ": all " + counted(images, "image") + " are there";
  if (laid_out) return "nothing to do" + all_there;
  return "no image to make" + all_there + "; what lies beside or around them " + verb + " written anew";
}

}  // namespace

std::string result_text(const RunSummary& summary, const TableStyle& style) {
  return (summary.share ? share_table(summary.classes, *summary.share, style.width)
                        : class_table(summary.classes, style)) +
         done_text(summary) + "\n";
}

std::string done_text(const RunSummary& summary) {
  if (summary.share)
    return made_text(summary) + "; when all shards are done, `tenfold merge` makes them whole";
  if (summary.merged > 0) return counted(summary.merged, "shard") + " merged: " + made_text(summary);
  if (summary.made == 0 && summary.removed == 0)
    return nothing_to_make_text(summary.kept, summary.laid_out, "was");
  return made_text(summary);
}

std::string result_text(const Forecast& forecast, const TableStyle& style) {
  if (forecast.share)
    return share_table(forecast.plan.classes, *forecast.share, style.width) + "about " +
           human_bytes(forecast.estimated_bytes) + "; this shard would make " + grouped(forecast.made) +
           ", make " + grouped(forecast.remade) + " again and keep " + grouped(forecast.kept) + "\n";
  std::uint64_t copies = 0, most = 0, least = UINT64_MAX;
  for (const SamplePlan& plan : forecast.plan.samples) {
    copies += plan.copies;
    most = std::max<std::uint64_t>(most, plan.copies);
    least = std::min<std::uint64_t>(least, plan.copies);
  }
  std::string text = class_table(forecast.plan.classes, style);
  text += counted(forecast.plan.images(), "image") + ", of which " + counted(copies, "copy", "copies");
  if (copies > 0)
    text += " (" + (least == most ? grouped(most) : grouped(least) + " to " + grouped(most)) + " per sample)";
  text += ", about " + human_bytes(forecast.estimated_bytes) + "\n";
  if (forecast.kept + forecast.remade + forecast.removed == 0) return text;  // there is no output yet
  if (forecast.made + forecast.remade + forecast.removed == 0)
    return text + nothing_to_make_text(forecast.kept, forecast.laid_out, "would be") + "\n";
  return text + "a run would make " + grouped(forecast.made) + ", make " + grouped(forecast.remade) +
         " again, keep " + grouped(forecast.kept) + " and remove " + grouped(forecast.removed) + "\n";
}

std::string findings_text(const RunSummary& summary) {
  std::string text = bad_text(summary.bad) + leaks_text(summary.leaks);
  for (std::size_t i = 0; i < summary.failed.size() && i < kShownPerKind; ++i)
    text += "could not make " + in_quotes(summary.failed[i].name) + ": " + summary.failed[i].failure.reason +
            "\n";
  if (summary.failed.size() > kShownPerKind)
    text += "could not make " + counted(summary.failed.size() - kShownPerKind, "more image") +
            "; --json lists all\n";
  text += shortfall_text(summary.classes) + raised_text(summary.classes) +
          idle_text(summary.idle_copies, summary.equal_copies) + refused_text(summary);
  if (summary.misnamed > 0)
    text += counted(summary.misnamed, "image") + " of another format than the file's name says\n";
  if (summary.several_images > 0)
    text += counted(summary.several_images, "file") + " with several images: only the first one counts\n";
  return text + ignored_text(summary.ignored);
}

std::string findings_text(const Forecast& forecast) {
  std::string text = bad_text(forecast.catalog.bad) + leaks_text(forecast.leaks) +
                     shortfall_text(forecast.plan.classes) + raised_text(forecast.plan.classes) +
                     idle_text(forecast.idle_copies, forecast.equal_copies);
  for (const std::string& refusal : forecast.refusals) text += "a run would not start: " + refusal + "\n";
  for (const std::string& warning : forecast.warnings) text += "warning: " + warning + "\n";
  for (const std::string& note : forecast.notes) text += note + "\n";
  for (const std::string& name : forecast.renamed)
    text += "named " + in_quotes(name) + ", because another image has the plain name\n";
  if (forecast.renamed_count > forecast.renamed.size())
    text += "and " + counted(forecast.renamed_count - forecast.renamed.size(), "more name") + " like that\n";
  return text + ignored_text(forecast.catalog.ignored);
}

std::string result_json(const RunSummary& summary) {
  Json json{{"classes", classes_json(summary.classes)},
            {"made", summary.made},
            {"kept", summary.kept},
            {"removed", summary.removed},
            {"bytes_written", summary.bytes_written},
            {"bad", bad_json(summary.bad)},
            {"failed", failed_json(summary.failed)},
            {"leaks", leaks_json(summary.leaks)},
            {"idle_copies", summary.idle_copies},
            {"equal_copies", summary.equal_copies},
            {"refused", summary.refused},
            {"refused_kept", summary.refused_kept},
            {"misnamed", summary.misnamed},
            {"several_images", summary.several_images},
            {"ignored", ignored_json(summary.ignored)},
            {"times", times_json(summary.times)}};
  if (summary.share) json["shard"] = share_json(summary.classes, *summary.share);
  if (summary.merged > 0) json["merged"] = summary.merged;
  return json.dump(2) + "\n";
}

std::string result_json(const Forecast& forecast) {
  Json json{{"classes", classes_json(forecast.plan.classes)},
            {"images", forecast.plan.images()},
            {"made", forecast.made},
            {"remade", forecast.remade},
            {"kept", forecast.kept},
            {"removed", forecast.removed},
            {"estimated_bytes", forecast.estimated_bytes},
            {"refusals", forecast.refusals},
            {"idle_copies", forecast.idle_copies},
            {"equal_copies", forecast.equal_copies},
            {"renamed", forecast.renamed_count},
            {"warnings", forecast.warnings},
            {"notes", forecast.notes},
            {"bad", bad_json(forecast.catalog.bad)},
            {"leaks", leaks_json(forecast.leaks)},
            {"ignored", ignored_json(forecast.catalog.ignored)},
            {"times", times_json(forecast.times)}};
  if (forecast.share) json["shard"] = share_json(forecast.plan.classes, *forecast.share);
  return json.dump(2) + "\n";
}

std::string result_text(const DatasetSplit& split) {
  ClassPlan all{.name = "all"};
  std::vector<ClassPlan> classes = split.classes;
  for (const ClassPlan& of_class : split.classes) {
    all.samples += of_class.samples;
    all.originals += of_class.originals;
    all.val += of_class.val;
    all.test += of_class.test;
  }
  classes.push_back(all);
  std::vector<std::vector<std::string>> rows;
  for (const ClassPlan& of_class : classes)
    rows.push_back({escaped(of_class.name), grouped(of_class.samples), grouped(of_class.originals),
                    grouped(of_class.val), grouped(of_class.test)});
  constexpr int kWidth = 80;
  return text_table({{"class", false}, {"images"}, {"train"}, {"val"}, {"test"}}, rows, kWidth);
}

std::string findings_text(const DatasetSplit& split) {
  std::string text = bad_text(split.bad) + leaks_text(split.leaks);
  for (const std::string& note : split.notes) text += note + "\n";
  return text + ignored_text(split.ignored);
}

std::string result_json(const DatasetSplit& split) {
  Json classes = Json::array();
  for (const ClassPlan& row : split.classes)
    classes.push_back({{"name", row.name},
                       {"images", row.samples},
                       {"train", row.originals},
                       {"val", row.val},
                       {"test", row.test}});
  const Json json{{"classes", classes},
                  {"notes", split.notes},
                  {"bad", bad_json(split.bad)},
                  {"leaks", leaks_json(split.leaks)},
                  {"ignored", ignored_json(split.ignored)}};
  return json.dump(2) + "\n";
}

std::string timings_text(const std::vector<PassTime>& times) {
  std::string text;
  for (const PassTime& time : times) {
    std::array<char, 96> line{};
    std::snprintf(line.data(), line.size(), "%-12s %9.3f s wall %9.3f s cpu\n", time.pass.c_str(),
                  time.wall_seconds, time.cpu_seconds);
    text += line.data();
  }
  return text;
}

}  // namespace tenfold
