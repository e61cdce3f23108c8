#include "tenfold/transforms/chain.h"

#include <gtest/gtest.h>

#include <map>

#include "drawing.h"

namespace tenfold {
namespace {

const cv::Size kFrame{40, 30};

Element transform(std::string_view name, double p = 1, const ParameterValues& values = {}) {
  Element element;
  element.p = p;
  element.transform = bound(name, values);
  return element;
}

Element combinator(ElementKind kind, Chain children, double p = 1) {
  Element element;
  element.kind = kind;
  element.p = p;
  element.children = std::move(children);
  return element;
}

Chain placed(Chain chain) {
  place_elements(chain);
  return chain;
}

DrawnChain draw(const Chain& chain, const DrawKey& key, cv::Size frame = kFrame) {
  DrawnChain drawn;
  drawn.frame = frame;
  draw_chain(chain, {key}, drawn);
  return drawn;
}

// The values of the first transform of this name; none if it did not fire.
std::vector<DrawnValue> values_of(const DrawnChain& drawn, std::string_view name) {
  for (const DrawnTransform& transform : drawn.transforms)
    if (transform.spec->name == name) return transform.values;
  return {};
}

std::vector<std::string> names(const DrawnChain& drawn) {
  std::vector<std::string> all;
  for (const DrawnTransform& transform : drawn.transforms) all.push_back(transform.spec->name);
  return all;
}

TEST(Chain, PlacesElementsByNameAndOccurrence) {
  const Chain chain =
      placed({transform("rotate"), transform("hue"), transform("rotate"),
              combinator(ElementKind::kOneOf,
                         {transform("rotate"), combinator(ElementKind::kSequence, {transform("hue")})}),
              combinator(ElementKind::kOneOf, {transform("rotate")})});
  EXPECT_EQ(chain[0].place, hash64("rotate#1"));
  EXPECT_EQ(chain[1].place, hash64("hue#1"));
  EXPECT_EQ(chain[2].place, hash64("rotate#2"));
  EXPECT_EQ(chain[3].place, hash64("one_of#1"));
  EXPECT_EQ(chain[3].children[0].place, hash64("one_of#1/rotate#1"));
  EXPECT_EQ(chain[3].children[1].place, hash64("one_of#1/sequence#1"));
  EXPECT_EQ(chain[3].children[1].children[0].place, hash64("one_of#1/sequence#1/hue#1"));
  EXPECT_EQ(chain[4].children[0].place, hash64("one_of#2/rotate#1"));
}

TEST(Chain, DrawsATransformTheSameWhateverStandsBesideIt) {
  const Chain alone = placed({transform("rotate", 0.5)});
  const Chain among = placed({transform("hue"), transform("rotate", 0.5), transform("rotate", 0.5)});
  for (std::uint32_t copy = 1; copy <= 32; ++copy) {
    const DrawnChain one = draw(alone, {.sample = 3, .copy = copy});
    const DrawnChain other = draw(among, {.sample = 3, .copy = copy});
    if (one.transforms.empty()) continue;
    EXPECT_EQ(values_of(one, "rotate"), values_of(other, "rotate"));
  }
}

TEST(Chain, LetsTheGateLeaveTheParametersAsTheyAre) {
  const Chain always = placed({transform("rotate", 1)});
  const Chain sometimes = placed({transform("rotate", 0.5)});
  int fired = 0;
  for (std::uint32_t copy = 1; copy <= 32; ++copy) {
    const DrawnChain drawn = draw(sometimes, {.copy = copy});
    if (drawn.transforms.empty()) continue;
    ++fired;
    EXPECT_EQ(values_of(drawn, "rotate"), values_of(draw(always, {.copy = copy}), "rotate"));
  }
  EXPECT_EQ(fired, 16);
}

TEST(Chain, HandsEachTransformTheFrameAfterTheLast) {
  const Chain chain =
      placed({transform("resize", 1, {{"width", 20}, {"height", 10}}), transform("transpose", 1),
              transform("crop", 1, {{"width", 8}, {"height", 100}, {"keep_size", false}})});
  const DrawnChain drawn = draw(chain, {});
  ASSERT_EQ(drawn.steps.size(), 3u);
  EXPECT_EQ(output_size(drawn.steps[0], kFrame), cv::Size(20, 10));
  EXPECT_EQ(output_size(drawn.steps[1], {20, 10}), cv::Size(10, 20));
  EXPECT_EQ(drawn.frame, cv::Size(8, 20));  // the crop's height is cut to the frame
}

TEST(Chain, AppendsToWhatWasDrawnBefore) {
  DrawnChain drawn;
  drawn.frame = kFrame;
  draw_chain(placed({transform("transpose", 1)}), {DrawKey{}}, drawn);
  draw_chain(placed({transform("hue")}), {DrawKey{}}, drawn);
  EXPECT_EQ(names(drawn), (std::vector<std::string>{"transpose", "hue"}));
  EXPECT_EQ(drawn.steps.size(), 2u);
  EXPECT_EQ(drawn.frame, cv::Size(30, 40));
}

TEST(OneOf, TakesEachChildEquallyOften) {
  const Chain chain = placed({combinator(ElementKind::kOneOf, {transform("hue"), transform("rotate"),
                                                               transform("gamma"), transform("contrast")})});
  std::map<std::string, int> counts;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    const DrawnChain drawn = draw(chain, {.copy = copy});
    ASSERT_EQ(drawn.transforms.size(), 1u);
    ++counts[drawn.transforms[0].spec->name];
  }
  EXPECT_EQ(counts,
            (std::map<std::string, int>{{"hue", 16}, {"rotate", 16}, {"gamma", 16}, {"contrast", 16}}));
}

TEST(OneOf, FiresWithItsOwnProbabilityAndThenTheChilds) {
  const Chain gated = placed({combinator(ElementKind::kOneOf, {transform("hue")}, 0.25)});
  const Chain gated_child = placed({combinator(ElementKind::kOneOf, {transform("hue", 0.25)})});
  int fired = 0;
  int child_fired = 0;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    fired += static_cast<int>(draw(gated, {.copy = copy}).steps.size());
    child_fired += static_cast<int>(draw(gated_child, {.copy = copy}).steps.size());
  }
  EXPECT_EQ(fired, 16);
  EXPECT_EQ(child_fired, 16);
}

