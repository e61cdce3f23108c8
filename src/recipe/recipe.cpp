#include "tenfold/recipe/recipe.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "chain_reader.h"
#include "label_reader.h"
#include "reader.h"
#include "sections.h"
#include "setting.h"
#include "tenfold/base/text.h"
#include "yaml_tree.h"

namespace tenfold {
namespace {

constexpr std::string_view kVersion = "1";
constexpr std::size_t kMaxClassesShown = 12;
const Place kWholeFile{};

// Reads the whole tree into a recipe. One use.
class RecipeReader {
 public:
  RecipeReader(Findings& findings, ParsedRecipe& out)
      : findings_(findings),
        reader_(findings),
        chains_(reader_, out.recipe.input.annotations),
        out_(out),
        recipe_(out.recipe) {}

  void read(const YamlNode& root, const RecipeOverrides& overrides) {
    if (!has_version(root)) return;
    // In the order in which they need each other: the classes' chains start from `augment`.
    reader_.map(
        {"", root.place, root},
        {{"version", [](const Field&) {}},
         {"seed", reader_.count(recipe_.seed, 0)},
         {"input", input_section(reader_, recipe_.input)},
         {"output", output_section(reader_, recipe_.output)},
         {"expand", expand_section(reader_, recipe_.expand)},
         {"prepare", chains_.chain(recipe_.prepare, ChainPurpose::kPrepare)},
         {"augment", chains_.chain(recipe_.augment, ChainPurpose::kAugment)},
         {"sampling", sampling_section(reader_, recipe_.sampling)},
         {"strength", strength_section(reader_, recipe_.grow_with_copy)},
         {"accept", accept_section(reader_, recipe_.accept)},
         {"classes", [this](const Field& field) { read_classes(field); }},
         {"relabel", [this](const Field& field) { LabelReader(reader_, out_).read_relabel(field); }},
         {"label_safe", [this](const Field& field) { LabelReader(reader_, out_).read_label_safe(field); }}});
    require_root(root, "input", "-i", !overrides.inputs.empty());
    require_root(root, "output", "-o", overrides.output.has_value());
    check_copies_can_differ(root);
    check_layout(root);
    check_boxes_of_splits(root);
    if (recipe_.input.annotations.boxes && !recipe_.relabel.empty())
      findings_.error(root.find("relabel")->place,
                      "'relabel' turns the class of an image, and would leave those of its boxes as they are",
                      "remove it, or the boxes of 'input.targets'");
  }

 private:
  // Whether the rest can be read by this version. If not, all other messages would be beside the point.
  bool has_version(const YamlNode& root) {
    if (!root.is_map()) {
      findings_.error(
          root.place,
          root.is_null() ? "the recipe is empty" : "a recipe must be a map of keys, got " + shown(root),
          "configs/quickstart.yaml is a recipe to start from");
      return false;
    }
    const YamlNode::Entry* entry = root.find("version");
    if (entry == nullptr) {
      findings_.error(kWholeFile, "'version' is missing", "version: " + std::string(kVersion));
      return true;
    }
    if (entry->value.is_scalar() && entry->value.text == kVersion) return true;
    reader_.refuse({"version", entry->place, entry->value}, "must be " + std::string(kVersion));
    return false;
  }

  void read_classes(const Field& classes) {
    std::vector<Key> keys;
    if (classes.value.is_map())
      for (const YamlNode::Entry& entry : classes.value.entries) {
        out_.class_mentions.push_back({entry.key, findings_.at(entry.place)});
        keys.push_back({entry.key, [this](const Field& field) { read_class(field); }});
      }
    reader_.map(classes, keys);
  }

  void read_class(const Field& field) {
    ClassRecipe& out = recipe_.classes[field.name];
    Chain chain;
    reader_.map(field, {{"target", reader_.count(out.target, 0)},
                        {"strength", strength_section(reader_, out.grow_with_copy)},
                        {"augment",
                         [&](const Field& augment) {
                           chains_.chain(chain, ChainPurpose::kAugment)(augment);
                           out.augment = chain;
                         }},
                        {"without", [&](const Field& names) {
                           out.augment = chains_.without(names, out.augment ? *out.augment : recipe_.augment);
                         }}});
  }

  void require_root(const YamlNode& root, const std::string& section, const std::string& option,
                    bool is_overridden) {
    if (is_overridden) return;
    const YamlNode::Entry* entry = root.find(section);
    if (entry != nullptr && !entry->value.is_map() && !entry->value.is_null()) return;  // reported already
    if (entry != nullptr && entry->value.find("root") != nullptr) return;
    findings_.error(entry == nullptr ? kWholeFile : entry->place,
                    shown_name(section + ".root") + " is missing",
                    section + ": {root: some/folder}, or " + option + " some/folder on the command line");
  }

  // Masks and boxes have folders of their own, which other layouts know nothing of.
  void check_layout(const YamlNode& root) {
    if (!recipe_.input.annotations.any() || recipe_.output.layout == OutputLayout::kFolders) return;
    const YamlNode::Entry* layout = root.find("output")->value.find("layout");
    findings_.error(layout->place, "'layout' must be folders where masks or boxes follow (input.targets)");
  }

