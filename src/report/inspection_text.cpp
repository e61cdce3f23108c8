#include "tenfold/report/inspection_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

#include "ignored_text.h"
#include "tenfold/base/text.h"
#include "text_table.h"

namespace tenfold {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t kShownClasses = 40, kShownPerKind = 10, kShownPerGroup = 5;

std::string fixed(double value, int digits) {
  std::array<char, 32> text;
  const int length = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return {text.data(), static_cast<std::size_t>(length)};
}

// "RGB", or "RGB 400, grey 3".
std::string counts_text(const std::map<std::string, std::uint64_t>& counts) {
  if (counts.size() == 1) return counts.begin()->first;
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::ranges::greater(), [](const auto& entry) { return entry.second; });
  std::string text;
  for (const auto& [name, count] : sorted) text += (text.empty() ? "" : ", ") + name + " " + grouped(count);
  return text;
}

std::string size_text(cv::Size size) {
  return size.empty() ? "" : std::to_string(size.width) + "×" + std::to_string(size.height);
}

// The classes by their images, the rarest first, and only so many.
std::vector<std::size_t> shown_classes(const Inspection& inspection) {
  std::vector<std::size_t> order(inspection.classes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return inspection.classes[i].images; });
  order.resize(std::min(order.size(), kShownClasses));
  return order;
}

// A table with a row for each class that is shown, and one for all.
template <typename RowOf>
std::string class_rows(const Inspection& inspection, const std::vector<Column>& columns, const RowOf& row_of,
                       const Row& total, int width) {
  std::vector<Row> rows;
  for (const std::size_t i : shown_classes(inspection)) rows.push_back(row_of(i));
  rows.push_back(total);
  return text_table(columns, rows, width);
}

Row content_row(const ClassProfile& profile) {
  return {escaped(profile.name), grouped(profile.images), human_bytes(profile.bytes),
          counts_text(profile.formats), counts_text(profile.colors)};
}

Row size_row(const ClassProfile& profile) {
  Row row{escaped(profile.name), size_text(profile.smallest), size_text(profile.median),
          size_text(profile.largest)};
  for (const double aspect : {profile.narrowest, profile.median_aspect, profile.widest})
    row.push_back(profile.images == 0 ? "" : fixed(aspect, 2));
  return row;
}

std::string sizes_text(const Inspection& inspection, int width) {
  const ClassProfile& all = inspection.all;
  if (all.images == 0) return {};
  if (all.smallest == all.largest && all.narrowest == all.widest)
    return "every image has " + size_text(all.median) + " pixels\n";
  const std::vector<Column> columns{{"class", false}, {"smallest"}, {"median"}, {"largest"},
                                    {"w/h min"},      {"median"},   {"max"}};
  return class_rows(
      inspection, columns, [&](std::size_t i) { return size_row(inspection.classes[i]); }, size_row(all),
      width);
}

std::string balance_text(const Inspection& inspection, int width) {
  std::vector<Column> columns{{"class", false}};
  Row total{"all"};
  for (const BalanceOutcome& outcome : inspection.balances) {
    columns.push_back({outcome.rule});
    total.push_back(
        grouped(std::accumulate(outcome.targets.begin(), outcome.targets.end(), std::uint64_t{0})));
  }
  const auto row_of = [&](std::size_t i) {
    Row row{escaped(inspection.classes[i].name)};
    for (const BalanceOutcome& outcome : inspection.balances) row.push_back(grouped(outcome.targets[i]));
    return row;
  };
  return class_rows(inspection, columns, row_of, total, width);
}

// " of train", where that is not all.
std::string of_train(const Inspection& inspection) {
  return inspection.all.train == inspection.all.images ? "" : " of train";
}

std::string imbalance_text(const Inspection& inspection) {
  std::vector<ClassProfile> classes = inspection.classes;
  std::erase_if(classes, [](const ClassProfile& profile) { return profile.train == 0; });
  if (classes.empty()) return "no class has an image" + of_train(inspection);
  const ClassProfile& least = *std::ranges::min_element(classes, {}, &ClassProfile::train);
  const ClassProfile& most = *std::ranges::max_element(classes, {}, &ClassProfile::train);
  const std::string images = counted(most.train, "image") + of_train(inspection);
  if (inspection.imbalance() == 1)
    return "no imbalance: " + std::string(classes.size() == 1 ? "the class has " : "each class has ") +
           images;
  return "imbalance " + fixed(inspection.imbalance(), 1) + ": " + in_quotes(most.name) + " has " + images +
         ", " + in_quotes(least.name) + " " + grouped(least.train);
}

