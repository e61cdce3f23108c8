// Texts that are no YAML, or YAML that a recipe has no use for.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

TEST(YamlSyntax, BrokenStructures) {
  EXPECT_EQ(said("seed: 1\n input: 2\n"),
            "r.yaml:2:7: error: not valid YAML: a ':' where no key can stand\n"
            "    2 |  input: 2\n"
            "      |       ^\n"
            "  hint: check the indentation; text that holds ': ' needs quotes\n");
  EXPECT_EQ(said("output:\n  name: {stem}__x{copy}\n"),
            "r.yaml:2:15: error: not valid YAML: this does not continue the keys above\n"
            "    2 |   name: {stem}__x{copy}\n"
            "      |               ^\n"
            "  hint: check the indentation; text that begins with '{', '[' or a quote needs quotes around "
            "all of it\n");
  EXPECT_EQ(said("a: {b: 1\nc: 2\n"),
            "r.yaml:2:2: error: not valid YAML: a '}' or ',' is missing before this\n"
            "    2 | c: 2\n"
            "      |  ^\n");
  EXPECT_EQ(said("a: @b\n"),
            "r.yaml:1:4: error: not valid YAML: this character cannot begin a value\n"
            "    1 | a: @b\n"
            "      |    ^\n"
            "  hint: put quotes around the text\n");
  EXPECT_EQ(said("a: 1\n]\n"),
            "r.yaml:2:1: error: not valid YAML: a closing bracket without an opening one\n"
            "    2 | ]\n"
            "      | ^\n");
  EXPECT_EQ(said(", a\n"),
            "r.yaml:1:1: error: not valid YAML: ',' without an opening bracket\n"
            "    1 | , a\n"
            "      | ^\n");
}

TEST(YamlSyntax, AnUnquotedGlobIsAnAlias) {
  EXPECT_EQ(said("input:\n  ignore: [*_mask.png]\n"),
            "r.yaml:2:12: error: not valid YAML: '*' begins an alias, and there is no anchor of this name\n"
            "    2 |   ignore: [*_mask.png]\n"
            "      |            ^\n"
            "  hint: put quotes around text that begins with '*'\n");
}

TEST(YamlSyntax, TabsInTheIndentation) {
  EXPECT_EQ(said("input:\n\troot: in\n"),
            "r.yaml:2:1: error: not valid YAML: a tab in the indentation\n"
            "    2 | \troot: in\n"
            "      | ^\n"
            "  hint: indent with spaces\n");
}

TEST(YamlSyntax, AQuoteThatIsNeverClosed) {
  EXPECT_EQ(said("version: 1\noutput: {name: \"x}\nseed: 1\n"),
            "r.yaml:2:16: error: the quote that opens here is never closed\n"
            "    2 | output: {name: \"x}\n"
            "      |                ^\n");
  EXPECT_EQ(said("a: 'it''s\n"),
            "r.yaml:1:4: error: the quote that opens here is never closed\n"
            "    1 | a: 'it''s\n"
            "      |    ^\n");
}

TEST(YamlSyntax, SeveralDocuments) {
  EXPECT_EQ(said("version: 1\n---\nversion: 1\n"),
            "r.yaml:2:1: error: a recipe is one YAML document, and here begins a second\n"
            "    2 | ---\n"
            "      | ^\n"
            "  hint: remove what follows\n");
}

TEST(YamlSyntax, TextThatIsNotUtf8) {
  EXPECT_EQ(said("version: 1\nseed: \xE9\n"),
            "r.yaml:2:7: error: not UTF-8 text: '\\xe9'\n"
            "    2 | seed: \\xe9\n"
            "      |       ^\n"
            "  hint: save the file as UTF-8\n");
}

TEST(YamlSyntax, ControlCharacters) {
  // yaml-cpp takes this one for the end of the text.
  EXPECT_EQ(said("version: 1\nseed: \x04 2\n"),
            "r.yaml:2:7: error: a control character: '\\x04'\n"
            "    2 | seed: \\x04 2\n"
            "      |       ^\n"
            "  hint: remove it, or write \"\\x1b\" in double quotes\n");
}

TEST(YamlSyntax, TagsMergeKeysAndStrangeKeys) {
  EXPECT_EQ(said("seed: !!int 5\n"),
            "r.yaml:1:7: error: tags such as '!!str' have no meaning in a recipe\n"
            "    1 | seed: !!int 5\n"
            "      |       ^\n"
            "  hint: remove the tag\n");
  EXPECT_EQ(said("a: &a {b: 1}\nc: {<<: *a}\n"),
            "r.yaml:2:5: error: merge keys ('<<') have no meaning in a recipe\n"
            "    2 | c: {<<: *a}\n"
            "      |     ^\n"
            "  hint: write the keys out\n");
  for (const std::string key : {"? [a]\n: 1\n", "? {a: 1}\n: 1\n"})
    EXPECT_EQ(said(key).substr(0, 38), "r.yaml:1:3: error: a key must be a wor") << key;
  EXPECT_EQ(said("null: 1\n").substr(0, 38), "r.yaml:1:1: error: a key must be a wor");
}

}  // namespace
}  // namespace tenfold
