// How strong each operation of a policy is: magnitudes at evenly spaced bins, as torchvision's tables.

#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

#include "operation.h"
#include "tenfold/transforms/draw.h"

namespace tenfold::policies {

enum class Unit {
  kPlain,     // the operation's own
  kFraction,  // of the side along which a translation moves
};

struct OperationScale {
  Operation operation = Operation::kIdentity;
  double first = 0;        // magnitude at bin 0
  double last = 0;         // magnitude at the last bin
  bool is_signed = false;  // negated half of the time
  Unit unit = Unit::kPlain;
};

// The magnitude without its sign at bin 0 … bins - 1: evenly spaced; bits of posterize rounded (half to
// even), pixels of translations cut to whole ones.
double magnitude_at(const OperationScale& scale, int bin, int bins, cv::Size frame);

// The operations of RandAugment, and of AutoAugment, which has `invert` instead of `identity`: the same
// magnitudes.
std::vector<OperationScale> standard_scales(Operation without_magnitude);

// The scale of the operation. REQUIRES that it is there.
const OperationScale& scale_of(std::span<const OperationScale> scales, Operation operation);

// Draws the sign, writes down the operation and its magnitude as "operation<suffix>" and "magnitude<suffix>",
// and gives the step. Always uses one number.
Step draw_operation(const OperationScale& scale, int bin, int bins, const std::string& suffix, Draw& draw);

// The next number's choice among `count` things: 0 … count - 1; not written down.
std::size_t draw_index(std::size_t count, Draw& draw);

}  // namespace tenfold::policies
