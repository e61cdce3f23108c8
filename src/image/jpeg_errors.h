// How libjpeg's complaints become clauses.
//
// libjpeg reports a fatal error by a call that must not return: it jumps back into guarded(). No object with
// a destructor may therefore live in the steps that guarded() runs, nor in libjpeg's callbacks.

#pragma once

#include <array>
#include <csetjmp>
#include <cstdio>
#include <string>
#include <string_view>

// clang-format off: jpeglib.h needs what <cstdio> declares
#include <jpeglib.h>
// clang-format on

namespace tenfold {

struct JpegErrors {
  jpeg_error_mgr manager{};  // first: libjpeg's pointer to it is turned back into one to JpegErrors
  std::jmp_buf escape{};
  std::array<char, JMSG_LENGTH_MAX> reason{};
  bool own_words = false;  // the reason is a whole clause, and not libjpeg's
  bool out_of_memory = false;

  // Warnings that mean lost or invented pixels count as errors; trouble that leaves the pixels whole passes.
  jpeg_error_mgr* install();

  // "cannot be decoded (libjpeg: …)", where `action` is "decoded". Throws std::bad_alloc where memory was
  // lacking: that is not the image's fault.
  std::string clause(std::string_view action) const;
};

// Ends the running guarded() with this reason.
[[noreturn]] void give_up(j_common_ptr jpeg, const char* reason);

// Runs steps(self); false where libjpeg gave up.
template <typename Self>
bool guarded(Self& self, void (*steps)(Self&)) {
  if (setjmp(self.errors.escape) != 0) return false;
  steps(self);
  return true;
}

}  // namespace tenfold
