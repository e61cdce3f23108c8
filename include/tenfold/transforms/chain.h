// A chain: the list of transforms and combinators that `augment` or `prepare` names, and how it is drawn.
//
// Each element has a place: its name and its occurrence among equal names, inside its combinators' places,
// such as `one_of#1/rotate#1`. Draws are keyed by the place, so adding or removing another element disturbs
// nobody. An element's gate (p) is the first draw at its place; parameters are drawn whether or not the gate
// fires. A combinator's choice is drawn at its own place, behind its gate:
//
//   one_of    one number, cut into one slice per child
//   some_of   how many, then one number for the whole choice: every subset of that size is a slice of its
//   own,
//             so the copies of a sample take all of them equally often
//   shuffle   one number per child but the last (Fisher and Yates)

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/rng/rng.h"
#include "tenfold/steps/step.h"
#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

struct Element {
  ElementKind kind = ElementKind::kTransform;
  double p = 1;
  std::uint64_t place = 0;        // set by place_elements()
  BoundTransform transform;       // kTransform
  ParameterValues values;         // kTransform: as resolved, defaults included; for people and dataset.json
  std::vector<Element> children;  // the combinators
  std::vector<double> weights;    // kOneOf: positive, one per child; empty: all children alike
  Range count{1, 1};              // kSomeOf: of children, whole numbers; at most as many as there are
};

using Chain = std::vector<Element>;

// "rotate", "one_of", "shuffle".
std::string_view element_name(const Element& element);

// Gives every element its place. To be called once a chain is complete.
void place_elements(Chain& chain);

// Whether no element of the chain draws anything: p is 1 (or 0) everywhere, all parameters are fixed, and of
// the combinators only `sequence` occurs.
bool draws_nothing(const Chain& chain);

// The chain without the transforms of these names; their weights and combinators left empty go too. Places
// stay.
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
  std::map<std::string, double> others{};  // shares of the pixels that images of other classes have, by class
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
