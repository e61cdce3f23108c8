#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "recipe/reading.h"

namespace tenfold {
namespace {

TEST(ResolvedRecipe, NamesEveryDefaultAndNoRoot) {
  const ParsedRecipe parsed = read("version: 1\ninput: {root: in}\noutput: {root: out}\n");
  EXPECT_EQ(resolved_json(parsed.recipe), R"({
  "version": 1,
  "seed": 0,
  "input": {
    "ignore": [],
    "max_pixels": 100000000,
    "follow_links": "false"
  },
  "output": {
    "format": "keep",
    "quality": 95,
    "originals": "copy",
    "strip_metadata": false,
    "name": "{stem}__x{copy:04}",
    "layout": "folders"
  },
  "expand": {
    "factor": 1,
    "balance": "none",
    "undersample": false,
    "draws": "stratified"
  },
  "prepare": [],
  "augment": [],
  "sampling": {
    "interpolation": "linear",
    "border": "reflect",
    "fill": 0
  },
  "strength": {
    "grow_with_copy": false
  },
  "classes": {},
  "relabel": {}
})");
}

constexpr const char* kExpandAndLater = R"(  "expand": {
    "factor": 2.5,
    "balance": {
      "power": 0.5
    },
    "max_copies": 3,
    "undersample": false,
    "draws": "stratified"
  },
  "prepare": [],
  "augment": [
    {
      "one_of": {
        "p": 0.5,
        "transforms": [
          {
            "horizontal_flip": {
              "p": 1
            }
          },
          {
            "rotate": {
              "p": 1,
              "degrees": [
                -5,
                0.1
              ]
            }
          }
        ]
      }
    },
    {
      "crop": {
        "p": 1,
        "width": 8,
        "keep_size": true
      }
    },
    {
      "transpose": {
        "p": 0.5
      }
    }
  ],
  "sampling": {
    "interpolation": "linear",
    "border": "reflect",
    "fill": [
      1,
      2.5,
      3
    ]
  },
  "strength": {
    "grow_with_copy": false
  },
  "accept": {
    "min_deviation": 3,
    "min_contrast": 0.5,
    "min_detail": 0.1,
    "min_distance": 0
  },
  "classes": {
    "a": {
      "strength": {
        "grow_with_copy": true
      },
      "augment": [
        {
          "histogram_match": {
            "p": 1,
            "blend": 1
          }
        }
      ]
    },
    "b": {
      "target": 4
    }
  },
  "relabel": {
    "transpose": {
      "a": "b"
    }
  }
})";

TEST(ResolvedRecipe, WritesTransformsWithAllTheirParameters) {
  const ParsedRecipe parsed = read(
      "version: 1\nseed: 18446744073709551615\ninput: {root: in}\noutput: {root: out, quality: keep}\n"
      "expand: {factor: 2.5, balance: {power: 0.5}, max_copies: 3}\nsampling: {fill: [1, 2.5, 3]}\n"
      "augment:\n- one_of: {p: 0.5, transforms: [horizontal_flip, rotate: {degrees: [-5, 0.1]}]}\n"
      "- crop: {width: 8}\n- transpose\n"
      "classes: {b: {target: 4}, a: {strength: {grow_with_copy: true}, augment: [histogram_match: "
      "{reference: "
      "some/folder, blend: 1}]}}\n"
      "accept: {min_contrast: 0.5}\nrelabel: {transpose: {a: b}}\n");
  EXPECT_EQ(said(parsed), "");
  const std::string json = resolved_json(parsed.recipe);
  EXPECT_NE(json.find("\"seed\": 18446744073709551615,"), std::string::npos);
  EXPECT_NE(json.find("\"quality\": \"keep\","), std::string::npos);
  EXPECT_EQ(json.substr(json.find("  \"expand\"")), kExpandAndLater);
}

TEST(ResolvedRecipe, WritesTheKeysOfCombinators) {
  const ParsedRecipe parsed = read(
      "version: 1\ninput: {root: in}\noutput: {root: out}\naugment:\n"
      "- one_of: {weights: [3, 0.5], transforms: [hue: {degrees: [1, 1]}, some_of: {count: [0, 1], "
      "transforms: [transpose]}]}\n- shuffle: [some_of: {count: 1, transforms: [transpose]}]\n");
  EXPECT_EQ(said(parsed), "");
  const auto json = nlohmann::ordered_json::parse(resolved_json(parsed.recipe));
  EXPECT_EQ(json["augment"].dump(),
            R"([{"one_of":{"p":1,"weights":[3,0.5],"transforms":[{"hue":{"p":1,"degrees":1}},)"
            R"({"some_of":{"p":1,"count":[0,1],"transforms":[{"transpose":{"p":1}}]}}]}},)"
            R"({"shuffle":{"p":1,"transforms":[{"some_of":{"p":1,"count":1,"transforms":[)"
            R"({"transpose":{"p":1}}]}}]}}])");
}

TEST(ResolvedRecipe, DoesNotDependOnHowARecipeIsWritten) {
  const std::string one = resolved_json(read(kRequired + "seed: 3\nexpand: {factor: 2.0}\n").recipe);
  const std::string other =
      resolved_json(read("expand:\n  factor: 2\noutput: {root: elsewhere}\ninput: {root: x, max_bad: 1%}\n"
                         "augment: [horizontal_flip: {p: 0.5}]\nseed: 3\nversion: 1\n")
                        .recipe);
  EXPECT_EQ(one, other);
}

}  // namespace
}  // namespace tenfold
