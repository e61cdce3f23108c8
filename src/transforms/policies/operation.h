// The operations that the published policies are made of, as steps.
//
// They are those of torchvision.transforms (AutoAugment, RandAugment, TrivialAugmentWide, AugMix) on Pillow
// images, and a magnitude is what torchvision hands to them:
//
//   operation        magnitude m                          does
//   shear_x, _y      slope                                input = output + m·(y, 0) from the top left corner
//   translate_x, _y  pixels, cut to whole ones            moves the picture right, down
//   rotate           degrees                              turns it counter-clockwise about its centre
//   brightness       factor - 1                           mixes with black
//   color            factor - 1                           mixes with the luma
//   contrast         factor - 1                           mixes with the mean of the luma, a whole number
//   sharpness        factor - 1                           mixes with the smoothed image (Pillow's SMOOTH)
//   posterize        bits                                 keeps the highest bits
//   solarize         threshold, code values               turns values around from the threshold on
//   auto_contrast, equalize, invert, identity: without
//
// What differs from torchvision, for all policies alike:
//
//   * geometry follows the recipe's sampling and border policy instead of nearest neighbours and black fill,
//     and is fused: one resample between two operations that need the whole image (contrast, sharpness,
//     auto_contrast, equalize);
//   * mixtures are rounded, where Pillow cuts off the fraction: up to one code value;
//   * 16-bit images keep their 16 bits, alpha is left alone, and smoothing weighs colors by their alpha.

#pragma once

#include <opencv2/core.hpp>
#include <string_view>

#include "tenfold/steps/step.h"

namespace tenfold::policies {

enum class Operation {
  kIdentity,
  kShearX,
  kShearY,
  kTranslateX,
  kTranslateY,
  kRotate,
  kBrightness,
  kColor,
  kContrast,
  kSharpness,
  kPosterize,
  kSolarize,
  kAutoContrast,
  kEqualize,
  kInvert,
};

// "shear_x", as it is written down.
std::string_view name_of(Operation operation);

// Whether the operation has a magnitude at all.
bool has_magnitude(Operation operation);

// The operation on an image of this size; an identity where the magnitude is neutral.
Step step_of(Operation operation, double magnitude, cv::Size frame);

}  // namespace tenfold::policies
