// Color matrices in integer arithmetic.

#pragma once

#include "fusion/pointwise.h"
#include "fusion/working_row.h"

namespace tenfold {

FixedMatrix fixed_matrix(const ColorRun& run, const PixelFormat& format);

// Applies the matrix to `count` pixels and saturates; the row then holds whole code values.
void apply_matrix(const FixedMatrix& matrix, const PixelFormat& format, int count, WorkingRow& row);

}  // namespace tenfold
