#include "tenfold/transforms/chain.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "tenfold/base/hash.h"

namespace tenfold {
namespace {

void place_below(Chain& chain, const std::string& parent) {
  std::map<std::string_view, int> occurrences;
  for (Element& element : chain) {
    const std::string_view name = element_name(element);
    const std::string place = parent + std::string(name) + '#' + std::to_string(++occurrences[name]);
    element.place = hash64(place);
    place_below(element.children, place + '/');
  }
}

// The child whose slice of [0, 1) the next number falls into.
std::size_t drawn_child(const Element& one_of, Draw& draw) {
  const std::size_t count = one_of.children.size();
  const auto weight = [&](std::size_t i) { return one_of.weights.empty() ? 1 : one_of.weights[i]; };
  double total = 0;
  for (std::size_t i = 0; i < count; ++i) total += weight(i);
  const double mark = draw.unit() * total;
  double passed = weight(0);
  std::size_t child = 0;
  while (child + 1 < count && mark >= passed) passed += weight(++child);
  return child;
}

// Whether each child is among the drawn subset. One number decides: a child takes the lower part of the
// interval if it is in, as much as its chance, and the next child goes on with the part that was taken.
std::vector<bool> drawn_subset(const Element& some_of, Draw& draw) {
  const int children = static_cast<int>(some_of.children.size());
  int missing = std::min(draw.integer("count", some_of.count), children);
  double u = draw.unit();
  std::vector<bool> chosen;
  for (int left = children; left > 0; --left) {
    const double chance = static_cast<double>(missing) / left;
    const bool is_in = u < chance || missing == left;
    u = is_in ? u / chance : (u - chance) / (1 - chance);
    missing -= is_in ? 1 : 0;
    chosen.push_back(is_in);
  }
  return chosen;
}

std::vector<std::size_t> drawn_order(const Element& shuffle, Draw& draw) {
  std::vector<std::size_t> order(shuffle.children.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = order.size(); left > 1; --left) {
    const auto pick = static_cast<std::size_t>(draw.unit() * static_cast<double>(left));
    std::swap(order[pick], order[left - 1]);
  }
  return order;
}

void draw_element(const Element& element, const DrawPosition& position, DrawnChain& drawn);

// A file lies in one class folder, so no other class may show more of itself in it than its own, however many
// images are mixed in one after the other: what would go beyond does not happen.
bool keeps_its_label(const std::vector<DrawnPartner>& partners, DrawnChain& drawn) {
  double kept = 1;
  for (const DrawnPartner& partner : partners) kept -= partner.share;
  std::map<std::string, double> others = drawn.others;
  for (auto& [name, share] : others) share *= kept;
  for (const DrawnPartner& partner : partners)
    if (partner.other_class) others[partner.class_name] += partner.share;
  double own = 1, largest = 0;
  for (const auto& [name, share] : others) {
    own -= share;
    largest = std::max(largest, share);
  }
  constexpr double kSlack = 1e-9;  // sums of shares are rounded
  if (own + kSlack < largest) return false;
  drawn.others = std::move(others);
  return true;
}

void draw_transform(const Element& element, Draw& draw, DrawnChain& drawn) {
  std::vector<Step> steps = element.transform.draw(draw);
  if (!keeps_its_label(draw.partners(), drawn)) return;
  for (Step& step : steps) {
    drawn.frame = output_size(step, drawn.frame);
    drawn.steps.push_back(std::move(step));
  }
  drawn.transforms.push_back({element.transform.spec, std::move(draw.values()), std::move(draw.partners())});
}

void draw_children(const Element& element, Draw& draw, const DrawPosition& position, DrawnChain& drawn) {
  const Chain& children = element.children;
  if (children.empty()) return;
  switch (element.kind) {
    case ElementKind::kOneOf:
      return draw_element(children[drawn_child(element, draw)], position, drawn);
    case ElementKind::kSomeOf: {
      const std::vector<bool> chosen = drawn_subset(element, draw);
      for (std::size_t i = 0; i < children.size(); ++i)
        if (chosen[i]) draw_element(children[i], position, drawn);
      return;
    }
    case ElementKind::kShuffle:
      for (const std::size_t i : drawn_order(element, draw)) draw_element(children[i], position, drawn);
      return;
    case ElementKind::kSequence:
    case ElementKind::kTransform:
      return draw_chain(children, position, drawn);
  }
}

void draw_element(const Element& element, const DrawPosition& position, DrawnChain& drawn) {
  Draw draw(Rng(position.key, element.place), drawn.frame, position.context, position.growth);
  // Numbers are counted, not used up: not drawing the parameters below is the same as drawing them and
  // dropping them.
  if (!draw.chance(element.p)) return;
  if (element.kind == ElementKind::kTransform)
    draw_transform(element, draw, drawn);
  else
    draw_children(element, draw, position, drawn);
}

bool draws_nothing(const Element& element) {
  if (element.p != 0 && element.p != 1) return false;
  if (element.kind == ElementKind::kTransform) return element.transform.draws_nothing;
  return !find_combinator(element.kind)->draws && tenfold::draws_nothing(element.children);
}

// The element without the transforms of these names; nothing if nothing is left of it.
std::optional<Element> remaining(const Element& element, const std::vector<std::string>& names) {
  if (element.kind == ElementKind::kTransform) {
    const bool goes = std::ranges::find(names, element.transform.spec->name) != names.end();
    return goes ? std::nullopt : std::optional(element);
  }
  Element kept = element;
  kept.children.clear();
  kept.weights.clear();
  for (std::size_t i = 0; i < element.children.size(); ++i) {
    std::optional<Element> child = remaining(element.children[i], names);
    if (!child) continue;
    kept.children.push_back(std::move(*child));
    if (!element.weights.empty()) kept.weights.push_back(element.weights[i]);
  }
  const auto most = static_cast<double>(kept.children.size());
  kept.count = {std::min(kept.count.low, most), std::min(kept.count.high, most)};
  return kept.children.empty() ? std::nullopt : std::optional(std::move(kept));
}

}  // namespace

std::string_view element_name(const Element& element) {
  if (element.kind == ElementKind::kTransform) return element.transform.spec->name;
  return find_combinator(element.kind)->name;
}

void place_elements(Chain& chain) { place_below(chain, ""); }

bool draws_nothing(const Chain& chain) {
  return std::all_of(chain.begin(), chain.end(),
                     [](const Element& element) { return draws_nothing(element); });
}

Chain without(const Chain& chain, const std::vector<std::string>& names) {
  Chain kept;
  for (const Element& element : chain)
    if (std::optional<Element> rest = remaining(element, names)) kept.push_back(std::move(*rest));
  return kept;
}

Needs needs_of(const Chain& chain) {
  Needs all;
  for (const Element& element : chain) {
    const Needs needs =
        element.kind == ElementKind::kTransform ? element.transform.needs : needs_of(element.children);
    all.partners = all.partners || needs.partners;
    all.statistics.insert(needs.statistics.begin(), needs.statistics.end());
    all.references.insert(needs.references.begin(), needs.references.end());
  }
  return all;
}

void draw_chain(const Chain& chain, const DrawPosition& position, DrawnChain& drawn) {
  for (const Element& element : chain) draw_element(element, position, drawn);
}

}  // namespace tenfold
