#include "sections.h"

#include <array>
#include <limits>

#include "annotation_reader.h"
#include "input_shape.h"
#include "split_section.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kMinQuality = 1, kMaxQuality = 100;
const Bounds kFraction{0, 1};
const Bounds kDeviations{0, 127.5};  // no image has more
constexpr std::uint64_t kHashBits = 64;
constexpr double kMaxFactor = 1e9;  // nobody has the disk for more

FieldReader quality(const Reader& reader, std::optional<int>& out) {
  return [&reader, &out](const Field& field) {
    if (field.value.is_scalar() && field.value.text == "keep") {
      out = std::nullopt;
      return;
    }
    const std::string_view text =
        field.value.is_scalar() ? std::string_view(field.value.text) : std::string_view();
    if (const auto number = parse_count(text, kMinQuality, kMaxQuality))
      out = static_cast<int>(*number);
    else
      reader.refuse(field, number.error() + ", or keep");
  };
}

FieldReader copy_name(const Reader& reader, std::string& out) {
  return [&reader, &out](const Field& field) {
    std::string name;
    reader.text(name)(field);
    if (name.empty()) return;
    const std::string fault = fault_of_name(name);
    if (fault.empty())
      out = name;
    else
      reader.refuse(field, fault, "name: \"{stem}__x{copy:04}\"");
  };
}

// 1000 images, or 500MB of images.
FieldReader shard_size(const Reader& reader, ShardSize& out) {
  return [&reader, &out](const Field& field) {
    std::string_view text = field.value.is_scalar() ? std::string_view(field.value.text) : std::string_view();
    const bool bytes = text.ends_with('B');
    if (bytes) text.remove_suffix(1);
    if (const auto count = parse_size(text))
      out = {bytes ? ShardSize::Unit::kBytes : ShardSize::Unit::kImages, *count};
    else
      reader.refuse(field, "must be a number of images such as 10k, or of bytes such as 500MB");
  };
}

FieldReader layout(const Reader& reader, OutputRecipe& out) {
  return [&reader, &out](const Field& field) {
    if (!field.value.is_map())
      return reader.choice<OutputLayout>(out.layout, {{"folders", OutputLayout::kFolders},
                                                      {"huggingface", OutputLayout::kHuggingface},
                                                      {"flat_csv", OutputLayout::kFlatCsv},
                                                      {"webdataset", OutputLayout::kWebdataset}})(field);
    if (field.value.entries.empty())
      return reader.refuse(field, "must not be empty", "layout: {webdataset: {shard: 10k}}");
    out.layout = OutputLayout::kWebdataset;
    reader.map(field, {{"webdataset", [&](const Field& webdataset) {
                          reader.map(webdataset, {{"shard", shard_size(reader, out.shard)}});
                        }}});
  };
}

FieldReader factor(const Reader& reader, double& out) {
  return [&reader, &out](const Field& field) {
    const Bounds any{-std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    const std::optional<double> value = reader.number_of(field, any, false);
    if (!value) return;
    if (*value > 0 && *value <= kMaxFactor)
      out = *value;
    else
      reader.refuse(field, *value > 0 ? "must be at most a billion" : "must be above 0");
  };
}

// {to: 500} or {power: 0.5}.
void read_balance_map(const Reader& reader, const Field& field, Balance& out) {
  std::optional<std::uint64_t> to;
  std::optional<double> power;
  const auto read_power = [&](const Field& value) { power = reader.number_of(value, kFraction); };
  reader.map(field, {{"to", reader.count(to, 1)}, {"power", read_power}});
  const YamlNode::Entry* first = field.value.entries.empty() ? nullptr : &field.value.entries[0];
  if (field.value.entries.size() != 1) {
    reader.findings().error(first == nullptr ? field.value.place : field.value.entries[1].place,
                            "'balance' must have one key: to or power");
    return;
  }
  if (to) out = {BalanceRule::kTo, static_cast<double>(*to)};
  if (power) out = {BalanceRule::kPower, *power};
}

FieldReader balance(const Reader& reader, Balance& out) {
  return [&reader, &out](const Field& field) {
    if (field.value.is_map()) return read_balance_map(reader, field, out);
    static const std::vector<std::string> kWords = {"none", "majority", "median",
                                                    "mean", "{to: T}",  "{power: a}"};
    static constexpr std::array kRules = {BalanceRule::kNone, BalanceRule::kMajority, BalanceRule::kMedian,
                                          BalanceRule::kMean};
    const std::optional<std::size_t> index = reader.chosen(field, kWords);
    if (!index) return;
    if (*index < kRules.size())
      out = {kRules[*index], 0};
    else
      reader.refuse(field, "must be a map here, without quotes");
  };
}

// One number for all channels, or [r, g, b].
FieldReader fill(const Reader& reader, std::array<double, 3>& out) {
  return [&reader, &out](const Field& field) {
    if (const auto color = reader.color_of(field)) out = {color->blue, color->green, color->red};
  };
}

}  // namespace

