// Warnings where a recipe is likely to change what an image shows: a mirrored "left" is a "right", a 6 on its
// head is a 9.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenfold/recipe/recipe.h"

namespace tenfold {

enum class Motion { kMirror, kFlip, kTurn, kTilt };  // kTilt: by more than 30°

// Like what a class is named that another label may be right for after the motion: "digits", "letters" or
// "directions"; empty where nothing is known of it.
std::string_view label_trouble(const std::string& class_name, Motion motion);

// One sentence for each kind of transform and trouble, with the classes concerned and how to leave the
// transform out or to say that it is meant. Knows classes by their names only: digits, letters, and words for
// directions. Transforms that `label_safe` or, for the class, `relabel` names give none.
std::vector<std::string> label_warnings(const Recipe& recipe, std::span<const std::string> classes);

}  // namespace tenfold
