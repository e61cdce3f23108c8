// tenfold-recipe(5), from the recipe's JSON Schema; the transforms' summaries and examples from their specs.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "documents.h"
#include "roff.h"
#include "tenfold/report/recipe_schema.h"
#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostWords = 12;  // longer lists of words are those of the transforms

// A value as a recipe has it: text without quotes.
std::string value_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::string words_text(const Json& words) {
  if (words.size() > kMostWords) return "a transform";
  std::vector<std::string> texts;
  for (const Json& word : words) texts.push_back(value_text(word));
  return joined(texts, " | ");
}

std::string number_text(const Json& schema, const std::string& noun) {
  std::string text = noun;
  if (schema.contains("exclusiveMinimum")) text += " above " + schema["exclusiveMinimum"].dump();
  if (schema.contains("minimum")) text += " from " + schema["minimum"].dump();
  if (schema.contains("maximum")) text += " to " + schema["maximum"].dump();
  return text;
}

// The patterns of the schema, in words.
std::string pattern_text(const std::string& pattern) {
  if (pattern.find("±") != std::string::npos) return "\u00b1number";
  if (pattern.find("kKMG") != std::string::npos) return pattern.ends_with("B?$") ? "500MB" : "100M";
  if (pattern.find("json") != std::string::npos) return "text with {path}, or ending in .json";
  if (pattern.find("path") != std::string::npos) return "text with {path}";
  return {};  // a number as text, or a percentage
}

std::string type_text(const Json& schema);

std::string kinds_text(const Json& kinds) {
  std::vector<std::string> texts;
  for (const Json& kind : kinds)
    if (const std::string text = type_text(kind);
        !text.empty() && std::ranges::find(texts, text) == texts.end())
      texts.push_back(text);
  return joined(texts, " | ");
}

std::string keys_text(const Json& schema) {
  if (!schema.contains("properties")) return "a map";
  std::vector<std::string> keys;
  for (const auto& [key, ignored] : schema["properties"].items()) keys.push_back(key);
  return "{" + joined(keys, ", ") + "}";
}

// What a key takes: "keep | jpeg", "whole number from 1 to 100 | keep".
std::string type_text(const Json& schema) {
  if (schema.contains("const")) return value_text(schema["const"]);
  if (schema.contains("enum")) return words_text(schema["enum"]);
  if (schema.contains("anyOf")) return kinds_text(schema["anyOf"]);
  if (schema.contains("allOf") || schema.contains("$ref")) return "a list of transforms";
  const Json type = schema.value("type", Json("object"));
  if (type == "integer") return number_text(schema, "whole number");
  if (type == "number") return number_text(schema, "number");
  if (type == "boolean") return "true | false";
  if (type == "string") return schema.contains("pattern") ? pattern_text(schema["pattern"]) : "text";
  if (type == "array") {
    if (schema.value("maxItems", 0) == 2) return "[low, high]";
    const std::string items = type_text(schema.value("items", Json::object()));
    return items == "a transform" ? "a list of transforms" : "a list of " + items;
  }
  return type.is_array() && type.size() > 2 ? "text" : keys_text(schema);
}

std::string key_item(const std::string& name, const Json& schema) {
  std::string text = schema.value("description", "");
  if (text.ends_with('.')) text.pop_back();
  // What only holds other keys says so by these, which follow.
  const std::string type =
      schema.contains("properties") || schema.contains("additionalProperties") ? "" : type_text(schema);
  text += (text.empty() || type.empty() ? "" : ": ") + type;
  if (schema.contains("default")) text += "; default " + value_text(schema["default"]);
  return ".TP\n" + roff_bold(name) + "\n" + roff_prose(text) + "\n";
}

