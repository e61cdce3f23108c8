#include "tenfold/store/source_index.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "text_lines.h"

namespace tenfold {
namespace {

bool is_side(const nlohmann::json& json) {
  return json.is_number_unsigned() && json > 0 && std::in_range<int>(json.get<std::uint64_t>());
}

}  // namespace

SourceIndex read_source_index(const std::filesystem::path& path) {
  SourceIndex index;
  for_each_line(path, [&](const std::string& line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_array() || json.size() < 6 || json.size() > 7 || !json[0].is_string() ||
        !json[1].is_number_unsigned() || !json[2].is_number_integer() || !json[3].is_string() ||
        !is_side(json[4]) || !is_side(json[5]) || (json.size() == 7 && !json[6].is_string()))
      return false;
    const auto hash = parse_hash128(json[3].get_ref<const std::string&>());
    if (!hash) return false;
    index.insert_or_assign(json[0].get<std::string>(),
                           IndexedSource{.size_bytes = json[1],
                                         .modified_ns = json[2],
                                         .hash = *hash,
                                         .width = json[4],
                                         .height = json[5],
                                         .look = json.size() == 7 ? json[6].get<std::string>() : ""});
    return true;
  });
  return index;
}

std::string source_index_text(const SourceIndex& index) {
  std::string text;
  for (const auto& [path, source] : index) {
    auto line = nlohmann::json::array(
        {path, source.size_bytes, source.modified_ns, hex(source.hash), source.width, source.height});
    if (!source.look.empty()) line.push_back(source.look);
    text += line.dump() + '\n';
  }
  return text;
}

}  // namespace tenfold
