#include "tenfold/base/file_hash.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

TEST(FileHash, IsThatOfTheBytes) {
  const test::TemporaryFolder folder;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20, (std::size_t{5} << 20) + 7}) {
    std::string content(size, 'x');
    if (size > 0) content[size / 2] = 'y';
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.data());
    EXPECT_EQ(hash_of_file(folder.write("file", content)), hash128({bytes, size})) << size;
  }
}

TEST(FileHash, FailsWhereThereIsNone) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(hash_of_file(folder / "none").error().reason, "cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace tenfold