// The keys of a map, and those of the maps in it: "split.val".
std::string key_items(const Json& schema, const std::string& prefix) {
  std::string text;
  for (const auto& [name, key] : schema["properties"].items()) {
    text += key_item(prefix + name, key);
    if (key.contains("properties")) text += key_items(key, prefix + name + ".");
    for (const Json& kind : key.value("anyOf", Json::array()))
      if (kind.contains("properties")) text += key_items(kind, prefix + name + ".");
  }
  return text;
}

std::string sections(const Json& schema) {
  std::string text, plain;
  for (const auto& [name, section] : schema["properties"].items()) {
    const Json& map = section.contains("additionalProperties") && section["additionalProperties"].is_object()
                          ? section["additionalProperties"]
                          : section;
    if (!map.contains("properties")) {
      plain += key_item(name, section);
      continue;
    }
    text += roff_subheading(name) + roff_paragraph(section["description"].get<std::string>());
    text += key_items(map, &map == &section ? "" : "NAME.");
  }
  return roff_heading("KEYS") + plain + text;
}

std::string transform_section(const std::string& name, const std::string& summary,
                              const std::vector<std::string>& examples, const Json& definitions) {
  std::string lines;
  for (const std::string& example : examples) lines += "- " + example + "\n";
  const Json& schema = definitions[name];
  std::string text = roff_subheading(name) + roff_paragraph(summary) + roff_code(lines);
  if (schema.contains("properties")) text += key_items(schema, "");
  for (const Json& kind : schema.value("anyOf", Json::array()))  // a combinator's, beside a mere list
    if (kind.contains("properties")) text += key_items(kind, "");
  return text;
}

std::string chain_sections(const Json& definitions) {
  std::string text = roff_heading("COMBINATORS");
  for (const Combinator& combinator : combinators()) {
    const std::string inside =
        combinator.chooses ? " Inside it a transform's `p` is 1 unless it is written." : "";
    text += transform_section(combinator.name, combinator.summary + " " + combinator.use + inside,
                              combinator.examples, definitions);
  }
  std::string group;
  for (const TransformSpec& spec : transforms()) {
    if (spec.group != group) text += roff_heading("TRANSFORMS: " + spec.group);
    group = spec.group;
    const std::string example = spec.name + (spec.example.empty() ? "" : ": " + spec.example);
    text += transform_section(spec.name, spec.summary + " " + spec.use, {example}, definitions);
  }
  return text;
}

}  // namespace

std::string recipe_page() {
  const Json schema = Json::parse(recipe_schema());
  return page_head("tenfold-recipe", 5, "what tenfold shall make of a dataset") +
         roff_heading("DESCRIPTION") +
         roff_paragraph(
             "A recipe is a YAML file. Every key but `version` may be left out, if `-i` and `-o` say where "
             "the "
             "dataset is and where the output goes. Unknown keys and values out of bounds are mistakes: all "
             "of "
             "them are reported, and nothing is written. `--set KEY=VALUE` overrides a key, such as "
             "`--set expand.factor=4`.") +
         roff_paragraph(
             "A parameter of a transform is a number, which is fixed, or `[low, high]`, a range to draw "
             "from; "
             "`\u00b1x` is `[-x, x]`, and `10%` is 0.1.") +
         roff_heading("EXAMPLE") +
         roff_code(
             "version: 1\n"
             "seed: 42\n"
             "input: {root: data/train}\n"
             "output: {root: data/train-x10}\n"
             "expand: {factor: 10, balance: majority}\n"
             "augment:\n"
             "  - horizontal_flip\n"
             "  - rotate: {degrees: \u00b120}\n"
             "  - one_of:\n"
             "      - gaussian_blur: {sigma: [0.5, 1.5]}\n"
             "      - gaussian_noise: {std: [2, 8]}\n") +
         sections(schema) + chain_sections(schema["definitions"]) + roff_heading("SEE ALSO") +
         ".BR tenfold (1),\n.BR tenfold\\-run (1),\n.BR tenfold\\-transforms (1),\n.BR tenfold\\-schema "
         "(1)\n";
}

}  // namespace tenfold
