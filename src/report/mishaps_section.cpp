#include <algorithm>

#include "html.h"
#include "ignored_text.h"
#include "page_sections.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

std::string first_of(const auto& listed) {
  return listed.count > listed.first.size()
             ? "; the first " + std::to_string(listed.first.size()) + ", dataset.json has all"
             : std::string();
}

std::string shortfalls(const OutputFigures& figures) {
  Table table{.id = "shortfalls",
              .caption = "Classes that miss their target",
              .columns = {{"Class", "", false},
                          {"Target", "target"},
                          {"Images", "images"},
                          {"Short", "shortfall"},
                          {"Why", "", false}}};
  for (const ClassFigures& one : figures.classes)
    if (one.shortfall > 0)
      table.rows.push_back({one.name,
                            html_name(one.name),
                            {{grouped(one.target), std::to_string(one.target)},
                             {grouped(one.images()), std::to_string(one.images())},
                             {grouped(one.shortfall), std::to_string(one.shortfall)},
                             {html_text(one.reason)}}});
  return table.rows.empty() ? "" : html_table(table);
}

std::string mishaps(const std::string& id, const std::string& title, const Listed<Mishap>& listed) {
  if (listed.count == 0) return {};
  Table table{.id = id,
              .caption = title + ": " + grouped(listed.count) + first_of(listed),
              .columns = {{"File", "", false}, {"Stage", "", false}, {"Why", "", false}}};
  for (const Mishap& one : listed.first)
    table.rows.push_back({one.name, html_path(one.name), {{html_text(one.stage)}, {html_text(one.reason)}}});
  return html_table(table);
}

std::string gate(const OutputFigures& figures) {
  if (!figures.has_gate) return {};
  const GateFigures& gate = figures.gate;
  std::string text = html_element("h3", "Quality gate");
  if (gate.refused.empty()) return text + html_element("p", "It turned down no copy.") + "\n";
  Table table{.id = "refused",
              .caption = counted(gate.redrawn, "copy was", "copies were") + " drawn again",
              .columns = {{"Why an attempt was turned down", "", false}, {"Attempts", "attempts"}}};
  for (const auto& [reason, count] : gate.refused)
    table.rows.push_back({reason, html_text(reason), {{grouped(count), std::to_string(count)}}});
  text += html_table(table);
  if (gate.kept.count == 0) return text;
  std::string names;
  for (const std::string& name : gate.kept.first) names += html_element("li", html_path(name));
  return text +
         html_element("p", counted(gate.kept.count, "copy is", "copies are") +
                               " there although every attempt was turned down" + first_of(gate.kept) + ":") +
         html_element("ul", {{"id", "refused-kept"}}, names) + "\n";
}

// What else the scan has seen, each in a line.
std::string asides(const OutputFigures& figures) {
  std::string items;
  if (const std::string ignored = ignored_text(figures.ignored); !ignored.empty())
    items += html_element("li", "In the input: " + html_lines(ignored));
  if (figures.misnamed > 0)
    items += html_element(
        "li", counted(figures.misnamed, "image has", "images have") + " the extension of another format.");
  if (figures.several_images > 0)
    items += html_element(
        "li", "Of " + counted(figures.several_images, "file") + " with several images the first one counts.");
  return items.empty() ? "" : html_element("ul", items) + "\n";
}

}  // namespace

std::string mishaps_section(const OutputFigures& figures) {
  const std::string troubles = shortfalls(figures) + mishaps("bad", "Bad images of the input", figures.bad) +
                               mishaps("failed", "Outputs that could not be made", figures.failed);
  const std::string text =
      troubles.empty() ? html_element("p",
                                      "Every image of the input could be used, and every class has as "
                                      "many images as it should.") +
                             "\n"
                       : troubles;
  return html_section("mishaps", "Shortfalls and bad images", text + gate(figures) + asides(figures));
}

}  // namespace tenfold
