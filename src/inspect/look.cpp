#include "look.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <mutex>

#include "tenfold/base/error.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

class Looker {
 public:
  Looker(const Catalog& catalog, const InspectOptions& options)
      : catalog_(catalog), options_(options), looks_{std::vector<Look>(catalog.samples.size())} {}

  Looks run() {
    tbb::parallel_for(std::size_t{0}, catalog_.samples.size(), [&](std::size_t i) { take(i); });
    if (is_stopped()) throw Error(ErrorKind::kInterrupted, "interrupted; nothing was written");
    std::ranges::sort(looks_.unusable, {}, [](const auto& entry) { return entry.first; });
    return std::move(looks_);
  }

 private:
  bool is_stopped() const {
    return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
  }

  void take(std::size_t i) {
    if (is_stopped()) return;
    const Outcome<Look> look = look_at_file(i);
    const std::lock_guard lock(mutex_);
    if (look) {
      looks_.of_samples[i] = *look;
    } else {
      looks_.unusable.emplace_back(i, look.error());
    }
    bytes_ += catalog_.samples[i].size_bytes;
    if (options_.progressed) options_.progressed(++images_, catalog_.samples.size(), bytes_);
  }

  Outcome<Look> look_at_file(std::size_t i) const {
    const Outcome<Bytes> bytes = read_file(catalog_.root / catalog_.samples[i].path);
    if (!bytes) return tl::unexpected(bytes.error());
    const Outcome<DecodedImage> image = decode(*bytes, catalog_.samples[i].header);
    if (!image) return tl::unexpected(image.error());
    return Look{hash128(*bytes), measure_pixels(image->pixels), true};
  }

  const Catalog& catalog_;
  const InspectOptions& options_;
  std::mutex mutex_;  // guards all below
  Looks looks_;
  std::uint64_t images_ = 0, bytes_ = 0;
};

}  // namespace

Looks look_at(const Catalog& catalog, const InspectOptions& options) {
  return Looker(catalog, options).run();
}

}  // namespace tenfold
