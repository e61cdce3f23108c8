#include "image/png_reader.h"

#include <cstring>
#include <new>

namespace tenfold {
namespace {

// An iCCP chunk of some KiB may claim gigabytes. Real profiles have at most a few MiB.
constexpr png_alloc_size_t kMaxChunkBytes = 16 << 20;
constexpr png_uint_32 kMaxChunks = 1000;
// Chunks that nobody reads here; texts are compressed, too. Five bytes each, with the 0.
constexpr png_byte kSkippedChunks[] = "tEXt\0zTXt\0iTXt\0eXIf\0sPLT\0hIST\0tIME";
constexpr int kSkippedChunkCount = sizeof kSkippedChunks / 5;

void take_bytes(png_structp png, png_bytep to, std::size_t count) {
  ByteSpan& left = static_cast<PngReader*>(png_get_io_ptr(png))->left;
  if (count > left.size()) give_up(png, kCutOff.data());
  std::memcpy(to, left.data(), count);
  left = left.subspan(count);
}

}  // namespace

PngReader::PngReader(ByteSpan bytes) : left(bytes) {
  png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &errors, on_png_error, on_png_warning);
  if (png != nullptr) info = png_create_info_struct(png);
  if (info == nullptr) {
    png_destroy_read_struct(&png, nullptr, nullptr);
    throw std::bad_alloc();
  }
}

PngReader::~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }

void read_png_info(PngReader& reader) {
  const png_structp png = reader.png;
  png_set_read_fn(png, &reader, take_bytes);
  png_set_user_limits(png, kMaxSide, kMaxSide);
  png_set_chunk_malloc_max(png, kMaxChunkBytes);
  png_set_chunk_cache_max(png, kMaxChunks);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, kSkippedChunks, kSkippedChunkCount);
  png_read_info(png, reader.info);
}

void read_png_rows(PngReader& reader) {
  for (int pass = 0; pass < reader.passes; ++pass) {
    for (png_uint_32 y = 0; y < reader.rows; ++y) {
      png_read_row(reader.png, reader.first_row + y * reader.row_step, nullptr);
    }
  }
  png_read_end(reader.png, nullptr);
}

}  // namespace tenfold
