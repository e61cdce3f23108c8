#include "rows.h"

#include <set>

namespace tenfold {
namespace {

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const auto& rows : {geometry_rows(), color_rows(), blur_rows(), noise_rows(), erasing_rows(),
                           weather_rows(), mixing_rows(), domain_rows(), policy_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

TEST(Transforms, GiveTheNumbersOfTheirRows) {
  for (const Row& row : all_rows()) {
    SCOPED_TRACE(row.name);
    const BoundTransform transform = bound(row.name, row.values);
    for (std::uint32_t copy = 1; copy <= 3; ++copy) row.check(drawn(transform, row.frame, {.copy = copy}));
  }
}

TEST(Transforms, EveryBuiltinHasARow) {
  std::set<std::string> with_row;
  for (const Row& row : all_rows()) with_row.insert(row.name);
  for (const TransformSpec& spec : transforms()) EXPECT_TRUE(with_row.contains(spec.name)) << spec.name;
}

}  // namespace
}  // namespace tenfold
