// A segment: the part of a program up to a fence, which is at most one resample and one pointwise pass.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <optional>

#include "fusion/coordinates.h"
#include "fusion/map.h"
#include "fusion/pointwise.h"
#include "fusion/sampler.h"
#include "fusion/vector_kernels.h"
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
  friend class SegmentRows;

  bool moves_pixels() const { return !(lattice_ && lattice_->is_identity() && input_ == output_); }

  cv::Size input_, output_;
  SamplingPolicy policy_;
  Map map_;  // once closed: into the averaged image
  PointwiseChain pointwise_;
  std::function<void(cv::Mat&)> fence_;

  // Known once closed.
  std::optional<LatticeMap> lattice_;
  cv::Size blocks_{1, 1};
  cv::Rect region_;  // of the averaged image, that is looked at
};

// A picture on its way through a segment, but for its fence, some rows at a time. Keeps references to its
// arguments and uses the workspace alone.
class SegmentRows {
 public:
  SegmentRows(const Segment& segment, const Picture& picture, Workspace& workspace);

  // Rows of the output from `first` on, as many as `rows` has, which is of the picture's type.
  void render(int first, cv::Mat& rows);

  // The same in the scale of the working row, of CV_16SC1. REQUIRES a plane of 8 bits and a segment of
  // geometry alone.
  void render_values(int first, cv::Mat& rows);

 private:
  bool can_warp_planes() const;
  void prepare_copy();
  void prepare_warp(const FixedLine& line);
  void prepare_sampling();
  cv::Mat padded() const;
  cv::Mat averages() const;
  cv::Mat averages(const Source& source) const;
  void copy(int first, cv::Mat& rows) const;
  void sample(int first, cv::Mat& rows);
  void finish_in_place(cv::Mat& pixels);

  const Segment& segment_;
  const Picture picture_;
  Workspace& workspace_;
  const PixelFormat format_;
  const CoordinateRows coordinates_;
  std::optional<FixedLine> line_;  // of a copied plane
  std::optional<PlaneWarp> warp_;
  Surface surface_;
  std::array<std::uint8_t, 8> fill_pixel_{};
};

}  // namespace tenfold
