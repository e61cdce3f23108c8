// Reading JSON that somebody else may have written.

#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tenfold {

// Throws nlohmann::json::exception for what is no JSON, and for lists in lists beyond `max_depth`: writing or
// copying them would overflow the stack.
template <typename Json>
Json parse_json(const std::string& text, int max_depth) {
  return Json::parse(text, [max_depth](int depth, typename Json::parse_event_t, Json&) {
    if (depth > max_depth) throw nlohmann::json::other_error::create(501, "nested too deeply", nullptr);
    return true;
  });
}

}  // namespace tenfold
