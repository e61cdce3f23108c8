#include "shown_samples.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "tenfold/base/hash.h"
#include "tenfold/base/text.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/header.h"
#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

constexpr int kLongestSide = 160;      // of a miniature, in pixels
constexpr int kExactSide = 64;         // images up to this size are kept pixel by pixel
constexpr int kMiniatureQuality = 80;  // of JPEG
constexpr std::uint64_t kLargestRead = std::uint64_t{1} << 30;  // bytes of a file

bool has_original(const std::vector<ManifestLine>& lines) { return !lines.empty() && lines[0].copy == 0; }
bool has_copies(const std::vector<ManifestLine>& lines) { return !lines.empty() && lines.back().copy > 0; }

// The image's bytes, if they are those that were written.
Outcome<Bytes> written_bytes(const std::filesystem::path& root, const ManifestLine& line) {
  if (line.record.bytes > kLargestRead) return failure(Stage::kRead, "is larger than any image");
  if (line.shard.empty()) {
    const Outcome<InputFile> file = InputFile::open(root / line.file_name);
    if (!file) return tl::unexpected(file.error());
    if (file->size() != line.record.bytes)
      return failure(Stage::kRead,
                     "has " + counted(file->size(), "byte") + " in place of " + grouped(line.record.bytes));
  }
  Outcome<Bytes> bytes = read_image(root, line);
  if (bytes && hash128(*bytes) != line.record.hash)
    return failure(Stage::kRead, "has other bytes than were written");
  return bytes;
}

Outcome<cv::Mat> pixels_of(const std::filesystem::path& root, const ManifestLine& line) {
  const Outcome<Bytes> bytes = written_bytes(root, line);
  if (!bytes) return tl::unexpected(bytes.error());
  const Outcome<ImageHeader> header = read_header(*bytes);
  if (!header) return tl::unexpected(header.error());
  Outcome<DecodedImage> image = decode(*bytes, *header);
  if (!image) return tl::unexpected(image.error());
  return in_layout(image->pixels, image->pixels.channels() < 3 ? CV_8UC1 : CV_8UC3);
}

cv::Mat shrunken(const cv::Mat& pixels) {
  const double scale = static_cast<double>(kLongestSide) / std::max(pixels.cols, pixels.rows);
  if (scale >= 1) return pixels;
  const auto side = [&](int length) { return std::max(1, static_cast<int>(length * scale + 0.5)); };
  cv::Mat small;
  cv::resize(pixels, small, {side(pixels.cols), side(pixels.rows)}, 0, 0, cv::INTER_AREA);
  return small;
}

std::vector<std::string> names_in(const std::string& transforms) {
  std::vector<std::string> names;
  for (const auto& transform : nlohmann::json::parse(transforms))
    if (transform.is_object() && transform.contains("name") && transform["name"].is_string())
      names.push_back(transform["name"]);
  return names;
}

ShownImage shown_image(const std::filesystem::path& root, const ManifestLine& line) {
  ShownImage shown{.file_name = line.file_name, .copy = line.copy, .transforms = names_in(line.transforms)};
  const auto refused = [&](const SampleFailure& failure) {
    shown.failure = failure.reason;
    return shown;
  };
  const Outcome<cv::Mat> pixels = pixels_of(root, line);
  if (!pixels) return refused(pixels.error());
  const cv::Mat small = shrunken(*pixels);
  const bool exact = std::max(pixels->cols, pixels->rows) <= kExactSide;
  shown.format = exact ? Format::kPng : Format::kJpeg;
  shown.size = small.size();
  const Outcome<void> done = encode(small, {.format = shown.format},
                                    {.format = shown.format, .quality = kMiniatureQuality}, shown.miniature);
  return done ? shown : refused(done.error());
}

// Indices of the classes that are shown.
std::vector<std::size_t> spread(const std::vector<ClassFigures>& classes,
                                const std::vector<std::size_t>& candidates) {
  if (candidates.size() <= OutputFigures::kShownClasses) return candidates;
  std::vector<std::size_t> order = candidates;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return classes[i].samples; });
  std::vector<std::size_t> some;
  for (std::size_t i = 0; i < OutputFigures::kShownClasses; ++i)
    some.push_back(order[i * (order.size() - 1) / (OutputFigures::kShownClasses - 1)]);
  std::ranges::sort(some);
  return some;
}

}  // namespace

bool SampleChoice::Candidate::is_better_than(const Candidate& other) const {
  const auto rank = [](const Candidate& one) {
    return std::tuple(!has_copies(one.lines), !has_original(one.lines), one.hash);
  };
  return rank(*this) < rank(other);
}

void SampleChoice::note(const ManifestLine& line) {
  const auto& lines = current_.lines;
  if (!lines.empty() && (lines[0].label != line.label || lines[0].source != line.source)) end_sample();
  if (line.copy > OutputFigures::kShownCopies) return;
  if (current_.lines.empty()) current_.hash = hash64(line.source);
  current_.lines.push_back(line);
}

void SampleChoice::end_sample() {
  Candidate candidate = std::exchange(current_, {});
  if (candidate.lines.empty()) return;
  Candidate& best = best_[candidate.lines[0].label];
  if (best.lines.empty() || candidate.is_better_than(best)) best = std::move(candidate);
}

std::vector<std::vector<ManifestLine>> SampleChoice::chosen(const std::vector<ClassFigures>& classes) {
  end_sample();
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (best_.contains(classes[i].name)) candidates.push_back(i);
  std::vector<std::vector<ManifestLine>> samples;
  for (const std::size_t i : spread(classes, candidates))
    samples.push_back(std::move(best_[classes[i].name].lines));
  return samples;
}

ShownSample shown_sample(const std::filesystem::path& root, const std::vector<ManifestLine>& lines) {
  ShownSample shown{.class_name = lines[0].label, .source = lines[0].source};
  for (const ManifestLine& line : lines) shown.images.push_back(shown_image(root, line));
  return shown;
}

}  // namespace tenfold
