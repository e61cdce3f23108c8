#include "tenfold/base/version.h"

namespace tenfold {

std::string_view version() { return TENFOLD_VERSION; }

}  // namespace tenfold
