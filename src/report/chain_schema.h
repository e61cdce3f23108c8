// The part of the recipe's JSON Schema that describes chains of transforms.

#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace tenfold {

using Json = nlohmann::ordered_json;

// A number within bounds, also as a quoted number or a percentage.
Json number_schema(double low, double high);

// One number from 0 to 255, or [red, green, blue].
Json color_schema();

// The same schema with a description, and a default where there is one.
Json described(Json schema, const std::string& text);
Json described(Json schema, const std::string& text, Json default_value);

// "definitions": one for each transform and combinator, "element" and "chain".
Json chain_definitions();
Json chain_schema(const std::string& text);  // refers to the definition

}  // namespace tenfold
