// A segment: the part of a program up to a fence, which is at most one resample and one pointwise pass.

#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <optional>

#include "fusion/map.h"
#include "fusion/pointwise.h"
#include "fusion/sampler.h"
#include "fusion/workspace.h"
#include "tenfold/fusion/program.h"
#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold {

// An image on its way through the segments.
struct Picture {
  const cv::Mat* pixels = nullptr;
  const Source* source = nullptr;  // null behind the first segment
};

class Segment {
 public:
  Segment(cv::Size input, const SamplingPolicy& policy) : input_(input), output_(input), policy_(policy) {}

  void append(const GeometryStep& step);
  void append(const ColorStep& step) { pointwise_.append(step); }
  void append(const LookupStep& step) { pointwise_.append(step); }

  // Ends the segment; `fence` may be empty. REQUIRED before run().
  void close(std::function<void(cv::Mat&)> fence);

  cv::Size output() const { return output_; }

  // Runs on a picture of the segment's input size. The result is the picture itself, if there is nothing to
  // do, or lies in `result`, which must not hold the picture.
  Picture run(const Picture& picture, GrowingImage& result, Workspace& workspace) const;

 private:
  bool moves_pixels() const { return !(lattice_ && lattice_->is_identity() && input_ == output_); }
  void render(const Picture& picture, Workspace& workspace, cv::Mat& result) const;
  void copy(const cv::Mat& pixels, Workspace& workspace, cv::Mat& result) const;
  void resample(const Picture& picture, Workspace& workspace, cv::Mat& result) const;
  void warp(const Picture& picture, const FixedLine& line, Workspace& workspace, cv::Mat& result) const;
  Surface surface_of(const Picture& picture, Workspace& workspace) const;
  cv::Mat padded(const Picture& picture, Workspace& workspace) const;
  cv::Mat averaged(const Source& source, Workspace& workspace) const;
  void finish_in_place(Workspace& workspace, cv::Mat& pixels) const;

  cv::Size input_, output_;
  SamplingPolicy policy_;
  Map map_;  // once closed: into the averaged image
  PointwiseChain pointwise_;
  std::function<void(cv::Mat&)> fence_;

  // Known once closed.
  std::optional<LatticeMap> lattice_;
  cv::Size blocks_{1, 1};
};

}  // namespace tenfold
