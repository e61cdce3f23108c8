#include "tenfold/base/hash.h"

#include <xxhash.h>

#include <bit>
#include <charconv>

namespace tenfold {

std::string hex(const Hash128& hash) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string digits(32, '0');
  for (int i = 0; i < 16; ++i) {
    digits[15 - i] = kDigits[(hash.high >> (4 * i)) & 15];
    digits[31 - i] = kDigits[(hash.low >> (4 * i)) & 15];
  }
  return digits;
}

std::optional<Hash128> parse_hash128(std::string_view digits) {
  if (digits.size() != 32) return std::nullopt;
  Hash128 hash;
  const char* begin = digits.data();
  const auto high = std::from_chars(begin, begin + 16, hash.high, 16);
  const auto low = std::from_chars(begin + 16, begin + 32, hash.low, 16);
  if (high.ptr != begin + 16 || low.ptr != begin + 32) return std::nullopt;
  return hash;
}

Hash128 hash128(std::span<const std::uint8_t> bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::uint64_t hash64(std::string_view text, std::uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

// Hashed at once in the end: fields are few and short, and a hash that goes on takes longer to set up than to
// compute.
struct FieldHasher::State {
  std::string bytes;

  State() { bytes.reserve(kUsualBytes); }

  // Little-endian on every machine.
  void add(std::uint64_t value) {
    char raw[8];
    for (int i = 0; i < 8; ++i) raw[i] = static_cast<char>(value >> (8 * i));
    bytes.append(raw, sizeof raw);
  }

 private:
  static constexpr std::size_t kUsualBytes = 512;
};

FieldHasher::FieldHasher() : state_(std::make_unique<State>()) {}
FieldHasher::~FieldHasher() = default;
FieldHasher::FieldHasher(FieldHasher&&) noexcept = default;
FieldHasher& FieldHasher::operator=(FieldHasher&&) noexcept = default;

FieldHasher& FieldHasher::add(std::string_view text) {
  state_->add(text.size());
  state_->bytes += text;
  return *this;
}

FieldHasher& FieldHasher::add(std::uint64_t value) {
  state_->add(value);
  return *this;
}

FieldHasher& FieldHasher::add(double value) {
  state_->add(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value));
  return *this;
}

FieldHasher& FieldHasher::add(const Hash128& hash) {
  state_->add(hash.high);
  state_->add(hash.low);
  return *this;
}

Hash128 FieldHasher::finish() const {
  const XXH128_hash_t hash = XXH3_128bits(state_->bytes.data(), state_->bytes.size());
  return {hash.high64, hash.low64};
}

}  // namespace tenfold