  // Only a dataset that comes with splits has a file for each.
  void check_boxes_of_splits(const YamlNode& root) {
    const auto& boxes = recipe_.input.annotations.boxes;
    if (!boxes || boxes->format != BoxFormat::kCoco || !recipe_.input.splits.empty() ||
        boxes->files.find("{split}") == std::string::npos)
      return;
    const YamlNode::Entry* targets = root.find("input")->value.find("targets");
    findings_.error(targets->value.find("files")->place,
                    "'files' holds {split}, and 'input.splits' does not say that the dataset has splits",
                    "splits: {train: expand, val: copy}");
  }

  // A recipe that wants copies and has nothing to make them with.
  void check_copies_can_differ(const YamlNode& root) {
    const auto has_elements = [](const YamlNode& map) {
      const YamlNode::Entry* augment = map.find("augment");
      return augment != nullptr && !augment->value.is_null() &&
             !(augment->value.is_list() && augment->value.items.empty());
    };
    // What is written counts, even if it is wrong: that has its own message.
    if (has_elements(root)) return;
    const YamlNode::Entry* classes = root.find("classes");
    if (classes != nullptr)
      for (const YamlNode::Entry& entry : classes->value.entries)
        if (has_elements(entry.value)) return;

    const YamlNode::Entry* expand = root.find("expand");
    if (expand == nullptr) return;
    const char* asking = recipe_.expand.factor > 1                           ? "factor"
                         : recipe_.expand.balance.rule != BalanceRule::kNone ? "balance"
                                                                             : nullptr;
    if (asking == nullptr) return;
    const YamlNode::Entry* key = expand->value.find(asking);
    findings_.error(key == nullptr ? expand->place : key->place,
                    "'expand' asks for copies, but there is no 'augment' to make them from",
                    "augment: [horizontal_flip, rotate: {degrees: ±10}]");
  }

  Findings& findings_;
  Reader reader_;
  ChainReader chains_;
  ParsedRecipe& out_;
  Recipe& recipe_;
};

void apply_overrides(const std::filesystem::path& file, const RecipeOverrides& overrides, Recipe& recipe) {
  const auto relative_to_file = [&](std::filesystem::path& root) {
    if (!root.empty()) root = file.parent_path() / root;
  };
  recipe.folder = file.parent_path();
  std::ranges::for_each(recipe.input.roots, relative_to_file);
  relative_to_file(recipe.output.root);
  if (recipe.input.split) {
    relative_to_file(recipe.input.split->file);
    relative_to_file(recipe.input.split->by.file);
  }
  if (!overrides.inputs.empty()) recipe.input.roots = overrides.inputs;
  if (overrides.output) recipe.output.root = *overrides.output;
  if (overrides.seed) recipe.seed = *overrides.seed;
}

}  // namespace

const Chain& Recipe::augment_of(std::string_view class_name) const {
  const auto found = classes.find(class_name);
  return found != classes.end() && found->second.augment ? *found->second.augment : augment;
}

bool Recipe::grows(std::string_view class_name) const {
  const auto found = classes.find(class_name);
  const bool has_own = found != classes.end() && found->second.grow_with_copy;
  return has_own ? *found->second.grow_with_copy : grow_with_copy.value_or(false);
}

ParsedRecipe parse_recipe(const std::string& text, const std::filesystem::path& file,
                          const RecipeOverrides& overrides) {
  ParsedRecipe parsed;
  Findings findings;
  const int source = findings.add_source(file.string(), text, true);
  YamlSize size;
  if (std::optional<YamlNode> root = parse_yaml(findings.text(source), {source, 0, 0}, findings, size)) {
    if (root->is_null()) root->place = kWholeFile;
    for (const std::string& setting : overrides.settings)
      apply_setting(findings.add_source("--set", setting, false), *root, findings, size);
    RecipeReader(findings, parsed).read(*root, overrides);
    apply_overrides(file, overrides, parsed.recipe);
  }
  parsed.diagnostics = findings.diagnostics();
  return parsed;
}

std::vector<Diagnostic> check_class_names(std::span<const ClassMention> mentions,
                                          std::span<const std::string> class_names) {
  const std::vector<std::string> names(class_names.begin(), class_names.end());
  std::vector<std::string> some;
  for (std::size_t i = 0; i < std::min(names.size(), kMaxClassesShown); ++i)
    some.push_back(escaped(names[i]));
  const std::size_t hidden = names.size() - some.size();
  if (hidden > 0) some.push_back(grouped(hidden) + " more");
  const std::string known = names.empty() ? "the input has no classes" : "the classes are " + listed(some);

  const std::set<std::string_view> lookup(names.begin(), names.end());
  std::vector<Diagnostic> diagnostics;
  for (const ClassMention& mention : mentions) {
    if (lookup.contains(mention.name)) continue;
    Diagnostic diagnostic = mention.place;
    diagnostic.severity = Severity::kError;
    diagnostic.message = "unknown class " + shown_name(mention.name);
    const std::string near = did_you_mean(mention.name, names, "");
    diagnostic.hint = near.empty() ? known : near + " " + known;
    diagnostics.push_back(std::move(diagnostic));
    if (diagnostics.size() == kMaxDiagnostics) break;  // a recipe for quite another dataset
  }
  return diagnostics;
}

}  // namespace tenfold
