#include <algorithm>

#include "html.h"
#include "number_text.h"
#include "page_sections.h"
#include "svg_bars.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

std::string share_text(std::optional<double> share) { return share ? percent(*share) : "–"; }

std::string places_text(const TransformFigures& transform) {
  std::string text;
  for (const PlaceFigures& place : transform.places) {
    text += (text.empty() ? "" : "<br>") + html_element("code", html_text(place.name));
    if (place.p < 1) text += " p " + short_number(place.p);
    if (transform.places.size() > 1 && place.expected) text += ", expected " + percent(*place.expected);
  }
  return text.empty() ? "not in the recipe" : text;
}

TableRow transform_row(const TransformFigures& transform, std::uint64_t copies) {
  const double rate = copies == 0 ? 0 : static_cast<double>(transform.fired) / static_cast<double>(copies);
  const std::optional<double> expected = transform.expected();
  const std::string place = transform.places.empty() ? "" : places_text(transform);
  return {transform.name,
          html_text(transform.name) + share_bar(rate, expected) +
              html_element("small", {{"class", "dim"}}, place),
          {{grouped(transform.fired), std::to_string(transform.fired)},
           {percent(rate), shortest(rate)},
           {share_text(expected), expected ? shortest(*expected) : ""}}};
}

std::string counts_data(const Histogram& drawn) {
  std::string text;
  for (const std::uint64_t count : drawn.counts) text += (text.empty() ? "" : " ") + std::to_string(count);
  return text;
}

std::string parameter_figure(const TransformFigures& transform, const ParameterFigures& parameter) {
  const Histogram& drawn = parameter.drawn;
  std::string caption = html_element("b", html_text(transform.name + "." + parameter.name));
  if (!parameter.unit.empty())
    caption += html_element("span", {{"class", "dim"}}, " " + html_text(parameter.unit));
  std::string numbers = counted(drawn.values, "value");
  const double width = drawn.range.high - drawn.range.low;
  const auto value_text = [&](double value) {
    return drawn.whole ? shortest(value) : number_within(value, width);
  };
  if (drawn.values > 0)
    numbers += " from " + value_text(drawn.least) + " to " + value_text(drawn.most) + ", mean " +
               number_within(drawn.mean, width);
  if (drawn.outside > 0) numbers += "; " + grouped(drawn.outside) + " outside of the range";
  const std::string ends = html_element("span", shortest(drawn.range.low)) +
                           (drawn.log_uniform ? html_element("span", "logarithmic") : "") +
                           html_element("span", shortest(drawn.range.high));
  return html_element("figure",
                      {{"data-parameter", transform.name + "." + parameter.name},
                       {"data-values", std::to_string(drawn.values)},
                       {"data-outside", std::to_string(drawn.outside)},
                       {"data-counts", counts_data(drawn)}},
                      html_element("figcaption", caption) + histogram(drawn) +
                          html_element("div", {{"class", "ends"}}, ends) +
                          html_element("small", {{"class", "dim"}}, numbers)) +
         "\n";
}

std::string chain_text(const ChainFigures& chain, std::size_t number) {
  if (chain.transforms.empty()) return html_element("p", "No transform fired.") + "\n";
  Table table{
      .id = "transforms-" + std::to_string(number),
      .caption = "In " + counted(chain.copies, "copy", "copies"),
      .columns = {{"Transform", "", false}, {"Fired", "fired"}, {"Share", "rate"}, {"Expected", "expected"}}};
  std::string histograms;
  bool some_even = false;
  for (const TransformFigures& transform : chain.transforms) {
    table.rows.push_back(transform_row(transform, chain.copies));
    for (const ParameterFigures& parameter : transform.parameters) {
      if (parameter.drawn.values == 0) continue;  // one that a setting takes the place of
      histograms += parameter_figure(transform, parameter);
      some_even = some_even || parameter.drawn.even;
    }
  }
  std::string text = html_table(table);
  if (histograms.empty()) return text;
  text += html_element("h3", "Drawn numbers, between the ends of their ranges") + "\n";
  if (some_even)
    text += html_element("p", {{"class", "dim"}},
                         "The line is where all bars would end if a range were covered evenly.") +
            "\n";
  return text + html_element("div", {{"class", "histograms"}}, "\n" + histograms) + "\n";
}

std::string classes_text(const std::vector<std::string>& classes) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(classes.size(), kShown); ++i) names.push_back(html_name(classes[i]));
  if (classes.size() > kShown) names.push_back(grouped(classes.size() - kShown) + " more");
  return listed(names);
}

std::string explanation(const OutputFigures& figures) {
  std::string text =
      "How often each transform fired in the copies, beside how often it should by its p and those of what "
      "it "
      "stands in. Places are those of the recipe; of several places with one name the sum is counted, for "
      "the manifest tells transforms by name.";
  const auto grows = [](const ChainFigures& chain) { return chain.grows; };
  if (std::ranges::any_of(figures.chains, grows))
    text += " The strength grows with the copy, so what changes little is drawn more often.";
  if (figures.has_gate) text += " Copies that the quality gate turned down were drawn again.";
  return html_element("p", text) + "\n";
}

}  // namespace

std::string draws_section(const OutputFigures& figures) {
  const auto has_copies = [](const ChainFigures& chain) { return chain.copies > 0; };
  if (std::ranges::none_of(figures.chains, has_copies)) return {};
  std::string text = explanation(figures);
  if (!figures.recipe_fault.empty())
    text += html_element("p", {{"class", "note"}},
                         "What is expected is not known: " + html_text(figures.recipe_fault) + ".") +
            "\n";
  std::size_t number = 0;
  for (const ChainFigures& chain : figures.chains) {
    if (!has_copies(chain)) continue;
    const std::string id = "chain-" + std::to_string(++number);
    const std::string content = chain_text(chain, number);
    if (figures.chains.size() == 1) {
      text += html_element("div", {{"id", id}, {"data-copies", std::to_string(chain.copies)}}, content);
      continue;
    }
    Attributes attributes{{"id", id}, {"data-copies", std::to_string(chain.copies)}};
    if (number == 1) attributes.emplace_back("open", "");
    text += html_details(attributes, classes_text(chain.classes), content);
  }
  return html_section("draws", "What was drawn", text);
}

}  // namespace tenfold
