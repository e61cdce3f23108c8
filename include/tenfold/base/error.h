// How a run fails as a whole.
//
// Three things can go wrong, and each travels in its own way:
//
//   * the run cannot go on: an Error is thrown and caught once, in main;
//   * the recipe is wrong: Diagnostics are collected and printed together (recipe/diagnostic.h);
//   * one image could not be made: a SampleFailure is returned (base/outcome.h).

#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace tenfold {

enum class ErrorKind {
  kFailed,       // I/O, disk full, too many bad images, internal
  kUsage,        // the recipe, the options or the input's shape are wrong; nothing was written
  kLocked,       // the output is in use or is not ours
  kInterrupted,  // somebody asked for it to stop
};

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}

  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

// An Error of kind kFailed about a path and the value of errno, with a way out where there is a usual one:
// "cannot write 'a/b': No space left on device; free some space, or choose another folder".
Error system_error(std::string_view what, std::string_view path, int error_number);

}  // namespace tenfold
