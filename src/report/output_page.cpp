#include "tenfold/report/output_page.h"

#include <algorithm>

#include "html.h"
#include "number_text.h"
#include "page_sections.h"
#include "page_style.h"
#include "tenfold/base/text.h"
#include "tenfold/base/version.h"

namespace tenfold {
namespace {

constexpr const char* kTitle = "What is in this training set";

struct Sums {
  std::uint64_t originals = 0, copies = 0, shortfall = 0;
};

Sums sums_of(const OutputFigures& figures) {
  Sums sums;
  for (const SplitFigures& split : figures.splits) {
    sums.originals += split.originals;
    sums.copies += split.copies;
  }
  for (const ClassFigures& one : figures.classes) sums.shortfall += one.shortfall;
  return sums;
}

std::string head() {
  // Nothing is loaded and nothing runs, whatever a name may hold.
  return "<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
         "<title>" +
         std::string(kTitle) + "</title>\n<style>" + std::string(page_style()) + "</style>\n</head>\n";
}

std::string figure(const std::string& id, const std::string& title, const std::string& text,
                   const std::string& data) {
  return html_element("div", html_element("dt", title) +
                                 html_element("dd", {{"id", id}, {"data-value", data}}, text)) +
         "\n";
}

std::string count_figure(const std::string& id, const std::string& title, std::uint64_t count) {
  return figure(id, title, grouped(count), std::to_string(count));
}

std::string key_figures(const OutputFigures& figures) {
  const Sums sums = sums_of(figures);
  std::string text = count_figure("images", "images", figures.images) +
                     count_figure("originals", "originals", sums.originals) +
                     count_figure("copies-count", "copies", sums.copies) +
                     count_figure("classes-count", "classes", figures.classes.size()) +
                     figure("bytes", "size", human_bytes(figures.bytes), std::to_string(figures.bytes));
  const double before = figures.imbalance_before(), after = figures.imbalance_after();
  if (before > 0 && after > 0)
    text += figure("imbalance", "largest : smallest class", one_decimal(before) + " → " + one_decimal(after),
                   shortest(before) + " " + shortest(after));
  if (sums.shortfall > 0) text += count_figure("shortfall", "short of the targets", sums.shortfall);
  if (figures.bad.count > 0) text += count_figure("bad-count", "bad images", figures.bad.count);
  return html_element("dl", {{"class", "figures"}}, "\n" + text) + "\n";
}

std::string edited_note(const OutputFigures& figures) {
  if (figures.intact) return {};
  return html_element("p", {{"class", "note"}, {"id", "edited"}},
                      "The manifest is not the one that dataset.json was written with: somebody has edited "
                      "it, and what is counted here may be wrong. " +
                          html_element("code", "tenfold verify") + " says more.") +
         "\n";
}

struct Section {
  const char* id;
  const char* title;
  std::string html;
};

std::string navigation(const std::vector<Section>& sections) {
  std::string items;
  for (const Section& section : sections)
    if (!section.html.empty())
      items +=
          html_element("li", html_element("a", {{"href", "#" + std::string(section.id)}}, section.title));
  return html_element("nav", {{"aria-label", "Sections"}}, html_element("ul", items)) + "\n";
}

}  // namespace

std::string output_page(const OutputFigures& figures) {
  const std::vector<Section> sections = {{"classes", "Classes", classes_section(figures)},
                                         {"splits", "Splits", splits_section(figures)},
                                         {"copies", "Copies per sample", copies_section(figures)},
                                         {"mishaps", "Shortfalls and bad images", mishaps_section(figures)},
                                         {"pictures", "Pictures", pictures_section(figures)},
                                         {"draws", "Draws", draws_section(figures)},
                                         {"pixels", "Channels and sizes", pixels_section(figures)},
                                         {"recipe", "How to make it again", recipe_section(figures)}};
  std::string body = html_element("header", html_element("h1", kTitle) + "\n" + edited_note(figures) +
                                                key_figures(figures) + navigation(sections));
  std::string main;
  for (const Section& section : sections) main += section.html;
  body += "\n" + html_element("main", "\n" + main) + "\n" +
          html_element("footer", {{"class", "dim"}},
                       html_element("p", "Written by tenfold " + std::string(version()) + "."));
  return "<!DOCTYPE html>\n<html lang=\"en\">\n" + head() + html_element("body", "\n" + body + "\n") +
         "\n</html>\n";
}

std::string result_text(const OutputFigures& figures, const std::string& file) {
  return in_quotes(file) + " shows " + counted(figures.images, "image") + " of " +
         counted(figures.classes.size(), "class", "classes") + "\n";
}

}  // namespace tenfold
