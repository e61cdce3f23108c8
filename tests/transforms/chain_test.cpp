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
              combinator(ElementKind::kOneOf, {transform("rotate")}),
              combinator(ElementKind::kShuffle, {combinator(ElementKind::kSomeOf, {transform("hue")})})});
  EXPECT_EQ(chain[0].place, hash64("rotate#1"));
  EXPECT_EQ(chain[1].place, hash64("hue#1"));
  EXPECT_EQ(chain[2].place, hash64("rotate#2"));
  EXPECT_EQ(chain[3].place, hash64("one_of#1"));
  EXPECT_EQ(chain[3].children[0].place, hash64("one_of#1/rotate#1"));
  EXPECT_EQ(chain[3].children[1].place, hash64("one_of#1/sequence#1"));
  EXPECT_EQ(chain[3].children[1].children[0].place, hash64("one_of#1/sequence#1/hue#1"));
  EXPECT_EQ(chain[4].children[0].place, hash64("one_of#2/rotate#1"));
  EXPECT_EQ(chain[5].children[0].children[0].place, hash64("shuffle#1/some_of#1/hue#1"));
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

TEST(OneOf, TakesEachChildAsOftenAsItWeighs) {
  Element one_of =
      combinator(ElementKind::kOneOf, {transform("hue"), transform("rotate"), transform("gamma")});
  one_of.weights = {3, 0.5, 0.5};
  const Chain chain = placed({one_of});
  std::map<std::string, int> counts;
  for (std::uint32_t copy = 1; copy <= 64; ++copy)
    ++counts[draw(chain, {.copy = copy}).transforms[0].spec->name];
  EXPECT_EQ(counts, (std::map<std::string, int>{{"hue", 48}, {"rotate", 8}, {"gamma", 8}}));
}

TEST(OneOf, WithEqualWeightsDrawsAsWithoutThem) {
  Element plain =
      combinator(ElementKind::kOneOf, {transform("hue"), transform("rotate"), transform("gamma")});
  Element weighted = plain;
  weighted.weights = {1, 1, 1};
  for (std::uint32_t copy = 1; copy <= 200; ++copy)
    EXPECT_EQ(names(draw(placed({plain}), {.copy = copy})), names(draw(placed({weighted}), {.copy = copy})));
}

Element some_of(Range count, Chain children) {
  Element element = combinator(ElementKind::kSomeOf, std::move(children));
  element.count = count;
  return element;
}

TEST(SomeOf, TakesEverySubsetEquallyOftenInTheOrderWritten) {
  const Chain chain = placed(
      {some_of({2, 2}, {transform("hue"), transform("rotate"), transform("gamma"), transform("contrast")})});
  std::map<std::vector<std::string>, int> counts;
  for (std::uint32_t copy = 1; copy <= 1024; ++copy) ++counts[names(draw(chain, {.copy = copy}))];
  EXPECT_EQ(counts.size(), 6u);
  for (const auto& [subset, count] : counts) EXPECT_NEAR(count, 1024 / 6., 1.5) << subset[0] << subset[1];
  EXPECT_TRUE(counts.contains({"hue", "contrast"}));
  EXPECT_TRUE(counts.contains({"rotate", "gamma"}));
}

TEST(SomeOf, DrawsHowMany) {
  const Chain chain = placed({some_of({0, 3}, {transform("hue"), transform("rotate"), transform("gamma")})});
  std::map<std::size_t, int> counts;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) ++counts[draw(chain, {.copy = copy}).transforms.size()];
  EXPECT_EQ(counts, (std::map<std::size_t, int>{{0, 16}, {1, 16}, {2, 16}, {3, 16}}));
}

TEST(SomeOf, TakesAnyNumberOfManyChildren) {
  Chain children;
  for (int i = 0; i < 100; ++i) children.push_back(transform("hue"));
  for (const double count : {1.0, 50.0, 99.0, 100.0}) {
    const Chain chain = placed({some_of({count, count}, children)});
    for (std::uint32_t copy = 1; copy <= 100; ++copy)
      EXPECT_EQ(draw(chain, {.sample = 9, .copy = copy}).transforms.size(), count);
  }
}

TEST(Shuffle, DrawsAllItsChildrenInEveryOrder) {
  const Chain chain = placed(
      {combinator(ElementKind::kShuffle, {transform("hue"), transform("rotate"), transform("gamma")})});
  std::map<std::vector<std::string>, int> counts;
  for (std::uint32_t copy = 1; copy <= 3072; ++copy) ++counts[names(draw(chain, {.copy = copy}))];
  EXPECT_EQ(counts.size(), 6u);
  for (const auto& [order, count] : counts) EXPECT_NEAR(count, 512, 60) << order[0] << order[1];
}

TEST(Shuffle, LeavesWhatItsChildrenDrawAsItIs) {
  const Chain shuffled = placed({combinator(ElementKind::kShuffle, {transform("hue"), transform("rotate")})});
  std::map<std::vector<std::string>, int> counts;
  for (std::uint32_t copy = 1; copy <= 64; ++copy) {
    const DrawnChain drawn = draw(shuffled, {.copy = copy});
    ++counts[names(drawn)];
    for (const Element& child : shuffled[0].children)
      EXPECT_EQ(values_of(drawn, element_name(child)),
                values_of(draw({child}, {.copy = copy}), element_name(child)));
  }
  EXPECT_EQ(counts,
            (std::map<std::vector<std::string>, int>{{{"hue", "rotate"}, 32}, {{"rotate", "hue"}, 32}}));
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
  EXPECT_FALSE(draws_nothing(Chain{combinator(ElementKind::kSomeOf, {resize})}));
  EXPECT_FALSE(draws_nothing(Chain{combinator(ElementKind::kShuffle, {resize})}));
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

TEST(Chain, LeavesOutTheWeightsOfWhatIsLeftOutAndCountsNoMoreThanThereIs) {
  Element one_of = combinator(ElementKind::kOneOf,
                              {transform("hue"), transform("gamma"),
                               combinator(ElementKind::kSequence, {transform("hue")}), transform("rotate")});
  one_of.weights = {1, 2, 3, 4};
  const Chain rest =
      without(placed({one_of, some_of({1, 3}, {transform("hue"), transform("gamma"), transform("rotate")})}),
              {"hue"});
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0].weights, (std::vector<double>{2, 4}));
  EXPECT_EQ(rest[1].count, (Range{1, 2}));
}

}  // namespace
}  // namespace tenfold
