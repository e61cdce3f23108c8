// What a draw may see besides its own numbers: other samples of the dataset, images of reference, and
// statistics. Whoever draws hands in an implementation; the transforms know only this.
//
// All of it is part of the output's identity: a Draw writes down the path and the content hash of every
// partner and the hash of every statistic, so they are in the fingerprint.
//
// Thread safety: implementations are used from several threads at once.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <optional>
#include <string>

#include "tenfold/base/hash.h"
#include "tenfold/base/outcome.h"

namespace tenfold {

// An image that is mixed into another one.
struct Partner {
  std::string path;        // relative to the dataset's root or to the reference folder
  std::string class_name;  // empty for a reference
  Hash128 hash;            // of its content
  cv::Size size;           // of its pixels, in pixels
  // The decoded, upright, prepared pixels in the layout of an image of this type (CV_8UC3, …); laid
  // on white where the type has no alpha. Not to be written to. May take a while. Throws SampleUnusable where
  // the file turns out bad.
  std::function<cv::Mat(int type)> pixels;
  Hash128 preparation{};     // of what `prepare` does to it; zero for nothing
  bool other_class = false;  // than that of the image that it is mixed into
};

enum class StatisticsScope { kDataset, kClass };

// Of all pixels of the images that are expanded, decoded and upright, before `prepare`, in code values of
// 0-255 (16-bit images by their high byte). A grey pixel counts in all three channels. b, g, r.
struct Statistics {
  std::array<std::array<std::uint64_t, 256>, 3> histogram{};
  std::array<std::array<std::uint64_t, 3>, 3> products{};  // sum of channel i times channel j
  std::uint64_t pixels = 0;
  Hash128 hash;  // of all of these
};

class DrawContext {
 public:
  virtual ~DrawContext() = default;

  // The candidate whose path hash follows `number` on a ring, never the drawn sample itself; of the sample's
  // class, or of any. Nothing where there is no other.
  virtual std::optional<Partner> partner(std::uint64_t /*number*/, bool /*any_class*/) const { return {}; }

  // The image of a reference folder whose path hash follows `number`.
  virtual std::optional<Partner> reference(const std::string& /*folder*/, std::uint64_t /*number*/) const {
    return {};
  }

  // nullptr where there are none.
  virtual const Statistics* statistics(StatisticsScope) const { return nullptr; }

  // One that has nothing.
  static const DrawContext& none();
};

}  // namespace tenfold
