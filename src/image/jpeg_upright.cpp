// Turning a JPEG file by moving its blocks, so that no pixel is decoded and encoded again.

#include <turbojpeg.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "image/codecs.h"

namespace tenfold {
namespace {

constexpr std::array<int, 9> kOperations{TJXOP_NONE,   TJXOP_NONE,       TJXOP_HFLIP,
                                         TJXOP_ROT180, TJXOP_VFLIP,      TJXOP_TRANSPOSE,
                                         TJXOP_ROT90,  TJXOP_TRANSVERSE, TJXOP_ROT270};

// A hostile file may hold larger coefficients than the Huffman codes of a baseline JPEG can express.
// libjpeg-turbo would not look, and write a file that cannot be read.
int check_coefficients(short* coefficients, tjregion blocks, tjregion, int, int, tjtransform*) {
  constexpr int kBlockCoefficients = 64, kEnd = 1024;
  for (int first = 0; first < blocks.w * blocks.h; first += kBlockCoefficients) {
    const short* block = coefficients + first;
    int magnitudes = 0;  // or-ed: a branch for each would cost half of the turn
    for (int i = 1; i < kBlockCoefficients; ++i) magnitudes |= std::abs(block[i]);
    if (magnitudes >= kEnd || block[0] < -kEnd || block[0] >= kEnd) return -1;
  }
  return 0;
}

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct Free {
  void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

}  // namespace

std::optional<Bytes> turned_losslessly(std::span<const std::uint8_t> bytes, const ImageHeader& header,
                                       int orientation) {
  if (header.format != Format::kJpeg) return std::nullopt;
  const std::unique_ptr<void, Destroy> handle(tjInitTransform());
  if (!handle) return std::nullopt;
  tjtransform transform{};
  transform.op =
      kOperations.at(static_cast<std::size_t>(combined_orientation(header.orientation, orientation)));
  transform.options = TJXOPT_PERFECT;
  transform.customFilter = check_coefficients;
  unsigned char* turned = nullptr;
  unsigned long turned_bytes = 0;
  const int result = tjTransform(handle.get(), bytes.data(), bytes.size(), 1, &turned, &turned_bytes,
                                 &transform, TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING);
  const std::unique_ptr<unsigned char, Free> owner(turned);
  if (result != 0 || turned_bytes < 4) return std::nullopt;
  return without_metadata({turned, turned_bytes}, Format::kJpeg);
}

}  // namespace tenfold
