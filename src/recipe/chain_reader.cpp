#include "chain_reader.h"

#include <algorithm>
#include <cmath>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::string_view kNamePrefixElsewhere = "random_";  // as other libraries write it

// Elements of all chains together, each class's own copy counted: far beyond what anybody writes, and little
// memory.
constexpr std::size_t kMaxElements = 100'000;

const Bounds kProbability{0, 1};
const Bounds kWeight{0, 1e9};

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const Combinator& combinator : combinators()) names.push_back(combinator.name);
  for (const TransformSpec& spec : transforms()) names.push_back(spec.name);
  return names;
}

std::string hint_for_unknown(std::string_view name) {
  std::string_view plain = name;
  if (plain.starts_with(kNamePrefixElsewhere)) plain.remove_prefix(kNamePrefixElsewhere.size());
  return did_you_mean(plain, known_names(), "`tenfold transforms` lists them all");
}

std::string usage(const TransformSpec& spec) {
  return spec.example.empty() ? "- " + spec.name : "- " + spec.name + ": " + spec.example;
}

// The example that shows all of the combinator's keys.
std::string usage(const Combinator& combinator) { return "- " + combinator.examples.back(); }

bool occurs(const Chain& chain, std::string_view name) {
  return std::any_of(chain.begin(), chain.end(), [&](const Element& element) {
    return element.kind == ElementKind::kTransform ? element.transform.spec->name == name
                                                   : occurs(element.children, name);
  });
}

std::size_t count_elements(const Chain& chain) {
  std::size_t count = chain.size();
  for (const Element& element : chain) count += count_elements(element.children);
  return count;
}

bool within(const Range& range, const Bounds& bounds) {
  return range.low >= bounds.low && range.high <= bounds.high;
}

// ±x means [-x, x]; around a neutral 1 people mean [1 - x, 1 + x].
std::string hint_for_plus_minus(const ParameterSpec& parameter, const Range& range) {
  const double neutral = parameter.neutral.value_or(0);
  if (neutral == 0 || range.high >= neutral) return {};
  return "±" + shortest(range.high) + " is the range [" + shortest(range.low) + ", " + shortest(range.high) +
         "]; around " + shortest(neutral) + " write [" + shortest(neutral - range.high) + ", " +
         shortest(neutral + range.high) + "]";
}

}  // namespace

FieldReader ChainReader::chain(Chain& out, ChainPurpose purpose) {
  return [this, &out, purpose](const Field& field) {
    out.clear();
    if (field.value.is_null()) return;
    read_elements(field, {purpose}, out);
    place_elements(out);
  };
}

Chain ChainReader::without(const Field& names, const Chain& chain) {
  std::vector<std::string> taken_off;
  reader_.texts(taken_off)(names);
  for (const YamlNode& item : names.value.items) {
    if (!item.is_scalar() || item.text.empty()) continue;
    if (find_transform(item.text) == nullptr)
      findings_.error(item.place, "unknown transform " + shown_name(item.text), hint_for_unknown(item.text));
    else if (!occurs(chain, item.text) && findings_.error_count() == 0)
      findings_.warning(item.place,
                        in_quotes(item.text) + " does not occur in the chain that it is taken off from");
  }
  if (!spend(count_elements(chain), names.place)) return {};
  return tenfold::without(chain, taken_off);
}

void ChainReader::read_elements(const Field& list, Surroundings surroundings, Chain& out) {
  if (!list.value.is_list()) {
    reader_.refuse(list, "must be a list of transforms", "begin each transform with '- '");
    return;
  }
  for (const YamlNode& item : list.value.items) read_element(item, surroundings, out);
}

void ChainReader::read_element(const YamlNode& item, Surroundings surroundings, Chain& out) {
  if (!spend(1, item.place)) return;
  static const YamlNode kNoParameters;
  if (item.is_map() && item.entries.size() > 1) return read_several_keys(item);
  const bool is_name = item.is_scalar() && !item.text.empty();
  if (!is_name && !(item.is_map() && item.entries.size() == 1)) {
    findings_.error(item.place, "a transform must be a name, or a name with parameters, got " + shown(item),
                    "- rotate: {degrees: ±20}");
    return;
  }
  const std::string& name = is_name ? item.text : item.entries[0].key;
  const YamlNode& parameters = is_name ? kNoParameters : item.entries[0].value;
  const Field field{name, is_name ? item.place : item.entries[0].place, parameters};

  if (const Combinator* combinator = find_combinator(name))
    return read_combinator(*combinator, field, surroundings, out);
  if (const TransformSpec* spec = find_transform(name))
    return read_transform(*spec, field, surroundings, out);
  findings_.error(field.place, "unknown transform " + shown_name(name), hint_for_unknown(name));
}

void ChainReader::read_several_keys(const YamlNode& item) {
  const YamlNode::Entry& first = item.entries[0];
  const YamlNode::Entry& second = item.entries[1];
  const bool lacks_indentation = first.value.is_null() && find_transform(second.key) == nullptr;
  findings_.error(second.place,
                  "an element of a chain is one transform, and " + shown_name(second.key) + " is beside " +
                      shown_name(first.key),
                  lacks_indentation ? "if it is a parameter, indent it deeper than " + shown_name(first.key)
                                    : "begin each transform with '- '");
}

