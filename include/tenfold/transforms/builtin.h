// The built-in transforms, one file each in src/transforms/<group>/. The lists are explicit because a linker
// drops self-registering objects from a static library. A file without its line here does not compile
// (-Wmissing-declarations), a line without its file does not link, and a transform without a row of numbers
// in the tests fails Transforms.EveryBuiltinHasARow.

#pragma once

#include "tenfold/transforms/transform.h"

#define TENFOLD_GEOMETRY_TRANSFORMS(X) \
  X(horizontal_flip)                   \
  X(vertical_flip)                     \
  X(rotate90)                          \
  X(transpose)                         \
  X(rotate)                            \
  X(translate)                         \
  X(scale)                             \
  X(shear)                             \
  X(affine)                            \
  X(crop)                              \
  X(resize)

#define TENFOLD_COLOR_TRANSFORMS(X) \
  X(brightness)                     \
  X(contrast)                       \
  X(saturation)                     \
  X(hue)                            \
  X(gamma)                          \
  X(channel_shift)                  \
  X(grayscale)                      \
  X(equalize)                       \
  X(clahe)

#define TENFOLD_BLUR_TRANSFORMS(X) X(gaussian_blur)

#define TENFOLD_NOISE_TRANSFORMS(X) \
  X(gaussian_noise)                 \
  X(poisson_noise)

#define TENFOLD_ERASING_TRANSFORMS(X)

#define TENFOLD_WEATHER_TRANSFORMS(X)

#define TENFOLD_MIXING_TRANSFORMS(X)

#define TENFOLD_DOMAIN_TRANSFORMS(X)

#define TENFOLD_POLICY_TRANSFORMS(X) \
  X(rand_augment)                    \
  X(trivial_augment)                 \
  X(auto_augment)                    \
  X(aug_mix)

// G(group, list) for each group, in the order in which people read them.
#define TENFOLD_TRANSFORM_GROUPS(G)                        \
  G("geometry", TENFOLD_GEOMETRY_TRANSFORMS)               \
  G("color and tone", TENFOLD_COLOR_TRANSFORMS)            \
  G("blur and sharpness", TENFOLD_BLUR_TRANSFORMS)         \
  G("noise and compression", TENFOLD_NOISE_TRANSFORMS)     \
  G("erasing and regions", TENFOLD_ERASING_TRANSFORMS)     \
  G("weather and scene", TENFOLD_WEATHER_TRANSFORMS)       \
  G("mixing with other images", TENFOLD_MIXING_TRANSFORMS) \
  G("towards a domain", TENFOLD_DOMAIN_TRANSFORMS)         \
  G("learned and random policies", TENFOLD_POLICY_TRANSFORMS)

namespace tenfold::builtin {

#define TENFOLD_DECLARE_TRANSFORM(name) TransformSpec name();
#define TENFOLD_DECLARE_GROUP(group, list) list(TENFOLD_DECLARE_TRANSFORM)
TENFOLD_TRANSFORM_GROUPS(TENFOLD_DECLARE_GROUP)
#undef TENFOLD_DECLARE_GROUP
#undef TENFOLD_DECLARE_TRANSFORM

}  // namespace tenfold::builtin
