#include <algorithm>
#include <vector>

#include "tenfold/transforms/builtin.h"

namespace tenfold {
namespace {

std::vector<TransformSpec> builtin_transforms() {
  std::vector<TransformSpec> all;
  std::string group;
#define TENFOLD_ADD_TRANSFORM(name) \
  all.push_back(builtin::name());   \
  all.back().group = group;
#define TENFOLD_ADD_GROUP(title, list) \
  group = title;                       \
  list(TENFOLD_ADD_TRANSFORM)
  TENFOLD_TRANSFORM_GROUPS(TENFOLD_ADD_GROUP)
#undef TENFOLD_ADD_GROUP
#undef TENFOLD_ADD_TRANSFORM
  return all;
}

}  // namespace

std::span<const TransformSpec> transforms() {
  static const std::vector<TransformSpec> kTransforms = builtin_transforms();
  return kTransforms;
}

const TransformSpec* find_transform(std::string_view name) {
  const auto all = transforms();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const TransformSpec& spec) { return spec.name == name; });
  return found != all.end() ? &*found : nullptr;
}

}  // namespace tenfold
