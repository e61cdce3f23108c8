// How libpng's complaints become clauses.
//
// A fatal error jumps back into guarded(): no object with a destructor may live in the steps that it runs,
// nor in libpng's callbacks.

#pragma once

#include <png.h>

#include <array>
#include <csetjmp>
#include <string>
#include <string_view>

namespace tenfold {

struct PngErrors {
  std::array<char, 200> reason{};
  bool own_words = false;  // the reason is a whole clause, and not libpng's
  bool damaged = false;    // a warning said so

  // "cannot be decoded (libpng: …)", where `action` is "decoded".
  std::string clause(std::string_view action) const;
};

// The callbacks for png_create_*_struct_2, whose error pointer is a PngErrors. Warnings about ancillary
// chunks pass, unless the chunk decides what the pixels are.
[[noreturn]] void on_png_error(png_structp png, png_const_charp message);
void on_png_warning(png_structp png, png_const_charp message);

// Ends the running guarded() with this reason.
[[noreturn]] void give_up(png_structp png, const char* reason);

// Runs steps(self); false where libpng gave up.
template <typename Self>
bool guarded(Self& self, void (*steps)(Self&)) {
  if (setjmp(png_jmpbuf(self.png)) != 0) return false;
  steps(self);
  return true;
}

}  // namespace tenfold
