#include "tenfold/base/file_hash.h"

#include <xxhash.h>

#include <memory>
#include <new>

#include "tenfold/base/file.h"

namespace tenfold {

Outcome<Hash128> hash_of_file(const std::filesystem::path& path) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  const Outcome<InputFile> file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
  if (state == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(state.get());
  Bytes block(kBlock);
  std::uint64_t offset = 0;
  while (const std::size_t count = file->read_at(offset, block)) {
    XXH3_128bits_update(state.get(), block.data(), count);
    offset += count;
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return Hash128{hash.high64, hash.low64};
}

}  // namespace tenfold
