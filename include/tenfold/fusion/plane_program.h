// Programs on the planes of a JPEG: for copies that only move pixels and change colors, from decoder to
// encoder without BGR.
//
// Each plane is an image of one channel with a program of its own: the composed map scaled by the plane's
// sampling, from the upright frame to the planes as stored. Where the map nowhere looks beyond luma, all
// planes have their edges clamped.
//
// Color steps are one matrix, which is applied behind the geometry: each luma sample and the chroma sample
// that stands for it become blue, green and red, which saturate as those of pixels do, and then Y, Cb and Cr
// again, chroma by its mean.
//
//   Y = 0.299 R + 0.587 G + 0.114 B,  Cb = 128 + (B − Y) / 1.772,  Cr = 128 + (R − Y) / 1.402
//   (ITU-T T.871, 2011)
//
// All else is as for Program. Tests hold planes against a double-precision reference, within one code value.

#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <vector>

#include "tenfold/fusion/program.h"
#include "tenfold/image/planes.h"
#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold {

// Planes that copies are made of. Made once per sample, read by all its copies; thread-safe.
class PlaneSource {
 public:
  // `orientation`: EXIF's, of planes that are not upright.
  PlaneSource(const Planes& planes, int orientation);

  cv::Size stored() const { return size_; }
  cv::Size sampling() const { return sampling_; }
  int orientation() const { return orientation_; }
  std::span<const Source> planes() const { return planes_; }

 private:
  cv::Size size_, sampling_;
  int orientation_;
  std::vector<Source> planes_;
};

// Whether a program of these steps can run on planes: geometry and color. A matter of the steps alone.
bool runs_on_planes(std::span<const Step> steps);

// Whether chroma is continued beyond the edges as luma is. Its mirrors lie elsewhere where a side is no
// multiple of the sampling, and always with reflect_101; nothing is wrong where nothing is seen of it, and
// with replicate.
bool edges_agree(std::span<const Step> steps, const PlaneSource& source, const SamplingPolicy& policy);

// How the steps turn an image of size `input`, if they do nothing else: flips and quarter turns of the whole
// image. As the EXIF orientation of an image that they would turn upright; 1 where they change nothing.
std::optional<int> turn_of(std::span<const Step> steps, cv::Size input);

// Memory that a thread lends to the programs it runs. Not thread-safe.
struct PlaneWorkspace {
  std::array<WorkspacePointer, 3> plane{make_workspace(), make_workspace(), make_workspace()};
};

// One run on one source: rows of its planes, as encode_planes() asks for them. Keeps references to source and
// workspace. Not thread-safe.
class PlaneProgram {
 public:
  // Fuses `steps`, which start on the upright image. REQUIRES runs_on_planes(steps).
  PlaneProgram(std::span<const Step> steps, const PlaneSource& source, const SamplingPolicy& policy,
               PlaneWorkspace& workspace);

  // Upright, with the sampling of the source.
  const PlaneLayout& layout() const { return layout_; }

  // Rows of a plane from `first` on. Where colors change, the rows of luma are to be asked for first, then
  // those of chroma that belong to them.
  void render(int plane, int first, cv::Mat& rows);

  // All of them.
  Planes run();

 private:
  PlaneLayout layout_;
  std::vector<Program> programs_;
  std::vector<ProgramRows> rows_;
  std::optional<cv::Matx<float, 3, 4>> colors_;  // from (Y, Cb, Cr, 1) to (r, g, b); empty: they stay
  std::array<cv::Mat, 3> values_, codes_;        // of the last rows, where colors change
  void recolor_rows(int first, int count);
};

}  // namespace tenfold
