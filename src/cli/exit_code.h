// What the program's exit code means. docs/operation.md and `tenfold --help` say the same.

#pragma once

#include "tenfold/base/error.h"

namespace tenfold {

enum ExitCode : int {
  kDone = 0,
  kFailed = 1,    // could not run: I/O, disk full, too many bad images, internal
  kUsage = 2,     // options, recipe or input are wrong; nothing was written
  kFindings = 3,  // finished, but images were skipped or a class has a shortfall, or an output is not right
  kLocked = 4,    // the output is in use or is not ours
  kInterrupted = 128,  // and the number of the signal: 130, 143
};

inline ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kFailed:
      return kFailed;
    case ErrorKind::kUsage:
      return kUsage;
    case ErrorKind::kLocked:
      return kLocked;
    case ErrorKind::kInterrupted:
      return kInterrupted;
  }
  return kFailed;
}

}  // namespace tenfold
