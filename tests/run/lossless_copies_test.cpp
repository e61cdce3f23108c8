#include <gtest/gtest.h>

#include "run/dataset_fixture.h"

namespace tenfold {
namespace {

using test::read_text;

// Copies that only flip and turn, with `quality: keep`.
class LosslessCopiesTest : public test::DatasetTest {
 protected:
  LosslessCopiesTest() {
    recipe_.output.quality = std::nullopt;
    always("horizontal_flip");
  }

  void always(const std::string& transform) {
    recipe_.augment = test::chain_of(transform);
    recipe_.augment.front().p = 1;
  }

  Bytes source() const {
    const std::string text = read_text(input() / "cat/0.jpg");
    return Bytes(text.begin(), text.end());
  }

  std::string turned_source(int orientation) const {
    const Bytes bytes = source();
    const std::optional<Bytes> turned = turned_losslessly(bytes, *read_header(bytes), orientation);
    return turned ? std::string(turned->begin(), turned->end()) : "cannot be turned";
  }

  std::string copy() {
    run_now();
    return read_text(output() / "cat/0__x0001.jpg");
  }
};

TEST_F(LosslessCopiesTest, HaveTheCoefficientsOfTheirSource) { EXPECT_EQ(copy(), turned_source(2)); }

TEST_F(LosslessCopiesTest, AreTurnedAsWholeChains) {
  always("transpose");
  recipe_.prepare = test::chain_of("rotate", {{"degrees", Range{180, 180}}});
  EXPECT_EQ(copy(), turned_source(combined_orientation(3, 5)));
}

TEST_F(LosslessCopiesTest, AreEncodedAnewWithAQualityOfTheirOwn) {
  recipe_.output.quality = 95;
  EXPECT_NE(copy(), turned_source(2));
}

TEST_F(LosslessCopiesTest, AreEncodedAnewWhereMoreIsDone) {
  recipe_.augment = test::chain_of("rotate", {{"degrees", Range{5, 5}}});
  EXPECT_NE(copy(), turned_source(1));
}

TEST_F(LosslessCopiesTest, AreEncodedAnewWhereSidesAreNoWholeBlocks) {
  test::write_bytes(input() / "cat/0.jpg", test::encoded(test::picture({47, 32}, 3), Format::kJpeg));
  EXPECT_EQ(turned_source(2), "cannot be turned");
  const std::string text = copy();
  EXPECT_EQ(read_header(Bytes(text.begin(), text.end()))->stored, cv::Size(47, 32));
}

}  // namespace
}  // namespace tenfold
