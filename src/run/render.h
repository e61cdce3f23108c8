// One output's bytes: source image → program → pixels → bytes.

#pragma once

#include <optional>

#include "quality_gate.h"
#include "tenfold/fusion/program.h"
#include "tenfold/image/codec.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/record.h"

namespace tenfold {

// A sample's content, read and, where something needs its pixels, decoded.
struct SourceImage {
  Bytes bytes{};
  Hash128 hash{};
  std::optional<Source> pixels{};
  SourceTraits traits{};
  std::optional<Appearance> appearance{};  // where there is a quality gate
};

// What a thread keeps from output to output.
struct RenderState {
  WorkspacePointer workspace = make_workspace();
  Bytes encoded;
};

// Decodes `image.bytes`, which are those of `sample`.
Outcome<void> decode_into(SourceImage& image, const Sample& sample, const Recipe& recipe);

// The output into `state.encoded`, with its record. Draws again what the quality gate turns down; the last
// attempt is kept. `first` is the first attempt. REQUIRES pixels in `image`, unless `first` is verbatim.
Outcome<OutputRecord> render(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                             const Job& first, RenderState& state);

// The record of an output of this size.
OutputRecord record_of(const Hash128& fingerprint, std::span<const std::uint8_t> bytes, cv::Size size);

}  // namespace tenfold
