// How `augment`, `prepare` and a class's `without` are read, and what they say to mistakes.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

Chain chain(const std::string& elements) {
  ParsedRecipe parsed =
      read("version: 1\ninput: {root: in}\noutput: {root: out}\naugment: [" + elements + "]\n");
  EXPECT_EQ(said(parsed), "");
  return parsed.recipe.augment;
}

Range degrees(const std::string& value) {
  return std::get<Range>(chain("rotate: {degrees: " + value + "}").at(0).values.at("degrees"));
}

TEST(Chain, ReadsEveryWayToWriteARange) {
  EXPECT_EQ(degrees("[-5, 10]"), (Range{-5, 10}));
  EXPECT_EQ(degrees("±2.5"), (Range{-2.5, 2.5}));
  EXPECT_EQ(degrees("+-2.5"), (Range{-2.5, 2.5}));
  EXPECT_EQ(degrees("\"±2.5\""), (Range{-2.5, 2.5}));
  EXPECT_EQ(degrees("0"), (Range{0, 0}));
  EXPECT_EQ(degrees("[7, +7]"), (Range{7, 7}));
  EXPECT_EQ(std::get<Range>(chain("translate: {x: ±10%, y: [-5%, 0.5]}").at(0).values.at("x")),
            (Range{-0.1, 0.1}));
  EXPECT_EQ(std::get<Range>(chain("translate: {x: ±10%, y: [-5%, 0.5]}").at(0).values.at("y")),
            (Range{-0.05, 0.5}));
}

TEST(Chain, ANameAloneMeansDefaults) {
  EXPECT_EQ(chain("horizontal_flip").at(0).p, 0.5);
  EXPECT_EQ(chain("horizontal_flip: ").at(0).p, 0.5);
  EXPECT_EQ(chain("horizontal_flip: {}").at(0).p, 0.5);
  EXPECT_EQ(chain("horizontal_flip: {p: 25%}").at(0).p, 0.25);
}

TEST(Chain, ChildrenOfOneOfHappenUnlessTheRecipeSaysOtherwise) {
  const Chain read = chain("one_of: [transpose, transpose: {p: 0.1}, sequence: [transpose]]");
  EXPECT_EQ(read.at(0).p, 1);
  EXPECT_EQ(read.at(0).children.at(0).p, 1);
  EXPECT_EQ(read.at(0).children.at(1).p, 0.1);
  EXPECT_EQ(read.at(0).children.at(2).p, 1);
  EXPECT_EQ(read.at(0).children.at(2).children.at(0).p, 0.5) << "nothing chooses among these";
}

TEST(Chain, CombinatorsTakeAProbability) {
  const Chain read = chain("sequence: {p: 0.5, transforms: [transpose]}");
  EXPECT_EQ(read.at(0).kind, ElementKind::kSequence);
  EXPECT_EQ(read.at(0).p, 0.5);
  EXPECT_EQ(read.at(0).children.size(), 1u);
}

TEST(Chain, ABareNumberOnASignedParameterEarnsAWarning) {
  EXPECT_EQ(said_of_element("rotate: {degrees: 20}"),
            "r.yaml:4:29: warning: 'degrees' is always 20\n"
            "    4 | augment: [rotate: {degrees: 20}]\n"
            "      |                             ^\n"
            "  hint: did you mean ±20? If not, [20, 20] says so\n");
  EXPECT_EQ(said_of_element("channel_shift: {shift: -3}"),
            "r.yaml:4:34: warning: 'shift' is always -3\n"
            "    4 | augment: [channel_shift: {shift: -3}]\n"
            "      |                                  ^\n"
            "  hint: did you mean ±3? If not, [-3, -3] says so\n");
  EXPECT_EQ(said_of_element("brightness: {factor: 1.2}"), "");
}

TEST(Chain, ValuesOutOfBounds) {
  EXPECT_EQ(said_of_element("translate: {x: [0, 200]}"),
            "r.yaml:4:30: error: 'x' must be between -1 and 1, got \"200\"\n"
            "    4 | augment: [translate: {x: [0, 200]}]\n"
            "      |                              ^\n");
  EXPECT_EQ(said_of_element("scale: {factor: ±0.2}"),
            "r.yaml:4:27: error: 'factor' must be between 0.01 and 100, got \"±0.2\"\n"
            "    4 | augment: [scale: {factor: ±0.2}]\n"
            "      |                           ^\n"
            "  hint: ±0.2 is the range [-0.2, 0.2]; around 1 write [0.8, 1.2]\n");
  EXPECT_EQ(said_of_element("crop: {width: 0}"),
            "r.yaml:4:25: error: 'width' must be a whole number from 1 to 65535, got \"0\"\n"
            "    4 | augment: [crop: {width: 0}]\n"
            "      |                         ^\n"
            "  hint: - crop: {scale: [0.6, 1], ratio: [0.8, 1.25]}\n");
}

