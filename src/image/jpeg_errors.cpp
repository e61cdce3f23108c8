#include "image/jpeg_errors.h"

#include <jerror.h>

#include <cstring>
#include <new>

#include "image/parsed.h"

namespace tenfold {
namespace {

[[noreturn]] void on_error(j_common_ptr jpeg) {
  JpegErrors& errors = *reinterpret_cast<JpegErrors*>(jpeg->err);
  errors.manager.format_message(jpeg, errors.reason.data());
  errors.own_words = false;
  errors.out_of_memory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
  std::longjmp(errors.escape, 1);
}

void on_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;  // a trace
  switch (jpeg->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:  // stuffing before a marker; cameras do it
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL:  // needless numbers in a baseline scan's header
    case JWRN_BOGUS_ICC:       // the profile is dropped
      return;
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
      give_up(jpeg, kCutOff.data());
    default:
      on_error(jpeg);
  }
}

void print_nothing(j_common_ptr) {}

}  // namespace

jpeg_error_mgr* JpegErrors::install() {
  jpeg_std_error(&manager);
  manager.error_exit = on_error;
  manager.emit_message = on_message;
  manager.output_message = print_nothing;
  return &manager;
}

std::string JpegErrors::clause(std::string_view action) const {
  if (out_of_memory) throw std::bad_alloc();
  if (own_words) return reason.data();
  return "cannot be " + std::string(action) + " (libjpeg: " + reason.data() + ")";
}

void give_up(j_common_ptr jpeg, const char* reason) {
  JpegErrors& errors = *reinterpret_cast<JpegErrors*>(jpeg->err);
  std::strncpy(errors.reason.data(), reason, errors.reason.size() - 1);
  errors.own_words = true;
  std::longjmp(errors.escape, 1);
}

}  // namespace tenfold
