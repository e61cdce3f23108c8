#include "rows.h"

namespace tenfold {

std::vector<Row> policy_rows() { return {}; }

}  // namespace tenfold
