// The transforms explained, for people and for machines, from their own schemas.

#pragma once

#include <span>
#include <string>

#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

// One line per transform: name and summary.
std::string transforms_text(std::span<const TransformSpec> specs);

// Everything about one: summary, formula, source, parameters with units, bounds, defaults and neutral values,
// an example.
std::string transform_text(const TransformSpec& spec);

// The same of a combinator.
std::string combinator_text(const Combinator& combinator);

// All of it as a page of Markdown.
std::string transforms_markdown(std::span<const TransformSpec> specs,
                                std::span<const Combinator> combinators);

// A JSON array of the whole schemas, with a newline.
std::string transforms_json(std::span<const TransformSpec> specs, std::span<const Combinator> combinators);

}  // namespace tenfold
