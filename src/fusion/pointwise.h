// The pointwise part of a program: runs of color steps, each one matrix, and runs of lookups, each one table.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <optional>
#include <variant>
#include <vector>

#include "fusion/working_row.h"
#include "tenfold/steps/step.h"

namespace tenfold {

// out = gain · in + offset, in 8-bit code values: what is left of color steps on grey images.
struct GreyLine {
  double gain = 1.0, offset = 0.0;
};

struct ColorRun {
  cv::Matx34d matrix = cv::Matx34d::eye();
  GreyLine grey;
};

struct LookupRun {
  std::vector<std::function<double(double)>> functions;
};

// Pointwise steps in their order; neighbours of one kind are one run.
class PointwiseChain {
 public:
  void append(const ColorStep& step);
  void append(const LookupStep& step);

  bool empty() const { return runs_.empty(); }
  const std::vector<std::variant<ColorRun, LookupRun>>& runs() const { return runs_; }

 private:
  std::vector<std::variant<ColorRun, LookupRun>> runs_;
};

// A run of color steps in integers: out = (Σ coefficient · in + offset) >> shift, to whole code values.
struct FixedMatrix {
  std::array<std::array<std::int64_t, 4>, 4> coefficient{};  // by output lane, then by input lane
  std::array<std::int64_t, 4> offset{};                      // with the half that rounds
  int shift = 0;
  bool is_narrow = false;  // fits 16-bit coefficients and 32-bit sums, for four lanes
  bool is_diagonal = false;
};

// The same for one lane of 8-bit values.
struct FixedLine {
  static constexpr int kShift = 12 + kFractionBits;

  std::int32_t gain = 1 << 12;
  std::int32_t offset = 1 << (kShift - 1);
};

// A chain made ready for one pixel format. Lives in a workspace: its tables are memory that is used again.
class PointwiseStages {
 public:
  void compile(const PointwiseChain& chain, const PixelFormat& format);

  bool empty() const { return first_ == used_; }

  // Takes the first stage away if it is a line; what is left works on whole code values then. The line that
  // only rounds where there is no stage or a table comes first; nothing where a matrix does that is too large
  // for a line.
  std::optional<FixedLine> take_line();

  // Reads packed pixels into a working row.
  void load(const uchar* pixels, int count, WorkingRow& row) const;

  // Turns a working row of premultiplied color into one of plain color.
  void unpremultiply(int count, WorkingRow& row) const;

  // Runs the stages, rounds what is not yet rounded and writes packed pixels. Color under an alpha of 0 is 0.
  void finish(int count, WorkingRow& row, uchar* pixels) const;

 private:
  enum class Kind { kMatrix, kTable };

  struct Stage {
    Kind kind = Kind::kMatrix;
    FixedMatrix matrix;
    std::vector<std::uint16_t> table;
  };

  Stage& next_stage(Kind kind);
  void apply_table(const std::vector<std::uint16_t>& table, int count, WorkingRow& row) const;
  void clear_hidden_colors(int count, WorkingRow& row) const;

  PixelFormat format_;
  std::vector<Stage> stages_;
  int first_ = 0, used_ = 0;  // stages of the current chain; those behind it only keep their memory
};

}  // namespace tenfold
