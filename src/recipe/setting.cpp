#include "setting.h"

#include <algorithm>
#include <optional>

#include "reader.h"
#include "scalar.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

// The node behind one key of the path, created if need be; nullptr if there can be none, which is reported.
YamlNode* step_into(YamlNode& node, const std::string& key, const Place& place, Findings& findings) {
  if (node.is_list()) {
    const auto index = parse_count(key, 0, node.items.empty() ? 0 : node.items.size() - 1);
    if (index && !node.items.empty()) return &node.items[*index];
    findings.error(place,
                   shown_name(key) + " is no element of this list of " + std::to_string(node.items.size()),
                   "elements are numbered from 0");
    return nullptr;
  }
  if (node.is_scalar() && node.text == key) {
    // An element such as `- rotate`, which gets parameters now.
    YamlNode::Entry entry{node.text, node.place, {}};
    entry.value.place = node.place;
    node = {YamlNode::Kind::kMap, node.place, "", {}, {}};
    node.entries.push_back(std::move(entry));
  }
  if (node.is_scalar()) {
    findings.error(place, "there is no key " + shown_name(key) + " inside the value " + shown(node));
    return nullptr;
  }
  node.kind = YamlNode::Kind::kMap;
  YamlNode::Entry* entry = node.find(key);
  if (entry == nullptr) {
    node.entries.push_back({key, place, {}});
    entry = &node.entries.back();
    entry->value.place = place;
  }
  entry->place = place;
  return &entry->value;
}

}  // namespace

void apply_setting(int source, YamlNode& root, Findings& findings, YamlSize& size) {
  const std::string& text = findings.text(source);
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    findings.error({source, 0, 0}, "a setting must be KEY=VALUE", "--set expand.factor=4");
    return;
  }
  if (std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equals), '.') >=
      static_cast<std::ptrdiff_t>(kMaxYamlDepth)) {
    findings.error({source, 0, 0}, "a key is nested more than " + std::to_string(kMaxYamlDepth) + " deep");
    return;
  }
  const Place value_place{source, 0, static_cast<int>(equals) + 1};
  std::optional<YamlNode> value =
      parse_yaml(std::string_view(text).substr(equals + 1), value_place, findings, size);
  if (!value) return;

  YamlNode* target = &root;
  for (std::size_t start = 0; start <= equals && target != nullptr;) {
    const std::size_t end = std::min(text.find('.', start), equals);
    target =
        step_into(*target, text.substr(start, end - start), {source, 0, static_cast<int>(start)}, findings);
    start = end + 1;
  }
  if (target != nullptr) *target = std::move(*value);
}

}  // namespace tenfold
