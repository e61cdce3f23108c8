#include "described_output.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tenfold/store/output_state.h"
#include "text_lines.h"

namespace tenfold {

bool is_ours(const std::string& description) {
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("versions") || !json["versions"].is_array()) return false;
  return std::ranges::any_of(json["versions"], [](const auto& versions) {
    return versions.is_object() && versions.contains("tenfold");
  });
}

BadSources bad_sources_of(const std::string& description) {
  BadSources bad;
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("bad") || !json["bad"].is_array()) return bad;
  for (const auto& entry : json["bad"]) {
    const auto text = [&](const char* key) {
      return entry.is_object() && entry.contains(key) && entry[key].is_string()
                 ? entry[key].template get<std::string>()
                 : std::string();
    };
    if (const auto hash = parse_hash128(text("hash")))
      bad[text("path")] = {*hash, text("stage"), text("reason")};
  }
  return bad;
}

std::optional<Hash128> manifest_hash_of(const std::string& description) {
  const auto json = nlohmann::json::parse(description, nullptr, false);
  if (!json.is_object() || !json.contains("manifest") || !json["manifest"].is_string()) return std::nullopt;
  return parse_hash128(json["manifest"].get_ref<const std::string&>());
}

Companions companions_of(const std::string& description) try {
  Companions companions;
  const auto json = nlohmann::json::parse(description);
  if (!json.is_object() || !json.contains("files")) return companions;
  for (const auto& file : json.at("files"))
    companions[checked_name(file.at("file_name"))] = {number_field<std::uint64_t>(file, "bytes"),
                                                      hash_field(file, "hash")};
  for (const char* name : output_files::kAll) companions.erase(name);
  return companions;
} catch (const nlohmann::json::exception&) {
  return {};
}

}  // namespace tenfold