TEST(Chain, RangesTheWrongWayRound) {
  EXPECT_EQ(said_of_element("rotate: {degrees: [20, -20]}"),
            "r.yaml:4:29: error: 'degrees' must be a range from low to high, got [20, -20]\n"
            "    4 | augment: [rotate: {degrees: [20, -20]}]\n"
            "      |                             ^\n"
            "  hint: did you mean [-20, 20]?\n");
}

TEST(Chain, RangesThatAreNone) {
  EXPECT_EQ(said_of_element("rotate: {degrees: [1, 2, 3]}"),
            "r.yaml:4:29: error: 'degrees' must be a number or a range, got a list\n"
            "    4 | augment: [rotate: {degrees: [1, 2, 3]}]\n"
            "      |                             ^\n"
            "  hint: - rotate: {degrees: ±20}\n");
  EXPECT_EQ(said_of_element("rotate: {degrees: [1, .nan]}"),
            "r.yaml:4:33: error: 'degrees' must be a number, got \".nan\"\n"
            "    4 | augment: [rotate: {degrees: [1, .nan]}]\n"
            "      |                                 ^\n");
  EXPECT_EQ(said_of_element("rotate: {degrees: ±-5}"),
            "r.yaml:4:29: error: 'degrees' must have no further sign behind ±, got \"±-5\"\n"
            "    4 | augment: [rotate: {degrees: ±-5}]\n"
            "      |                             ^\n"
            "  hint: - rotate: {degrees: ±20}\n");
}

TEST(Chain, SwitchesThatAreNone) {
  EXPECT_EQ(said_of_element("crop: {width: 3, keep_size: maybe}"),
            "r.yaml:4:39: error: 'keep_size' must be true or false, got \"maybe\"\n"
            "    4 | augment: [crop: {width: 3, keep_size: maybe}]\n"
            "      |                                       ^\n");
}

TEST(Chain, ParametersThatDoNotGoTogether) {
  EXPECT_EQ(said_of_element("scale: {factor: 2, x: 2}"),
            "r.yaml:4:11: error: scale takes 'factor', or 'x' and 'y', but not both\n"
            "    4 | augment: [scale: {factor: 2, x: 2}]\n"
            "      |           ^\n"
            "  hint: - scale: {factor: [0.8, 1.2]}\n");
}

TEST(Chain, ARefusedParameterIsNotSaidToBeMissingToo) {
  EXPECT_EQ(said_of_element("shear: {x: abc}"),
            "r.yaml:4:22: error: 'x' must be a number, got \"abc\"\n"
            "    4 | augment: [shear: {x: abc}]\n"
            "      |                      ^\n"
            "  hint: - shear: {x: ±6}\n");
}

TEST(Chain, UnknownParameters) {
  EXPECT_EQ(said_of_element("rotate: {angle: 3, degree: ±3}"),
            "r.yaml:4:20: error: unknown key 'angle' in 'rotate'\n"
            "    4 | augment: [rotate: {angle: 3, degree: ±3}]\n"
            "      |                    ^\n"
            "  hint: its keys are degrees and p\n"
            "r.yaml:4:30: error: unknown key 'degree' in 'rotate'\n"
            "    4 | augment: [rotate: {angle: 3, degree: ±3}]\n"
            "      |                              ^\n"
            "  hint: did you mean 'degrees'?\n");
}

TEST(Chain, UnknownTransforms) {
  EXPECT_EQ(said_of_element("random_rotate"),
            "r.yaml:4:11: error: unknown transform 'random_rotate'\n"
            "    4 | augment: [random_rotate]\n"
            "      |           ^\n"
            "  hint: did you mean 'rotate'?\n");
  EXPECT_EQ(said_of_element("collage: {}"),
            "r.yaml:4:11: error: unknown transform 'collage'\n"
            "    4 | augment: [collage: {}]\n"
            "      |           ^\n"
            "  hint: `tenfold transforms` lists them all\n");
}

