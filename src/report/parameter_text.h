// What the references say of a parameter, in the words of a recipe.

#pragma once

#include <string>
#include <vector>

#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {

// "[-15, 15]", "true", "reflect".
std::string value_text(const ParameterValue& value);

// "number or range from -360 to 360", "one of a and b".
std::string kind_text(const ParameterSpec& spec);

// The combinator's keys, with those that every one has.
std::vector<CombinatorKey> keys_of(const Combinator& combinator);

}  // namespace tenfold
