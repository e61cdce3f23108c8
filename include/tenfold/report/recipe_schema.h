// The recipe as a JSON Schema (draft-07, which editors' YAML plugins understand), made from the transforms'
// own schemas, so that editors complete and check keys.
//
// It is as strict as a JSON Schema can be: what depends on several keys together, on a string's number
// ("±20", "5%") or on the dataset is left to tenfold itself. A test holds its keys against those that the
// reader knows.

#pragma once

#include <string>

namespace tenfold {

// With a newline at its end.
std::string recipe_schema();

}  // namespace tenfold