TEST(Chain, ParametersThatAreNoMap) {
  EXPECT_EQ(said_of_element("rotate: 20"),
            "r.yaml:4:19: error: 'rotate' must have its parameters as a map, got \"20\"\n"
            "    4 | augment: [rotate: 20]\n"
            "      |                   ^\n"
            "  hint: - rotate: {degrees: ±20}\n");
}

TEST(Chain, TwoTransformsInOneElement) {
  EXPECT_EQ(
      said_after_required("prepare:\n  - equalize:\n    grayscale:\n"),
      "r.yaml:7:5: error: an element of a chain is one transform, and 'grayscale' is beside 'equalize'\n"
      "    7 |     grayscale:\n"
      "      |     ^\n"
      "  hint: begin each transform with '- '\n");
}

TEST(Chain, ParametersThatAreNotIndented) {
  EXPECT_EQ(
      said("version: 1\ninput: {root: in}\noutput: {root: out}\naugment:\n  - rotate:\n    degrees: ±20\n"),
      "r.yaml:6:5: error: an element of a chain is one transform, and 'degrees' is beside 'rotate'\n"
      "    6 |     degrees: ±20\n"
      "      |     ^\n"
      "  hint: if it is a parameter, indent it deeper than 'rotate'\n");
}

TEST(Chain, ElementsThatAreNoTransforms) {
  EXPECT_EQ(said_of_element("[rotate]"),
            "r.yaml:4:11: error: a transform must be a name, or a name with parameters, got a list\n"
            "    4 | augment: [[rotate]]\n"
            "      |           ^\n"
            "  hint: - rotate: {degrees: ±20}\n");
}

TEST(Chain, AChainThatIsNoList) {
  EXPECT_EQ(said("version: 1\ninput: {root: in}\noutput: {root: out}\naugment:\n  rotate: {degrees: ±20}\n"),
            "r.yaml:5:3: error: 'augment' must be a list of transforms, got a map\n"
            "    5 |   rotate: {degrees: ±20}\n"
            "      |   ^\n"
            "  hint: begin each transform with '- '\n");
}

TEST(Chain, EmptyCombinators) {
  EXPECT_EQ(said_of_element("one_of: []"),
            "r.yaml:4:11: error: 'one_of' needs at least one transform\n"
            "    4 | augment: [one_of: []]\n"
            "      |           ^\n");
  EXPECT_EQ(said_of_element("sequence: {transforms: []}"),
            "r.yaml:4:22: error: 'sequence' needs at least one transform\n"
            "    4 | augment: [sequence: {transforms: []}]\n"
            "      |                      ^\n");
  EXPECT_EQ(said_of_element("one_of:"),
            "r.yaml:4:11: error: 'one_of' needs at least one transform\n"
            "    4 | augment: [one_of:]\n"
            "      |           ^\n");
  EXPECT_EQ(said_of_element("one_of: {p: 0.5}"),
            "r.yaml:4:11: error: 'one_of' needs 'transforms'\n"
            "    4 | augment: [one_of: {p: 0.5}]\n"
            "      |           ^\n"
            "  hint: - one_of: {p: 0.5, weights: [3, 1], transforms: [gaussian_blur, poisson_noise]}\n");
}

TEST(Chain, ReadsTheKeysOfCombinators) {
  const Chain read = chain(
      "one_of: {weights: [3, 50%], transforms: [transpose, hue]},"
      "some_of: {count: 2, transforms: [transpose, hue, rotate]},"
      "some_of: {count: [0, 1], p: 0.5, transforms: [transpose]},"
      "shuffle: [transpose, hue]");
  EXPECT_EQ(read.at(0).weights, (std::vector<double>{3, 0.5}));
  EXPECT_EQ(read.at(1).kind, ElementKind::kSomeOf);
  EXPECT_EQ(read.at(1).count, (Range{2, 2}));
  EXPECT_EQ(read.at(1).children.at(0).p, 1) << "some_of chooses";
  EXPECT_EQ(read.at(2).count, (Range{0, 1}));
  EXPECT_EQ(read.at(2).p, 0.5);
  EXPECT_EQ(read.at(3).kind, ElementKind::kShuffle);
  EXPECT_EQ(read.at(3).children.at(0).p, 0.5) << "shuffle does not choose";
}

