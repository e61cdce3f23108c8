#include "tenfold/dataset/demo.h"

#include <cstdio>
#include <system_error>

#include "dataset/demo_scene.h"
#include "dataset/demo_sign.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"
#include "tenfold/base/text.h"
#include "tenfold/image/codec.h"

namespace tenfold {
namespace {

constexpr std::uint64_t kSeed = 10;
constexpr int kJpegQuality = 92;
constexpr int kPngPeriod = 6;  // one picture of so many is a PNG …
constexpr int kPngPhase = 3;   // … so that even the smallest class has one

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw system_error("cannot create the folder", folder.string(), error.value());
}

void check_is_free(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(folder, error);
  if (status.type() == std::filesystem::file_type::not_found) return;
  if (error) throw system_error("cannot examine", folder.string(), error.value());
  if (!std::filesystem::is_directory(status))
    throw Error(ErrorKind::kUsage, in_quotes(folder.string()) + " is not a folder");
  const bool empty = std::filesystem::is_empty(folder, error);
  if (error) throw system_error("cannot read", folder.string(), error.value());
  if (!empty)
    throw Error(ErrorKind::kUsage, "the folder " + in_quotes(folder.string()) +
                                       " is not empty; the demo dataset needs a folder of its own");
}

std::string file_name(const DemoClass& demo_class, int index, Format format) {
  char number[16];
  std::snprintf(number, sizeof number, "_%03d", index + 1);
  return demo_class.name + number + std::string(usual_extension(format));
}

void write_class(const std::filesystem::path& folder, const DemoClass& demo_class) {
  make_folder(folder);
  Bytes bytes;
  for (int i = 0; i < demo_class.images; ++i) {
    const cv::Mat picture = demo_picture(demo_class.name, i);
    const Format format = i % kPngPeriod == kPngPhase ? Format::kPng : Format::kJpeg;
    const std::filesystem::path path = folder / file_name(demo_class, i, format);
    if (const auto encoded = encode(picture, {}, {format, kJpegQuality}, bytes); !encoded)
      throw Error(ErrorKind::kFailed,
                  "cannot encode " + in_quotes(path.string()) + ": " + encoded.error().reason);
    write_atomically(path, bytes);
  }
}

}  // namespace

std::vector<DemoClass> demo_classes() {
  return {{"stop", 60}, {"yield", 25}, {"priority", 12}, {"turn_left", 4}};
}

cv::Mat demo_picture(const std::string& class_name, int index) {
  // Stratified, so that even four pictures differ as much as they can.
  const DrawKey key{.seed = kSeed,
                    .sample = hash64(class_name),
                    .copy = static_cast<std::uint32_t>(index + 1),
                    .attempt = 0,
                    .mode = DrawMode::kStratified};
  Rng rng(key, hash64("scene"));
  return demo::draw_scene(demo::draw_sign(class_name), rng);
}

void write_demo(const std::filesystem::path& folder) {
  check_is_free(folder);
  make_folder(folder);
  for (const DemoClass& demo_class : demo_classes()) write_class(folder / demo_class.name, demo_class);
}

}  // namespace tenfold
