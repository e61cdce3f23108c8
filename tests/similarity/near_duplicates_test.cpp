#include "tenfold/similarity/near_duplicates.h"

#include <gmock/gmock.h>
#include <oneapi/tbb/global_control.h>

#include <algorithm>
#include <mutex>
#include <random>
#include <set>

#include "scenes.h"
#include "similarity/candidates.h"

namespace tenfold {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Album {
  std::vector<Picture> pictures{};
  std::vector<Thumbnail> thumbnails{};

  void add(const cv::Mat& pixels, std::uint32_t set = 0) {
    thumbnails.push_back(thumbnail_of(pixels));
    pictures.push_back({{7, pictures.size()}, look_of(pixels), set});
  }

  Duplicates duplicates(WantedPairs wanted = WantedPairs::kAll) const {
    return find_duplicates(pictures, wanted,
                           [this](std::uint32_t place) { return std::optional(thumbnails[place]); });
  }
};

std::optional<Thumbnail> no_thumbnail(std::uint32_t) { return std::nullopt; }

std::vector<std::pair<std::uint32_t, std::uint32_t>> places(const Duplicates& duplicates) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
  for (const DuplicatePair& pair : duplicates.pairs) result.emplace_back(pair.first, pair.second);
  return result;
}

// A look of no image, of length one.
Look made_up(std::mt19937& random) {
  Look look{.proportion = Look::kSquare};
  for (int i = 0; i < Look::kWaves; ++i) look.waves[i] = static_cast<std::int8_t>(random() % 113) - 56;
  return look;
}

TEST(FindDuplicates, FindsEachChangedPictureAndNothingElse) {
  constexpr std::uint32_t kScenes = 40;
  Album originals;
  for (std::uint32_t i = 0; i < kScenes; ++i) originals.add(test::scene(i, {512, 384}));
  EXPECT_THAT(originals.duplicates().pairs, IsEmpty());
  for (const test::Change& change : test::changes()) {
    Album album = originals;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (std::uint32_t i = 0; i < kScenes; ++i) {
      album.add(change.apply(test::scene(i, {512, 384})));
      expected.emplace_back(i, kScenes + i);
    }
    EXPECT_EQ(places(album.duplicates()), expected) << change.name;
  }
}

TEST(FindDuplicates, MakesOneGroupOfWhatIsTiedByOthers) {
  Album album;
  album.add(test::scene(8));
  album.add(test::scene(1, {512, 384}));
  album.add(test::cropped(test::scene(1, {512, 384}), .04, .04, 0, 0));
  album.add(test::cropped(test::scene(1, {512, 384}), .08, .08, 0, 0));
  album.add(test::scene(9));
  EXPECT_THAT(album.duplicates().groups, ElementsAre(0, 1, 1, 1, 4));
}

TEST(FindDuplicates, TiesEqualBytesWithoutLookingAtThem) {
  std::vector<Picture> pictures(5);
  const Look look = look_of(test::scene(1)).value();
  pictures[0] = {{1, 1}};
  pictures[1] = {{1, 2}, look};
  pictures[2] = {{1, 1}};
  pictures[3] = {{1, 2}, look};
  pictures[4] = {{1, 2}, look};
  const Duplicates found = find_duplicates(pictures, WantedPairs::kAll, no_thumbnail);
  EXPECT_THAT(found.pairs, ElementsAre(DuplicatePair{0, 2, true, 1}, DuplicatePair{1, 3, true, 1},
                                       DuplicatePair{1, 4, true, 1}));
  EXPECT_THAT(found.groups, ElementsAre(0, 1, 0, 1, 1));
  EXPECT_EQ(found.compared, 0);
}

TEST(FindDuplicates, DoesNotCountAPairWhoseThumbnailCannotBeHad) {
  Album album;
  for (const double factor : {1.0, 0.5, 0.7}) album.add(test::resized(test::scene(1, {512, 384}), factor));
  const auto found = find_duplicates(album.pictures, WantedPairs::kAll, [&](std::uint32_t place) {
    return place == 1 ? std::nullopt : std::optional(album.thumbnails[place]);
  });
  EXPECT_EQ(found.compared, 3);
  EXPECT_THAT(places(found), ElementsAre(std::pair(0, 2)));
}

TEST(FindDuplicates, LooksOnlyAtPairsAcrossSetsWhereThoseAreWanted) {
  Album album;
  const cv::Mat first = test::scene(1, {512, 384}), second = test::scene(2, {512, 384});
  album.add(first, 0);
  album.add(test::resized(first, 0.5), 0);  // within a set: not wanted
  album.add(second, 0);
  album.add(test::reencoded(second, 50), 1);
  album.add(test::scene(3), 1);
  album.pictures.push_back(album.pictures[0]);  // equal bytes in the same set, and in the other
  album.pictures.push_back(album.pictures[4]);
  album.pictures.back().set = 0;
  std::mutex guard;
  std::set<std::uint32_t> decoded;
  const Duplicates found =
      find_duplicates(album.pictures, WantedPairs::kAcrossSets, [&](std::uint32_t place) {
        const std::lock_guard lock(guard);
        decoded.insert(place);
        return std::optional(album.thumbnails.at(place));
      });
  EXPECT_THAT(places(found), ElementsAre(std::pair(2, 3), std::pair(4, 6)));
  EXPECT_THAT(found.groups, ElementsAre(0, 1, 2, 2, 4, 5, 4));
  EXPECT_THAT(decoded, ElementsAre(2, 3));
}

