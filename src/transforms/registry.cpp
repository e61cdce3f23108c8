#include <algorithm>
#include <vector>

#include "tenfold/transforms/builtin.h"

namespace tenfold {

std::span<const TransformSpec> transforms() {
#define TENFOLD_MAKE_TRANSFORM(name) builtin::name(),
  static const std::vector<TransformSpec> kTransforms{TENFOLD_BUILTIN_TRANSFORMS(TENFOLD_MAKE_TRANSFORM)};
#undef TENFOLD_MAKE_TRANSFORM
  return kTransforms;
}

const TransformSpec* find_transform(std::string_view name) {
  const auto all = transforms();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const TransformSpec& spec) { return spec.name == name; });
  return found != all.end() ? &*found : nullptr;
}

}  // namespace tenfold
