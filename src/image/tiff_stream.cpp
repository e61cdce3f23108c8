#include "image/tiff_stream.h"

#include <algorithm>
#include <cstdio>
#include <exception>

namespace tenfold {

// What libtiff calls back. Nothing here may throw.
struct TiffStream::Procedures {
  static TiffStream& stream(thandle_t handle) { return *static_cast<TiffStream*>(handle); }

  static tmsize_t read(thandle_t handle, void* to, tmsize_t count) {
    TiffStream& self = stream(handle);
    const std::span<const std::uint8_t> all =
        self.out_ != nullptr ? std::span(std::as_const(*self.out_)) : self.in_;
    if (count <= 0 || self.position_ >= all.size()) return 0;
    const std::size_t taken = std::min(static_cast<std::size_t>(count), all.size() - self.position_);
    std::copy_n(all.data() + self.position_, taken, static_cast<std::uint8_t*>(to));
    self.position_ += taken;
    return static_cast<tmsize_t>(taken);
  }

  static tmsize_t write(thandle_t handle, void* from, tmsize_t count) {
    TiffStream& self = stream(handle);
    if (self.out_ == nullptr || count <= 0) return 0;
    try {
      const std::size_t end = self.position_ + static_cast<std::size_t>(count);
      if (end > self.out_->size()) self.out_->resize(end);
    } catch (const std::exception&) {
      return 0;
    }
    std::copy_n(static_cast<const std::uint8_t*>(from), count, self.out_->data() + self.position_);
    self.position_ += static_cast<std::size_t>(count);
    return count;
  }

  static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    TiffStream& self = stream(handle);
    const std::uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self.position_ : size(handle);
    return self.position_ = base + offset;
  }

  static int close(thandle_t) { return 0; }

  static toff_t size(thandle_t handle) {
    const TiffStream& self = stream(handle);
    return self.out_ != nullptr ? self.out_->size() : self.in_.size();
  }

  static int keep_error(TIFF*, void* self, const char*, const char* format, va_list arguments) {
    TiffStream& kept = *static_cast<TiffStream*>(self);
    if (kept.errors_++ == 0) std::vsnprintf(kept.reason_.data(), kept.reason_.size(), format, arguments);
    return 1;  // and do not print it
  }

  static int count_warning(TIFF*, void* self, const char*, const char*, va_list) {
    ++static_cast<TiffStream*>(self)->warnings_;
    return 1;
  }
};

TiffStream::TiffStream(std::span<const std::uint8_t> bytes, std::int64_t max_block_bytes) : in_(bytes) {
  open("rm", max_block_bytes);  // m: no memory map
}

TiffStream::TiffStream(Bytes& out) : out_(&out) {
  out.clear();
  open("wl", 0);  // l: little-endian, on any machine
}

TiffStream::~TiffStream() { close(); }

void TiffStream::open(const char* mode, std::int64_t max_block_bytes) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (options == nullptr) return;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, max_block_bytes);
  TIFFOpenOptionsSetErrorHandlerExtR(options, Procedures::keep_error, this);
  TIFFOpenOptionsSetWarningHandlerExtR(options, Procedures::count_warning, this);
  tiff_ = TIFFClientOpenExt("", mode, this, Procedures::read, Procedures::write, Procedures::seek,
                            Procedures::close, Procedures::size, nullptr, nullptr, options);
  TIFFOpenOptionsFree(options);
}

bool TiffStream::close() {
  if (tiff_ != nullptr) TIFFClose(tiff_);
  tiff_ = nullptr;
  return !has_errors();
}

std::string TiffStream::clause(std::string_view action) const {
  return "cannot be " + std::string(action) + " (libtiff: " + reason_.data() + ")";
}

}  // namespace tenfold
