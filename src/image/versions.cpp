#include <jconfig.h>
#include <png.h>
#include <tiffvers.h>
#include <webp/encode.h>

#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

#define TENFOLD_TEXT_OF(x) TENFOLD_TEXT(x)
#define TENFOLD_TEXT(x) #x
constexpr const char* kJpegTurbo = TENFOLD_TEXT_OF(LIBJPEG_TURBO_VERSION);  // has no function that tells
#undef TENFOLD_TEXT
#undef TENFOLD_TEXT_OF

// "4.5.0" from "LIBTIFF, Version 4.5.0\nCopyright …", which is all that older headers have.
std::string tiff_version() {
  const std::string text = TIFFLIB_VERSION_STR;
  const std::size_t begin = text.find_first_of("0123456789");
  return text.substr(begin, text.find('\n') - begin);
}

std::string webp_version() {
  const int version = WebPGetEncoderVersion();
  return std::to_string(version >> 16) + "." + std::to_string((version >> 8) & 255) + "." +
         std::to_string(version & 255);
}

}  // namespace

std::map<std::string, std::string> codec_versions() {
  return {{"libjpeg-turbo", kJpegTurbo},
          {"libpng", png_get_libpng_ver(nullptr)},
          {"libtiff", tiff_version()},
          {"libwebp", webp_version()}};
}

}  // namespace tenfold