TEST(Sequence, DrawsAllItsChildrenInOrderOrNone) {
  const Chain chain =
      placed({combinator(ElementKind::kSequence, {transform("hue"), transform("rotate")}, 0.5)});
  int fired = 0;
  for (std::uint32_t copy = 1; copy <= 16; ++copy) {
    const auto drawn = names(draw(chain, {.copy = copy}));
    if (drawn.empty()) continue;
    ++fired;
    EXPECT_EQ(drawn, (std::vector<std::string>{"hue", "rotate"}));
  }
  EXPECT_EQ(fired, 8);
}

TEST(Chain, KnowsWhetherItDrawsNothing) {
  const auto resize = transform("resize", 1, {{"shorter", 256}});
  EXPECT_TRUE(draws_nothing(Chain{}));
  EXPECT_TRUE(draws_nothing(Chain{resize, transform("grayscale")}));
  EXPECT_TRUE(draws_nothing(Chain{combinator(ElementKind::kSequence, {resize})}));
  EXPECT_TRUE(draws_nothing(Chain{transform("rotate", 0, {{"degrees", fixed(5)}})}));
  EXPECT_FALSE(draws_nothing(Chain{resize, transform("grayscale", 0.5)}));
  EXPECT_FALSE(draws_nothing(Chain{transform("rotate")}));
  EXPECT_FALSE(draws_nothing(Chain{combinator(ElementKind::kOneOf, {resize})}));
  EXPECT_FALSE(draws_nothing(Chain{combinator(ElementKind::kSequence, {resize}, 0.5)}));
  EXPECT_FALSE(draws_nothing(Chain{combinator(ElementKind::kSequence, {transform("hue")})}));
  EXPECT_FALSE(draws_nothing(Chain{transform("crop", 1, {{"width", 5}, {"height", 5}})}));
  EXPECT_FALSE(draws_nothing(Chain{transform("gaussian_noise", 1, {{"std", fixed(5)}})}));
}

TEST(Chain, LeavesOutTransformsByNameAndKeepsThePlaces) {
  const Chain chain = placed({transform("hue"), transform("rotate"),
                              combinator(ElementKind::kOneOf, {transform("hue"), transform("gamma")}),
                              combinator(ElementKind::kSequence, {transform("hue")}), transform("rotate")});
  const Chain rest = without(chain, {"hue", "scale"});
  ASSERT_EQ(rest.size(), 3u);
  EXPECT_EQ(rest[0].place, hash64("rotate#1"));
  EXPECT_EQ(element_name(rest[1]), "one_of");
  ASSERT_EQ(rest[1].children.size(), 1u);
  EXPECT_EQ(rest[1].children[0].place, hash64("one_of#1/gamma#1"));
  EXPECT_EQ(rest[2].place, hash64("rotate#2"));
}

}  // namespace
}  // namespace tenfold
