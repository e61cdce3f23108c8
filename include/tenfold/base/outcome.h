// What a stage returns where one image can fail: a value, or why there is none.
//
// A failure of one image is a value and never an exception, for one exception inside a filter would
// cancel the whole pipeline. Exceptions of third-party libraries are caught where they are called.

#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace tenfold {

enum class Stage { kScan, kRead, kDecode, kTransform, kEncode };

std::string_view stage_name(Stage stage);

struct SampleFailure {
  Stage stage;
  std::string reason;  // a clause for people: "the file ends in the middle of the image"

  bool operator==(const SampleFailure&) const = default;
};

// Thrown where an image is needed inside of a step, which has no other way to say that it cannot be had.
struct SampleUnusable {
  SampleFailure failure;
};

template <typename Value>
using Outcome = tl::expected<Value, SampleFailure>;

inline tl::unexpected<SampleFailure> failure(Stage stage, std::string reason) {
  return tl::unexpected<SampleFailure>(SampleFailure{stage, std::move(reason)});
}

}  // namespace tenfold
