#include <string>

#include "parameter_text.h"
#include "tenfold/base/text.h"
#include "tenfold/report/transform_reference.h"

namespace tenfold {
namespace {

// Text of a table's cell.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char letter : text) safe += letter == '|' ? "\\|" : std::string(1, letter);
  return safe;
}

std::string row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& text : cells) line += " " + cell(text) + (text.empty() ? "|" : " |");
  return line + "\n";
}

std::string parameter_row(const ParameterSpec& parameter) {
  return row({"`" + parameter.name + "`", parameter.text, kind_text(parameter), parameter.unit,
              parameter.default_value ? "`" + value_text(*parameter.default_value) + "`" : "not set",
              parameter.neutral ? shortest(*parameter.neutral) : ""});
}

std::string section(const TransformSpec& spec) {
  std::string text = "### " + spec.name + "\n\n" + spec.summary + "\n\n" + spec.use + "\n\n";
  text += "```yaml\n- " + spec.name + (spec.example.empty() ? "" : ": " + spec.example) + "\n```\n\n";
  text += "`" + spec.formula + "`" + (spec.source.empty() ? "" : "  \nSource: " + spec.source) + "\n\n";
  if (spec.float_code) text += "Its bytes are the same on machines of one CPU family only.\n\n";
  if (!spec.annotations_follow) text += "Masks and boxes cannot follow it.\n\n";
  text += row({"parameter", "what", "takes", "unit", "default", "neutral"}) + "|---|---|---|---|---|---|\n";
  for (const ParameterSpec& parameter : spec.parameters) text += parameter_row(parameter);
  return text + row({"`p`", "probability that it happens", "number from 0 to 1", "",
                     "`" + shortest(spec.default_p) + "`", ""});
}

std::string section(const Combinator& combinator) {
  std::string text = "### " + combinator.name + "\n\n" + combinator.summary;
  if (combinator.chooses) text += " Inside it a transform's `p` is 1 unless it is written.";
  text += "\n\n" + combinator.use + "\n\n```yaml\n";
  for (const std::string& example : combinator.examples) text += "- " + example + "\n";
  text += "```\n\n" + row({"key", "what", "takes"}) + "|---|---|---|\n";
  for (const CombinatorKey& key : keys_of(combinator))
    text += row({"`" + key.name + "`", key.text, key.kind});
  return text;
}

}  // namespace

std::string transforms_markdown(std::span<const TransformSpec> specs,
                                std::span<const Combinator> combinators) {
  std::string text =
      "# Transforms\n\n"
      "Written by `tenfold transforms --markdown`; `scripts/refresh.sh` renews it.\n\n"
      "A number is fixed, `[low, high]` is a range to draw from, `±x` is `[-x, x]`. Where a parameter is at "
      "its\n"
      "neutral value it changes nothing.\n";
  std::string_view group;
  for (const TransformSpec& spec : specs) {
    if (spec.group != group) text += "\n## " + spec.group + "\n";
    group = spec.group;
    text += "\n" + section(spec);
  }
  text += "\n## combinators\n";
  for (const Combinator& combinator : combinators) text += "\n" + section(combinator);
  return text;
}

}  // namespace tenfold
