// libtiff on bytes in memory, with its complaints kept instead of printed.

#pragma once

#include <tiffio.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tenfold/base/file.h"

namespace tenfold {

class TiffStream {
 public:
  // Reads `bytes`, which must outlive the stream; libtiff may allocate at most `max_block_bytes` at once.
  TiffStream(std::span<const std::uint8_t> bytes, std::int64_t max_block_bytes);
  // Writes into `out`, replacing what it held.
  explicit TiffStream(Bytes& out);
  TiffStream(const TiffStream&) = delete;
  TiffStream& operator=(const TiffStream&) = delete;
  ~TiffStream();

  // Null where libtiff refused the header.
  TIFF* handle() const { return tiff_; }

  // What is written is complete only then. False where writing failed.
  bool close();

  bool has_errors() const { return errors_ > 0; }
  bool has_warnings() const { return warnings_ > 0; }
  // From here on only new complaints count.
  void forget_complaints() { errors_ = warnings_ = 0; }

  // "cannot be decoded (libtiff: …)", where `action` is "decoded", of the first error.
  std::string clause(std::string_view action) const;

 private:
  struct Procedures;
  void open(const char* mode, std::int64_t max_block_bytes);

  TIFF* tiff_ = nullptr;
  std::span<const std::uint8_t> in_;
  Bytes* out_ = nullptr;
  std::uint64_t position_ = 0;
  int errors_ = 0, warnings_ = 0;
  std::array<char, 200> reason_{};
};

}  // namespace tenfold
