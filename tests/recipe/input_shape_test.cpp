// Where images lie and where their labels come from, as a recipe says it.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

using Kind = LabelRule::Kind;
using Paths = std::vector<std::filesystem::path>;

ParsedRecipe read_input(const std::string& input) {
  return read("version: 1\ninput: {" + input + "}\noutput: {root: out}\n");
}

LabelRule labels(const std::string& rule) {
  const ParsedRecipe parsed = read_input("root: in, labels: " + rule);
  EXPECT_EQ(said(parsed), "");
  return parsed.recipe.input.labels;
}

// Message and hint of the only mistake.
std::string mistake(const std::string& input) {
  const ParsedRecipe parsed = read_input(input);
  if (parsed.diagnostics.size() != 1) return said(parsed);
  return parsed.diagnostics[0].message + (parsed.diagnostics[0].hint.empty() ? "" : "; hint: ") +
         parsed.diagnostics[0].hint;
}

TEST(Roots, AreOneOrSeveral) {
  EXPECT_EQ(read_input("root: a/b").recipe.input.roots, Paths{"a/b"});
  EXPECT_EQ(read_input("root: [a, /b]").recipe.input.roots, (Paths{"a", "/b"}));
  EXPECT_EQ(mistake("root: []"), "'root' must name a folder, got a list");
  EXPECT_EQ(mistake("root: {a: b}"), "'root' must be text, got a map");
  EXPECT_EQ(mistake("root: [a, [b]]"), "'root' must be text, got a list");
}

TEST(Roots, OfTheCommandLineReplaceAll) {
  RecipeOverrides overrides{.inputs = {"x", "y"}};
  EXPECT_EQ(
      parse_recipe("version: 1\ninput: {root: [a, b, c]}\noutput: {root: out}\n", "some/r.yaml", overrides)
          .recipe.input.roots,
      (Paths{"x", "y"}));
  EXPECT_EQ(parse_recipe("version: 1\ninput: {root: [a, /b]}\noutput: {root: out}\n", "some/r.yaml", {})
                .recipe.input.roots,
            (Paths{"some/a", "/b"}));
}

TEST(Labels, ComeFromFoldersNamesOrTables) {
  EXPECT_EQ(labels("folder"), LabelRule{});
  EXPECT_EQ(labels("webdataset"), LabelRule{.kind = Kind::kBeside});
  EXPECT_EQ(labels("{regex: '^([a-z]+)_'}"), (LabelRule{.kind = Kind::kFileName, .text = "^([a-z]+)_"}));
  EXPECT_EQ(labels("{csv: l.csv}"), (LabelRule{.kind = Kind::kCsv, .text = "l.csv"}));
  EXPECT_EQ(labels("{jsonl: l.jsonl, file: path, label: y, split: part}"),
            (LabelRule{
                .kind = Kind::kJsonLines, .text = "l.jsonl", .file = "path", .label = "y", .split = "part"}));
}

TEST(Labels, AreResolvedToWhatGivesThemAgain) {
  for (const char* rule :
       {"webdataset", "{regex: '^([a-z]+)_'}", "{csv: l.csv, label: y}", "{jsonl: l, split: s}"}) {
    const ParsedRecipe parsed = read_input("root: in, labels: " + std::string(rule));
    const ParsedRecipe again =
        parse_recipe(resolved_json(parsed.recipe), "dataset.json", {.inputs = {"in"}, .output = "out"});
    EXPECT_EQ(said(again), "");
    EXPECT_EQ(again.recipe.input.labels, parsed.recipe.input.labels) << rule;
  }
}

TEST(Labels, AreRefusedWhereTheRuleIsNone) {
  const std::string examples =
      "; hint: labels: folder, webdataset, {regex: \"^([a-z]+)_\"}, {csv: labels.csv} or {jsonl: "
      "labels.jsonl}";
  EXPECT_EQ(
      mistake("root: in, labels: file"),
      "'labels' must be folder or webdataset, or a map with regex, csv or jsonl, got \"file\"" + examples);
  EXPECT_EQ(mistake("root: in, labels: {}"),
            "'labels' must have one of the keys regex, csv and jsonl" + examples);
  EXPECT_EQ(mistake("root: in, labels: {csv: a, jsonl: b}"),
            "'labels' must have one of the keys regex, csv and jsonl" + examples);
  EXPECT_EQ(mistake("root: in, labels: {regex: '(a', }"),
            "'regex' must be a regular expression as in ECMAScript, got \"(a\"");
  EXPECT_EQ(mistake("root: in, labels: {regex: '^[a-z]+'}"),
            "'regex' must have a group in parentheses that is the label, got \"^[a-z]+\"; hint: regex: "
            "\"^([a-z]+)_\"");
  EXPECT_EQ(mistake("root: in, labels: {regex: '" + std::string(1001, '(') + "'}"),
            "'regex' must have at most 1000 bytes, got \"" + std::string(40, '(') + "…\"");
  EXPECT_EQ(mistake("root: in, labels: {regex: '(a)', label: y}"),
            "'label' has no meaning beside 'regex'; hint: it names a column of a table");
  EXPECT_EQ(mistake("root: in, labels: {csv: /data/l.csv}"),
            "'csv' must be relative to the input's root, got \"/data/l.csv\"");
}

}  // namespace
}  // namespace tenfold
