// The image formats that are read and written, known by their first bytes and never by a file's name.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tenfold {

enum class Format { kJpeg, kPng, kWebp, kTiff, kBmp, kPnm };

// "JPEG", "PNG", … as people write it.
std::string_view format_name(Format format);

// The extension of new files, with its dot: ".jpg", ".png", ".webp", ".tif", ".bmp", ".ppm".
std::string_view usual_extension(Format format);

// The format whose magic bytes `start` begins with. 16 bytes are enough for all.
std::optional<Format> recognise(std::span<const std::uint8_t> start);

// The format of images that are recognised but not supported: "GIF", "HEIC", "AVIF", "JPEG XL", "JPEG 2000",
// "PSD", "OpenEXR", …
std::optional<std::string_view> unsupported_format(std::span<const std::uint8_t> start);

// The format that a file's extension (of any case) claims: .jpg .jpeg .jpe .jfif .png .webp .tif .tiff .bmp
// .dib .pbm .pgm .ppm .pnm. Nothing for other names.
std::optional<Format> claimed_format(std::string_view file_name);

// Whether the extension is one of any image format, supported or not (.gif, .heic, .avif, …).
bool claims_to_be_image(std::string_view file_name);

}  // namespace tenfold