void ChainReader::read_transform(const TransformSpec& spec, const Field& parameters,
                                 Surroundings surroundings, Chain& out) {
  if (annotations_.any() && !spec.annotations_follow)
    findings_.error(parameters.place, "masks and boxes cannot follow " + in_quotes(spec.name),
                    "remove it, or 'input.targets'");
  Element element;
  element.p = surroundings.is_chosen ? 1 : spec.default_p;

  std::vector<Key> keys;
  for (const ParameterSpec& known : spec.parameters)
    keys.push_back({known.name, parameter(known, spec, surroundings.purpose, element.values)});
  keys.push_back({"p", reader_.fraction(element.p, kProbability)});
  if (!parameters.value.is_null() && !parameters.value.is_map())
    return reader_.refuse(parameters, "must have its parameters as a map", usage(spec));
  const std::size_t errors_before = findings_.error_count();
  reader_.map(parameters, keys);

  for (const ParameterSpec& known : spec.parameters)
    if (known.default_value) element.values.emplace(known.name, *known.default_value);
  auto bound = spec.bind(element.values);
  if (!bound) {
    // A parameter that was refused is missing now: that is no second mistake.
    if (findings_.error_count() == errors_before)
      findings_.error(parameters.place, bound.error(), usage(spec));
    return;
  }
  element.transform = std::move(*bound);
  if (surroundings.purpose == ChainPurpose::kPrepare) check_prepare(element, parameters);
  out.push_back(std::move(element));
}

void ChainReader::read_combinator(const Combinator& combinator, const Field& field, Surroundings surroundings,
                                  Chain& out) {
  if (surroundings.purpose == ChainPurpose::kPrepare && combinator.draws) {
    findings_.error(
        field.place,
        in_quotes(field.name) + " draws random numbers, and 'prepare' makes every image the same way",
        "move it to 'augment'");
    return;
  }
  Element element;
  element.kind = combinator.kind;
  surroundings.is_chosen = combinator.chooses;
  const auto read_children = [&](const Field& list) {
    read_elements({field.name, list.place, list.value}, surroundings, element.children);
    if (list.value.is_list() && list.value.items.empty())
      findings_.error(list.place, in_quotes(field.name) + " needs at least one transform");
  };
  if (field.value.is_map()) {
    std::vector<Key> keys{{"p", reader_.fraction(element.p, kProbability)}, {"transforms", read_children}};
    const YamlNode::Entry* children = field.value.find("transforms");
    const std::size_t written =
        children != nullptr && children->value.is_list() ? children->value.items.size() : 0;
    if (combinator.kind == ElementKind::kOneOf) keys.push_back({"weights", weights(element, written)});
    if (combinator.kind == ElementKind::kSomeOf) keys.push_back({"count", count(element, written)});
    reader_.map(field, keys);
    for (const Key& key : keys)
      if ((key.name == "transforms" || key.name == "count") && field.value.find(key.name) == nullptr)
        findings_.error(field.place, in_quotes(field.name) + " needs " + in_quotes(key.name),
                        usage(combinator));
  } else if (field.value.is_null()) {
    findings_.error(field.place, in_quotes(field.name) + " needs at least one transform");
  } else if (combinator.kind == ElementKind::kSomeOf) {
    reader_.refuse(field, "must be a map with 'count' and 'transforms'", usage(combinator));
  } else {
    read_children(field);
  }
  if (surroundings.purpose == ChainPurpose::kPrepare) check_prepare(element, field);
  if (!element.children.empty()) out.push_back(std::move(element));
}

FieldReader ChainReader::weights(Element& one_of, std::size_t children) {
  return [this, &one_of, children](const Field& field) {
    if (!field.value.is_list())
      return reader_.refuse(field, "must be a list of positive numbers",
                            usage(*find_combinator(ElementKind::kOneOf)));
    std::vector<double> numbers;
    for (const YamlNode& item : field.value.items) {
      const Field one{field.name, field.place, item};
      const auto number = reader_.number_of(one, kWeight);
      if (!number) return;
      if (*number <= 0)
        return reader_.refuse(one, "must be above 0", "take a transform out that shall never happen");
      numbers.push_back(*number);
    }
    if (children != 0 && numbers.size() != children)
      return findings_.error(field.value.place, "'weights' must be as many as the transforms: " +
                                                    counted(numbers.size(), "weight") + " for " +
                                                    counted(children, "transform"));
    one_of.weights = std::move(numbers);
  };
}

FieldReader ChainReader::count(Element& some_of, std::size_t children) {
  return [this, &some_of, children](const Field& field) {
    ParameterSpec spec;
    spec.name = field.name;
    spec.whole = true;
    spec.bounds = {0, children == 0 ? static_cast<double>(kMaxElements) : static_cast<double>(children)};
    if (const auto range = range_of(field, spec, usage(*find_combinator(ElementKind::kSomeOf))))
      some_of.count = *range;
  };
}

