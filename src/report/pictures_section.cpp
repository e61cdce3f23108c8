#include "html.h"
#include "page_sections.h"
#include "tenfold/base/base64.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

std::string title_of(const ShownImage& image) {
  return image.copy == 0 ? "original" : "copy " + grouped(image.copy);
}

std::string picture(const ShownImage& image, const std::string& source) {
  if (!image.failure.empty())
    return html_element("div", {{"class", "missing"}}, "not shown: " + html_text(image.failure));
  const bool exact = image.format == Format::kPng;
  const std::string type = exact ? "image/png" : "image/jpeg";
  // Written out, for an img has no end.
  return "<img alt=\"" + title_of(image) + " of " + html_text(source) + "\" loading=\"lazy\"" +
         (exact ? " class=\"exact\"" : "") + " width=\"" + std::to_string(image.size.width) + "\" height=\"" +
         std::to_string(image.size.height) + "\" src=\"data:" + type + ";base64," + base64(image.miniature) +
         "\">";
}

std::string figure(const ShownImage& image, const std::string& source) {
  std::string transforms;
  for (const std::string& name : image.transforms)
    transforms += (transforms.empty() ? "" : ", ") + html_text(name);
  const std::string caption =
      title_of(image) +
      (transforms.empty() ? "" : html_element("span", {{"class", "dim"}}, ": " + transforms));
  return html_element("figure", {{"data-file-name", image.file_name}},
                      picture(image, source) + html_element("figcaption", caption)) +
         "\n";
}

}  // namespace

std::string pictures_section(const OutputFigures& figures) {
  if (figures.shown.empty()) return {};
  std::string text = html_element(
      "p", "Of each class one sample of train, with its first " +
               std::to_string(OutputFigures::kShownCopies) + " copies, taken by a hash of its path." +
               (figures.classes.size() <= OutputFigures::kShownClasses
                    ? ""
                    : " Of the " + std::to_string(figures.classes.size()) + " classes " +
                          std::to_string(OutputFigures::kShownClasses) +
                          " are shown, evenly between the rarest and the most frequent one."));
  for (const ShownSample& sample : figures.shown) {
    std::string images;
    for (const ShownImage& image : sample.images) images += figure(image, sample.source);
    text += html_element(
                "div", {{"class", "sample"}, {"data-class", sample.class_name}},
                html_element("h3", html_name(sample.class_name) + " " +
                                       html_element("small", {{"class", "dim"}}, html_path(sample.source))) +
                    "\n" + html_element("div", {{"class", "images"}}, "\n" + images)) +
            "\n";
  }
  return html_section("pictures", "Originals and copies", text);
}

}  // namespace tenfold
