// What the programs that are measured beside tenfold share: every image of a folder, on some threads.

#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace tenfold::bench {

// A contender that cannot do its work is no contender: it ends, and the benchmark with it.
[[noreturn]] inline void give_up(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::_Exit(1);
}

inline void write_file(const std::string& name, std::span<const std::uint8_t> bytes) {
  const int file = open(name.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  if (file < 0 || write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    give_up("cannot write '" + name + "'");
  close(file);
}

inline std::vector<std::filesystem::path> images_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> images;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) images.push_back(entry.path());
  std::ranges::sort(images);
  return images;
}

// Each of `threads` threads makes itself a worker and calls it as worker(image, stem, number) for the images
// that fall to it; `stem` is the image's path in `out` without its extension.
template <typename MakeWorker>
void each_image(const std::filesystem::path& in, const std::filesystem::path& out, int threads,
                const MakeWorker& make_worker) {
  const std::vector<std::filesystem::path> images = images_below(in);
  for (const auto& image : images)
    std::filesystem::create_directories(out / image.parent_path().lexically_relative(in));
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> pool;
  for (int i = 0; i < threads; ++i) {
    pool.emplace_back([&] {
      auto worker = make_worker();
      for (std::size_t at; (at = next++) < images.size();) {
        const std::filesystem::path stem = out / images[at].lexically_relative(in).replace_extension();
        worker(images[at], stem.string(), at);
      }
    });
  }
}

}  // namespace tenfold::bench
