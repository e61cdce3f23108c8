#include <array>
#include <nlohmann/json.hpp>

#include "html.h"
#include "number_text.h"
#include "page_sections.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

std::string range_text(int least, int most) {
  return std::to_string(least) + (most > least ? " to " + std::to_string(most) : std::string());
}

// Of the files that the recipe names beside itself: a split that was decided, and a table of groups.
std::vector<std::string> named_files(const std::string& recipe) {
  std::vector<std::string> names;
  const auto json = nlohmann::json::parse(recipe, nullptr, false);
  for (const char* place : {"/input/split/file", "/input/split/by/csv"}) {
    const nlohmann::json::json_pointer pointer(place);
    if (json.contains(pointer) && json.at(pointer).is_string())
      names.push_back(html_path(json.at(pointer).get<std::string>()));
  }
  return names;
}

std::string versions_table(const OutputFigures& figures) {
  std::map<std::string, std::vector<std::string>> rows;
  for (std::size_t i = 0; i < figures.versions.size(); ++i)
    for (const auto& [name, version] : figures.versions[i]) {
      rows[name].resize(figures.versions.size());
      rows[name][i] = version;
    }
  Table table{.id = "versions",
              .caption = figures.versions.size() > 1
                             ? "Versions that the images were made with, the latest last"
                             : "Versions that the images were made with",
              .columns = {{"Program or library", "", false}}};
  for (std::size_t i = 0; i < figures.versions.size(); ++i)
    table.columns.push_back(
        {figures.versions.size() > 1 ? "Set " + std::to_string(i + 1) : "Version", "", false});
  for (const auto& [name, versions] : rows) {
    TableRow row{name, html_text(name)};
    for (const std::string& version : versions) row.cells.push_back({html_text(version)});
    table.rows.push_back(std::move(row));
  }
  return html_table(table);
}

}  // namespace

std::string pixels_section(const OutputFigures& figures) {
  if (!figures.moments) return {};
  static constexpr std::array kColors = {"red", "green", "blue"};
  const MomentFigures& moments = *figures.moments;
  const bool is_grey = moments.mean.size() == 1;
  Table table{.id = "moments",
              .caption = "Of all pixels of " + counted(moments.images, "image") +
                         (figures.has_splits ? " of train" : "") + ", from 0 to 1",
              .columns = {{"Channel", "", false}, {"Mean", "mean"}, {"Deviation", "std"}}};
  for (std::size_t i = 0; i < std::min(moments.mean.size(), moments.std.size()); ++i) {
    const std::string channel = is_grey ? "grey" : i < kColors.size() ? kColors[i] : "other";
    table.rows.push_back({channel,
                          channel,
                          {{shortest(moments.mean[i]), shortest(moments.mean[i])},
                           {shortest(moments.std[i]), shortest(moments.std[i])}}});
  }
  return html_section(
      "pixels", "Channels and sizes",
      html_table(table) +
          html_element("p", "Images are " + range_text(moments.least_width, moments.most_width) +
                                " pixels wide and " + range_text(moments.least_height, moments.most_height) +
                                " high."));
}

std::string recipe_section(const OutputFigures& figures) {
  const auto code = [](const std::string& text) { return html_element("code", text); };
  std::string files;
  if (const auto names = named_files(figures.recipe); !names.empty())
    files = " Beside it must lie " + listed(names) + ", as they were.";
  if (!figures.recipe_fault.empty())
    files += " It does not say everything: " + html_text(figures.recipe_fault) + ".";
  const std::string steps =
      html_element("li", "Save the recipe below as " + code("recipe.json") + "." + files) +
      html_element("li", "Run " + code("tenfold run recipe.json -i INPUT -o OUTPUT") + ", where " +
                             code("INPUT") + " is the dataset.") +
      html_element("li",
                   "Compare: the manifest's XXH3-128 is " +
                       html_element("code", {{"id", "manifest-hash"}}, html_text(figures.manifest_hash)) +
                       " in both " + code("dataset.json") + ".");
  // As it is but for HTML: whoever copies it gets the recipe.
  const std::string recipe =
      html_details({}, "The recipe as resolved",
                   html_element("pre", html_element("code", {{"id", "recipe"}}, html_lines(figures.recipe))));
  return html_section("recipe", "How to make it again",
                      html_element("p", "The same images and versions give the same bytes.") +
                          html_element("ol", steps) + recipe + versions_table(figures));
}

}  // namespace tenfold