// Files that are the same, in one line if they fit.
std::string group_text(const DatasetFinding& finding, const std::string& value, int width) {
  std::vector<std::string> names{in_quotes(finding.file_name)};
  for (const std::string& other : finding.others) names.push_back(in_quotes(other));
  if (names.size() > kShownPerGroup) {
    const std::string more = grouped(names.size() - kShownPerGroup + 1) + " more";
    names.resize(kShownPerGroup - 1);
    names.push_back(more);
  }
  const auto joined = [&](std::string_view between) {
    std::string text = "  " + value + names.front();
    for (std::size_t i = 1; i < names.size(); ++i) text += std::string(between) + names[i];
    return text;
  };
  const std::string sign = finding.value ? "≈ " : "= ";
  const std::string line = joined(" " + sign);
  return (display_width(line) <= width ? line : joined("\n    " + sign)) + "\n";
}

// The findings of one kind.
std::string kind_text(std::span<const DatasetFinding> findings, const Inspection& inspection,
                      const TableStyle& style) {
  const Flaw flaw = findings.front().flaw;
  std::string text = heading(flaw, inspection.thresholds) + ": " + grouped(findings.size()) + "\n";
  const auto shown = findings.first(std::min(findings.size(), kShownPerKind));
  int value_width = 0;
  for (const DatasetFinding& finding : shown)
    value_width = std::max(value_width, display_width(shown_value(finding)));
  for (const DatasetFinding& finding : shown) {
    const std::string name = in_quotes(finding.file_name.empty() ? finding.class_name : finding.file_name);
    const std::string value = finding.value ? right(shown_value(finding), value_width) + "  " : "";
    if (!finding.reason.empty()) {
      text += wrapped(sentence(finding, inspection.thresholds), style.width, 2);
    } else if (!finding.others.empty()) {
      text += group_text(finding, value, style.width);
    } else {
      text += "  " + value + name + "\n";
    }
  }
  if (findings.size() > shown.size())
    text += "  and " + grouped(findings.size() - shown.size()) + " more; --csv FILE or --json has all\n";
  return text;
}

// A group of duplicates is told once, by the gravest of what is true of it: then it is not said that there
// are no others.
bool may_be_told_elsewhere(Flaw flaw, const Inspection& inspection) {
  const auto found = [&](Flaw other) {
    return std::ranges::binary_search(inspection.findings, other, {}, &DatasetFinding::flaw);
  };
  if (flaw == Flaw::kDuplicate) return found(Flaw::kAcrossSplits) || found(Flaw::kDuplicateAcrossClasses);
  if (flaw == Flaw::kSimilar) return found(Flaw::kAcrossSplits) || found(Flaw::kSimilarAcrossClasses);
  return false;
}

// What there is no finding of, as far as it was looked for.
std::string absent_text(const Inspection& inspection, int width) {
  std::string absent, skipped;
  for (const FlawKind& kind : flaw_kinds()) {
    if (std::ranges::binary_search(inspection.findings, kind.flaw, {}, &DatasetFinding::flaw)) continue;
    if (may_be_told_elsewhere(kind.flaw, inspection)) continue;
    std::string& list = inspection.fast && kind.needs_pixels ? skipped : absent;
    list += (list.empty() ? "" : ", ") + heading(kind.flaw, inspection.thresholds);
  }
  std::string text;
  if (!absent.empty()) text += wrapped("not found: " + absent, width);
  if (!skipped.empty()) text += wrapped("not looked for with --fast: " + skipped, width);
  return text;
}

}  // namespace

std::string result_text(const Inspection& inspection, const TableStyle& style) {
  const auto content = [&](std::size_t i) { return content_row(inspection.classes[i]); };
  std::string text =
      class_rows(inspection, {{"class", false}, {"images"}, {"bytes"}, {"formats", false}, {"colors", false}},
                 content, content_row(inspection.all), style.width);
  if (inspection.classes.size() > kShownClasses)
    text += "the " + grouped(kShownClasses) + " rarest of " +
            counted(inspection.classes.size(), "class", "classes") + "; --json has all\n";
  text += "\n" + sizes_text(inspection, style.width);
  text += "\n" + wrapped(imbalance_text(inspection), style.width);
  text += wrapped("images" + of_train(inspection) +
                      " by balance rule (a larger class stays as it is without undersample):",
                  style.width);
  return text + balance_text(inspection, style.width);
}

std::string findings_text(const Inspection& inspection, const TableStyle& style) {
  const std::span<const DatasetFinding> findings = inspection.findings;
  std::string text = findings.empty() ? "no findings\n" : counted(findings.size(), "finding") + "\n";
  for (auto first = findings.begin(); first != findings.end();) {
    const auto end = std::find_if(first, findings.end(),
                                  [&](const DatasetFinding& other) { return other.flaw != first->flaw; });
    text += "\n" + kind_text({first, end}, inspection, style);
    first = end;
  }
  return text + "\n" + absent_text(inspection, style.width) + ignored_text(inspection.ignored);
}

}  // namespace tenfold
