#include <algorithm>

#include "html.h"
#include "number_text.h"
#include "page_sections.h"
#include "svg_bars.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

TableCell count_cell(std::uint64_t count) { return {grouped(count), std::to_string(count)}; }

// A column of the table of classes; those that are 0 or unknown everywhere are left out.
struct ClassColumn {
  TableColumn column;
  std::optional<double> (*value)(const ClassFigures&);
  bool always = false;
};

std::optional<double> number(std::uint64_t count) { return static_cast<double>(count); }

std::vector<ClassColumn> class_columns(const OutputFigures& figures) {
  const std::vector<ClassColumn> all = {
      {{"Before", "samples"}, [](const ClassFigures& one) { return number(one.samples); }, true},
      {{"After", "images"}, [](const ClassFigures& one) { return number(one.images()); }, true},
      {{"Originals", "originals"}, [](const ClassFigures& one) { return number(one.originals); }, true},
      {{"Copies", "copies"}, [](const ClassFigures& one) { return number(one.copies); }, true},
      {{"Most of one sample", "most-copies"},
       [](const ClassFigures& one) { return number(one.most_copies); }},
      {{"Short of target", "shortfall"}, [](const ClassFigures& one) { return number(one.shortfall); }},
      {{"Val", "val"}, [](const ClassFigures& one) { return number(one.val); }},
      {{"Test", "test"}, [](const ClassFigures& one) { return number(one.test); }},
      {{"Class weight", "weight"}, [](const ClassFigures& one) { return one.weight; }}};
  std::vector<ClassColumn> shown;
  for (const ClassColumn& one : all)
    if (one.always || std::ranges::any_of(figures.classes, [&](const ClassFigures& of_class) {
          return one.value(of_class).value_or(0) != 0;
        }))
      shown.push_back(one);
  return shown;
}

TableRow class_row(const ClassFigures& of_class, const std::vector<ClassColumn>& columns,
                   std::uint64_t most) {
  TableRow row{.name = of_class.name,
               .heading = html_name(of_class.name) + count_bar(of_class.samples, of_class.images(), most)};
  for (const ClassColumn& one : columns) {
    const std::optional<double> value = one.value(of_class);
    if (!value)
      row.cells.push_back({"–"});
    else if (one.column.name == "weight")
      row.cells.push_back({short_number(*value), shortest(*value)});
    else
      row.cells.push_back(count_cell(static_cast<std::uint64_t>(*value)));
  }
  return row;
}

std::string legend(const OutputFigures& figures) {
  const auto key = [](const std::string& style, const std::string& text) {
    return html_element("span", {{"class", "key " + style}}, "") + " " + text;
  };
  const bool shrinks = std::ranges::any_of(
      figures.classes, [](const ClassFigures& one) { return one.images() < one.samples; });
  std::string text = key("before", "before") + " &nbsp; " + key("added", "added");
  if (shrinks) text += " &nbsp; " + key("removed", "left out");
  return html_element("p", {{"class", "dim"}}, text);
}

}  // namespace

std::string classes_section(const OutputFigures& figures) {
  std::uint64_t most = 0;
  for (const ClassFigures& one : figures.classes) most = std::max({most, one.samples, one.images()});
  const std::vector<ClassColumn> columns = class_columns(figures);
  Table table{.id = "class-counts",
              .caption = figures.has_splits ? "Images of train, by class" : "Images by class",
              .columns = {{"Class", "", false}}};
  for (const ClassColumn& one : columns) table.columns.push_back(one.column);
  for (const ClassFigures& one : figures.classes) table.rows.push_back(class_row(one, columns, most));
  return html_section("classes", "Classes before and after", legend(figures) + html_table(table));
}

std::string splits_section(const OutputFigures& figures) {
  if (!figures.has_splits) return {};
  Table table{.id = "split-counts",
              .caption = "Images by split",
              .columns = {{"Split", "", false}, {"Originals", "originals"}, {"Copies", "copies"}}};
  for (const SplitFigures& one : figures.splits)
    table.rows.push_back(
        {one.name, html_text(one.name), {count_cell(one.originals), count_cell(one.copies)}});
  std::string text = html_table(table);
  if (figures.leaks.count == 0)
    return html_section("splits", "Splits",
                        text + html_element("p", "Nothing in train shows what is in val or test."));
  Table leaks{.id = "leaks",
              .caption = counted(figures.leaks.count, "sample") + " of train that val or test show, too",
              .columns = {{"In train", "", false},
                          {"Held out", "", false},
                          {"Split", "", false},
                          {"How alike", "", false},
                          {"What was done", "", false}}};
  for (const Leak& leak : figures.leaks.first)
    leaks.rows.push_back({leak.train,
                          html_path(leak.train),
                          {{html_path(leak.held_out)},
                           {std::string(split_name(leak.split))},
                           {leak.exact ? "same bytes" : "nearly the same"},
                           {leak.dropped ? "left out of train" : "kept in train"}}});
  if (figures.leaks.count > figures.leaks.first.size())
    leaks.caption += "; the first " + std::to_string(figures.leaks.first.size());
  return html_section("splits", "Splits and leaks", text + html_table(leaks));
}

std::string copies_section(const OutputFigures& figures) {
  std::uint64_t most = 0;
  for (const CopiesPerSample& bin : figures.copies_per_sample) most = std::max(most, bin.samples);
  Table table{.id = "copies-per-sample",
              .caption = "How many samples have so many copies",
              .columns = {{"Copies of one sample", "", false}, {"Samples", "samples"}}};
  for (const CopiesPerSample& bin : figures.copies_per_sample) {
    const std::string range =
        grouped(bin.from) + (bin.to > bin.from ? " to " + grouped(bin.to) : std::string());
    table.rows.push_back({std::to_string(bin.from) + "-" + std::to_string(bin.to),
                          range + count_bar(bin.samples, most),
                          {count_cell(bin.samples)}});
  }
  return html_section("copies", "Copies per sample", html_table(table));
}

}  // namespace tenfold
