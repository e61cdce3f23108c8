#include "tenfold/base/split.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tenfold {

std::string_view split_name(Split split) {
  switch (split) {
    case Split::kTrain:
      return "train";
    case Split::kVal:
      return "val";
    case Split::kTest:
      break;
  }
  return "test";
}

std::optional<Split> split_of_folder(std::string_view name) {
  using Named = std::pair<std::string_view, Split>;
  static constexpr std::array kNames = {Named{"train", Split::kTrain}, Named{"training", Split::kTrain},
                                        Named{"val", Split::kVal},     Named{"validation", Split::kVal},
                                        Named{"valid", Split::kVal},   Named{"dev", Split::kVal},
                                        Named{"test", Split::kTest},   Named{"testing", Split::kTest}};
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto found = std::ranges::find(kNames, lower, &Named::first);
  return found == kNames.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace tenfold
