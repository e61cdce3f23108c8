#include "tenfold/transforms/chain.h"

#include <algorithm>
#include <map>
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

void draw_element(const Element& element, const DrawPosition& position, DrawnChain& drawn) {
  Draw draw(Rng(position.key, element.place), drawn.frame, position.context, position.growth);
  // Numbers are counted, not used up: not drawing the parameters below is the same as drawing them and
  // dropping them.
  if (!draw.chance(element.p)) return;

  switch (element.kind) {
    case ElementKind::kTransform: {
      for (Step& step : element.transform.draw(draw)) {
        drawn.frame = output_size(step, drawn.frame);
        drawn.steps.push_back(std::move(step));
      }
      drawn.transforms.push_back(
          {element.transform.spec, std::move(draw.values()), std::move(draw.partners())});
      return;
    }
    case ElementKind::kOneOf: {
      if (element.children.empty()) return;
      const int last = static_cast<int>(element.children.size()) - 1;
      draw_element(element.children[draw.integer("child", 0, last)], position, drawn);
      return;
    }
    case ElementKind::kSequence:
      draw_chain(element.children, position, drawn);
      return;
  }
}

bool draws_nothing(const Element& element) {
  if (element.p != 0 && element.p != 1) return false;
  switch (element.kind) {
    case ElementKind::kTransform:
      return element.transform.draws_nothing;
    case ElementKind::kOneOf:
      return false;
    case ElementKind::kSequence:
      return tenfold::draws_nothing(element.children);
  }
  return false;
}

}  // namespace

std::string_view element_name(const Element& element) {
  switch (element.kind) {
    case ElementKind::kOneOf:
      return "one_of";
    case ElementKind::kSequence:
      return "sequence";
    case ElementKind::kTransform:
      break;
  }
  return element.transform.spec->name;
}

void place_elements(Chain& chain) { place_below(chain, ""); }

bool draws_nothing(const Chain& chain) {
  return std::all_of(chain.begin(), chain.end(),
                     [](const Element& element) { return draws_nothing(element); });
}

Chain without(const Chain& chain, const std::vector<std::string>& names) {
  Chain kept;
  for (const Element& element : chain) {
    if (element.kind == ElementKind::kTransform) {
      if (std::find(names.begin(), names.end(), element.transform.spec->name) == names.end())
        kept.push_back(element);
      continue;
    }
    Element combinator = element;
    combinator.children = without(element.children, names);
    if (!combinator.children.empty()) kept.push_back(std::move(combinator));
  }
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
