#include "tenfold/report/preview_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <nlohmann/json.hpp>

#include "parameter_text.h"
#include "sheet.h"
#include "tenfold/base/text.h"
#include "tenfold/plan/job.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kLargestCell = 224;
constexpr std::size_t kNamesShown = 8;
constexpr const char* kNoBreak = "\u00A0";

// Three significant digits, with a true minus.
std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e6) {
    const std::string digits = std::to_string(static_cast<long>(std::abs(value)));
    return value < 0 ? "−" + digits : digits;
  }
  const double size = std::abs(value);
  if (size < 0.0005) return "0";
  const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%.*f", decimals, size);
  return (value < 0 ? "−" : "") + std::string(digits.data());
}

const ParameterSpec* parameter_of(const TransformSpec& spec, const std::string& name) {
  const auto found = std::ranges::find(spec.parameters, name, &ParameterSpec::name);
  return found != spec.parameters.end() ? &*found : nullptr;
}

std::string with_unit(double value, const ParameterSpec* parameter) {
  const std::string unit = parameter != nullptr ? parameter->unit : "";
  if (unit == "degrees") return number_text(value) + "°";
  if (unit == "pixels") return number_text(value) + kNoBreak + "px";
  if (unit == "kelvin") return number_text(value) + kNoBreak + "K";
  if (unit.starts_with("fraction of")) return number_text(value * 100) + "%";
  return number_text(value);
}

bool is_range(const ParameterSpec* parameter) {
  return parameter != nullptr && parameter->kind == ParameterKind::kRange;
}

// Keys of noise and hashes tell people nothing, and settings stand in the recipe.
bool is_readable(const DrawnValue& drawn, const ParameterSpec* parameter) {
  return drawn.name != "noise" && drawn.name != "statistics" && (parameter == nullptr || is_range(parameter));
}

// Whether the value says what was drawn: a number from a range that changes something, or a word.
bool is_telling(const DrawnValue& drawn, const ParameterSpec* parameter) {
  if (!is_readable(drawn, parameter)) return false;
  const double* number = std::get_if<double>(&drawn.value);
  return number == nullptr || (is_range(parameter) && parameter->neutral != *number);
}

std::string value_text(const DrawnValue& drawn, const ParameterSpec* parameter) {
  if (const double* number = std::get_if<double>(&drawn.value)) return with_unit(*number, parameter);
  if (const auto* flag = std::get_if<bool>(&drawn.value)) return *flag ? "yes" : "no";
  return escaped(std::get<std::string>(drawn.value));
}

std::string drawn_texts(const std::vector<DrawnTransform>& transforms) {
  std::string text;
  for (const DrawnTransform& transform : transforms)
    text += (text.empty() ? "" : " · ") + drawn_text(transform);
  return text.empty() ? "unchanged" : text;
}

std::string size_text(cv::Size size) {
  return std::to_string(size.width) + "×" + std::to_string(size.height);
}

std::string caption_of(const PreviewedSample& sample, const PreviewedImage& image) {
  const std::string name = image.copy == 0  ? "original"
                           : sample.element ? std::string()
                                            : "copy " + std::to_string(image.copy);
  const std::string end = !image.fault.empty() ? "not made: " + escaped(image.fault)
                          : image.copy == 0    ? size_text(image.size)
                                               : drawn_texts(image.transforms);
  return name.empty() ? end : name + " · " + end;
}

// "rotate, p 0.5, degrees [-20, 20]".
std::string element_text(const Element& element) {
  std::string text = "p " + shortest(element.p);
  for (const ParameterSpec& parameter : element.transform.spec->parameters)
    if (const auto value = element.values.find(parameter.name); value != element.values.end())
      text += " · " + parameter.name + " " + tenfold::value_text(value->second);
  return escaped(text);
}

std::string copies_text(const PreviewedSample& sample) {
  const std::size_t shown = sample.images.size() - 1;
  if (sample.copies == 0) return "no copies";
  if (sample.copies == shown) return counted(shown, "copy", "copies");
  return grouped(shown) + " of " + counted(sample.copies, "copy", "copies");
}

SheetBlock block_of(const PreviewedSample& sample) {
  SheetBlock block{
      .title = sample.element ? sample.element->transform.spec->name : escaped(sample.class_name),
      .note = sample.element ? element_text(*sample.element)
                             : escaped(sample.path) + " · " + copies_text(sample)};
  for (const PreviewedImage& image : sample.images)
    block.pictures.push_back({image.pixels, caption_of(sample, image)});
  return block;
}

std::string some_of(const std::vector<std::string>& classes) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(kNamesShown, classes.size()); ++i)
    names.push_back(in_quotes(classes[i]));
  if (classes.size() > names.size()) names.push_back(grouped(classes.size() - names.size()) + " more");
  return listed(names);
}

// What the sheet does not show.
std::vector<std::string> gaps_of(const Preview& preview) {
  std::vector<std::string> gaps;
  if (!preview.left_out.empty())
    gaps.push_back("The first " + grouped(preview.samples.size()) +
                   " classes by name. Not shown: " + some_of(preview.left_out) + "; --class NAME shows one.");
  if (!preview.held_out.empty())
    gaps.push_back("Nothing in train, so not shown: " + some_of(preview.held_out) + ".");
  return gaps;
}