TEST(Chain, WeightsThatDoNotFit) {
  EXPECT_EQ(said_of_element("one_of: {weights: [1, 2, 3], transforms: [hue, rotate]}"),
            "r.yaml:4:29: error: 'weights' must be as many as the transforms: 3 weights for 2 transforms\n"
            "    4 | augment: [one_of: {weights: [1, 2, 3], transforms: [hue, rotate]}]\n"
            "      |                             ^\n");
  EXPECT_EQ(said_of_element("one_of: {weights: [], transforms: [hue]}"),
            "r.yaml:4:29: error: 'weights' must be as many as the transforms: 0 weights for 1 transform\n"
            "    4 | augment: [one_of: {weights: [], transforms: [hue]}]\n"
            "      |                             ^\n");
  EXPECT_EQ(said_of_element("one_of: {weights: [1, 0], transforms: [hue, rotate]}"),
            "r.yaml:4:33: error: 'weights' must be above 0, got \"0\"\n"
            "    4 | augment: [one_of: {weights: [1, 0], transforms: [hue, rotate]}]\n"
            "      |                                 ^\n"
            "  hint: take a transform out that shall never happen\n");
  EXPECT_EQ(said_of_element("one_of: {weights: [-1, x], transforms: [hue, rotate]}"),
            "r.yaml:4:30: error: 'weights' must be at least 0, got \"-1\"\n"
            "    4 | augment: [one_of: {weights: [-1, x], transforms: [hue, rotate]}]\n"
            "      |                              ^\n");
  EXPECT_EQ(said_of_element("one_of: {weights: 3, transforms: [hue]}"),
            "r.yaml:4:29: error: 'weights' must be a list of positive numbers, got \"3\"\n"
            "    4 | augment: [one_of: {weights: 3, transforms: [hue]}]\n"
            "      |                             ^\n"
            "  hint: - one_of: {p: 0.5, weights: [3, 1], transforms: [gaussian_blur, poisson_noise]}\n");
}

TEST(Chain, AWrongTransformIsNotAWrongNumberOfWeightsToo) {
  EXPECT_EQ(said_of_element("one_of: {weights: [1, 2], transforms: [hue, rotat]}"),
            "r.yaml:4:55: error: unknown transform 'rotat'\n"
            "    4 | augment: [one_of: {weights: [1, 2], transforms: [hue, rotat]}]\n"
            "      |                                                       ^\n"
            "  hint: did you mean 'rotate'?\n");
}

TEST(Chain, WeightsAreOnlyForOneOf) {
  EXPECT_EQ(said_of_element("shuffle: {weights: [1], transforms: [hue]}"),
            "r.yaml:4:21: error: unknown key 'weights' in 'shuffle'\n"
            "    4 | augment: [shuffle: {weights: [1], transforms: [hue]}]\n"
            "      |                     ^\n"
            "  hint: its keys are p and transforms\n");
}

TEST(Chain, CountsThatDoNotFit) {
  EXPECT_EQ(said_of_element("some_of: {count: 3, transforms: [hue, rotate]}"),
            "r.yaml:4:28: error: 'count' must be between 0 and 2, got \"3\"\n"
            "    4 | augment: [some_of: {count: 3, transforms: [hue, rotate]}]\n"
            "      |                            ^\n");
  EXPECT_EQ(said_of_element("some_of: {count: [1, 4], transforms: [hue, rotate]}"),
            "r.yaml:4:32: error: 'count' must be between 0 and 2, got \"4\"\n"
            "    4 | augment: [some_of: {count: [1, 4], transforms: [hue, rotate]}]\n"
            "      |                                ^\n");
  EXPECT_EQ(said_of_element("some_of: {count: [0, 1.5], transforms: [hue, rotate]}"),
            "r.yaml:4:28: error: 'count' must be a whole number or a range of whole numbers, got a list\n"
            "    4 | augment: [some_of: {count: [0, 1.5], transforms: [hue, rotate]}]\n"
            "      |                            ^\n"
            "  hint: - some_of: {count: [0, 2], transforms: [rotate, brightness, gaussian_blur]}\n");
  EXPECT_EQ(said_of_element("some_of: {transforms: [hue, rotate]}"),
            "r.yaml:4:11: error: 'some_of' needs 'count'\n"
            "    4 | augment: [some_of: {transforms: [hue, rotate]}]\n"
            "      |           ^\n"
            "  hint: - some_of: {count: [0, 2], transforms: [rotate, brightness, gaussian_blur]}\n");
  EXPECT_EQ(said_of_element("some_of: [hue, rotate]"),
            "r.yaml:4:20: error: 'some_of' must be a map with 'count' and 'transforms', got a list\n"
            "    4 | augment: [some_of: [hue, rotate]]\n"
            "      |                    ^\n"
            "  hint: - some_of: {count: [0, 2], transforms: [rotate, brightness, gaussian_blur]}\n");
}

