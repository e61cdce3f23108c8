// Recipes that want all of the memory or all of the time. Each would take minutes or gigabytes if it were
// taken at its word.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

constexpr std::size_t kMebibyte = 1 << 20;

std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

std::string first_message(const ParsedRecipe& parsed) {
  return parsed.diagnostics.empty() ? "" : parsed.diagnostics[0].message;
}

TEST(HostileRecipe, BillionLaughs) {
  std::string text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name < 'l'; ++name) {
    const std::string alias = std::string("*") + static_cast<char>(name - 1);
    text += std::string(1, name) + ": &" + name + " [" + repeated(alias + ", ", 9) + alias + "]\n";
  }
  EXPECT_EQ(
      first_message(read(text)),
      "the recipe holds more than 100,000 values or 4.0 MiB of text, counted where aliases repeat them");
}

TEST(HostileRecipe, LongTextRepeatedByAliases) {
  const std::string text =
      "a: &a " + std::string(kMebibyte / 2, 'x') + "\nb: [" + repeated("*a, ", 90'000) + "*a]\n";
  EXPECT_EQ(
      first_message(read(text)),
      "the recipe holds more than 100,000 values or 4.0 MiB of text, counted where aliases repeat them");
}

TEST(HostileRecipe, BillionLaughsSpreadOverSettings) {
  const std::string tens = repeated("*a, ", 10), hundreds = repeated("*b, ", 10);
  const std::vector<std::string> settings(5000, "seed={a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9], b: &b [" + tens +
                                                    "], c: &c [" + hundreds + "], d: [" +
                                                    repeated("*c, ", 10) + "]}");
  const ParsedRecipe parsed = read(kRequired, settings);
  ASSERT_EQ(parsed.diagnostics.size(), 101u);
  EXPECT_EQ(
      parsed.diagnostics[1].message,
      "the recipe holds more than 100,000 values or 4.0 MiB of text, counted where aliases repeat them");
}

TEST(HostileRecipe, AKeyOfManyKeys) {
  EXPECT_EQ(said(kRequired, {repeated("a.", 500'000) + "a=1"}).substr(0, 60),
            "--set: error: a key is nested more than 64 deep\n      | a.a.");
  EXPECT_EQ(said(kRequired, {"augment." + repeated("a.", 62) + "a=1"}).substr(0, 41),
            "--set: error: 'a' is no element of this l");
}

TEST(HostileRecipe, DeepNesting) {
  for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{a: ", "}"), std::pair("[[1], ", "]")})
    EXPECT_EQ(first_message(read("a: " + repeated(open, 1000) + "1" + repeated(close, 1000))),
              "lists and maps are nested more than 64 deep")
        << open;
  EXPECT_EQ(first_message(read("a:\n  " + repeated("- ", 1000))),
            "lists and maps are nested more than 64 deep");
}

TEST(HostileRecipe, AMebibyteOfOneToken) {
  for (const std::string token : {"[",    "{",     "- ",  "? ",      "a: ", "{[", "&a ", "!a ",
                                  "|\n",  "- a\n", "[a,", "{a:",     ",",   ": ", "*a ", "\n---\n",
                                  "%a\n", "\"",    "'",   "[\"a\",", "a\n", "\\", ">"})
    EXPECT_TRUE(has_errors(read(repeated(token, kMebibyte / token.size())).diagnostics)) << token;
}

TEST(HostileRecipe, AnAliasOfItself) {
  EXPECT_EQ(first_message(read("a: &a [*a]\n")), "an alias cannot stand inside what it names");
}

TEST(HostileRecipe, LargerThanAnyRecipe) {
  EXPECT_EQ(said(std::string(kMebibyte + 1, '#')), "r.yaml: error: larger than 1.0 MiB: this is no recipe\n");
}

TEST(HostileRecipe, ThousandsOfMistakesOnOneLine) {
  std::string keys;
  for (int i = 0; i < 40'000; ++i) keys += "k" + std::to_string(i) + ": 1, ";
  const ParsedRecipe parsed = read("{" + keys + "version: 1}");
  ASSERT_EQ(parsed.diagnostics.size(), 101u);
  EXPECT_EQ(rendered(parsed.diagnostics.back()), "r.yaml: error: and 39,902 more\n");
  std::size_t bytes = 0;
  for (const Diagnostic& diagnostic : parsed.diagnostics) bytes += rendered(diagnostic).size();
  EXPECT_LT(bytes, 100'000u);
}

TEST(HostileRecipe, ManyClassesWithLongChains) {
  std::string classes = "classes:\n";
  for (int i = 0; i < 1000; ++i) classes += " " + std::to_string(i) + ": {without: [transpose]}\n";
  const ParsedRecipe parsed = read("version: 1\ninput: {root: in}\noutput: {root: out}\naugment: [" +
                                   repeated("equalize, ", 1000) + "transpose]\n" + classes);
  EXPECT_EQ(first_message(parsed),
            "the recipe's chains hold more than 100,000 transforms, counted for every class");
}

TEST(HostileRecipe, NumbersThatAreNone) {
  for (const std::string value :
       {".nan", ".inf", "-.inf", "1e999", "-1e999", "[.nan, .nan]", "[0, 1e999]", "±.inf", "±", "%", "±%"})
    EXPECT_TRUE(has_errors(
        read("version: 1\ninput: {root: in}\noutput: {root: out}\naugment: [rotate: {degrees: " + value +
             "}]\n")
            .diagnostics))
        << value;
}

TEST(HostileRecipe, WholeNumbersBeyond64Bits) {
  EXPECT_EQ(said_after_required("expand: {balance: {to: 99999999999999999999}}\n"),
            "r.yaml:5:24: error: 'to' must be a whole number that a computer can hold, got "
            "\"99999999999999999999\"\n"
            "    5 | expand: {balance: {to: 99999999999999999999}}\n"
            "      |                        ^\n");
}

// Whatever is in the text, reading it ends with data or diagnostics.
TEST(HostileRecipe, EveryPrefixAndEveryMissingByteOfARecipe) {
  const std::string whole =
      "version: 1\ninput: {root: \"in\", max_bad: 5%}\noutput:\n  root: 'out'\naugment: &a\n"
      "  - one_of: [rotate: {degrees: ±20}, transpose]\n  - equalize:\nclasses: {a: {augment: *a}}\n";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    read(whole.substr(0, i));
    for (const char byte :
         {'\0', '{', ']', ':', '\n', '"', '&', '*', '-', '\xC2', '\t', '!', '|', '%', '?'}) {
      std::string changed = whole;
      changed[i] = byte;
      said(changed);
    }
  }
}

}  // namespace
}  // namespace tenfold
