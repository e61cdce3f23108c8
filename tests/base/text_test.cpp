#include "tenfold/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>

namespace tenfold {
namespace {

TEST(Text, EscapesControlCharacters) {
  EXPECT_EQ(escaped("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(escaped(std::string_view("\0\x01\x1b[2K\x7f", 7)), "\\x00\\x01\\x1b[2K\\x7f");
  EXPECT_EQ(escaped("\xC2\x85 and \xC2\x9B"), "\\xc2\\x85 and \\xc2\\x9b");
}

TEST(Text, EscapesMarksThatChangeTheDirectionOrAreNotSeen) {
  EXPECT_EQ(escaped("\u202Egpj.exe"), "\\xe2\\x80\\xaegpj.exe");
  for (const std::string mark : {"\u061C", "\u200B", "\u200E", "\u200F", "\u2028", "\u202A", "\u202E",
                                 "\u2060", "\u2066", "\u2069", "\u206F", "\uFEFF"}) {
    EXPECT_THAT(escaped(mark), testing::StartsWith("\\x")) << in_quotes(mark);
    EXPECT_EQ(escaped(mark).size(), 4 * mark.size());
  }
}

TEST(Text, EscapesInvalidUtf8ByteByByte) {
  EXPECT_EQ(escaped("a\xFFz"), "a\\xffz");
  EXPECT_EQ(escaped("\xC3"), "\\xc3");                    // cut off
  EXPECT_EQ(escaped("\xC0\xAF"), "\\xc0\\xaf");           // overlong
  EXPECT_EQ(escaped("\xED\xA0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(escaped("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
  EXPECT_EQ(escaped("\xE2\x82(\xE2\x82\xAC"), "\\xe2\\x82(\u20AC");
}

TEST(Text, LeavesWhatPeopleWriteAlone) {
  const std::string text = "caf\u00E9 \u732B \U0001F431 a'b\\c";
  EXPECT_EQ(escaped(text), text);
  EXPECT_EQ(in_quotes("x y"), "'x y'");
  EXPECT_EQ(in_quotes(""), "''");
}

TEST(Text, QuotesAStringWhereFilesystemIsIncluded) {
  std::string name = std::filesystem::path("a/b").string();
  EXPECT_EQ("is " + in_quotes(name), "is 'a/b'");
}

TEST(Text, KnowsUtf8) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("\u00FF \uD7FF \uE000 \U0010FFFF"));
  for (const std::string_view text : {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
                                      "\xF5\x80\x80\x80", "\xF8", "ok\xE2\x82"})
    EXPECT_FALSE(is_utf8(text)) << escaped(text);
}

TEST(Text, CutsBetweenUtf8Sequences) {
  EXPECT_EQ(utf8_prefix("abc", 3), "abc");
  EXPECT_EQ(utf8_prefix("abc", 2), "ab");
  EXPECT_EQ(utf8_prefix("a\u20ACb", 3), "a");
  EXPECT_EQ(utf8_prefix("a\u20ACb", 4), "a\u20AC");
  EXPECT_EQ(utf8_prefix("\U0001F431", 3), "");
  EXPECT_EQ(utf8_prefix("abc", 0), "");
}

TEST(Text, WritesTheShortestDecimalThatReadsBack) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(20), "20");
  EXPECT_EQ(shortest(1e-7), "1e-07");
  EXPECT_EQ(shortest(-0.0), "0");
  for (const double value : {1.0 / 3.0, -M_PI, std::numeric_limits<double>::denorm_min(),
                             std::numeric_limits<double>::max(), 0.1 + 0.2})
    EXPECT_EQ(std::strtod(shortest(value).c_str(), nullptr), value);
}

TEST(Text, GroupsDigitsByThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(123456), "123,456");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(std::numeric_limits<std::uint64_t>::max()), "18,446,744,073,709,551,615");
}

TEST(Text, CountsNouns) {
  EXPECT_EQ(counted(0, "image"), "0 images");
  EXPECT_EQ(counted(1, "image"), "1 image");
  EXPECT_EQ(counted(1188, "image"), "1,188 images");
  EXPECT_EQ(counted(1, "class", "classes"), "1 class");
  EXPECT_EQ(counted(6, "class", "classes"), "6 classes");
}

TEST(Text, ShowsBytesInTheUnitThatFits) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(1023), "1023 B");
  EXPECT_EQ(human_bytes(1024), "1.0 KiB");
  EXPECT_EQ(human_bytes(1536), "1.5 KiB");
  EXPECT_EQ(human_bytes(1024 * 1024 - 1), "1.0 MiB");
  EXPECT_EQ(human_bytes(5ull << 30), "5.0 GiB");
  EXPECT_EQ(human_bytes(std::numeric_limits<std::uint64_t>::max()), "16.0 EiB");
}

TEST(Text, ListsWordsAsPeopleDo) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(listed(Words{}), "");
  EXPECT_EQ(listed(Words{"a"}), "a");
  EXPECT_EQ(listed(Words{"a", "b"}), "a and b");
  EXPECT_EQ(listed(Words{"a", "b", "c"}), "a, b and c");
}

TEST(Text, FindsTheNearestWord) {
  const std::vector<std::string> words = {"rotate", "translate", "scale", "hue", "p"};
  EXPECT_EQ(nearest("rotat", words), "rotate");
  EXPECT_EQ(nearest("rotaet", words), "rotate");  // a swap is one edit
  EXPECT_EQ(nearest("translat", words), "translate");
  EXPECT_EQ(nearest("hug", words), "hue");
  EXPECT_EQ(nearest("rotate", words), "rotate");
  EXPECT_EQ(nearest("blur", words), std::nullopt);
  EXPECT_EQ(nearest("x", words), std::nullopt);  // one edit away from "p", and nothing like it
  EXPECT_EQ(nearest("", words), std::nullopt);
  EXPECT_EQ(nearest("rotate", {}), std::nullopt);
}

TEST(Text, PrefersTheFirstOfEquallyNearWords) {
  EXPECT_EQ(nearest("bat", std::vector<std::string>{"cat", "hat"}), "cat");
}

TEST(Text, MatchesAPatternWithoutSlashAgainstTheLastComponent) {
  EXPECT_TRUE(matches_glob("*_mask.png", "cats/a_mask.png"));
  EXPECT_TRUE(matches_glob("[a-c]?.png", "cats/b1.png"));
  EXPECT_FALSE(matches_glob("cats", "cats/a.png"));
  EXPECT_FALSE(matches_glob("*.png", "cats.png/a.jpg"));
}

TEST(Text, MatchesAPatternWithSlashAgainstTheWholePath) {
  EXPECT_TRUE(matches_glob("cats/*.png", "cats/a.png"));
  EXPECT_FALSE(matches_glob("cats/*.png", "cats/old/a.png"));
  EXPECT_FALSE(matches_glob("cats?a.png/x", "cats/a.png/x"));
  EXPECT_TRUE(matches_glob("*/old/*", "cats/old/a.png"));
}

}  // namespace
}  // namespace tenfold