TEST(Chain, PrepareDrawsNothing) {
  EXPECT_EQ(said_after_required("prepare:\n"
                                "  - rotate: {degrees: ±20}\n"
                                "  - horizontal_flip\n"
                                "  - one_of: [transpose]\n"
                                "  - sequence: [{crop: {width: 3}}]\n"
                                "  - shuffle: [transpose]\n"
                                "  - some_of: {count: 1, transforms: [transpose]}\n"),
            "r.yaml:6:5: error: 'rotate' draws random numbers, and 'prepare' makes every image the same way\n"
            "    6 |   - rotate: {degrees: ±20}\n"
            "      |     ^\n"
            "  hint: fix its parameters, or move it to 'augment'\n"
            "r.yaml:7:5: error: 'horizontal_flip' draws random numbers, and 'prepare' makes every image the "
            "same way\n"
            "    7 |   - horizontal_flip\n"
            "      |     ^\n"
            "  hint: its 'p' is 0.5: write p: 1, or move it to 'augment'\n"
            "r.yaml:8:5: error: 'one_of' draws random numbers, and 'prepare' makes every image the same way\n"
            "    8 |   - one_of: [transpose]\n"
            "      |     ^\n"
            "  hint: move it to 'augment'\n"
            "r.yaml:9:17: error: 'crop' draws random numbers, and 'prepare' makes every image the same way\n"
            "    9 |   - sequence: [{crop: {width: 3}}]\n"
            "      |                 ^\n"
            "  hint: move it to 'augment'\n"
            "r.yaml:10:5: error: 'shuffle' draws random numbers, and 'prepare' makes every image the same "
            "way\n"
            "   10 |   - shuffle: [transpose]\n"
            "      |     ^\n"
            "  hint: move it to 'augment'\n"
            "r.yaml:11:5: error: 'some_of' draws random numbers, and 'prepare' makes every image the same "
            "way\n"
            "   11 |   - some_of: {count: 1, transforms: [transpose]}\n"
            "      |     ^\n"
            "  hint: move it to 'augment'\n");
  EXPECT_EQ(said_after_required(
                "prepare: [horizontal_flip: {p: 1}, rotate: {degrees: 20}, resize: {shorter: 64}]\n"),
            "");
}

TEST(Chain, WithoutTakesOffKnownTransforms) {
  EXPECT_EQ(
      said_after_required("classes: {a: {without: [horizontal_flp, transpose]}, b: {without: transpose}}\n"),
      "r.yaml:5:25: error: unknown transform 'horizontal_flp'\n"
      "    5 | classes: {a: {without: [horizontal_flp, transpose]}, b: {without: transpose}}\n"
      "      |                         ^\n"
      "  hint: did you mean 'horizontal_flip'?\n"
      "r.yaml:5:67: error: 'without' must be a list, got \"transpose\"\n"
      "    5 | classes: {a: {without: [horizontal_flp, transpose]}, b: {without: transpose}}\n"
      "      |                                                                   ^\n"
      "  hint: without: [\"transpose\"]\n");
  EXPECT_EQ(said_after_required("classes: {a: {without: [transpose]}}\n"),
            "r.yaml:5:25: warning: 'transpose' does not occur in the chain that it is taken off from\n"
            "    5 | classes: {a: {without: [transpose]}}\n"
            "      |                         ^\n");
}

TEST(Chain, WithoutReachesIntoCombinatorsAndTheClassesOwnChain) {
  const ParsedRecipe parsed = read(
      "version: 1\ninput: {root: in}\noutput: {root: out}\n"
      "augment: [one_of: [transpose], transpose, equalize]\n"
      "classes: {a: {without: [transpose]}, b: {without: [equalize], augment: [equalize, grayscale]}}\n");
  EXPECT_EQ(said(parsed), "");
  ASSERT_EQ(parsed.recipe.augment_of("a").size(), 1u);
  EXPECT_EQ(element_name(parsed.recipe.augment_of("a")[0]), "equalize");
  ASSERT_EQ(parsed.recipe.augment_of("b").size(), 1u);
  EXPECT_EQ(element_name(parsed.recipe.augment_of("b")[0]), "grayscale");
}

}  // namespace
}  // namespace tenfold
