// The recipe as resolved, for dataset.json and for people who ask what a recipe means. Not in it: the roots
// and other folders, and what decides whether a run fails and not what it writes (on_bad_image, max_bad).

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tenfold/recipe/recipe.h"

namespace tenfold {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMaxExact = 9007199254740992.0;  // 2^53

// Whole numbers without the ".0" that the library would write.
Json number(double value) {
  if (value == std::floor(value) && std::abs(value) <= kMaxExact) return static_cast<std::int64_t>(value);
  return value;
}

Json value_of(const ParameterValue& value) {
  if (const Range* range = std::get_if<Range>(&value))
    return range->is_fixed() ? number(range->low) : Json::array({number(range->low), number(range->high)});
  if (const int* whole = std::get_if<int>(&value)) return *whole;
  if (const bool* flag = std::get_if<bool>(&value)) return *flag;
  if (const Color* color = std::get_if<Color>(&value))
    return Json::array({number(color->red), number(color->green), number(color->blue)});
  return std::get<std::string>(value);
}

// For anybody; or for this machine, whose paths then stand in it, and all else that makes a recipe of it
// again.
enum class Audience { kAnybody, kThisMachine };

Json chain_of(const Chain& chain, Audience audience) {
  Json list = Json::array();
  for (const Element& element : chain) {
    Json parameters = {{"p", number(element.p)}};
    if (element.kind == ElementKind::kTransform) {
      for (const ParameterSpec& parameter : element.transform.spec->parameters)
        if (const auto found = element.values.find(parameter.name);
            found != element.values.end() &&
            (parameter.kind != ParameterKind::kText || audience == Audience::kThisMachine))
          parameters[parameter.name] = value_of(found->second);
    } else {
      if (element.kind == ElementKind::kSomeOf) parameters["count"] = value_of(element.count);
      for (const double weight : element.weights) parameters["weights"].push_back(number(weight));
      parameters["transforms"] = chain_of(element.children, audience);
    }
    Json item = Json::object();
    item[std::string(element_name(element))] = std::move(parameters);
    list.push_back(std::move(item));
  }
  return list;
}

std::string_view word(FollowLinks links) {
  switch (links) {
    case FollowLinks::kNone:
      return "false";
    case FollowLinks::kFiles:
      return "files";
    case FollowLinks::kAll:
      break;
  }
  return "all";
}

std::string_view word(OnLeak on_leak) {
  switch (on_leak) {
    case OnLeak::kFail:
      return "fail";
    case OnLeak::kDropFromTrain:
      return "drop_from_train";
    case OnLeak::kWarn:
      break;
  }
  return "warn";
}

std::string_view word(std::optional<Format> format) {
  if (!format) return "keep";
  return *format == Format::kJpeg ? "jpeg" : *format == Format::kPng ? "png" : "webp";
}

std::string_view word(Originals originals) {
  switch (originals) {
    case Originals::kCopy:
      return "copy";
    case Originals::kHardlink:
      return "hardlink";
    case Originals::kSymlink:
      return "symlink";
    case Originals::kOmit:
      break;
  }
  return "omit";
}

Json layout_of(const OutputRecipe& output) {
  switch (output.layout) {
    case OutputLayout::kFolders:
      return "folders";
    case OutputLayout::kHuggingface:
      return "huggingface";
    case OutputLayout::kFlatCsv:
      return "flat_csv";
    case OutputLayout::kWebdataset:
      break;
  }
  const ShardSize& shard = output.shard;
  const bool bytes = shard.unit == ShardSize::Unit::kBytes;
  return {{"webdataset", {{"shard", bytes ? Json(std::to_string(shard.count) + "B") : Json(shard.count)}}}};
}

std::string_view word(Interpolation interpolation) {
  switch (interpolation) {
    case Interpolation::kNearest:
      return "nearest";
    case Interpolation::kLinear:
      return "linear";
    case Interpolation::kCubic:
      return "cubic";
    case Interpolation::kLanczos:
      break;
  }
  return "lanczos";
}

std::string_view word(Border border) {
  switch (border) {
    case Border::kConstant:
      return "constant";
    case Border::kReplicate:
      return "replicate";
    case Border::kReflect:
      return "reflect";
    case Border::kReflect101:
      return "reflect_101";
    case Border::kWrap:
      break;
  }
  return "wrap";
}

Json balance_of(const Balance& balance) {
  switch (balance.rule) {
    case BalanceRule::kNone:
      return "none";
    case BalanceRule::kMajority:
      return "majority";
    case BalanceRule::kMedian:
      return "median";
    case BalanceRule::kMean:
      return "mean";
    case BalanceRule::kTo:
      return {{"to", number(balance.value)}};
    case BalanceRule::kPower:
      break;
  }
  return {{"power", number(balance.value)}};
}

Json fill_of(const std::array<double, 3>& bgr) {
  if (bgr[0] == bgr[1] && bgr[1] == bgr[2]) return number(bgr[0]);
  return Json::array({number(bgr[2]), number(bgr[1]), number(bgr[0])});
}

Json labels_of(const LabelRule& rule) {
  if (rule.kind == LabelRule::Kind::kBeside) return "webdataset";
  if (rule.kind == LabelRule::Kind::kFileName) return {{"regex", rule.text}};
  Json json = {{rule.kind == LabelRule::Kind::kCsv ? "csv" : "jsonl", rule.text},
               {"file", rule.file},
               {"label", rule.label}};
  if (!rule.split.empty()) json["split"] = rule.split;
  return json;
}

// Of files there are names only for anybody: the manifest says who is where.
std::string file_text(const std::filesystem::path& file, Audience audience) {
  return (audience == Audience::kThisMachine ? std::filesystem::absolute(file) : file.filename()).string();
}

Json groups_of(const GroupRule& rule, Audience audience) {
  switch (rule.kind) {
    case GroupRule::Kind::kNone:
      break;
    case GroupRule::Kind::kFolder:
      return {{"folder", rule.folder}};
    case GroupRule::Kind::kPrefix:
      return {{"prefix", rule.text}};
    case GroupRule::Kind::kRegex:
      return {{"regex", rule.text}};
    case GroupRule::Kind::kCsv:
      return {{"csv", file_text(rule.file, audience)}, {"column", rule.text}};
  }
  return nullptr;
}

Json split_of(const SplitRecipe& split, Audience audience) {
  Json json = Json::object();
  if (!split.folds) json["val"] = number(split.val);
  json["test"] = number(split.test);
  if (split.folds) json["folds"] = *split.folds;
  if (split.folds) json["fold"] = split.fold;
  if (split.by.kind != GroupRule::Kind::kNone) json["by"] = groups_of(split.by, audience);
  if (!split.file.empty()) json["file"] = file_text(split.file, audience);
  return json;
}

Json annotations_of(const AnnotationsRecipe& annotations) {
  constexpr const char* kFormats[] = {"yolo", "voc", "coco"};
  Json json = Json::object();
  if (!annotations.masks.empty()) json["masks"] = annotations.masks;
  if (const auto& boxes = annotations.boxes) {
    json["boxes"] = kFormats[static_cast<std::size_t>(boxes->format)];
    json["files"] = boxes->files;
    json["min_visibility"] = number(boxes->min_visibility);
  }
  return json;
}

Json input_of(const InputRecipe& input, Audience audience) {
  Json json = {
      {"ignore", input.ignore}, {"max_pixels", input.max_pixels}, {"follow_links", word(input.follow_links)}};
  if (input.labels.kind != LabelRule::Kind::kFolder) json["labels"] = labels_of(input.labels);
  for (const Split split : input.splits)
    json["splits"][std::string(split_name(split))] = split == Split::kTrain ? "expand" : "copy";
  if (input.split) json["split"] = split_of(*input.split, audience);
  if (input.on_leak) json["on_leak"] = word(*input.on_leak);
  if (input.annotations.any()) json["targets"] = annotations_of(input.annotations);
  if (audience == Audience::kThisMachine) {
    json["on_bad_image"] = input.fail_on_bad_image ? "fail" : "skip";
    json["max_bad"] = number(input.max_bad);
  }
  return json;
}

Json expand_of(const ExpandRecipe& expand) {
  Json json = Json::object();
  if (expand.balance.rule != BalanceRule::kTo) json["factor"] = number(expand.factor);
  json["balance"] = balance_of(expand.balance);
  if (expand.max_copies) json["max_copies"] = *expand.max_copies;
  json["undersample"] = expand.undersample;
  json["draws"] = expand.draws == DrawMode::kStratified ? "stratified" : "independent";
  return json;
}

Json accept_of(const AcceptRecipe& accept) {
  return {{"min_deviation", number(accept.min_deviation)},
          {"min_contrast", number(accept.min_contrast)},
          {"min_detail", number(accept.min_detail)},
          {"min_distance", accept.min_distance}};
}

Json relabel_of(const std::vector<Relabeling>& relabel) {
  Json json = Json::object();
  for (const Relabeling& one : relabel) json[one.transform][one.from] = one.to;
  return json;
}

Json classes_of(const Recipe& recipe, Audience audience) {
  Json classes = Json::object();
  for (const auto& [name, one] : recipe.classes) {
    Json entry = Json::object();
    if (one.target) entry["target"] = *one.target;
    if (one.grow_with_copy) entry["strength"] = {{"grow_with_copy", *one.grow_with_copy}};
    if (one.augment) entry["augment"] = chain_of(*one.augment, audience);
    classes[name] = std::move(entry);
  }
  return classes;
}

std::string json_text(const Recipe& recipe, Audience audience) {
  const OutputRecipe& output = recipe.output;
  const SamplingPolicy& sampling = recipe.sampling;

  Json json;
  json["version"] = 1;
  json["seed"] = recipe.seed;
  json["input"] = input_of(recipe.input, audience);
  json["output"] = {{"format", word(output.format)},
                    {"quality", output.quality ? Json(*output.quality) : Json("keep")},
                    {"originals", word(output.originals)},
                    {"strip_metadata", output.strip_metadata},
                    {"name", output.name},
                    {"layout", layout_of(output)}};
  json["expand"] = expand_of(recipe.expand);
  json["prepare"] = chain_of(recipe.prepare, audience);
  json["augment"] = chain_of(recipe.augment, audience);
  json["sampling"] = {{"interpolation", word(sampling.interpolation)},
                      {"border", word(sampling.border)},
                      {"fill", fill_of(sampling.fill)}};
  json["strength"] = {{"grow_with_copy", recipe.grow_with_copy.value_or(false)}};
  if (recipe.accept) json["accept"] = accept_of(*recipe.accept);
  json["classes"] = classes_of(recipe, audience);
  json["relabel"] = relabel_of(recipe.relabel);
  // Text in a recipe is UTF-8, a class set on the command line may be anything.
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string resolved_json(const Recipe& recipe) { return json_text(recipe, Audience::kAnybody); }

std::string private_json(const Recipe& recipe) { return json_text(recipe, Audience::kThisMachine); }

}  // namespace tenfold
