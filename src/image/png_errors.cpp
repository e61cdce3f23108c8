#include "image/png_errors.h"

#include <cstring>

namespace tenfold {
namespace {

PngErrors& errors_of(png_structp png) { return *static_cast<PngErrors*>(png_get_error_ptr(png)); }

void keep(PngErrors& errors, const char* reason, bool own_words) {
  std::strncpy(errors.reason.data(), reason, errors.reason.size() - 1);
  errors.own_words = own_words;
}

}  // namespace

std::string PngErrors::clause(std::string_view action) const {
  if (own_words) return reason.data();
  return "cannot be " + std::string(action) + " (libpng: " + reason.data() + ")";
}

void on_png_error(png_structp png, png_const_charp message) {
  keep(errors_of(png), message, false);
  png_longjmp(png, 1);
}

void on_png_warning(png_structp png, png_const_charp message) {
  const std::string_view text(message);
  // Data behind the last row harms nobody.
  const bool harmless = text.find("Too much") != text.npos || text.find("Extra") != text.npos;
  if (harmless || !(text.starts_with("IDAT") || text.starts_with("tRNS"))) return;
  PngErrors& errors = errors_of(png);
  if (!errors.damaged) keep(errors, message, false);
  errors.damaged = true;
}

void give_up(png_structp png, const char* reason) {
  keep(errors_of(png), reason, true);
  png_longjmp(png, 1);
}

}  // namespace tenfold
