// One test per mistake that a recipe can hold outside its chains. Each compares all that the user sees.

#include <gtest/gtest.h>

#include "recipe/reading.h"

namespace tenfold {
namespace {

TEST(Mistakes, AreAllShownAtOnceInOrderOfPlace) {
  EXPECT_EQ(said("version: 1\n"
                 "sead: 4\n"
                 "input:\n"
                 "  root: in\n"
                 "  max_bad: 150%\n"
                 "output: {root: out, format: jpg}\n"
                 "augment:\n"
                 "  - rotat: {degrees: ±20}\n"
                 "  - gaussian_blur: {sigma: abc}\n"
                 "  - horizontal_flip: {p: 1.5}\n"),
            "r.yaml:2:1: error: unknown key 'sead'\n"
            "    2 | sead: 4\n"
            "      | ^\n"
            "  hint: did you mean 'seed'?\n"
            "r.yaml:5:12: error: 'max_bad' must be between 0 and 1, got \"150%\"\n"
            "    5 |   max_bad: 150%\n"
            "      |            ^\n"
            "r.yaml:6:29: error: 'format' must be keep, jpeg, png or webp, got \"jpg\"\n"
            "    6 | output: {root: out, format: jpg}\n"
            "      |                             ^\n"
            "  hint: did you mean 'jpeg'?\n"
            "r.yaml:8:5: error: unknown transform 'rotat'\n"
            "    8 |   - rotat: {degrees: ±20}\n"
            "      |     ^\n"
            "  hint: did you mean 'rotate'?\n"
            "r.yaml:9:28: error: 'sigma' must be a number, got \"abc\"\n"
            "    9 |   - gaussian_blur: {sigma: abc}\n"
            "      |                            ^\n"
            "  hint: - gaussian_blur: {sigma: [0.5, 1.5]}\n"
            "r.yaml:10:26: error: 'p' must be between 0 and 1, got \"1.5\"\n"
            "   10 |   - horizontal_flip: {p: 1.5}\n"
            "      |                          ^\n");
}

TEST(Mistakes, OfALayout) {
  EXPECT_EQ(said("version: 1\ninput: {root: in}\noutput: {root: out, layout: web}\n"),
            "r.yaml:3:29: error: 'layout' must be folders, huggingface, flat_csv or webdataset, got \"web\"\n"
            "    3 | output: {root: out, layout: web}\n"
            "      |                             ^\n");
  EXPECT_EQ(
      said("version: 1\ninput: {root: in}\noutput: {root: out, layout: {webdataset: {shard: 5MiB}}}\n"),
      "r.yaml:3:50: error: 'shard' must be a number of images such as 10k, or of bytes such as 500MB, got "
      "\"5MiB\"\n"
      "    3 | output: {root: out, layout: {webdataset: {shard: 5MiB}}}\n"
      "      |                                                  ^\n");
  EXPECT_EQ(said("version: 1\ninput: {root: in}\noutput: {root: out, layout: {}}\n"),
            "r.yaml:3:29: error: 'layout' must not be empty, got a map\n"
            "    3 | output: {root: out, layout: {}}\n"
            "      |                             ^\n"
            "  hint: layout: {webdataset: {shard: 10k}}\n");
}

TEST(Mistakes, RequiredKeysAreMissing) {
  EXPECT_EQ(said("input: {ignore: []}\nseed: 1\n"),
            "r.yaml: error: 'output.root' is missing\n"
            "  hint: output: {root: some/folder}, or -o some/folder on the command line\n"
            "r.yaml: error: 'version' is missing\n"
            "  hint: version: 1\n"
            "r.yaml:1:1: error: 'input.root' is missing\n"
            "    1 | input: {ignore: []}\n"
            "      | ^\n"
            "  hint: input: {root: some/folder}, or -i some/folder on the command line\n");
}

TEST(Mistakes, AnUnsupportedVersionIsTheOnlyOneShown) {
  EXPECT_EQ(said("version: 2\nfuture: 1\n"),
            "r.yaml:1:10: error: 'version' must be 1, got \"2\"\n"
            "    1 | version: 2\n"
            "      |          ^\n");
}

TEST(Mistakes, TheRecipeIsEmpty) {
  const std::string empty =
      "r.yaml: error: the recipe is empty\n"
      "  hint: configs/quickstart.yaml is a recipe to start from\n";
  EXPECT_EQ(said(""), empty);
  EXPECT_EQ(said("# nothing yet\n"), empty);
  EXPECT_EQ(said("---\n"), empty);
}

TEST(Mistakes, TheRecipeIsNoMap) {
  EXPECT_EQ(said("- rotate\n"),
            "r.yaml:1:1: error: a recipe must be a map of keys, got a list\n"
            "    1 | - rotate\n"
            "      | ^\n"
            "  hint: configs/quickstart.yaml is a recipe to start from\n");
}

TEST(Mistakes, AKeyStandsTwice) {
  EXPECT_EQ(said_after_required("seed: 1\nseed: 2\n"),
            "r.yaml:6:1: error: the key 'seed' stands here for the second time\n"
            "    6 | seed: 2\n"
            "      | ^\n"
            "  hint: the first is in line 5\n");
}

TEST(Mistakes, AnUnknownKeyWithoutANearMatchListsTheKnownOnes) {
  EXPECT_EQ(said_after_required("sampling: {colour: 1}\n"),
            "r.yaml:5:12: error: unknown key 'colour' in 'sampling'\n"
            "    5 | sampling: {colour: 1}\n"
            "      |            ^\n"
            "  hint: its keys are interpolation, border and fill\n");
}

TEST(Mistakes, KeysOfLaterVersionsAreUnknown) {
  EXPECT_EQ(
      said("version: 1\ninput: {root: in, shuffle: true}\noutput: {root: out}\n"),
      "r.yaml:2:19: error: unknown key 'shuffle' in 'input'\n"
      "    2 | input: {root: in, shuffle: true}\n"
      "      |                   ^\n"
      "  hint: its keys are root, labels, ignore, on_bad_image, max_bad, max_pixels, follow_links, targets, "
      "splits, split and on_leak\n");
}

TEST(Mistakes, ASectionIsNoMap) {
  EXPECT_EQ(
      said("version: 1\ninput: train\noutput: {root: out}\n"),
      "r.yaml:2:8: error: 'input' must be a map of keys, got \"train\"\n"
      "    2 | input: train\n"
      "      |        ^\n"
      "  hint: its keys are root, labels, ignore, on_bad_image, max_bad, max_pixels, follow_links, targets, "
      "splits, split and on_leak\n");
}

TEST(Mistakes, AShareThatIsNotUnderstoodIsNotJudgedAsZero) {
  EXPECT_EQ(said("version: 1\ninput: {root: in, split: {val: 20}}\noutput: {root: out}\n"),
            "r.yaml:2:32: error: 'val' must be between 0 and 1, got \"20\"\n"
            "    2 | input: {root: in, split: {val: 20}}\n"
            "      |                                ^\n");
}

TEST(Mistakes, AMapOfAnyNamesHasNoKeysToBeNamed) {
  EXPECT_EQ(said_after_required("classes: [cat]\n"),
            "r.yaml:5:10: error: 'classes' must be a map of keys, got a list\n"
            "    5 | classes: [cat]\n"
            "      |          ^\n");
}

TEST(Mistakes, AnEmptyValueIsShownAtItsKey) {
  EXPECT_EQ(said("version: 1\ninput:\n  root:\noutput: {root: out}\n"),
            "r.yaml:3:3: error: 'root' must be text, got nothing\n"
            "    3 |   root:\n"
            "      |   ^\n");
}

TEST(Mistakes, IgnoreIsNoList) {
  EXPECT_EQ(said("version: 1\ninput: {root: in, ignore: \"*.gif\"}\noutput: {root: out}\n"),
            "r.yaml:2:27: error: 'ignore' must be a list, got \"*.gif\"\n"
            "    2 | input: {root: in, ignore: \"*.gif\"}\n"
            "      |                           ^\n"
            "  hint: ignore: [\"*.gif\"]\n");
}

TEST(Mistakes, MaxPixelsIsNoSize) {
  for (const std::string bad : {"0", "-5", "1_000", "1.5", "10m", "1e400", ".nan", "many"})
    EXPECT_EQ(said("version: 1\ninput: {root: in, max_pixels: " + bad + "}\noutput: {root: out}\n"),
              "r.yaml:2:31: error: 'max_pixels' must be a whole number of at least 1, such as 100M or 250k, "
              "got \"" +
                  bad +
                  "\"\n"
                  "    2 | input: {root: in, max_pixels: " +
                  bad +
                  "}\n"
                  "      |                               ^\n");
}

TEST(Mistakes, FollowLinksHasNoTrue) {
  EXPECT_EQ(said("version: 1\ninput: {root: in, follow_links: true}\noutput: {root: out}\n"),
            "r.yaml:2:33: error: 'follow_links' must be false, files or all, got \"true\"\n"
            "    2 | input: {root: in, follow_links: true}\n"
            "      |                                 ^\n");
}

TEST(Mistakes, QualityIsOutOfBounds) {
  EXPECT_EQ(said("version: 1\ninput: {root: in}\noutput: {root: out, quality: 101}\n"),
            "r.yaml:3:30: error: 'quality' must be a whole number from 1 to 100, or keep, got \"101\"\n"
            "    3 | output: {root: out, quality: 101}\n"
            "      |                              ^\n");
}

TEST(Mistakes, NamesThatCannotNameCopies) {
  const auto said_of_name = [](const std::string& name) {
    return said("version: 1\ninput: {root: in}\noutput: {root: out, name: \"" + name + "\"}\n");
  };
  const auto expected = [](const std::string& name, const std::string& clause) {
    return "r.yaml:3:27: error: 'name' " + clause + ", got \"" + name +
           "\"\n    3 | output: {root: out, name: \"" + name +
           "\"}\n      |                           ^\n  hint: name: \"{stem}__x{copy:04}\"\n";
  };
  for (const std::string name : {"{stem}", "{copy}", "copy", "{name}{stem}"})
    EXPECT_EQ(said_of_name(name), expected(name, "must hold {copy}, and {stem} or {name}"));
  for (const std::string name : {"{stem}{copy}", "{copy:04}{name}", "{stem}1{copy}", "x{stem}_{copy}2{stem}"})
    EXPECT_EQ(said_of_name(name),
              expected(name, "must set {copy} apart from {stem} and {name} by more than digits"));
  for (const std::string name : {"{stem}_{copy", "{stem}_}{copy}"})
    EXPECT_EQ(said_of_name(name), expected(name, "must have braces in pairs"));
  EXPECT_EQ(said_of_name("a/{stem}_{copy}"),
            expected("a/{stem}_{copy}", "must hold no '/' and no control characters"));
  EXPECT_EQ(said_of_name(".{stem}_{copy}"),
            expected(".{stem}_{copy}", "must not begin with '.', which hides files"));
  for (const std::string field : {"{class}", "{copy:4}", "{copy:00}", "{copy:012}", "{}", "{{stem}"})
    EXPECT_EQ(said_of_name("{stem}_{copy}" + field),
              expected("{stem}_{copy}" + field, "has an unknown field '" + field + "'"));
  for (const std::string name :
       {"{stem}__x{copy:04}", "{copy}_{name}", "{stem}-{copy}-{stem}", "{stem}.0{copy:09}"})
    EXPECT_EQ(said_of_name(name), "");
}

TEST(Mistakes, FactorsThatAreNone) {
  const auto expected = [](const std::string& value, const std::string& clause) {
    return "r.yaml:5:18: error: 'factor' " + clause + ", got \"" + value +
           "\"\n    5 | expand: {factor: " + value + "}\n      |                  ^\n";
  };
  const auto said_of_factor = [](const std::string& value) {
    return said_after_required("expand: {factor: " + value + "}\n");
  };
  for (const std::string value : {"0", "-1", "1e-999"})
    EXPECT_EQ(
        said_of_factor(value),
        expected(value, value == "1e-999" ? "must be a number that a computer can hold" : "must be above 0"));
  for (const std::string value :
       {".inf", "-.inf", ".nan", "nan", "inf", "ten", "0x10", "1 0", "10%", "+-3", "1e"})
    EXPECT_EQ(said_of_factor(value), expected(value, "must be a number"));
  EXPECT_EQ(said_of_factor("1e999"), expected("1e999", "must be a number that a computer can hold"));
  EXPECT_EQ(said_of_factor("1e12"), expected("1e12", "must be at most a billion"));
}

TEST(Mistakes, BalancesThatAreNone) {
  EXPECT_EQ(said_after_required("expand: {balance: major}\n"),
            "r.yaml:5:19: error: 'balance' must be none, majority, median, mean, {to: T} or {power: a}, got "
            "\"major\"\n"
            "    5 | expand: {balance: major}\n"
            "      |                   ^\n");
  EXPECT_EQ(said_after_required("expand: {balance: {power: 2}}\n"),
            "r.yaml:5:27: error: 'power' must be between 0 and 1, got \"2\"\n"
            "    5 | expand: {balance: {power: 2}}\n"
            "      |                           ^\n");
  EXPECT_EQ(said_after_required("expand: {balance: {to: 0}}\n"),
            "r.yaml:5:24: error: 'to' must be a whole number of at least 1, got \"0\"\n"
            "    5 | expand: {balance: {to: 0}}\n"
            "      |                        ^\n");
  EXPECT_EQ(said_after_required("expand: {balance: {to: 5, power: 1}}\n"),
            "r.yaml:5:27: error: 'balance' must have one key: to or power\n"
            "    5 | expand: {balance: {to: 5, power: 1}}\n"
            "      |                           ^\n");
}

TEST(Mistakes, AFactorBesideATarget) {
  EXPECT_EQ(said_after_required("expand: {factor: 2, balance: {to: 500}}\n"),
            "r.yaml:5:10: error: 'factor' has no meaning beside 'balance: {to: …}'\n"
            "    5 | expand: {factor: 2, balance: {to: 500}}\n"
            "      |          ^\n"
            "  hint: remove one of the two\n");
}

TEST(Mistakes, LinksToOriginalsWithoutMetadata) {
  EXPECT_EQ(
      said("version: 1\ninput: {root: in}\noutput: {root: out, originals: symlink, strip_metadata: true}\n"),
      "r.yaml:3:41: error: 'strip_metadata' and links exclude each other: a link shows the file as it is\n"
      "    3 | output: {root: out, originals: symlink, strip_metadata: true}\n"
      "      |                                         ^\n"
      "  hint: originals: copy\n");
}

TEST(Mistakes, CopiesWithoutAugment) {
  const std::string required = "version: 1\ninput: {root: in}\noutput: {root: out}\n";
  EXPECT_EQ(said(required + "expand: {factor: 2}\naugment: []\n"),
            "r.yaml:4:10: error: 'expand' asks for copies, but there is no 'augment' to make them from\n"
            "    4 | expand: {factor: 2}\n"
            "      |          ^\n"
            "  hint: augment: [horizontal_flip, rotate: {degrees: ±10}]\n");
  EXPECT_EQ(said(required + "expand: {balance: mean}\n"),
            "r.yaml:4:10: error: 'expand' asks for copies, but there is no 'augment' to make them from\n"
            "    4 | expand: {balance: mean}\n"
            "      |          ^\n"
            "  hint: augment: [horizontal_flip, rotate: {degrees: ±10}]\n");
  EXPECT_EQ(said(required + "expand: {factor: 0.5}\n"), "");
  EXPECT_EQ(said(required + "expand: {factor: 2}\nclasses: {a: {augment: [transpose]}}\n"), "");
}

TEST(Mistakes, FillsThatAreNone) {
  EXPECT_EQ(said_after_required("sampling: {fill: [0, 300, 0]}\n"),
            "r.yaml:5:22: error: 'fill' must be between 0 and 255, got \"300\"\n"
            "    5 | sampling: {fill: [0, 300, 0]}\n"
            "      |                      ^\n");
  EXPECT_EQ(said_after_required("sampling: {fill: [1, 2]}\n"),
            "r.yaml:5:18: error: 'fill' must be a number or [red, green, blue], got a list\n"
            "    5 | sampling: {fill: [1, 2]}\n"
            "      |                  ^\n");
}

TEST(Mistakes, TrueAndFalseHaveNoOtherWords) {
  EXPECT_EQ(said_after_required("expand: {undersample: yes}\n"),
            "r.yaml:5:23: error: 'undersample' must be true or false, got \"yes\"\n"
            "    5 | expand: {undersample: yes}\n"
            "      |                       ^\n");
}

TEST(Mistakes, ClassesWithWrongKeys) {
  EXPECT_EQ(said_after_required("classes:\n  a: {targt: 5}\n  b: {target: -1}\n  c: 7\n"),
            "r.yaml:6:7: error: unknown key 'targt' in 'a'\n"
            "    6 |   a: {targt: 5}\n"
            "      |       ^\n"
            "  hint: did you mean 'target'?\n"
            "r.yaml:7:15: error: 'target' must be a whole number of at least 0, got \"-1\"\n"
            "    7 |   b: {target: -1}\n"
            "      |               ^\n"
            "r.yaml:8:6: error: 'c' must be a map of keys, got \"7\"\n"
            "    8 |   c: 7\n"
            "      |      ^\n"
            "  hint: its keys are target, strength, augment and without\n");
}

TEST(Mistakes, AMistakeBehindAnAliasIsShownOnce) {
  EXPECT_EQ(said_after_required("classes: {a: &x {target: z}, b: *x}\n"),
            "r.yaml:5:26: error: 'target' must be a whole number of at least 0, got \"z\"\n"
            "    5 | classes: {a: &x {target: z}, b: *x}\n"
            "      |                          ^\n");
}

}  // namespace
}  // namespace tenfold
