// A program: the fused steps of one copy, ready to run.
//
// Between two fences (pixel and blend steps) all geometry is composed into one map and sampled once, the
// border policy applies once, and the pointwise steps follow in their order: they commute with geometry. A
// run of color steps is one matrix and rounds once; a constant fill passes through it too. So however long
// the chain, a pixel is interpolated once and rounded once per run.
//
//   * Flips, quarter turns, whole-pixel shifts and crops alone are exact.
//   * Coordinates are rounded to 2^-20 pixel, on planes and grey images to 2^-12; everything behind that is
//   integer
//     arithmetic.
//   * Where the map shrinks an axis of the input by s >= 2, an area average comes first, whatever the
//     interpolation: of the largest of 2, 3, 4, 6, 8, 12, … pixels that is not above s. s is the length of
//     that axis's row of the matrix; for a map that is not affine, of the differences over one pixel about
//     the centre of the output.
//   * Samples are clamped to the range of code values before the pointwise steps (cubic and lanczos
//   overshoot).
//   * Images with alpha are sampled premultiplied; where the result's alpha is 0 its color is 0, unless
//     nothing was done to the pixels at all.
//   * The fill is rounded to code values.
//   * The border policy applies where a map looks beyond the picture. An affine map that nowhere does, such
//   as a resize
//     or a crop, has its edges clamped instead, so that no fill and no opposite side bleeds into them.
//   * A constant border is opaque.
//
// Tests hold it against a naive double-precision reference: within one code value in 8 bit, 16 in 16 bit.

#pragma once

#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <span>

#include "tenfold/steps/sampling.h"
#include "tenfold/steps/step.h"

namespace tenfold {

// Part of the fingerprint of what is rendered: changes when the same steps give other pixels.
inline constexpr std::uint32_t kRenderingVersion = 2;

// A decoded image, with the layouts of it that the kernels want, each made at its first use. Made once per
// sample, read by all its copies; thread-safe.
class Source {
 public:
  // `pixels`: H×W×{1,2,3,4} of CV_8U or CV_16U; shared, not copied, and must not change any more.
  explicit Source(cv::Mat pixels);
  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;
  ~Source();

  const cv::Mat& pixels() const;

  // What is sampled. 8-bit BGR has a fourth, unused byte. 8-bit grey has each pixel beside the one below it.
  // With alpha it is premultiplied, in 16 bits: 8-bit images get eight bits behind the point, so that color
  // under a low alpha survives. Else pixels().
  const cv::Mat& padded() const;

  // The average of blocks of 2^level × 2^level pixels, premultiplied, 16 bits a value, BGR in four channels.
  // 8-bit images get eight bits behind the point. REQUIRES 1 <= level <= kMaxAverageLevel.
  static constexpr int kMaxAverageLevel = 10;
  const cv::Mat& average(int level) const;

 private:
  struct Layouts;
  std::unique_ptr<Layouts> layouts_;
};

// Memory that a thread lends to the programs it runs, so that a copy allocates nothing but what is averaged
// behind a fence. Not thread-safe.
struct Workspace;
struct WorkspaceDeleter {
  void operator()(Workspace* workspace) const;
};
using WorkspacePointer = std::unique_ptr<Workspace, WorkspaceDeleter>;
WorkspacePointer make_workspace();

// Immutable; may run in several threads at once.
class Program {
 public:
  // Fuses `steps`, which start on an image of size `input`.
  Program(std::span<const Step> steps, cv::Size input, const SamplingPolicy& policy);
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  cv::Size output() const;

  // Whether every step is neutral, so that the result equals the source.
  bool changes_nothing() const;

  // Runs on a source of size `input` and returns pixels of the same depth and channels. They may live in the
  // workspace and are valid until its next use. REQUIRES source.pixels().size() == input.
  // Throws cv::Exception and std::bad_alloc where a pixel step does.
  const cv::Mat& run(const Source& source, Workspace& workspace) const;

 private:
  friend class ProgramRows;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// A run of a program without fences, some rows at a time. Keeps references to its arguments; the workspace is
// its own as long as it lives.
class ProgramRows {
 public:
  ProgramRows(const Program& program, const Source& source, Workspace& workspace);
  ProgramRows(ProgramRows&&) noexcept;
  ~ProgramRows();

  // Rows of the output from `first` on, as many as `rows` has, which is of the source's type.
  void render(int first, cv::Mat& rows);

  // The same with seven bits behind the point, of CV_16SC1. REQUIRES a source of CV_8UC1 and a program of
  // geometry alone.
  void render_values(int first, cv::Mat& rows);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tenfold
