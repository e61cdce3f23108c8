// A job: one output file to make. What decides its bytes is known before any pixel is read, but for the
// content of its source and of its partners.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "tenfold/base/hash.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/image/codec.h"
#include "tenfold/plan/materials.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {

// One image of the plan: which copy of which sample, and the class whose folder it goes to: the sample's own,
// or, with `relabel`, the one that it is turned into.
struct OutputId {
  const Sample& sample;
  std::uint32_t class_index = 0;
  std::uint32_t copy = 0;  // 0: the original
  Split split = Split::kTrain;

  bool is_relabeled() const { return class_index != sample.class_index; }
};

// After so many refusals by the quality gate the last attempt is kept.
inline constexpr std::uint32_t kMaxRefusals = 8;

struct Job {
  DrawnChain chain;  // prepare and augment, drawn
  EncoderSettings encoder;
  std::uint32_t copy = 0;     // 0: the original
  std::uint32_t attempt = 0;  // of the quality gate
  bool verbatim = false;      // an original that nothing changes: its bytes are those of the source
  bool repacked = false;  // an original whose file changes, and no pixel: turned upright, or rid of metadata
};

// Materials as the draws of one output see them. Keeps references to its arguments.
class MaterialsOfOutput : public DrawContext {
 public:
  MaterialsOfOutput(const Materials& materials, const OutputId& output)
      : materials_(materials), output_(output) {}

  std::optional<Partner> partner(std::uint64_t number, bool any_class) const override {
    return materials_.partner(output_.sample, output_.class_index, number, any_class);
  }
  std::optional<Partner> reference(const std::string& folder, std::uint64_t number) const override {
    return materials_.reference(folder, number);
  }
  const Statistics* statistics(StatisticsScope scope) const override {
    return materials_.statistics(output_.class_index, scope);
  }

 private:
  const Materials& materials_;
  const OutputId& output_;
};

// Draws the jobs of a recipe on a dataset. Keeps references to its arguments. Thread-safe.
class Jobs {
 public:
  Jobs(const Recipe& recipe, const Catalog& catalog, const Materials& materials = Materials::none());

  const Recipe& recipe() const { return recipe_; }
  const Catalog& catalog() const { return catalog_; }

  // `attempt` counts the refusals of the quality gate; an original has none.
  Job draw(const OutputId& output, std::uint32_t attempt = 0) const;

  // How many attempts a copy has.
  std::uint32_t attempts(const OutputId& output) const {
    return output.copy > 0 && recipe_.accept ? kMaxRefusals + 1 : 1;
  }

  // The hash of all that decides the bytes of the output: the content of the source and of partners, prepare
  // and augment as drawn, the sampling policy if something is sampled, the encoder's settings if something is
  // encoded, what the quality gate asks for, and the versions of draws and transforms.
  Hash128 fingerprint(const Job& job, const Hash128& source) const;

  // Which attempt at `output` has this fingerprint; `first` is the first one. Nothing where none has.
  std::optional<std::uint32_t> attempt_of(const OutputId& output, const Job& first, const Hash128& source,
                                          const Hash128& fingerprint) const;

  // The shares of the classes in the pixels, as they were when they were mixed; empty where nothing was
  // mixed.
  std::map<std::string, double> label_weights(const OutputId& output, const Job& job) const;

 private:
  const Chain& augment_of(const OutputId& output) const;

  const Recipe& recipe_;
  const Catalog& catalog_;
  const Materials& materials_;
  // Of the classes that `relabel` names, by (class of the sample, class of the output): the transform that
  // turns one into the other forced on, all others that lead to the output's class or away from it forced
  // off.
  std::map<std::pair<std::uint32_t, std::uint32_t>, Chain> relabeled_;
};

// The fingerprint of every original that nothing changes, with this content.
Hash128 verbatim_fingerprint(const Hash128& source);

// Of the transforms that fired, with their numbers, partners and versions.
Hash128 hash_of(const DrawnChain& chain);

// The transforms that fired, with their numbers, as a JSON array for the manifest.
std::string transforms_json(const DrawnChain& chain);

// The images that were mixed in, with the hashes of their content, as a JSON array; empty where there are
// none.
std::string partners_json(const DrawnChain& chain);

// Weights by class as a JSON object; empty where there are none.
std::string weights_json(const std::map<std::string, double>& weights);

// Whether no step of the job changes a pixel.
bool changes_nothing(const Job& job, const Sample& sample);

}  // namespace tenfold
