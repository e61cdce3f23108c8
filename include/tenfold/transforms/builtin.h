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
  X(d4)                                \
  X(rotate)                            \
  X(safe_rotate)                       \
  X(translate)                         \
  X(scale)                             \
  X(zoom)                              \
  X(shear)                             \
  X(affine)                            \
  X(perspective)                       \
  X(crop)                              \
  X(center_crop)                       \
  X(resized_crop)                      \
  X(crop_and_pad)                      \
  X(pad)                               \
  X(resize)                            \
  X(elastic)                           \
  X(grid_distortion)                   \
  X(optical_distortion)                \
  X(piecewise_affine)                  \
  X(thin_plate_spline)                 \
  X(grid_shuffle)

#define TENFOLD_COLOR_TRANSFORMS(X) \
  X(brightness)                     \
  X(contrast)                       \
  X(saturation)                     \
  X(hue)                            \
  X(color_jitter)                   \
  X(hue_saturation_value)           \
  X(gamma)                          \
  X(tone_curve)                     \
  X(channel_shift)                  \
  X(rgb_shift)                      \
  X(white_balance)                  \
  X(temperature)                    \
  X(fancy_pca)                      \
  X(grayscale)                      \
  X(sepia)                          \
  X(invert)                         \
  X(solarize)                       \
  X(posterize)                      \
  X(channel_shuffle)                \
  X(channel_dropout)                \
  X(auto_contrast)                  \
  X(equalize)                       \
  X(clahe)                          \
  X(illumination)                   \
  X(vignette)                       \
  X(chromatic_aberration)

#define TENFOLD_BLUR_TRANSFORMS(X) \
  X(gaussian_blur)                 \
  X(box_blur)                      \
  X(median_blur)                   \
  X(motion_blur)                   \
  X(defocus)                       \
  X(zoom_blur)                     \
  X(glass_blur)                    \
  X(sharpen)                       \
  X(unsharp_mask)                  \
  X(emboss)

#define TENFOLD_NOISE_TRANSFORMS(X) \
  X(gaussian_noise)                 \
  X(poisson_noise)                  \
  X(iso_noise)                      \
  X(multiplicative_noise)           \
  X(salt_and_pepper)                \
  X(jpeg_compression)               \
  X(downscale)                      \
  X(pixelate)                       \
  X(superpixels)

#define TENFOLD_ERASING_TRANSFORMS(X) \
  X(random_erasing)                   \
  X(coarse_dropout)                   \
  X(grid_dropout)                     \
  X(grid_mask)                        \
  X(pixel_dropout)                    \
  X(patch_transform)

#define TENFOLD_WEATHER_TRANSFORMS(X) \
  X(rain)                             \
  X(snow)                             \
  X(fog)                              \
  X(shadow)                           \
  X(sun_flare)                        \
  X(spatter)

#define TENFOLD_MIXING_TRANSFORMS(X) \
  X(mixup)                           \
  X(cutmix)                          \
  X(mosaic)                          \
  X(overlay)

#define TENFOLD_DOMAIN_TRANSFORMS(X) \
  X(histogram_match)                 \
  X(fourier_match)

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
