#include "label_reader.h"

#include <algorithm>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr const char* kExample = "relabel: {horizontal_flip: {left: right, right: left}}";

bool is(const Element& element, const std::string& transform) {
  return element.kind == ElementKind::kTransform && element.transform.spec->name == transform;
}

std::ptrdiff_t count(const Chain& chain, const std::string& transform) {
  std::ptrdiff_t sum = 0;
  for (const Element& element : chain)
    sum += (is(element, transform) ? 1 : 0) + count(element.children, transform);
  return sum;
}

// Why the transform cannot be forced on and off in the chain, as a clause behind its name; empty if it can.
std::string fault_in(const Chain& chain, const std::string& transform) {
  const auto at_top =
      std::ranges::find_if(chain, [&](const Element& element) { return is(element, transform); });
  if (at_top == chain.end() || count(chain, transform) != 1)
    return "must stand once, and outside of combinators, where it is forced on and off";
  if (!at_top->transform.draws_nothing) return "must do the same each time: fix its parameters";
  if (needs_of(Chain(chain.begin(), at_top)).partners)
    return "must stand before what mixes in other images, for they would be turned with it";
  return {};
}

}  // namespace

bool LabelReader::is_transform(const std::string& name, const Place& place) const {
  if (find_transform(name) != nullptr) return true;
  std::vector<std::string> names;
  for (const TransformSpec& spec : transforms()) names.push_back(spec.name);
  reader_.findings().error(place, "unknown transform " + shown_name(name),
                           did_you_mean(name, names, "`tenfold transforms` lists them all"));
  return false;
}

void LabelReader::read_relabel(const Field& field) {
  std::vector<Key> keys;
  if (field.value.is_map())
    for (const YamlNode::Entry& entry : field.value.entries)
      if (is_transform(entry.key, entry.place))
        keys.push_back({entry.key, [this](const Field& pairs) { read_pairs(pairs); }});
  if (!field.value.is_map() && !field.value.is_null())
    return reader_.refuse(field, "must be a map of transforms", kExample);
  if (keys.size() == field.value.entries.size()) reader_.map(field, keys);
}

void LabelReader::read_pairs(const Field& pairs) {
  if (!pairs.value.is_map()) return reader_.refuse(pairs, "must say which class becomes which", kExample);
  std::vector<Key> keys;
  for (const YamlNode::Entry& entry : pairs.value.entries)
    keys.push_back({entry.key, [this, &pairs, &entry](const Field&) { read_pair(pairs.name, entry); }});
  reader_.map(pairs, keys);
}

void LabelReader::read_pair(const std::string& transform, const YamlNode::Entry& entry) {
  std::string to;
  reader_.text(to)({entry.key, entry.place, entry.value});
  if (to.empty()) return;
  Findings& findings = reader_.findings();
  out_.class_mentions.push_back({entry.key, findings.at(entry.place)});
  out_.class_mentions.push_back({to, findings.at(entry.value.place)});
  if (to == entry.key)
    return findings.error(entry.value.place, shown_name(to) + " becomes itself",
                          "leave it out: a class that is not named here is transformed as its chain says");
  const auto same_pair = [&](const Relabeling& other) { return other.from == entry.key && other.to == to; };
  if (std::ranges::any_of(out_.recipe.relabel, same_pair))
    return findings.error(
        entry.place, shown_name(entry.key) + " becomes " + shown_name(to) + " by another transform already");
  if (const std::string fault = fault_in(out_.recipe.augment_of(to), transform); !fault.empty())
    return findings.error(entry.place,
                          in_quotes(transform) + " " + fault + "; see the chain of class " + shown_name(to),
                          "augment: [" + transform + ", …]");
  out_.recipe.relabel.push_back({transform, entry.key, to});
}

void LabelReader::read_label_safe(const Field& field) {
  reader_.texts(out_.recipe.label_safe)(field);
  for (const YamlNode& item : field.value.items)
    if (item.is_scalar() && !item.text.empty()) is_transform(item.text, item.place);
}

}  // namespace tenfold
