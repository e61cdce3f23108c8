// Reading the store's files: lines of JSON.

#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "tenfold/base/hash.h"

namespace tenfold {

// Calls `use` for every line that ends with a newline, until it returns false. Returns false if there is no
// such file. Throws Error for I/O errors.
bool for_each_line(const std::filesystem::path& path, const std::function<bool(const std::string&)>& use);

// The hash in json[key]. Throws nlohmann::json::exception where it is missing or no hash.
template <typename Json>
Hash128 hash_field(const Json& json, const char* key) {
  const auto hash = parse_hash128(json.at(key).template get_ref<const std::string&>());
  if (!hash) throw nlohmann::json::other_error::create(501, "no hash: " + std::string(key), nullptr);
  return *hash;
}

// `name` as the name of an output: relative, and never outside of the output's root. Throws
// nlohmann::json::exception where it is not.
std::string checked_name(std::string name);

// The number in json[key], whole and not below 0. Throws nlohmann::json::exception where it is missing or
// none that `Number` can hold: get_to() would make something of 1e99 and of -1.
template <typename Number, typename Json>
Number number_field(const Json& json, const char* key) {
  const Json& number = json.at(key);
  if (!number.is_number_unsigned() || !std::in_range<Number>(number.template get<std::uint64_t>()))
    throw nlohmann::json::other_error::create(501, "no number: " + std::string(key), nullptr);
  return static_cast<Number>(number.template get<std::uint64_t>());
}

}  // namespace tenfold
