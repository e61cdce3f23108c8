// The schema against the reader: the keys of every map agree in both directions, and every word of the schema
// is one that the reader takes. tests/report/schema_test.py validates recipes with the schema.

#include "tenfold/report/recipe_schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "recipe/reading.h"
#include "tenfold/transforms/combinator.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;
using Keys = std::set<std::string>;

const std::string kUnknown = "qqqqqqqqqqqqqqqqqqqq";  // near no key, so that all are listed

const Json& schema() {
  static const Json kSchema = Json::parse(recipe_schema());
  return kSchema;
}

Keys keys_of(const Json& map) {
  Keys keys;
  for (const auto& [key, value] : map.at("properties").items()) keys.insert(key);
  return keys;
}

// The keys that the reader lists where it is given one that it does not know.
Keys listed_by_reader(const std::string& recipe) {
  const ParsedRecipe parsed = read(recipe);
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    static const std::string kStart = "its keys are ";
    if (diagnostic.message.find(kUnknown) == std::string::npos || !diagnostic.hint.starts_with(kStart))
      continue;
    Keys keys;
    std::string rest = diagnostic.hint.substr(kStart.size());
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(", "), rest.find(" and "));
      keys.insert(rest.substr(0, end));
      if (end == std::string::npos) break;
      rest = rest.substr(end + (rest[end] == ',' ? 2 : 5));
    }
    return keys;
  }
  ADD_FAILURE() << "the reader lists no keys for\n" << recipe << said(parsed);
  return {};
}

std::string with_roots(const std::string& lines) {
  return "version: 1\ninput: {root: in}\noutput: {root: out}\n" + lines;
}

TEST(RecipeSchema, KnowsTheSectionsOfTheReader) {
  EXPECT_EQ(keys_of(schema()), listed_by_reader("version: 1\n" + kUnknown + ": 1\n"));
}

TEST(RecipeSchema, KnowsTheKeysOfEverySectionOfTheReader) {
  int maps = 0;
  for (const auto& [name, section] : schema().at("properties").items()) {
    if (!section.contains("properties")) continue;
    SCOPED_TRACE(name);
    ++maps;
    EXPECT_EQ(keys_of(section), listed_by_reader("version: 1\n" + name + ": {" + kUnknown + ": 1}\n"));
  }
  EXPECT_GE(maps, 4);
  EXPECT_EQ(keys_of(schema().at("properties").at("classes").at("additionalProperties")),
            listed_by_reader(with_roots("classes: {a: {" + kUnknown + ": 1}}\n")));
  EXPECT_EQ(keys_of(schema().at("properties").at("input").at("properties").at("targets")),
            listed_by_reader("version: 1\ninput: {targets: {" + kUnknown + ": 1}}\n"));
  const Json& balance = schema().at("properties").at("expand").at("properties").at("balance");
  EXPECT_EQ(keys_of(balance.at("anyOf").at(1)),
            listed_by_reader(with_roots("expand: {balance: {" + kUnknown + ": 1}}\n")));
}

TEST(RecipeSchema, KnowsTheParametersOfEveryTransform) {
  for (const TransformSpec& spec : transforms()) {
    SCOPED_TRACE(spec.name);
    EXPECT_EQ(keys_of(schema().at("definitions").at(spec.name)),
              listed_by_reader(with_roots("augment: [" + spec.name + ": {" + kUnknown + ": 1}]\n")));
  }
}

TEST(RecipeSchema, KnowsTheKeysOfEveryCombinator) {
  for (const Combinator& combinator : combinators()) {
    SCOPED_TRACE(combinator.name);
    EXPECT_EQ(keys_of(schema().at("definitions").at(combinator.name).at("anyOf").back()),
              listed_by_reader(with_roots("augment: [" + combinator.name + ": {" + kUnknown + ": 1}]\n")));
  }
}

TEST(RecipeSchema, OffersTheTransformsOfTheRegistryAndTheCombinators) {
  Keys expected;
  for (const TransformSpec& spec : transforms()) expected.insert(spec.name);
  const Json& element = schema().at("definitions").at("element").at("anyOf");
  EXPECT_EQ(element.at(0).at("enum").get<Keys>(), expected);
  for (const Combinator& combinator : combinators()) expected.insert(combinator.name);
  EXPECT_EQ(keys_of(element.at(1)), expected);
}

// All lists of words, wherever they stand below the value's schema.
void collect_words(const Json& value, std::vector<Json>& words) {
  if (value.contains("enum"))
    for (const Json& word : value.at("enum")) words.push_back(word);
  if (value.contains("anyOf"))
    for (const Json& kind : value.at("anyOf")) collect_words(kind, words);
}

// And the other way round: the hint for a wrong word, such as "must be skip or fail", names as many.
TEST(RecipeSchema, OffersTheWordsThatTheReaderTakes) {
  int count = 0;
  for (const auto& [name, section] : schema().at("properties").items()) {
    if (!section.contains("properties")) continue;
    for (const auto& [key, value] : section.at("properties").items()) {
      SCOPED_TRACE(name + "." + key);
      std::vector<Json> words;
      collect_words(value, words);
      for (const Json& word : words) {
        ++count;
        const std::string text = word.is_string() ? word.get<std::string>() : word.dump();
        EXPECT_EQ(said(with_roots("augment: [hue]\n"), {name + "." + key + "=" + text}), "");
      }
      if (words.empty()) continue;
      const std::string refusal = said(with_roots("augment: [hue]\n"), {name + "." + key + "=" + kUnknown});
      for (const Json& word : words)
        EXPECT_NE(refusal.find(word.is_string() ? word.get<std::string>() : word.dump()), std::string::npos)
            << refusal;
      if (value.contains("enum")) {
        const std::string clause =
            refusal.substr(refusal.find("must be "), refusal.find(", got") - refusal.find("must be "));
        const auto commas = static_cast<std::size_t>(std::count(clause.begin(), clause.end(), ','));
        EXPECT_EQ(words.size(), commas + 2) << clause;
      }
    }
  }
  EXPECT_GE(count, 20);
}

// Defaults that the schema names can be written into a recipe, and mean what their absence means.
TEST(RecipeSchema, NamesTheReadersDefaults) {
  for (const auto& [name, section] : schema().at("properties").items()) {
    if (!section.contains("properties")) continue;
    // Without `accept` there is no gate at all; its defaults are those of an empty one.
    const std::string plain =
        with_roots(name == "accept" ? "augment: [hue]\naccept: {}\n" : "augment: [hue]\n");
    for (const auto& [key, value] : section.at("properties").items()) {
      if (!value.contains("default")) continue;
      SCOPED_TRACE(name + "." + key);
      const Json& word = value.at("default");
      const std::string text = word.is_string() ? "\"" + word.get<std::string>() + "\"" : word.dump();
      const ParsedRecipe parsed = read(plain, {name + "." + key + "=" + text});
      EXPECT_EQ(said(parsed), "");
      EXPECT_EQ(resolved_json(parsed.recipe), resolved_json(read(plain).recipe));
      EXPECT_EQ(parsed.recipe.input.max_bad, InputRecipe{}.max_bad);
    }
  }
}

}  // namespace
}  // namespace tenfold