void ChainReader::check_prepare(const Element& element, const Field& field) {
  const bool has_gate = element.p != 0 && element.p != 1;
  const bool draws = element.kind == ElementKind::kTransform && !element.transform.draws_nothing;
  if (!has_gate && !draws) return;  // children have been checked on their own
  const bool can_be_fixed = draws && !element.transform.spec->always_random;
  findings_.error(
      field.place,
      in_quotes(field.name) + " draws random numbers, and 'prepare' makes every image the same way",
      can_be_fixed ? "fix its parameters, or move it to 'augment'"
      : draws      ? "move it to 'augment'"
                   : "its 'p' is " + shortest(element.p) + ": write p: 1, or move it to 'augment'");
}

FieldReader ChainReader::parameter(const ParameterSpec& parameter, const TransformSpec& spec,
                                   ChainPurpose purpose, ParameterValues& out) {
  return [this, &parameter, &spec, purpose, &out](const Field& field) {
    const std::string_view text =
        field.value.is_scalar() ? std::string_view(field.value.text) : std::string_view();
    switch (parameter.kind) {
      case ParameterKind::kRange:
        return read_range(field, parameter, spec, purpose, out);
      case ParameterKind::kInteger: {
        const auto low = static_cast<std::int64_t>(parameter.bounds.low);
        const auto high = static_cast<std::int64_t>(parameter.bounds.high);
        if (const auto number = reader_.accept(field, parse_integer(text, low, high), usage(spec)))
          out[parameter.name] = static_cast<int>(*number);
        return;
      }
      case ParameterKind::kBoolean: {
        std::optional<bool> flag;
        reader_.choice<std::optional<bool>>(flag, {{"true", true}, {"false", false}})(field);
        if (flag) out[parameter.name] = *flag;
        return;
      }
      case ParameterKind::kText:
        if (std::string written; reader_.text(written)(field), !written.empty())
          out[parameter.name] = written;
        return;
      case ParameterKind::kColor:
        if (const auto color = reader_.color_of(field)) out[parameter.name] = *color;
        return;
      case ParameterKind::kChoice:
        if (const auto index = reader_.chosen(field, parameter.choices))
          out[parameter.name] = parameter.choices[*index];
        return;
    }
  };
}

void ChainReader::read_range(const Field& field, const ParameterSpec& parameter, const TransformSpec& spec,
                             ChainPurpose purpose, ParameterValues& out) {
  const std::optional<Range> range = range_of(field, parameter, usage(spec));
  if (!range) return;
  const YamlNode& value = field.value;
  if (value.is_scalar() && purpose == ChainPurpose::kAugment && parameter.is_signed() &&
      !is_plus_minus(value.text) && range->low != parameter.neutral)
    findings_.warning(value.place, in_quotes(field.name) + " is always " + shortest(range->low),
                      "did you mean ±" + shortest(std::abs(range->low)) + "? If not, [" +
                          shortest(range->low) + ", " + shortest(range->low) + "] says so");
  out[parameter.name] = *range;
}

std::optional<Range> ChainReader::range_of(const Field& field, const ParameterSpec& parameter,
                                           const std::string& hint) {
  const YamlNode& value = field.value;
  std::optional<Range> range;
  if (value.is_list() && value.items.size() == 2) {
    // Each end is checked on its own, so that the caret stands below the one that is wrong.
    const auto low = reader_.number_of({field.name, field.place, value.items[0]}, parameter.bounds);
    const auto high = reader_.number_of({field.name, field.place, value.items[1]}, parameter.bounds);
    if (!low || !high) return std::nullopt;
    if (*low > *high) {
      findings_.error(value.place,
                      in_quotes(field.name) + " must be a range from low to high, got [" + shortest(*low) +
                          ", " + shortest(*high) + "]",
                      "did you mean [" + shortest(*high) + ", " + shortest(*low) + "]?");
      return std::nullopt;
    }
    range = {*low, *high};
  } else if (value.is_scalar()) {
    range = reader_.accept(field, parse_range(value.text), hint);
    if (!range) return std::nullopt;
    if (!within(*range, parameter.bounds)) {
      reader_.refuse(field, "must be " + in_words(parameter.bounds),
                     is_plus_minus(value.text) ? hint_for_plus_minus(parameter, *range) : "");
      return std::nullopt;
    }
  } else {
    reader_.refuse(field, "must be a number or a range", hint);
    return std::nullopt;
  }
  const auto is_whole = [](double number) { return number == std::floor(number); };
  if (parameter.whole && !(is_whole(range->low) && is_whole(range->high))) {
    reader_.refuse(field, "must be a whole number or a range of whole numbers", hint);
    return std::nullopt;
  }
  return range;
}

bool ChainReader::spend(std::size_t elements, const Place& place) {
  if (spent_ > kMaxElements) return false;
  spent_ += elements;
  if (spent_ <= kMaxElements) return true;
  findings_.error(place, "the recipe's chains hold more than " + counted(kMaxElements, "transform") +
                             ", counted for every class");
  return false;
}

}  // namespace tenfold
