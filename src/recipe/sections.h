// The sections of a recipe that have nothing to do with each other: each function is the table of one.

#pragma once

#include "reader.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {

FieldReader input_section(const Reader& reader, InputRecipe& out);
FieldReader output_section(const Reader& reader, OutputRecipe& out);
FieldReader expand_section(const Reader& reader, ExpandRecipe& out);
FieldReader accept_section(const Reader& reader, std::optional<AcceptRecipe>& out);
FieldReader strength_section(const Reader& reader, std::optional<bool>& grow_with_copy);
FieldReader sampling_section(const Reader& reader, SamplingPolicy& out);

// Why `name` cannot name copies, as a clause behind "'name' "; empty if it can. Two copies must never get one
// name, whatever the samples are called.
std::string fault_of_name(std::string_view name);

}  // namespace tenfold
