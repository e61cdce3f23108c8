#include "tenfold/base/error.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "tenfold/base/outcome.h"

namespace tenfold {
namespace {

TEST(Error, NamesThePathAndTheReason) {
  const Error error = system_error("cannot open", "a/b\nc", ENOENT);
  EXPECT_STREQ(error.what(), "cannot open 'a/b\\nc': No such file or directory");
  EXPECT_EQ(error.kind(), ErrorKind::kFailed);
}

TEST(Stage, HasANameEach) {
  EXPECT_EQ(stage_name(Stage::kScan), "scan");
  EXPECT_EQ(stage_name(Stage::kRead), "read");
  EXPECT_EQ(stage_name(Stage::kDecode), "decode");
  EXPECT_EQ(stage_name(Stage::kTransform), "transform");
  EXPECT_EQ(stage_name(Stage::kEncode), "encode");
}

}  // namespace
}  // namespace tenfold
