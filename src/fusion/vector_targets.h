// The instruction sets that Highway compiles for; to be included before it. Vectors whose length is known
// only when it is run cannot be members of the classes here.

#pragma once

#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
