// Combinators: elements of a chain that hold other elements and say which of them happen, in which order.
//
// This table is what the recipe reader, `tenfold transforms` and the schema know of them.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tenfold {

enum class ElementKind {
  kTransform,
  kOneOf,     // one of the children, each with a chance in proportion to its weight
  kSomeOf,    // so many of the children, in the order in which they are written
  kShuffle,   // all children, in a drawn order
  kSequence,  // all children, in order
};

// A key besides `p` and `transforms`, which every combinator has.
struct CombinatorKey {
  std::string name;
  std::string kind;  // "whole number or range of them", for people
  std::string text;  // one clause
  bool required = false;
};

struct Combinator {
  ElementKind kind;
  std::string name;
  std::string summary;                // one sentence
  std::string use;                    // when to take it, and when not: one or two sentences
  std::vector<std::string> examples;  // whole elements
  std::vector<CombinatorKey> keys;
  bool draws = true;     // random even if no child is
  bool chooses = false;  // among its children, whose p is therefore 1 unless it is written
};

// All of them, in the order in which people read them. Lives for ever; thread-safe.
std::span<const Combinator> combinators();

// The one of this name or kind, or nullptr.
const Combinator* find_combinator(std::string_view name);
const Combinator* find_combinator(ElementKind kind);

}  // namespace tenfold
