// A sample's content: its bytes, and what they decode to, each at its first use.

#pragma once

#include <mutex>
#include <optional>

#include "quality_gate.h"
#include "tenfold/base/hash.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/fusion/pixel_sums.h"
#include "tenfold/fusion/plane_program.h"
#include "tenfold/fusion/program.h"
#include "tenfold/image/codec.h"
#include "tenfold/plan/job.h"

namespace tenfold {

// Whether the job is made on the planes of a JPEG, if its source has them: a matter of the job alone, never
// of the machine or of the other jobs of the sample.
bool wants_planes(const Job& job, const Sample& sample);

// Whether the job does no more than flip and turn a JPEG whose tables are kept: then its blocks are moved,
// where its sides allow it and its planes are a JPEG's usual ones.
bool is_turned_losslessly(const Job& job, const Sample& sample);

template <typename Content>
struct DecodedSource {
  Content content;
  SourceTraits traits;
  std::optional<Appearance> appearance;  // where there is a quality gate
};

using PixelSource = DecodedSource<Source>;
using PlanesSource = DecodedSource<PlaneSource>;

// Thread-safe. Keeps references to sample and recipe.
class SourceImage {
 public:
  SourceImage(Bytes bytes, const Sample& sample, const Recipe& recipe);

  const Bytes& bytes() const { return bytes_; }
  const Hash128& hash() const { return hash_; }

  // Fail where the sample is bad.
  const Outcome<PixelSource>& pixels() const;
  const Outcome<std::optional<PlanesSource>>& planes() const;  // nothing where it has none; REQUIRES a JPEG

  // Of its channels: by its planes where it has them, whatever else is decoded, so that they are always the
  // same. Fail where the sample is bad.
  const Outcome<PixelMoments>& moments() const;

  // Whether the sample is good: decodes it into planes, if it has them and `planes`, else into pixels.
  Outcome<void> decode(bool planes) const;

 private:
  Outcome<PixelSource> decoded_pixels() const;
  Outcome<std::optional<PlanesSource>> decoded_planes() const;
  Outcome<PixelMoments> summed_up() const;

  const Bytes bytes_;
  const Hash128 hash_;
  const Sample& sample_;
  const Recipe& recipe_;
  mutable std::once_flag pixels_made_, planes_made_, moments_made_;
  mutable std::optional<Outcome<PixelSource>> pixels_;
  mutable std::optional<Outcome<std::optional<PlanesSource>>> planes_;
  mutable std::optional<Outcome<PixelMoments>> moments_;
};

}  // namespace tenfold
