// The splits of a dataset: what is trained on, and what is held out to judge the result by.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tenfold {

enum class Split : std::uint8_t { kTrain, kVal, kTest };

inline constexpr std::array kSplits = {Split::kTrain, Split::kVal, Split::kTest};

// "train", "val" or "test".
std::string_view split_name(Split split);

// The split that a folder of this name holds, by the names in use: also "training", "validation", "valid",
// "dev" and "testing", whatever their case.
std::optional<Split> split_of_folder(std::string_view name);

}  // namespace tenfold
