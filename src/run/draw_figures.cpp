#include "draw_figures.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "tenfold/transforms/combinator.h"

namespace tenfold {
namespace {

constexpr std::size_t kParts = 12;      // of a range
constexpr std::size_t kMostParts = 24;  // of one of whole numbers
constexpr const char *kPartner = "partner", *kAnyClass = "any";

// How many of its children a some_of takes on average: every number in its range equally often.
double mean_count(const Element& some_of) {
  const auto children = static_cast<double>(some_of.children.size());
  const double low = std::ceil(some_of.count.low), high = std::floor(some_of.count.high);
  double sum = 0;
  for (double count = low; count <= high; ++count) sum += std::min(count, children);
  return sum / (high - low + 1);
}

// The chance of a child where its combinator happens.
double chance_of_child(const Element& element, std::size_t child) {
  if (element.kind == ElementKind::kSomeOf)
    return mean_count(element) / static_cast<double>(element.children.size());
  if (element.kind != ElementKind::kOneOf) return 1;
  if (element.weights.empty()) return 1 / static_cast<double>(element.children.size());
  double total = 0;
  for (const double weight : element.weights) total += weight;
  return element.weights[child] / total;
}

Histogram histogram_of(const ParameterSpec& parameter, const Range& range) {
  Histogram histogram{.range = range,
                      .log_uniform = parameter.log_uniform && range.low > 0,
                      .whole = parameter.whole,
                      .even = true};
  histogram.counts.resize(kParts);
  if (!parameter.whole) return histogram;
  // As many whole numbers in each part, where that can be done with some parts.
  const auto wholes = static_cast<std::size_t>(range.high - range.low) + 1;
  std::size_t parts = std::min(wholes, kMostParts);
  while (wholes % parts != 0) --parts;
  histogram.even = parts > 1;
  if (histogram.even) histogram.counts.resize(parts);
  return histogram;
}

// Takes in the ranges of another place of the same transform.
void widen(const ParameterSpec& parameter, const Range& range, Histogram& histogram) {
  if (histogram.range == range) return;
  const Range both{std::min(histogram.range.low, range.low), std::max(histogram.range.high, range.high)};
  histogram = histogram_of(parameter, both);
  histogram.even = false;
}

void add_parameters(const Element& element, TransformFigures& figures) {
  for (const ParameterSpec& parameter : element.transform.spec->parameters) {
    const auto value = element.values.find(parameter.name);
    const Range* range = value == element.values.end() ? nullptr : std::get_if<Range>(&value->second);
    if (range == nullptr) continue;
    const auto known = std::ranges::find(figures.parameters, parameter.name, &ParameterFigures::name);
    if (known != figures.parameters.end())
      widen(parameter, *range, known->drawn);
    else
      figures.parameters.push_back({parameter.name, parameter.unit, histogram_of(parameter, *range)});
  }
}

// Images of other classes are not mixed in where an image would lose its label by it.
bool may_be_left_out(const Element& element) {
  const auto partner = element.values.find(kPartner);
  return partner != element.values.end() && partner->second == ParameterValue(std::string(kAnyClass));
}

class PlaceReader {
 public:
  PlaceReader(const std::vector<std::string>& unknown, std::vector<TransformFigures>& out)
      : unknown_(unknown), out_(out) {}

  // `chance` of the chain: that of what it is in.
  void read(const Chain& chain, const std::string& parent, const std::vector<double>& chances) {
    std::map<std::string_view, int> occurrences;
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const std::string_view name = element_name(chain[i]);
      const std::string place = parent + std::string(name) + '#' + std::to_string(++occurrences[name]);
      const double chance = chances[i] * chain[i].p;
      if (chain[i].kind == ElementKind::kTransform)
        add(chain[i], place, chance);
      else
        read_children(chain[i], place, chance);
    }
  }

 private:
  void read_children(const Element& element, const std::string& place, double chance) {
    std::vector<double> chances;
    for (std::size_t i = 0; i < element.children.size(); ++i)
      chances.push_back(chance * chance_of_child(element, i));
    read(element.children, place + '/', chances);
  }

  void add(const Element& element, const std::string& place, double chance) {
    const std::string& name = element.transform.spec->name;
    auto known = std::ranges::find(out_, name, &TransformFigures::name);
    if (known == out_.end()) known = out_.insert(known, {.name = name});
    const bool is_unknown = may_be_left_out(element) || std::ranges::find(unknown_, name) != unknown_.end();
    known->places.push_back({place, element.p, is_unknown ? std::nullopt : std::optional(chance)});
    add_parameters(element, *known);
  }

