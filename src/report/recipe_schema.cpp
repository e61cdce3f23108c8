#include "tenfold/report/recipe_schema.h"

#include <utility>
#include <vector>

#include "chain_schema.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {
namespace {

// A map of known keys, which may be empty.
Json section(const std::string& text, Json properties) {
  return {{"description", text},
          {"type", {"object", "null"}},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

Json words(std::vector<Json> choices) { return {{"enum", std::move(choices)}}; }
Json text() { return {{"type", "string"}, {"minLength", 1}}; }
Json flag() { return {{"type", "boolean"}}; }
Json whole(std::int64_t low) { return {{"type", "integer"}, {"minimum", low}}; }
Json whole(std::int64_t low, std::int64_t high) {
  return {{"type", "integer"}, {"minimum", low}, {"maximum", high}};
}
Json any_of(std::vector<Json> kinds) { return {{"anyOf", std::move(kinds)}}; }

Json size() { return any_of({whole(1), {{"type", "string"}, {"pattern", R"(^[0-9]+(\.[0-9]*)?[kKMG]?$)"}}}); }

Json labels_schema() {
  const Json table = described(text(), "a table of files and labels, relative to the root");
  const Json rule = {{"type", "object"},
                     {"additionalProperties", false},
                     {"properties",
                      {{"regex", described(text(), "on the file's name; its first group is the label")},
                       {"csv", table},
                       {"jsonl", table},
                       {"file", described(text(), "the column of the files", "file")},
                       {"label", described(text(), "the column of the labels", "label")},
                       {"split", described(text(), "the column of the splits, if there is one")}}}};
  return any_of({words({"folder", "webdataset"}), rule});
}

Json split_schema() {
  const Json by = {{"type", "object"},
                   {"additionalProperties", false},
                   {"minProperties", 1},
                   {"properties",
                    {{"folder", described(whole(1), "the first so many folders below the class's")},
                     {"prefix", described(text(), "what ends the prefix of a file's name")},
                     {"regex", described(text(), "on the path; its first group names the group")},
                     {"csv", described(text(), "a table with a column file, relative to this file")},
                     {"column", described(text(), "the column of the table that names the group")}}}};
  return section("Splits that the run makes, class by class.",
                 {{"val", described(number_schema(0, 1), "share of each class")},
                  {"test", described(number_schema(0, 1), "share of each class")},
                  {"folds", described(whole(2, 1000), "cut what is not test into so many pieces")},
                  {"fold", described(whole(1, 1000), "the piece that is val", 1)},
                  {"by", described(by, "what stays together")},
                  {"file", described(text(), "who is where already: a CSV that `tenfold split` writes")}});
}

Json splits_schema() {
  Json properties = Json::object();
  for (const char* name : {"train", "val", "validation", "valid", "test"})
    properties[name] = words({split_of_folder(name) == Split::kTrain ? "expand" : "copy"});
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

Json targets_section() {
  const auto file = [](const std::string& pattern, const std::string& words) {
    return described({{"type", "string"}, {"pattern", pattern}}, words);
  };
  return section(
      "Masks and boxes that follow the geometry of their images.",
      {{"masks",
        file(R"(^(?!/).*\{path\}.*\.png$)",
             "the mask of an image, relative to the root; {path} is the image's path without extension")},
       {"boxes", described(words({"yolo", "voc", "coco"}), "format of the boxes")},
       {"files",
        file(R"(^(?!/)(.*\{path\}.*\.(txt|xml)|.*\.json)$)",
             "the boxes of an image, as for masks; of COCO the file for all of them, in which {split} "
             "may stand for the folder of a split")},
       {"min_visibility", described(number_schema(0, 1), "boxes of which less is left are dropped",
                                    BoxesRecipe().min_visibility)}});
}

Json input_section() {
  const InputRecipe input;
  return section(
      "The dataset: one folder per class.",
      {{"root", described(any_of({text(), {{"type", "array"}, {"items", text()}, {"minItems", 1}}}),
                          "folder of the dataset or several, relative to this file; -i overrides it")},
       {"labels", described(labels_schema(), "where the labels come from", "folder")},
       {"ignore", described({{"type", "array"}, {"items", text()}},
                            "globs of files to leave out, on the path below the root", Json::array())},
       {"on_bad_image",
        described(words({"skip", "fail"}), "what happens if an image cannot be read", "skip")},
       {"max_bad",
        described(number_schema(0, 1), "stop if more of the images cannot be read", input.max_bad)},
       {"max_pixels", described(size(), "larger images are bad images, such as 100M", input.max_pixels)},
       {"follow_links",
        described(words({false, "files", "all"}), "which symbolic links are followed", false)},
       {"targets", targets_section()},
       {"splits", described(splits_schema(), "the folders of the dataset's own splits")},
       {"split", split_schema()},
       {"on_leak", described(words({"fail", "drop_from_train", "warn"}),
                             "what happens if something of val or test is in train, too; warn with `split`, "
                             "fail with `splits` unless set")}});
}

Json layout() {
  const Json count = {{"type", "string"}, {"pattern", R"(^[0-9]+(\.[0-9]*)?[kKMG]?B?$)"}};
  const Json shard =
      described(any_of({whole(1), count}), "images of a shard, or bytes such as 500MB", 10'000);
  const Json webdataset = {
      {"type", {"object", "null"}}, {"additionalProperties", false}, {"properties", {{"shard", shard}}}};
  return any_of(
      {words({"folders", "huggingface", "flat_csv", "webdataset"}),
       {{"type", "object"}, {"additionalProperties", false}, {"properties", {{"webdataset", webdataset}}}}});
}

Json output_section() {
  const OutputRecipe output;
  return section(
      "What is written, and where.",
      {{"root", described(text(), "folder to write, relative to this file; -o overrides it")},
       {"format", described(words({"keep", "jpeg", "png", "webp"}), "format of the images", "keep")},
       {"quality", described(any_of({whole(1, 100), words({"keep"})}),
                             "of JPEG and WebP; keep: the source's own", *output.quality)},
       {"originals", described(words({"copy", "hardlink", "symlink", "omit"}),
                               "how the originals get into the output", "copy")},
       {"strip_metadata",
        described(flag(),
                  "originals lose EXIF with its GPS place, XMP and comments, too; copies never have any",
                  output.strip_metadata)},
       {"name",
        described(text(), "of the copies, without extension; with {copy} and {stem} or {name}", output.name)},
       {"layout", described(layout(), "how the images lie in the output", "folders")}});
}

Json expand_section() {
  const ExpandRecipe expand;
  const Json to = {{"type", "object"},
                   {"additionalProperties", false},
                   {"minProperties", 1},
                   {"maxProperties", 1},
                   {"properties",
                    {{"to", described(whole(1), "images of every class")},
                     {"power", described(number_schema(0, 1), "1 keeps the imbalance, 0 removes it")}}}};
  const Json factor = {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1'000'000'000}};
  return section(
      "How many images there shall be.",
      {{"factor", described(factor, "what the targets of `balance` are multiplied by, originals counted", expand.factor)},
       {"balance", described(any_of({words({"none", "majority", "median", "mean"}), to}),
                             "what the classes are brought to", "none")},
       {"max_copies",
        described(whole(0), "of one image, any number unless set; what cannot be reached is a shortfall")},
       {"undersample",
        described(flag(), "whether a class above its target loses images", expand.undersample)},
       {"draws", described(words({"stratified", "independent"}),
                           "whether the copies of an image cover the ranges evenly", "stratified")}});
}

Json sampling_section() {
  return section(
      "How all geometric transforms look up pixels.",
      {{"interpolation",
        described(words({"nearest", "linear", "cubic", "lanczos"}), "between pixels", "linear")},
       {"border", described(words({"constant", "replicate", "reflect", "reflect_101", "wrap"}),
                            "what lies beyond the edges", "reflect")},
       {"fill", described(color_schema(), "of the border 'constant': a grey, or red, green and blue", 0)}});
}

Json strength_section() {
  return section(
      "How strong the copies are.",
      {{"grow_with_copy", described(flag(), "whether copy k uses only k/(k+2) of each range", false)}});
}

Json accept_section() {
  const AcceptRecipe accept;
  return section(
      "When a copy is turned down and drawn again, up to eight times. Without this section every copy is "
      "taken.",
      {{"min_deviation",
        described(number_schema(0, 127.5), "standard deviation of the copy's luma, in code values",
                  accept.min_deviation)},
       {"min_contrast",
        described(number_schema(0, 1), "the same as a fraction of the source's", accept.min_contrast)},
       {"min_detail", described(number_schema(0, 1), "mean of |Laplacian| as a fraction of the source's",
                                accept.min_detail)},
       {"min_distance",
        described(whole(0, 64), "bits in which the perceptual hashes of copy and source differ",
                  accept.min_distance)}});
}

Json transform_name() {
  std::vector<Json> names;
  for (const TransformSpec& spec : transforms()) names.emplace_back(spec.name);
  return words(std::move(names));
}

Json transform_names(const std::string& text) {
  return described({{"type", "array"}, {"items", transform_name()}}, text);
}

Json relabel_section() {
  const Json class_name = {{"type", {"string", "number", "boolean"}}};  // YAML takes 6 for a number
  return {{"description",
           "Transforms that turn one class into another: {horizontal_flip: {left: right, right: left}}."},
          {"type", {"object", "null"}},
          {"propertyNames", transform_name()},
          {"additionalProperties", {{"type", "object"}, {"additionalProperties", class_name}}}};
}

Json classes_section() {
  const Json one = section("Exceptions for one class.",
                           {{"target", described(whole(0), "images of this class, whatever the balance")},
                            {"strength", strength_section()},
                            {"augment", chain_schema("instead of the recipe's")},
                            {"without", transform_names("transforms that are taken off the chain")}});
  return {{"description", "Exceptions by the class' name."},
          {"type", {"object", "null"}},
          {"additionalProperties", one}};
}

}  // namespace

std::string recipe_schema() {
  const Recipe recipe;
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "A recipe of tenfold"},
                       {"type", "object"},
                       {"additionalProperties", false},
                       {"required", {"version"}},
                       {"properties",
                        {{"version", described({{"const", 1}}, "of the recipe's format")},
                         {"seed", described(whole(0), "of all random draws", recipe.seed)},
                         {"input", input_section()},
                         {"output", output_section()},
                         {"expand", expand_section()},
                         {"prepare", chain_schema("Done to every image, originals too; nothing random.")},
                         {"augment", chain_schema("Done to the copies, in this order.")},
                         {"sampling", sampling_section()},
                         {"strength", strength_section()},
                         {"accept", accept_section()},
                         {"classes", classes_section()},
                         {"relabel", relabel_section()},
                         {"label_safe", transform_names("transforms that are known to keep the labels")}}},
                       {"definitions", chain_definitions()}};
  return schema.dump(1) + "\n";
}

}  // namespace tenfold
