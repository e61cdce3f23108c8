// The transforms explained, for people and for machines, from their own schemas.

#pragma once

#include <span>
#include <string>

#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

// Name and summary of each transform; lines are broken at `width` columns, as in the next two.
std::string transforms_text(std::span<const TransformSpec> specs, int width);

// Everything about one: summary, when to use it, formula, source, parameters with units, bounds, defaults and
// neutral values, an example.
std::string transform_text(const TransformSpec& spec, int width);

// The same of a combinator.
std::string combinator_text(const Combinator& combinator, int width);

// All of it as a page of Markdown.
std::string transforms_markdown(std::span<const TransformSpec> specs,
                                std::span<const Combinator> combinators);

// A JSON array of the whole schemas, with a newline.
std::string transforms_json(std::span<const TransformSpec> specs, std::span<const Combinator> combinators);

}  // namespace tenfold
