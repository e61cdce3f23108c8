#include "tenfold/base/hash.h"

#include <gtest/gtest.h>

#include <limits>

namespace tenfold {
namespace {

Hash128 hash_of(std::string_view text) {
  return hash128({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

// The answers of `xxhsum -H2` and `-H3`.
TEST(Hash, IsXxh3) {
  EXPECT_EQ(hex(hash_of("")), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(hex(hash_of("abc")), "06b05ab6733a618578af5f94892f3950");
  EXPECT_EQ(hash64(""), 0x2d06800538d394c2u);
  EXPECT_EQ(hash64("abc"), 0x78af5f94892f3950u);
}

TEST(Hash, DiffersBySeed) { EXPECT_NE(hash64("abc", 1), hash64("abc", 2)); }

TEST(Hash, GoesThroughHexAndBack) {
  for (const Hash128 hash :
       {Hash128{}, Hash128{1, 0}, Hash128{0x0123456789abcdef, 0xfedcba9876543210}, hash_of("tenfold")}) {
    EXPECT_EQ(hex(hash).size(), 32u);
    EXPECT_EQ(parse_hash128(hex(hash)), hash);
  }
}

TEST(Hash, RefusesWhatIsNoHex) {
  const std::string zeros(32, '0');
  EXPECT_TRUE(parse_hash128(zeros));
  for (const std::string& digits : {std::string(), zeros + "0", zeros.substr(1), "g" + zeros.substr(1),
                                    zeros.substr(1) + " ", "-" + zeros.substr(1), "+" + zeros.substr(1),
                                    "0x" + zeros.substr(2), zeros.substr(16) + "-" + zeros.substr(17)})
    EXPECT_FALSE(parse_hash128(digits)) << digits;
}

TEST(FieldHasher, KeepsFieldsApart) {
  const auto of = [](std::string_view a, std::string_view b) { return FieldHasher().add(a).add(b).finish(); };
  EXPECT_NE(of("ab", "c"), of("a", "bc"));
  EXPECT_NE(of("", "abc"), of("abc", ""));
  EXPECT_NE(FieldHasher().add("abc").finish(), hash_of("abc"));
  EXPECT_NE(FieldHasher().finish(), FieldHasher().add("").finish());
}

TEST(FieldHasher, TakesEveryKindOfField) {
  FieldHasher base;
  base.add("x").add(std::uint64_t{1}).add(0.5).add(Hash128{1, 2});
  EXPECT_EQ(base.finish(), FieldHasher().add("x").add(std::uint64_t{1}).add(0.5).add(Hash128{1, 2}).finish());
  EXPECT_NE(base.finish(), FieldHasher().add("x").add(std::uint64_t{2}).add(0.5).add(Hash128{1, 2}).finish());
  EXPECT_NE(base.finish(),
            FieldHasher().add("x").add(std::uint64_t{1}).add(0.25).add(Hash128{1, 2}).finish());
  EXPECT_NE(base.finish(), FieldHasher().add("x").add(std::uint64_t{1}).add(0.5).add(Hash128{2, 1}).finish());
}

TEST(FieldHasher, TakesMinusZeroForZero) {
  EXPECT_EQ(FieldHasher().add(-0.0).finish(), FieldHasher().add(0.0).finish());
  EXPECT_NE(FieldHasher().add(-1.0).finish(), FieldHasher().add(1.0).finish());
}

TEST(FieldHasher, GoesOnAfterFinish) {
  FieldHasher hasher;
  hasher.add("a");
  const Hash128 before = hasher.finish();
  EXPECT_EQ(hasher.finish(), before);
  FieldHasher moved = std::move(hasher);
  EXPECT_EQ(moved.add("b").finish(), FieldHasher().add("a").add("b").finish());
}

// The answer is part of every fingerprint: a change here makes every finished tree be made again.
TEST(FieldHasher, KeepsItsLayout) {
  using namespace std::string_literals;
  const std::string fields = "\x07\0\0\0\0\0\0\0"s + "tenfold"s + "\x2a\0\0\0\0\0\0\0"s +
                             "\0\0\0\0\0\0\xe0\x3f"s + "\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0"s;
  EXPECT_EQ(FieldHasher().add("tenfold").add(std::uint64_t{42}).add(0.5).add(Hash128{1, 2}).finish(),
            hash_of(fields));
}

}  // namespace
}  // namespace tenfold
