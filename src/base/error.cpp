#include "tenfold/base/error.h"

#include <system_error>

#include "tenfold/base/outcome.h"
#include "tenfold/base/text.h"

namespace tenfold {

Error system_error(std::string_view what, std::string_view path, int error_number) {
  return Error(ErrorKind::kFailed, std::string(what) + " " + in_quotes(path) + ": " +
                                       std::generic_category().message(error_number));
}

std::string_view stage_name(Stage stage) {
  switch (stage) {
    case Stage::kScan:
      return "scan";
    case Stage::kRead:
      return "read";
    case Stage::kDecode:
      return "decode";
    case Stage::kTransform:
      return "transform";
    case Stage::kEncode:
      return "encode";
  }
  return "unknown";
}

}  // namespace tenfold