Sheet sheet_of(const Preview& preview, const std::string& recipe) {
  Sheet sheet{.title = escaped(recipe), .notes = {}, .sections = {{}}};
  const PreviewedSample& first = preview.samples.front();
  if (first.element)
    sheet.notes.push_back(
        "Each transform of the chain alone and always on, from its least draw to its greatest: " +
        escaped(first.path) + " of class " + in_quotes(first.class_name) + ".");
  else
    sheet.notes.push_back("Originals and their first copies, as a run writes them.");
  std::ranges::move(gaps_of(preview), std::back_inserter(sheet.notes));
  for (const PreviewedSample& sample : preview.samples)
    sheet.sections.front().blocks.push_back(block_of(sample));
  return sheet;
}

int longest_side(const Preview& preview) {
  int side = 1;
  for (const PreviewedSample& sample : preview.samples)
    for (const PreviewedImage& image : sample.images)
      side = std::max({side, image.pixels.cols, image.pixels.rows});
  return side;
}

// Small pictures need no large cells.
SheetStyle style_for(const Preview& preview) {
  constexpr int kTiny = 64;
  constexpr int kLeastCell = 112;  // for the sake of captions
  const int longest = longest_side(preview);
  const bool tiny = longest <= kTiny;
  const auto blocks = preview.samples.size();
  SheetStyle style{.cells = {},
                   .height = 8'000,
                   .width = 1'760,
                   .caption_lines = blocks <= 20   ? 10
                                    : blocks <= 40 ? 5
                                                   : 3};
  for (const int cell : {kLargestCell, 192, 160, 128, 112, 96})
    if ((!tiny || cell <= 128) && (blocks <= 4 || cell < kLargestCell) && (blocks <= 12 || cell <= 160))
      style.cells.push_back(tiny ? cell : std::min(cell, std::max(longest, kLeastCell)));
  return style;
}

}  // namespace

cv::Mat sheet_pixels(const cv::Mat& pixels) { return shown_pixels(pixels, kLargestCell); }

cv::Mat preview_sheet(const Preview& preview, const std::string& recipe) {
  return drawn_sheet(sheet_of(preview, recipe), style_for(preview));
}

std::string drawn_text(const DrawnTransform& transform) {
  const TransformSpec& spec = *transform.spec;
  const auto parameter = [&](const DrawnValue& drawn) { return parameter_of(spec, drawn.name); };
  const bool tells = std::ranges::any_of(
      transform.values, [&](const DrawnValue& drawn) { return is_telling(drawn, parameter(drawn)); });
  const bool needs_names =
      std::ranges::count(spec.parameters, ParameterKind::kRange, &ParameterSpec::kind) > 1;
  std::string text;
  for (const DrawnValue& drawn : transform.values) {
    if (!(tells ? is_telling(drawn, parameter(drawn)) : is_readable(drawn, parameter(drawn)))) continue;
    const bool named = needs_names || !is_range(parameter(drawn));
    text += !text.empty() ? ", " : named ? " " : kNoBreak;
    text += (named ? drawn.name + kNoBreak : "") + value_text(drawn, parameter(drawn));
  }
  return spec.name + text;
}

std::string findings_text(const Preview& preview) {
  std::string text;
  for (const BadFile& bad : preview.bad)
    text += "skipped " + in_quotes(bad.path) + ": " + escaped(bad.failure.reason) + "\n";
  return text;
}

std::string result_text(const Preview& preview, const std::string& file) {
  std::size_t images = 0;
  for (const PreviewedSample& sample : preview.samples) images += sample.images.size();
  const std::string of = preview.samples.front().element
                             ? counted(preview.samples.size(), "transform")
                             : counted(preview.samples.size() + preview.left_out.size(), "class", "classes");
  std::string text = counted(images, "picture") + " of " + of + " in " + in_quotes(file) + "\n";
  for (const std::string& gap : gaps_of(preview)) text += gap + "\n";
  return text;
}

std::string result_json(const Preview& preview, const std::string& file) {
  Json rows = Json::array();
  for (const PreviewedSample& sample : preview.samples) {
    Json images = Json::array();
    for (const PreviewedImage& image : sample.images) {
      Json json{{"copy", image.copy}};
      if (!image.name.empty()) json["file_name"] = image.name;
      if (image.fault.empty()) {
        json["width"] = image.size.width;
        json["height"] = image.size.height;
      } else {
        json["fault"] = escaped(image.fault);
      }
      json["transforms"] = Json::parse(transforms_json({.transforms = image.transforms}));
      images.push_back(std::move(json));
    }
    Json row{{"class", sample.class_name}, {"source", sample.path}, {"copies", sample.copies}};
    if (sample.element) row["transform"] = sample.element->transform.spec->name;
    row["images"] = std::move(images);
    rows.push_back(std::move(row));
  }
  return Json{{"sheet", is_utf8(file) ? file : escaped(file)},
              {"rows", std::move(rows)},
              {"left_out", preview.left_out},
              {"held_out", preview.held_out}}
             .dump(2) +
         "\n";
}

}  // namespace tenfold
