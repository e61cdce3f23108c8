// XXH3 hashes of bytes and of sequences of typed fields.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tenfold {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  auto operator<=>(const Hash128&) const = default;
};

// 32 hexadecimal digits, high half first.
std::string hex(const Hash128& hash);
std::optional<Hash128> parse_hash128(std::string_view digits);

// XXH3-128 of the bytes, seed 0.
Hash128 hash128(std::span<const std::uint8_t> bytes);

// XXH3-64 of the text; different seeds give unrelated hashes.
std::uint64_t hash64(std::string_view text, std::uint64_t seed = 0);

// Hashes fields one after the other. Every field carries its length or has a fixed one, so that ("ab", "c")
// and ("a", "bc") differ. Not thread-safe; movable.
class FieldHasher {
 public:
  FieldHasher();
  ~FieldHasher();
  FieldHasher(FieldHasher&&) noexcept;
  FieldHasher& operator=(FieldHasher&&) noexcept;

  FieldHasher& add(std::string_view text);
  FieldHasher& add(std::uint64_t value);
  FieldHasher& add(double value);  // by its bits; -0 counts as 0
  FieldHasher& add(const Hash128& hash);

  Hash128 finish() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tenfold
