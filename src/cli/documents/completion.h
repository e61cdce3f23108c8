// What the completions of all shells share.

#pragma once

#include <string>
#include <vector>

#include "documents.h"

namespace tenfold {

enum class Wanted { kNothing, kFile, kRecipe, kFolder, kTransform, kWord };

// What completes the value of an option or an argument, by the value's name: "DIR" is a folder.
Wanted wanted(const OptionText& option);

// Transforms and combinators.
std::vector<std::string> transform_names();

// "a b c"
std::string with_blanks(const std::vector<std::string>& words);

// All options of a command, whatever their group.
std::vector<OptionText> options_of(const CommandText& command);

inline constexpr const char* kCompletionHead = "written by scripts/refresh.sh; changes here are lost.";

}  // namespace tenfold
