#include "tenfold/store/source_index.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::write_text;

const SourceIndex kIndex{{"a/1\n.jpg", {100, -5, {1, 2}, 48, 32}},
                         {"b/2.jpg", {7, 1'700'000'000'123'456'789, {3, 4}, 1, 2}}};

TEST(SourceIndex, ReadsBackWhatItWrote) {
  const TemporaryFolder folder;
  write_text(folder / "index", source_index_text(kIndex));
  EXPECT_EQ(read_source_index(folder / "index"), kIndex);
}

TEST(SourceIndex, KeepsWhatStandsBeforeDamage) {
  const TemporaryFolder folder;
  const std::string text = source_index_text(kIndex);
  write_text(folder / "index", text.substr(0, text.size() - 3));
  EXPECT_EQ(read_source_index(folder / "index"), (SourceIndex{{"a/1\n.jpg", {100, -5, {1, 2}, 48, 32}}}));
}

TEST(SourceIndex, DoesNotKnowALineWithoutWidthAndHeight) {
  const TemporaryFolder folder;
  write_text(folder / "index", "[\"a/1.jpg\",100,-5,\"00000000000000010000000000000002\"]\n");
  EXPECT_TRUE(read_source_index(folder / "index").empty());
}

TEST(SourceIndex, IsEmptyWhereThereIsNone) {
  const TemporaryFolder folder;
  EXPECT_TRUE(read_source_index(folder / "index").empty());
}

}  // namespace
}  // namespace tenfold