TEST(FindDuplicates, NamesAllOfAContentThatLiesInSeveralSets) {
  std::vector<Picture> pictures(5);
  pictures[0] = {.content = {1, 1}};
  pictures[1] = {.content = {1, 1}};
  pictures[2] = {.content = {1, 1}, .set = 1};
  pictures[3] = {.content = {1, 2}, .set = 1};  // stays within its set
  pictures[4] = {.content = {1, 2}, .set = 1};
  const Duplicates found = find_duplicates(pictures, WantedPairs::kAcrossSets, no_thumbnail);
  EXPECT_THAT(found.pairs, ElementsAre(DuplicatePair{0, 1, true, 1}, DuplicatePair{0, 2, true, 1}));
  EXPECT_THAT(found.groups, ElementsAre(0, 0, 0, 3, 4));
}

TEST(FindDuplicates, NamesAllOfTheContentsOfANearPairAcrossSets) {
  Album album;
  const cv::Mat picture = test::scene(1, {512, 384});
  const auto add_again = [&](std::uint32_t place) {
    album.pictures.push_back(album.pictures[place]);
    album.thumbnails.push_back(album.thumbnails[place]);
  };
  album.add(picture, 0);
  add_again(0);
  album.add(test::resized(picture, 0.5), 1);
  add_again(2);
  album.add(test::scene(2), 0);
  add_again(4);
  const Duplicates found = album.duplicates(WantedPairs::kAcrossSets);
  EXPECT_THAT(places(found), ElementsAre(std::pair(0, 1), std::pair(0, 2), std::pair(2, 3)));
  EXPECT_THAT(found.groups, ElementsAre(0, 0, 0, 0, 4, 5));
  EXPECT_EQ(found.compared, 1);
}

TEST(FindDuplicates, FindsAPairAcrossSetsAmongManyWithinOne) {
  Album album;
  for (int i = 0; i < 60; ++i) album.add(test::brightened(test::scene(1), 1 + i * 0.002), 0);
  album.add(test::cropped(test::scene(1), .03, .03, 0, 0), 1);
  const Duplicates found = album.duplicates(WantedPairs::kAcrossSets);
  EXPECT_FALSE(found.pairs.empty());
  for (const DuplicatePair& pair : found.pairs) EXPECT_EQ(pair.second, 60);
}

TEST(FindDuplicates, ComparesEachWithAFewWhereAllLookAlike) {
  constexpr std::uint32_t kPictures = 10000;
  const Look look = look_of(test::scene(1)).value();
  std::vector<Picture> pictures;
  for (std::uint32_t i = 0; i < kPictures; ++i) pictures.push_back({{3, i}, look});
  const Duplicates found = find_duplicates(pictures, WantedPairs::kAll, no_thumbnail);
  EXPECT_LE(found.compared, std::uint64_t{kPictures} * kMostNeighbours);
  EXPECT_THAT(found.pairs, IsEmpty());
}

TEST(FindDuplicates, MakesOneGroupWhereAllAreAlike) {
  Album album;
  for (int i = 0; i < 120; ++i) album.add(test::brightened(test::scene(1), 1 - i * 0.001));
  const Duplicates found = album.duplicates();
  EXPECT_LE(found.compared, 120 * kMostNeighbours);
  EXPECT_EQ(found.groups, std::vector<std::uint32_t>(120, 0));
}

TEST(FindDuplicates, IsTheSameWithAnyNumberOfThreads) {
  Album album;
  for (int i = 0; i < 200; ++i) album.add(test::cropped(test::scene(i % 120), i / 120 * .02, 0, 0, 0));
  const auto with_threads = [&](std::size_t threads) {
    const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism, threads);
    return album.duplicates();
  };
  const Duplicates alone = with_threads(1), together = with_threads(4);
  EXPECT_EQ(alone.pairs.size(), 80);
  EXPECT_EQ(together.pairs, alone.pairs);
  EXPECT_EQ(together.groups, alone.groups);
}

TEST(FindDuplicates, HasNothingToSayAboutNothing) {
  EXPECT_THAT(find_duplicates({}, WantedPairs::kAll, no_thumbnail).groups, IsEmpty());
  const std::vector<Picture> one(1);
  EXPECT_THAT(find_duplicates(one, WantedPairs::kAll, no_thumbnail).groups, ElementsAre(0));
}

TEST(Candidates, JoinsTheNearOnesAmongAHundredThousandLooks) {
  constexpr std::uint32_t kLooks = 100000, kPairs = 2000;
  std::mt19937 random(11);
  std::vector<Picture> pictures;
  for (std::uint32_t i = 0; i < kLooks; ++i) pictures.push_back({{4, i}, made_up(random)});
  for (std::uint32_t i = 0; i < kPairs; ++i) {  // the last ones are the first ones, a little changed
    Look look = *pictures[i].look;
    for (int wave = 0; wave < Look::kWaves; ++wave)
      look.waves[wave] = static_cast<std::int8_t>(look.waves[wave] + static_cast<int>(random() % 17) - 8);
    pictures[kLooks - kPairs + i].look = look;
  }
  const std::vector<Candidate> found = candidates(pictures, WantedPairs::kAll);
  std::uint32_t expected = 0;
  for (const Candidate& pair : found) {
    EXPECT_EQ(pair.second - pair.first, kLooks - kPairs);
    ++expected;
  }
  EXPECT_GE(expected, kPairs * 99 / 100);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

TEST(Candidates, AreNotOfOtherProportions) {
  Album album;
  album.add(test::scene(1, {512, 384}));
  album.add(test::scene(1, {512, 384}));
  EXPECT_THAT(candidates(album.pictures, WantedPairs::kAll), ElementsAre(Candidate{0, 1}));
  album.pictures[1].look->proportion = static_cast<std::uint16_t>(album.pictures[0].look->proportion * 2);
  EXPECT_THAT(candidates(album.pictures, WantedPairs::kAll), IsEmpty());
}

}  // namespace
}  // namespace tenfold
