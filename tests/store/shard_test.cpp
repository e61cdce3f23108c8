#include "tenfold/store/shard.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"
#include "tenfold/base/error.h"

namespace tenfold {
namespace {

using test::read_text;
using test::TemporaryFolder;

// As GNU tar writes it: tar --format=ustar --owner=0 --group=0 --numeric-owner --mode=644 --mtime=@0 -b 1 -c
// k.cls
TEST(Shard, IsATarArchiveOfUstar) {
  const TemporaryFolder folder;
  AtomicFile file(folder / "s.tar");
  ShardWriter shard(file);
  EXPECT_EQ(shard.add("k.cls", "12"), 512u);
  EXPECT_EQ(shard.add("k.jpg", std::string(512, 'x')), 1536u);
  EXPECT_EQ(shard.add("k.json", ""), 2560u);
  shard.end();
  file.commit();
  const std::string text = read_text(folder / "s.tar");
  ASSERT_EQ(text.size(), 5 * 512u + 2 * 512u);
  std::string header("k.cls");
  header.resize(100);
  header += std::string(
      "0000644\0"
      "0000000\0"
      "0000000\0"
      "00000000002\0"
      "00000000000\0"
      "006672\0 "
      "0",
      57);
  header.resize(257);
  header += std::string(
      "ustar\0"
      "00",
      8);
  header.resize(512);
  EXPECT_EQ(text.substr(0, 512), header);
  EXPECT_EQ(text.substr(512, 512), "12" + std::string(510, '\0'));
  EXPECT_EQ(text.substr(1536, 512), std::string(512, 'x'));
  EXPECT_EQ(text.substr(2048, 6), "k.json");
  EXPECT_EQ(text.substr(2560), std::string(1024, '\0'));
}

TEST(Shard, HasKeysWithoutDots) {
  EXPECT_EQ(shard_key("cat/a.b.jpg").size(), 32u);
  EXPECT_EQ(shard_key("cat/a.b.jpg").find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(shard_key("cat/a.b.jpg"), shard_key("cat/a.jpg"));
}

TEST(Shard, GivesPartsOfIt) {
  const TemporaryFolder folder;
  folder.write("s", "0123456789");
  EXPECT_EQ(read_part(folder / "s", 3, 4).value(), (Bytes{'3', '4', '5', '6'}));
  EXPECT_EQ(read_part(folder / "s", 10, 0).value(), Bytes{});
  for (const auto& [offset, bytes] :
       {std::pair<std::uint64_t, std::uint64_t>{7, 4}, {11, 0}, {~0ull, 2}, {2, ~0ull}})
    EXPECT_EQ(read_part(folder / "s", offset, bytes).error().reason, "is too short");
  EXPECT_EQ(read_part(folder / "none", 0, 1).error().reason, "cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace tenfold
