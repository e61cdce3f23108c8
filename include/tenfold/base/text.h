// Text for people: escaping, numbers, near matches.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tenfold {

// `text` in single quotes, with control characters and invalid UTF-8 escaped as \n, \t or \xHH, so that a
// file's name cannot forge a message.
//
// An object and not a function: called with a std::string, a function would lose to std::quoted, which
// argument-dependent lookup finds wherever <filesystem> is included.
struct Quoted {
  std::string operator()(std::string_view text) const;
};
inline constexpr Quoted quoted{};

// As quoted(), without the quotes.
std::string escaped(std::string_view text);

bool is_utf8(std::string_view text);

// The longest prefix of at most `max_bytes` bytes that does not cut a UTF-8 sequence.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

// The shortest decimal that reads back as the same double: 0.1, 20, 1e-07.
std::string shortest(double value);

// 1188 -> "1,188".
std::string grouped(std::uint64_t value);

// "1 image", "1,188 images"; `plural` replaces the form with -s ("1 class", "6 classes").
std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural = {});

// 1536 -> "1.5 KiB".
std::string human_bytes(std::uint64_t bytes);

// "a", "a and b", "a, b and c".
std::string listed(std::span<const std::string> words);

// The candidate with the fewest edits (insert, delete, replace, swap of neighbours), if it is near enough
// for a "did you mean".
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// Matches a relative path as fnmatch(3) does: `*` and `?` stop at '/', [a-z] is a set. A pattern without '/'
// is matched against the path's last component.
bool matches_glob(const std::string& pattern, const std::string& path);

}  // namespace tenfold
