// The transforms explained, for people and for machines, from their own schemas.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tenfold/transforms/transform.h"

namespace tenfold {

// One line per transform: name and summary.
std::string transforms_text(std::span<const TransformSpec> specs);

// Everything about one: summary, formula, source, parameters with units, bounds, defaults and neutral values,
// an example.
std::string transform_text(const TransformSpec& spec);

// The same of a combinator; nothing for other names.
std::optional<std::string> combinator_text(std::string_view name);

// A JSON array of the whole schemas, with a newline.
std::string transforms_json(std::span<const TransformSpec> specs);

}  // namespace tenfold
