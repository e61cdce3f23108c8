#include "tenfold/base/csv.h"

#include <gtest/gtest.h>

namespace tenfold {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesLineBreaksAndCommasInsideThem) {
  const auto table = parse_csv(
      "\xEF\xBB\xBF"
      "file,label\r\n\"a,1.jpg\",cat\r\n\n\"b \"\"x\"\"\nc\",\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->header, (Fields{"file", "label"}));
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_EQ(table->rows[0].fields, (Fields{"a,1.jpg", "cat"}));
  EXPECT_EQ(table->rows[0].line, 2u);
  EXPECT_EQ(table->rows[1].fields, (Fields{"b \"x\"\nc", ""}));
  EXPECT_EQ(table->rows[1].line, 4u);
  EXPECT_EQ(table->column("label"), 1u);
  EXPECT_EQ(table->column("split"), std::nullopt);
}

TEST(Csv, TakesALastLineWithoutItsBreak) {
  EXPECT_EQ(parse_csv("a\r\n1")->rows.at(0).fields, Fields{"1"});
  EXPECT_EQ(parse_csv("a,b\n1,")->rows.at(0).fields, (Fields{"1", ""}));
  EXPECT_EQ(parse_csv("a,b\n1,2\r")->rows.at(0).fields, (Fields{"1", "2"}));
  EXPECT_TRUE(parse_csv("")->header.empty());
}

TEST(Csv, SaysWhereALineIsWrong) {
  const auto fault_of = [](std::string_view text) {
    const auto table = parse_csv(text);
    return table ? "" : std::to_string(table.error().line) + " " + table.error().reason;
  };
  EXPECT_EQ(fault_of("a,b\n1,2\n3\n"), "3 has 1 field, and the header has 2");
  EXPECT_EQ(fault_of("a\n\"1\n2\n"), "4 opens a quote that nothing closes");
  EXPECT_EQ(fault_of("a\n\"1\"x\n"), "2 has text behind a closing quote");
}

TEST(Csv, WritesWhatItReads) {
  const Fields fields = {"plain", "a,b", "say \"x\"", "two\nlines", "", "é"};
  const std::string line = csv_line(fields);
  EXPECT_EQ(line, "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,é\n");
  EXPECT_EQ(parse_csv("1,2,3,4,5,6\n" + line)->rows.at(0).fields, fields);
  EXPECT_EQ(csv_line(Fields{"", "x"}), ",x\n");
  EXPECT_EQ(parse_csv(csv_line(Fields{"\xEF\xBB\xBFname"}))->header, Fields{"\xEF\xBB\xBFname"});
}

}  // namespace
}  // namespace tenfold
