#include "run/guards.h"

#include <gmock/gmock.h>

#include "support/temporary_folder.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kMebibyte = 1 << 20;

TEST(Space, IsEnoughToTheLastByte) { EXPECT_EQ(lack_of_space("out", {100, 10}, {100, 10}), std::nullopt); }

TEST(Space, OfADiskThatIsTooSmall) {
  EXPECT_EQ(
      lack_of_space("out", {3 * kMebibyte, 10}, {2 * kMebibyte, 1000}),
      "the images that are missing in 'out' need about 3.0 MiB, and 2.0 MiB is free there; free some space, "
      "choose another output, or use --force to start all the same");
}

TEST(Space, OfADiskThatCanHoldNoMoreFiles) {
  EXPECT_EQ(lack_of_space("out", {100, 25'270}, {2 * kMebibyte, 1000}),
            "the images that are missing in 'out' need about 25,270 files, and 1,000 files are free there; "
            "free some "
            "space, choose another output, or use --force to start all the same");
}

TEST(Space, IsThatOfTheNearestFolderThatExists) {
  const test::TemporaryFolder folder;
  EXPECT_GT(free_space(folder / "not/yet/there").bytes, 0u);
}

TEST(Space, OfTinyFilesIsThatOfTheirBlocks) {
  const test::TemporaryFolder folder;
  const Space needed = needed_space({100 * 300, 100}, Removal{}, folder.path());
  EXPECT_EQ(needed.files, 100u);
  EXPECT_GE(needed.bytes, 100 * (300u + 1024u));
}

TEST(Space, IsFreedByWhatGoesFirst) {
  const test::TemporaryFolder folder;
  OutputState state;
  state.records["stays.jpg"] = {.bytes = 1000, .width = 8, .height = 8};
  state.records["goes.jpg"] = {.bytes = 50'000, .width = 8, .height = 8};
  state.records["goes.txt"] = {.bytes = 300};  // beside it
  NameSet wanted;
  wanted.add("stays.jpg");
  wanted.close();
  const Space missing{100'000, 1};
  EXPECT_EQ(needed_space(missing, Removal{}, folder.path()).bytes -
                needed_space(missing, removal_of(state, wanted), folder.path()).bytes,
            50'300u);
}

TEST(Removal, IsAllThatIsNotWanted) {
  OutputState state;
  state.records["stays.jpg"] = {.bytes = 1000, .width = 8, .height = 8};
  state.records["goes.jpg"] = {.bytes = 50'000, .width = 8, .height = 8};
  state.records["goes.txt"] = {.bytes = 300};  // beside it
  state.unsure = {"half.jpg", "stays too.jpg"};
  NameSet wanted;
  wanted.add("stays.jpg");
  wanted.add("stays too.jpg");
  wanted.add("new.jpg");
  wanted.close();
  const Removal removal = removal_of(state, wanted);
  EXPECT_EQ(removal.images, 2u);
  EXPECT_EQ(removal.existing, 4u);
  EXPECT_EQ(removal.bytes, 50'300u);
}

}  // namespace
}  // namespace tenfold
