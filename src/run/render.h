// One output's bytes: source image → program → pixels or planes → bytes.

#pragma once

#include "source_image.h"
#include "tenfold/fusion/plane_program.h"
#include "tenfold/image/codec.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/record.h"

namespace tenfold {

// What a thread keeps from output to output.
struct RenderState {
  PlaneWorkspace workspace;
  Bytes encoded;
};

// The output into `state.encoded`, with its record. Draws again what the quality gate turns down; the last
// attempt is kept. `first` is the first attempt. Fails with the sample's own failure where it is bad.
Outcome<OutputRecord> render(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                             const Job& first, RenderState& state);

// The record of an output of this size, with these pixels.
OutputRecord record_of(const Hash128& fingerprint, std::span<const std::uint8_t> bytes, cv::Size size,
                       const PixelMoments& moments);

}  // namespace tenfold