  const std::vector<std::string>& unknown_;
  std::vector<TransformFigures>& out_;
};

void append_names(const Chain& chain, std::vector<std::string>& names) {
  for (const Element& element : chain) {
    if (element.p == 0) continue;
    if (element.kind == ElementKind::kTransform)
      names.push_back(element.transform.spec->name);
    else
      append_names(element.children, names);
  }
}

// Transforms that `relabel` turns on or off for a copy of this class, as its source's class wants it.
std::vector<std::string> relabeled(const Recipe& recipe, const std::string& class_name) {
  std::vector<std::string> names;
  for (const Relabeling& one : recipe.relabel)
    if (one.from == class_name || one.to == class_name) names.push_back(one.transform);
  return names;
}

ChainFigures chain_figures(const Recipe& recipe, const std::string& class_name) {
  ChainFigures chain{
      .grows = recipe.grows(class_name),
      .transforms = expected_figures(recipe.augment_of(class_name), relabeled(recipe, class_name))};
  for (TransformFigures& transform : chain.transforms)
    for (ParameterFigures& parameter : transform.parameters)
      parameter.drawn.even = parameter.drawn.even && !chain.grows;
  return chain;
}

std::string name_of(const nlohmann::json& transform) {
  if (!transform.is_object()) return {};
  const auto name = transform.find("name");
  return name != transform.end() && name->is_string() ? name->get<std::string>() : std::string();
}

void count_numbers(const nlohmann::json& transform, TransformFigures& figures) {
  for (ParameterFigures& parameter : figures.parameters) {
    const auto value = transform.find(parameter.name);
    if (value != transform.end() && value->is_number()) parameter.drawn.count(value->get<double>());
  }
}

}  // namespace

void Histogram::count(double value) {
  mean += (value - mean) / static_cast<double>(++values);
  least = values == 1 ? value : std::min(least, value);
  most = values == 1 ? value : std::max(most, value);
  if (!(value >= range.low && value <= range.high)) {
    ++outside;
    return;
  }
  const double end = whole ? range.high + 1 : range.high;
  const double share = log_uniform && !whole ? std::log(value / range.low) / std::log(end / range.low)
                                             : (value - range.low) / (end - range.low);
  const auto parts = static_cast<double>(counts.size());
  ++counts[static_cast<std::size_t>(std::min(share * parts, parts - 1))];
}

std::optional<double> TransformFigures::expected() const {
  if (places.empty()) return std::nullopt;
  double sum = 0;
  for (const PlaceFigures& place : places) {
    if (!place.expected) return std::nullopt;
    sum += *place.expected;
  }
  return sum;
}

std::vector<TransformFigures> expected_figures(const Chain& chain, const std::vector<std::string>& unknown) {
  std::vector<TransformFigures> figures;
  PlaceReader(unknown, figures).read(chain, "", std::vector<double>(chain.size(), 1));
  for (TransformFigures& transform : figures)
    std::erase_if(transform.parameters,
                  [](const ParameterFigures& parameter) { return parameter.drawn.range.is_fixed(); });
  return figures;
}

DrawFigures::DrawFigures(const std::optional<Recipe>& recipe, const std::vector<std::string>& classes) {
  if (recipe) append_names(recipe->prepare, prepared_);
  for (const std::string& name : classes) {
    ChainFigures chain = recipe ? chain_figures(*recipe, name) : ChainFigures{};
    auto same = std::ranges::find_if(chains_, [&](const ChainFigures& other) {
      return other.grows == chain.grows && other.transforms == chain.transforms;
    });
    if (same == chains_.end()) same = chains_.insert(same, std::move(chain));
    same->classes.push_back(name);
    chain_of_class_[name] = static_cast<std::size_t>(same - chains_.begin());
  }
}

void DrawFigures::count(const ManifestLine& line, const nlohmann::json& transforms) {
  const auto known = chain_of_class_.find(line.label);
  if (line.copy == 0 || known == chain_of_class_.end()) return;
  ChainFigures& chain = chains_[known->second];
  ++chain.copies;
  std::size_t first = 0;
  while (first < prepared_.size() && first < transforms.size() &&
         name_of(transforms[first]) == prepared_[first])
    ++first;
  for (std::size_t i = first; i < transforms.size(); ++i) {
    const std::string name = name_of(transforms[i]);
    if (find_transform(name) == nullptr) continue;
    auto figures = std::ranges::find(chain.transforms, name, &TransformFigures::name);
    if (figures == chain.transforms.end()) figures = chain.transforms.insert(figures, {.name = name});
    ++figures->fired;
    count_numbers(transforms[i], *figures);
  }
}

}  // namespace tenfold
