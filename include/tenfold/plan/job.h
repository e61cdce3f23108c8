// A job: one output file to make. What decides its bytes is known before any pixel is read, but for the
// content of its source.

#pragma once

#include <cstdint>
#include <string>

#include "tenfold/base/hash.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/image/codec.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/transforms/chain.h"

namespace tenfold {

struct Job {
  DrawnChain chain;  // prepare and augment, drawn
  EncoderSettings encoder;
  bool verbatim = false;     // an original that nothing changes: its bytes are those of the source
  bool only_turned = false;  // an original that nothing but its EXIF orientation changes
};

// Draws copy `copy` of a sample; copy 0 is the original. Thread-safe.
Job draw_job(const Recipe& recipe, const Catalog& catalog, const Sample& sample, std::uint32_t copy);

// The hash of all that decides the bytes of the output: the content of the source, prepare and augment as
// drawn, the sampling policy if something is sampled, the encoder's settings if something is encoded, and the
// versions of draws and transforms.
Hash128 fingerprint(const Job& job, const Recipe& recipe, const Hash128& source);

// The transforms that fired, with their numbers, as a JSON array for the manifest.
std::string transforms_json(const DrawnChain& chain);

// Whether no step of the job changes a pixel.
bool changes_nothing(const Job& job, const Sample& sample);

}  // namespace tenfold
