// What only all parameters together can show is reported in a sentence.

#include <gtest/gtest.h>

#include "drawing.h"

namespace tenfold {
namespace {

std::string refusal(std::string_view name, const ParameterValues& values) {
  const auto result = find_transform(name)->bind(values);
  return result ? "accepted" : result.error();
}

TEST(ParameterCheck, AsksForOneOfSeveralParameters) {
  EXPECT_EQ(refusal("translate", {}), "translate needs 'x' or 'y', or both");
  EXPECT_EQ(refusal("shear", {}), "shear needs 'x' or 'y', or both");
  EXPECT_EQ(refusal("scale", {}), "scale needs 'factor', or 'x' and 'y'");
  EXPECT_EQ(refusal("affine", {}),
            "affine needs at least one of 'degrees', 'translate_x', 'translate_y', 'scale', 'shear_x' and "
            "'shear_y'");
  EXPECT_EQ(refusal("crop", {}), "crop needs 'scale', or 'width' and 'height'");
  EXPECT_EQ(refusal("resize", {}), "resize needs 'width', 'height', 'shorter' or 'longer'");
}

TEST(ParameterCheck, RefusesTwoWaysAtOnce) {
  EXPECT_EQ(refusal("scale", {{"factor", fixed(2)}, {"x", fixed(1)}}),
            "scale takes 'factor', or 'x' and 'y', but not both");
  EXPECT_EQ(refusal("crop", {{"scale", fixed(0.5)}, {"width", 10}}),
            "crop takes 'scale', or 'width' and 'height', but not both");
  EXPECT_EQ(refusal("crop", {{"ratio", fixed(1)}, {"width", 10}}),
            "'ratio' goes with 'scale', not with 'width' and 'height'");
  EXPECT_EQ(refusal("resize", {{"width", 10}, {"shorter", 10}}),
            "resize takes 'width' and 'height', or 'shorter', or 'longer', but only one of these");
  EXPECT_EQ(refusal("resize", {{"longer", 10}, {"shorter", 10}}),
            "resize takes 'width' and 'height', or 'shorter', or 'longer', but only one of these");
}

}  // namespace
}  // namespace tenfold
