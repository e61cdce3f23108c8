#include "tenfold/transforms/combinator.h"

#include <algorithm>

namespace tenfold {
namespace {

template <typename Predicate>
const Combinator* find_if(Predicate predicate) {
  const auto all = combinators();
  const auto found = std::find_if(all.begin(), all.end(), predicate);
  return found != all.end() ? &*found : nullptr;
}

}  // namespace

std::span<const Combinator> combinators() {
  static const std::vector<Combinator> kCombinators = {
      {.kind = ElementKind::kOneOf,
       .name = "one_of",
       .summary = "Applies one of its transforms.",
       .use = "For transforms of one kind, such as blurs, of which one is enough. Not for those that go "
              "together: list these one below the other.",
       .examples = {"one_of: [gaussian_blur, gaussian_noise: {std: 5}]",
                    "one_of: {p: 0.5, weights: [3, 1], transforms: [gaussian_blur, poisson_noise]}"},
       .keys = {{.name = "weights",
                 .kind = "list of positive numbers, one for each transform",
                 .text = "how often each is taken, in proportion; without it all equally often"}},
       .chooses = true},
      {.kind = ElementKind::kSomeOf,
       .name = "some_of",
       .summary = "Applies so many of its transforms, each at most once, in the order in which they stand.",
       .use = "For a long list of changes of which each copy shall have only a few. With a count of one, "
              "one_of says the same.",
       .examples = {"some_of: {count: 2, transforms: [rotate, brightness, gaussian_blur]}",
                    "some_of: {count: [0, 2], transforms: [rotate, brightness, gaussian_blur]}"},
       .keys = {{.name = "count",
                 .kind = "whole number or range of them, up to the number of transforms",
                 .text = "how many",
                 .required = true}},
       .chooses = true},
      {.kind = ElementKind::kShuffle,
       .name = "shuffle",
       .summary = "Applies all of its transforms, in another order each time.",
       .use = "Where it should not matter to a model what came first, colors or blur. Not where one change "
              "must be the last, such as compression.",
       .examples = {"shuffle: [rotate, brightness, gaussian_blur]"}},
      {.kind = ElementKind::kSequence,
       .name = "sequence",
       .summary = "Applies all of its transforms in their order, behind one p.",
       .use = "For changes that belong together, such as rain and fog: all of them happen or none. Without a "
              "p a plain list does the same.",
       .examples = {"sequence: {p: 0.3, transforms: [rotate, gaussian_blur]}"},
       .draws = false},
  };
  return kCombinators;
}

const Combinator* find_combinator(std::string_view name) {
  return find_if([&](const Combinator& combinator) { return combinator.name == name; });
}

const Combinator* find_combinator(ElementKind kind) {
  return find_if([&](const Combinator& combinator) { return combinator.kind == kind; });
}

}  // namespace tenfold
