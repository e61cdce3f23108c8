// How well near duplicates are found in a dataset: the recall of changed images among all of it, the pairs
// that it has by itself (correlation, first, second: to be looked at), and what that takes.
//
// usage: tenfold_similarity_measure FOLDER [CHANGED]    CHANGED: how many images are changed in each way, 500
//        tenfold_similarity_measure --join LOOKS        looks of made-up pictures, a tenth of them near
//        duplicates

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "scenes.h"
#include "tenfold/base/file.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {
namespace {

// Of all threads.
double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

cv::Mat load(const std::filesystem::path& path) {
  const Bytes bytes = read_file(path).value();
  return decode(bytes, read_header(std::span<const std::uint8_t>(bytes)).value()).value().pixels;
}

// Pictures with their thumbnails, so that nothing is decoded twice.
struct Album {
  std::vector<Picture> pictures{};
  std::vector<Thumbnail> thumbnails{};

  void resize(std::size_t size) {
    pictures.resize(size);
    thumbnails.resize(size);
  }

  void put(std::size_t place, const cv::Mat& pixels) {
    if (std::min(pixels.cols, pixels.rows) < kThumbnailSide) return;
    thumbnails[place] = thumbnail_of(pixels);
    pictures[place] = {{1, place}, look_of(thumbnails[place], pixels.size()), 0};
  }

  Duplicates duplicates(WantedPairs wanted) const {
    return find_duplicates(pictures, wanted,
                           [this](std::uint32_t place) { return std::optional(thumbnails[place]); });
  }
};

void measure_folder(const std::filesystem::path& folder, std::size_t changed) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());

  Album own;
  own.resize(files.size());
  tbb::parallel_for(std::size_t{0}, files.size(), [&](std::size_t i) { own.put(i, load(files[i])); });
  const cv::Mat some = load(files.front());
  const double look_s = cpu_s();
  constexpr int kTimes = 200;
  for (int i = 0; i < kTimes; ++i) look_of(some);
  std::printf("a look at %d x %d takes %.3f ms of CPU time\n", some.cols, some.rows,
              (cpu_s() - look_s) * 1000 / kTimes);
  const auto looks =
      std::count_if(own.pictures.begin(), own.pictures.end(), [](const Picture& p) { return p.look; });
  const double start_s = cpu_s();
  const Duplicates found = own.duplicates(WantedPairs::kAll);
  std::printf("%zu images, %td with a look; %llu pairs compared, %zu found in %.2f s of CPU time\n",
              files.size(), looks, static_cast<unsigned long long>(found.compared), found.pairs.size(),
              cpu_s() - start_s);
  for (const DuplicatePair& pair : found.pairs)
    std::printf("%.3f %s %s\n", pair.correlation, files[pair.first].lexically_relative(folder).c_str(),
                files[pair.second].lexically_relative(folder).c_str());

  const std::size_t stride = std::max<std::size_t>(1, files.size() / changed);
  changed = std::min(changed, files.size() / stride);
  for (const test::Change& change : test::changes()) {
    Album all = own;  // the changed ones are a set of their own
    all.resize(files.size() + changed);
    tbb::parallel_for(std::size_t{0}, changed, [&](std::size_t i) {
      all.put(files.size() + i, change.apply(load(files[i * stride])));
    });
    for (std::size_t i = files.size(); i < all.pictures.size(); ++i) all.pictures[i].set = 1;
    std::size_t recalled = 0;
    for (const DuplicatePair& pair : all.duplicates(WantedPairs::kAcrossSets).pairs)
      recalled += (pair.second - files.size()) * stride == pair.first;
    std::printf("%-30s recall %zu of %zu\n", change.name.c_str(), recalled, changed);
  }
}

void measure_join(std::size_t count) {
  const std::size_t scene_count = std::min<std::size_t>(count, 2000);  // other looks are mixed of two of them
  Album scenes;
  scenes.resize(scene_count);
  tbb::parallel_for(std::size_t{0}, scene_count, [&](std::size_t i) { scenes.put(i, test::scene(i)); });
  std::vector<Picture> pictures(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = i % 10 == 9 ? i - 1 : i;  // each tenth is like the one before
    const Look &a = *scenes.pictures[number % scene_count].look,
               &b = *scenes.pictures[number / scene_count * 37 % scene_count].look;
    Look look = a;
    for (int wave = 0; wave < Look::kWaves; ++wave)
      look.waves[wave] = static_cast<std::int8_t>(
          (3 * a.waves[wave] + 2 * b.waves[(wave * 7 + number / scene_count) % Look::kWaves]) / 4 +
          (i % 10 == 9));
    pictures[i] = {{2, i}, look, 0};
  }
  const double start_s = now_s(), start_cpu_s = cpu_s();
  const Duplicates found =
      find_duplicates(pictures, WantedPairs::kAll, [](std::uint32_t) { return std::optional<Thumbnail>(); });
  std::printf("%zu looks joined in %.2f s (%.2f s of CPU time), %llu candidates\n", count, now_s() - start_s,
              cpu_s() - start_cpu_s, static_cast<unsigned long long>(found.compared));
}

}  // namespace
}  // namespace tenfold

int main(int count, char** arguments) {
  tenfold::use_one_opencv_thread();
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 2 && words[0] == "--join") {
    tenfold::measure_join(std::stoul(words[1]));
  } else if (words.size() == 1 || words.size() == 2) {
    tenfold::measure_folder(words[0], words.size() == 2 ? std::stoul(words[1]) : 500);
  } else {
    std::fputs("usage: tenfold_similarity_measure FOLDER [CHANGED] | --join LOOKS\n", stderr);
    return 2;
  }
  return 0;
}
