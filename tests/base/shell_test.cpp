#include "tenfold/base/shell.h"

#include <gtest/gtest.h>

namespace tenfold {
namespace {

TEST(Shell, WordsAreQuotedWhereTheyNeedIt) {
  EXPECT_EQ(shell_word("data/train_2.yaml"), "data/train_2.yaml");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("my data/a$b.yaml"), "'my data/a$b.yaml'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("müll"), "'müll'");
}

TEST(Shell, QuotedTextIsAlwaysQuoted) { EXPECT_EQ(shell_quoted("plain"), "'plain'"); }

}  // namespace
}  // namespace tenfold
