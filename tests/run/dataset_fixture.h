// A small dataset of real files, and runs on it.

#pragma once

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <string>

#include "plan/catalogs.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/base/hash.h"
#include "tenfold/image/codec.h"
#include "tenfold/run/run.h"

namespace tenfold::test {

// A picture that no turn or flip leaves as it is, different for each seed.
inline cv::Mat picture(cv::Size size, int seed, int type = CV_8UC3) {
  cv::Mat image(size, type);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width * image.channels(); ++x)
      image.ptr<std::uint8_t>(y)[x] = static_cast<std::uint8_t>(
          (3 * x + 5 * y + 40 * seed + (x > size.width && y < size.height / 2 ? 90 : 0)) % 251);
  return image;
}

inline Bytes encoded(const cv::Mat& image, Format format) {
  Bytes bytes;
  if (!encode(image, {.format = format}, {.format = format}, bytes))
    throw std::runtime_error("cannot encode");
  return bytes;
}

inline void write_bytes(const std::filesystem::path& path, const Bytes& bytes) {
  write_text(path, std::string(bytes.begin(), bytes.end()));
}

class DatasetTest : public ::testing::Test {
 protected:
  DatasetTest() {
    add_class("cat", 6);
    add_class("dog", 3);
    add_class("owl", 1);
    recipe_ = recipe_of(4, BalanceRule::kMajority);
    recipe_.augment = chain_of("rotate");
    recipe_.input.roots = {input()};
    recipe_.input.max_bad = 1;
    recipe_.output.root = output();
  }

  std::filesystem::path input() const { return folder_ / "in"; }
  std::filesystem::path output() const { return folder_ / "out"; }

  void add_class(const std::string& name, int images) {
    for (int i = 0; i < images; ++i)
      write_bytes(input() / name / (std::to_string(i) + ".jpg"),
                  encoded(picture({48, 32}, 10 * static_cast<int>(name[0]) + i), Format::kJpeg));
  }

  // Cuts the file in the middle of its pixels; its header stays sound.
  void truncate(const std::string& name) const {
    std::filesystem::resize_file(input() / name, std::filesystem::file_size(input() / name) - 40);
  }

  RunSummary run_now(int jobs = 2) {
    Observer observer;
    return run(recipe_, {.jobs = jobs}, observer);
  }

  // The tree that a run into an empty folder makes of the same input, without the index.
  std::map<std::string, std::string> clean_tree() {
    const std::filesystem::path elsewhere = folder_ / "clean";
    std::filesystem::remove_all(elsewhere);
    Recipe recipe = recipe_;
    recipe.output.root = elsewhere;
    Observer observer;
    run(recipe, {.jobs = 1}, observer);
    return tree_of(elsewhere);
  }

  static std::string message_of(const auto& action, ErrorKind kind) {
    try {
      action();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind);
      return error.what();
    }
    return "nothing was thrown";
  }

  TemporaryFolder folder_;
  Recipe recipe_;
};

}  // namespace tenfold::test