FieldReader input_section(const Reader& reader, InputRecipe& out) {
  return [&reader, &out](const Field& section) {
    reader.map(
        section,
        {{"root", dataset_roots(reader, out.roots)},
         {"labels", label_rule(reader, out.labels)},
         {"ignore", reader.texts(out.ignore)},
         {"on_bad_image", reader.choice<bool>(out.fail_on_bad_image, {{"skip", false}, {"fail", true}})},
         {"max_bad", reader.fraction(out.max_bad, kFraction)},
         {"max_pixels", reader.size(out.max_pixels)},
         {"follow_links", reader.choice<FollowLinks>(out.follow_links, {{"false", FollowLinks::kNone},
                                                                        {"files", FollowLinks::kFiles},
                                                                        {"all", FollowLinks::kAll}})},
         {"targets", annotations_section(reader, out.annotations)},
         {"splits", dataset_splits(reader, out.splits)},
         {"split", made_splits(reader, out.split)},
         {"on_leak",
          reader.choice<std::optional<OnLeak>>(out.on_leak, {{"fail", OnLeak::kFail},
                                                             {"drop_from_train", OnLeak::kDropFromTrain},
                                                             {"warn", OnLeak::kWarn}})}});
    check_splits(reader, section);
  };
}

FieldReader output_section(const Reader& reader, OutputRecipe& out) {
  return [&reader, &out](const Field& section) {
    reader.map(section,
               {{"root", reader.path(out.root)},
                {"format", reader.choice<std::optional<Format>>(out.format, {{"keep", std::nullopt},
                                                                             {"jpeg", Format::kJpeg},
                                                                             {"png", Format::kPng},
                                                                             {"webp", Format::kWebp}})},
                {"quality", quality(reader, out.quality)},
                {"originals", reader.choice<Originals>(out.originals, {{"copy", Originals::kCopy},
                                                                       {"hardlink", Originals::kHardlink},
                                                                       {"symlink", Originals::kSymlink},
                                                                       {"omit", Originals::kOmit}})},
                {"strip_metadata", reader.boolean(out.strip_metadata)},
                {"name", copy_name(reader, out.name)},
                {"layout", layout(reader, out)}});
    const bool links = out.originals == Originals::kHardlink || out.originals == Originals::kSymlink;
    if (out.strip_metadata && links)
      reader.findings().error(section.value.find("strip_metadata")->place,
                              "'strip_metadata' and links exclude each other: a link shows the file as it is",
                              "originals: copy");
  };
}

FieldReader expand_section(const Reader& reader, ExpandRecipe& out) {
  return [&reader, &out](const Field& section) {
    reader.map(section,
               {{"factor", factor(reader, out.factor)},
                {"balance", balance(reader, out.balance)},
                {"max_copies", reader.count(out.max_copies, 0)},
                {"undersample", reader.boolean(out.undersample)},
                {"draws", reader.choice<DrawMode>(out.draws, {{"stratified", DrawMode::kStratified},
                                                              {"independent", DrawMode::kIndependent}})}});
    const YamlNode::Entry* explicit_factor = section.value.find("factor");
    if (out.balance.rule == BalanceRule::kTo && explicit_factor != nullptr)
      reader.findings().error(explicit_factor->place, "'factor' has no meaning beside 'balance: {to: …}'",
                              "remove one of the two");
  };
}

FieldReader accept_section(const Reader& reader, std::optional<AcceptRecipe>& out) {
  return [&reader, &out](const Field& section) {
    AcceptRecipe& accept = out.emplace();
    std::optional<std::uint64_t> distance;
    reader.map(section, {{"min_deviation", reader.fraction(accept.min_deviation, kDeviations)},
                         {"min_contrast", reader.fraction(accept.min_contrast, kFraction)},
                         {"min_detail", reader.fraction(accept.min_detail, kFraction)},
                         {"min_distance", reader.count(distance, 0)}});
    if (!distance) return;
    if (*distance <= kHashBits)
      accept.min_distance = static_cast<int>(*distance);
    else
      reader.findings().error(section.value.find("min_distance")->value.place,
                              "'min_distance' must be at most 64, the number of bits of the hash");
  };
}

FieldReader strength_section(const Reader& reader, std::optional<bool>& grow_with_copy) {
  return [&reader, &grow_with_copy](const Field& section) {
    reader.map(section, {{"grow_with_copy", reader.choice<std::optional<bool>>(
                                                grow_with_copy, {{"true", true}, {"false", false}})}});
  };
}

FieldReader sampling_section(const Reader& reader, SamplingPolicy& out) {
  return [&reader, &out](const Field& section) {
    reader.map(section, {{"interpolation", reader.choice<Interpolation>(
                                               out.interpolation, {{"nearest", Interpolation::kNearest},
                                                                   {"linear", Interpolation::kLinear},
                                                                   {"cubic", Interpolation::kCubic},
                                                                   {"lanczos", Interpolation::kLanczos}})},
                         {"border", reader.choice<Border>(out.border, {{"constant", Border::kConstant},
                                                                       {"replicate", Border::kReplicate},
                                                                       {"reflect", Border::kReflect},
                                                                       {"reflect_101", Border::kReflect101},
                                                                       {"wrap", Border::kWrap}})},
                         {"fill", fill(reader, out.fill)}});
  };
}

}  // namespace tenfold
