// A chain: the list of transforms and combinators that `augment` or `prepare` names, and how it is drawn.
//
// Each element has a place: its name and its occurrence among equal names, inside its combinators' places,
// such as `one_of#1/rotate#1`. Draws are keyed by the place, so adding or removing another element disturbs
// nobody. An element's gate (p) is the first draw at its place; parameters are drawn whether or not the gate
// fires.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/rng/rng.h"
#include "tenfold/steps/step.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

enum class ElementKind {
  kTransform,
  kOneOf,     // one of the children, each with the same chance
  kSequence,  // all children, in order
};

struct Element {
  ElementKind kind = ElementKind::kTransform;
  double p = 1;
  std::uint64_t place = 0;        // set by place_elements()
  BoundTransform transform;       // kTransform
  ParameterValues values;         // kTransform: as resolved, defaults included; for people and dataset.json
  std::vector<Element> children;  // the combinators
};

using Chain = std::vector<Element>;

// "rotate", "one_of", "sequence".
std::string_view element_name(const Element& element);

// Gives every element its place. To be called once a chain is complete.
void place_elements(Chain& chain);

// Whether no element of the chain draws anything: p is 1 (or 0) everywhere, all parameters are fixed, no
// one_of.
bool draws_nothing(const Chain& chain);

// The chain without the transforms of these names; combinators left empty go too. Places stay.
Chain without(const Chain& chain, const std::vector<std::string>& names);

// A transform that fired, with what it drew.
struct DrawnTransform {
  const TransformSpec* spec = nullptr;
  std::vector<DrawnValue> values;
  std::vector<DrawnPartner> partners;
};

struct DrawnChain {
  std::vector<DrawnTransform> transforms;  // those that fired, in order
  std::vector<Step> steps;                 // of all of them
  cv::Size frame;                          // the size after the last step
};

// What all of the chain's transforms need.
Needs needs_of(const Chain& chain);

// Where a copy is drawn.
struct DrawPosition {
  DrawKey key;
  const DrawContext& context = DrawContext::none();
  double growth = 1;  // how much of each range is used
};

// Draws the chain for one copy and appends to `drawn`, whose frame is where the chain starts. Thread-safe.
void draw_chain(const Chain& chain, const DrawPosition& position, DrawnChain& drawn);

}  // namespace tenfold
