// Catalogs made up for tests: no files behind them.

#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/job.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold::test {

inline Sample sample_of(const std::string& path, std::uint32_t class_index, Format format = Format::kJpeg) {
  return {.path = path,
          .class_index = class_index,
          .header = {.format = format, .stored = {64, 48}},
          .size_bytes = 1000};
}

// An output of the sample's own class.
inline OutputId output_of(const Sample& sample, std::uint32_t copy) {
  return {sample, sample.class_index, copy};
}

// Classes by name with this many JPEGs each: name/0.jpg, name/1.jpg, …
inline Catalog catalog_of(std::vector<std::pair<std::string, int>> classes) {
  Catalog catalog;
  std::ranges::sort(classes);
  for (const auto& [name, count] : classes) {
    const auto index = static_cast<std::uint32_t>(catalog.classes.size());
    catalog.classes.push_back(name);
    std::vector<std::string> paths;
    for (int i = 0; i < count; ++i) paths.push_back(name + "/" + std::to_string(i) + ".jpg");
    std::ranges::sort(paths);
    for (const std::string& path : paths) catalog.samples.push_back(sample_of(path, index));
  }
  return catalog;
}

// A chain of one transform; parameters that are not given have their defaults.
inline Chain chain_of(const std::string& name, const ParameterValues& values = {}) {
  Element element;
  element.transform = find_transform(name)->bind(values).value();
  element.values = values;
  element.p = element.transform.spec->default_p;
  Chain chain{element};
  place_elements(chain);
  return chain;
}

inline Recipe recipe_of(double factor, BalanceRule rule, double value = 0) {
  Recipe recipe;
  recipe.seed = 42;
  recipe.expand.factor = factor;
  recipe.expand.balance = {rule, value};
  recipe.augment = chain_of("horizontal_flip");
  return recipe;
}

}  // namespace tenfold::test
