#include "tenfold/base/error.h"

#include <cerrno>
#include <system_error>

#include "tenfold/base/outcome.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

// What people can do about it; empty where only they know.
std::string_view way_out(int error_number) {
  switch (error_number) {
    case ENOSPC:
      return "; free some space, or choose another folder";
    case EDQUOT:
      return "; free some of your quota, or choose another folder";
    case EFBIG:
      return "; allow larger files (ulimit -f)";
    case EACCES:
    case EPERM:
      return "; look at its permissions and those of its folder";
    case EROFS:
      return "; choose a folder that can be written to";
    case EMFILE:
    case ENFILE:
      return "; allow more open files (ulimit -n), or use fewer --jobs";
    case EIO:
      return "; look at the disk, or at the connection to it";
    case ESTALE:
      return "; look whether the share is there again";
    default:
      return "";
  }
}

}  // namespace

Error system_error(std::string_view what, std::string_view path, int error_number) {
  return Error(ErrorKind::kFailed, std::string(what) + " " + in_quotes(path) + ": " +
                                       std::generic_category().message(error_number) +
                                       std::string(way_out(error_number)));
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
