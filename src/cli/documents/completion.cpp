#include "completion.h"

#include <array>
#include <utility>

#include "tenfold/transforms/combinator.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {
namespace {

// A name that is not here is taken for that of a file: to offer some where none is wanted does no harm.
constexpr std::array<std::pair<std::string_view, Wanted>, 13> kWanted{{{"DIR", Wanted::kFolder},
                                                                       {"OUT", Wanted::kFolder},
                                                                       {"RECIPE", Wanted::kRecipe},
                                                                       {"TRANSFORM", Wanted::kTransform},
                                                                       {"KEY=VALUE", Wanted::kNothing},
                                                                       {"N", Wanted::kNothing},
                                                                       {"I/N", Wanted::kNothing},
                                                                       {"SIZE", Wanted::kNothing},
                                                                       {"PIXELS", Wanted::kNothing},
                                                                       {"RATIO", Wanted::kNothing},
                                                                       {"VALUE", Wanted::kNothing},
                                                                       {"SHARE", Wanted::kNothing},
                                                                       {"PERCENT", Wanted::kNothing}}};

}  // namespace

Wanted wanted(const OptionText& option) {
  if (!option.words.empty()) return Wanted::kWord;
  if (option.value.empty()) return Wanted::kNothing;
  for (const auto& [name, kind] : kWanted)
    if (name == option.value) return kind;
  return Wanted::kFile;
}

std::vector<std::string> transform_names() {
  std::vector<std::string> names;
  for (const TransformSpec& spec : transforms()) names.push_back(spec.name);
  for (const Combinator& combinator : combinators()) names.push_back(combinator.name);
  return names;
}

std::string with_blanks(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<OptionText> options_of(const CommandText& command) {
  std::vector<OptionText> options;
  for (const OptionGroup& group : command.groups)
    options.insert(options.end(), group.options.begin(), group.options.end());
  return options;
}

}  // namespace tenfold
