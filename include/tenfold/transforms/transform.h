// A transform: a named random change with parameters, described by its schema.
//
// A TransformSpec is what the registry holds. bind() turns checked parameter values into a BoundTransform
// once, when the recipe is loaded; drawing looks nothing up by name. A transform never touches pixels: it
// draws a Step.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "tenfold/steps/step.h"
#include "tenfold/transforms/draw.h"
#include "tenfold/transforms/parameter.h"

namespace tenfold {

struct TransformSpec;

// What a transform needs besides the image that it changes.
struct Needs {
  bool partners = false;                 // other samples of the dataset
  std::set<StatisticsScope> statistics;  // of the dataset or of the sample's class
  std::set<std::string> references;      // folders of images, as the recipe writes them

  // Whether pixels of other images are needed while a copy is made.
  bool loads_images() const { return partners || !references.empty(); }

  bool operator==(const Needs&) const = default;
};

// A transform with its parameters. Immutable, shared between threads.
struct BoundTransform {
  const TransformSpec* spec = nullptr;  // of the registry, lives for ever
  bool draws_nothing = false;           // the steps are always the same: allowed in `prepare`
  Needs needs;
  // Records the settings that are not drawn, then draws: mostly one step. Each step sees the frame that the
  // one before it leaves.
  std::function<std::vector<Step>(Draw&)> draw;
};

struct TransformSpec {
  std::string name;
  std::string group;    // "geometry", as in builtin.h
  std::string summary;  // one sentence
  std::string use;      // when to take it, and when not: one or two sentences
  std::string formula;  // what happens to a pixel or a coordinate, in one line
  std::string source;   // where the formula comes from; empty: common knowledge
  std::string example;  // parameters as a recipe writes them: "{degrees: ±20}"
  double default_p = 1;
  bool always_random = false;  // draws even when every parameter is fixed: a place, noise
  // Built on floating-point library code: bytes are promised for one CPU family only.
  bool float_code = false;
  // Whether masks and boxes can follow: what is seen stays where it is or moves by a map, and nothing comes
  // from other images.
  bool annotations_follow = true;
  // Part of the fingerprint; raised when the same numbers give other pixels.
  std::uint32_t version = 1;
  std::vector<ParameterSpec> parameters;  // without `p`, which every transform has

  // Values must exist in the schema, be of its kind and lie within its bounds; the recipe reader sees to
  // that. What only all parameters together can show ("needs scale, or width and height") comes back as a
  // sentence.
  std::function<tl::expected<BoundTransform, std::string>(const ParameterValues&)> bind;
};

// All built-in transforms, in the order of the list in builtin.h. Lives for ever; thread-safe.
std::span<const TransformSpec> transforms();

// The transform of this name, or nullptr.
const TransformSpec* find_transform(std::string_view name);

}  // namespace tenfold
