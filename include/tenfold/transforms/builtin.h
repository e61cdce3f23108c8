// The built-in transforms, one file each in src/transforms/. The list is explicit because a linker drops
// self-registering objects from a static library. A file without its line here does not compile
// (-Wmissing-declarations), a line without its file does not link, and a transform without a row of numbers
// in the tests fails Transforms.EveryBuiltinHasARow.

#pragma once

#include "tenfold/transforms/transform.h"

// In the order in which people read them: geometry, color, pixels.
#define TENFOLD_BUILTIN_TRANSFORMS(X) \
  X(horizontal_flip)                  \
  X(vertical_flip)                    \
  X(rotate90)                         \
  X(transpose)                        \
  X(rotate)                           \
  X(translate)                        \
  X(scale)                            \
  X(shear)                            \
  X(affine)                           \
  X(crop)                             \
  X(resize)                           \
  X(brightness)                       \
  X(contrast)                         \
  X(saturation)                       \
  X(hue)                              \
  X(gamma)                            \
  X(channel_shift)                    \
  X(grayscale)                        \
  X(equalize)                         \
  X(clahe)                            \
  X(gaussian_blur)                    \
  X(gaussian_noise)                   \
  X(poisson_noise)

namespace tenfold::builtin {

#define TENFOLD_DECLARE_TRANSFORM(name) TransformSpec name();
TENFOLD_BUILTIN_TRANSFORMS(TENFOLD_DECLARE_TRANSFORM)
#undef TENFOLD_DECLARE_TRANSFORM

}  // namespace tenfold::builtin
