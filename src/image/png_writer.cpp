#include "image/png_writer.h"

#include <exception>
#include <new>

namespace tenfold {
namespace {

// An exception must not fly through libpng.
bool appended(Bytes& bytes, const std::uint8_t* from, std::size_t count) noexcept {
  try {
    bytes.insert(bytes.end(), from, from + count);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void give_bytes(png_structp png, png_bytep from, std::size_t count) {
  if (!appended(static_cast<PngWriter*>(png_get_io_ptr(png))->out, from, count)) {
    give_up(png, "there is not enough memory");
  }
}

void flush_nothing(png_structp) {}

}  // namespace

PngWriter::PngWriter(Bytes& bytes) : out(bytes) {
  png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &errors, on_png_error, on_png_warning);
  if (png != nullptr) info = png_create_info_struct(png);
  if (info == nullptr) {
    png_destroy_write_struct(&png, nullptr);
    throw std::bad_alloc();
  }
}

PngWriter::~PngWriter() { png_destroy_write_struct(&png, &info); }

void begin_png(PngWriter& writer) {
  png_set_write_fn(writer.png, &writer, give_bytes, flush_nothing);
  png_set_user_limits(writer.png, 0x7FFFFFFF, 0x7FFFFFFF);
}

}  // namespace tenfold
