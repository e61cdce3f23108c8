#include "tenfold/inspect/dataset_traits.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "tenfold/base/error.h"
#include "tenfold/base/shell.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/opencv_threads.h"
#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

constexpr std::size_t kImagesLookedAt = 32;
constexpr std::uint64_t kMostPixels = 24'000'000;  // of one that is looked at
constexpr int kReducedSide = 128;
constexpr double kBlankDeviation = 3;                                      // of the luma
constexpr double kColorless = 1.5;                                         // mean difference of channels
constexpr double kPlainDeviation = 12, kNearBlack = 12, kNearWhite = 243;  // of the luma along the edge

cv::Mat reduced(const cv::Mat& pixels) {
  const int side = std::max(pixels.cols, pixels.rows);
  if (side <= kReducedSide) return pixels;
  const auto length = [side](int before) {
    return std::max(1, static_cast<int>(std::int64_t{before} * kReducedSide / side));
  };
  cv::Mat small;
  cv::resize(pixels, small, {length(pixels.cols), length(pixels.rows)}, 0, 0, cv::INTER_AREA);
  return small;
}

bool is_colorless(const cv::Mat& bgr) {
  std::array<cv::Mat, 3> channels;
  cv::split(bgr, channels.data());
  const auto pixels = static_cast<double>(bgr.total());
  return cv::norm(channels[0], channels[1], cv::NORM_L1) < kColorless * pixels &&
         cv::norm(channels[2], channels[1], cv::NORM_L1) < kColorless * pixels;
}

// The outermost pixels, in one row.
cv::Mat edge_of(const cv::Mat& luma) {
  std::vector<cv::Mat> sides{luma.row(0), luma.row(luma.rows - 1), luma.col(0).t(),
                             luma.col(luma.cols - 1).t()};
  cv::Mat edge;
  cv::hconcat(sides, edge);
  return edge;
}

LookedAt look_at(const cv::Mat& pixels) {
  const cv::Mat color = reduced(in_layout(pixels, CV_8UC3));
  const cv::Mat luma = in_layout(color, CV_8UC1);
  cv::Scalar mean, deviation;
  cv::meanStdDev(luma, mean, deviation);
  LookedAt result{.images = 1};
  result.blank = deviation[0] < kBlankDeviation ? 1 : 0;
  result.colorless = pixels.channels() > 2 && is_colorless(color) ? 1 : 0;
  cv::meanStdDev(edge_of(luma), mean, deviation);
  const bool plain = deviation[0] < kPlainDeviation;
  result.on_black = plain && mean[0] <= kNearBlack ? 1 : 0;
  result.on_white = plain && mean[0] >= kNearWhite ? 1 : 0;
  return result;
}

LookedAt look_at(const Catalog& catalog, const Sample& sample) {
  if (sample.header.pixel_count() > kMostPixels) return {};
  const Outcome<Bytes> bytes = read_source(catalog, sample);
  if (!bytes) return {};
  const Outcome<DecodedImage> image = decode(*bytes, sample.header);
  return image ? look_at(image->pixels) : LookedAt{.damaged = 1};
}

LookedAt look_at_some(const Catalog& catalog) {
  const std::size_t count = std::min(kImagesLookedAt, catalog.samples.size());
  std::vector<LookedAt> each(count);
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
    each[i] = look_at(catalog, catalog.samples[i * catalog.samples.size() / count]);
  });
  LookedAt sum;
  for (const LookedAt& one : each) sum += one;
  return sum;
}

int shorter_side(const Sample& sample) {
  return std::min(sample.header.stored.width, sample.header.stored.height);
}

// The lower one of two.
template <typename Value>
const Value& median_of(const std::vector<Value>& sorted) {
  return sorted[(sorted.size() - 1) / 2];
}

void measure_sizes(const Catalog& catalog, DatasetTraits& traits) {
  std::vector<int> sides;
  std::vector<const Sample*> samples;
  for (const Sample& sample : catalog.samples) {
    sides.push_back(shorter_side(sample));
    samples.push_back(&sample);
  }
  std::ranges::sort(sides);
  std::ranges::sort(samples, {}, [](const Sample* sample) { return sample->header.pixel_count(); });
  traits.least_side = sides.front();
  traits.usual_side = median_of(sides);
  traits.most_side = sides.back();
  traits.smallest = samples.front()->header.upright();
  traits.median = median_of(samples)->header.upright();
  traits.largest = samples.back()->header.upright();
}

// Images beside folders of what belongs to each of them: the names of these folders are no classes.
void refuse_annotations_as_classes(const std::filesystem::path& root) {
  for (const std::filesystem::path& folder : {root, root / "train"})
    for (const char* images : {"images", "JPEGImages", "imgs"})
      for (const char* beside : {"masks", "SegmentationClass", "labels", "annotations", "Annotations"})
        if (std::filesystem::is_directory(folder / images) && std::filesystem::is_directory(folder / beside))
          throw Error(ErrorKind::kUsage,
                      in_quotes((folder / images).string()) + " stands beside '" + beside +
                          "', so these folders are no classes; put the images into a folder for each class "
                          "below it, start with tenfold init " +
                          shell_word((folder / images).string()) +
                          ", and name their masks or boxes in input.targets (man tenfold-recipe)");
}

}  // namespace

LookedAt& LookedAt::operator+=(const LookedAt& other) {
  images += other.images;
  colorless += other.colorless;
  blank += other.blank;
  on_black += other.on_black;
  on_white += other.on_white;
  damaged += other.damaged;
  return *this;
}

DatasetTraits dataset_traits(const std::filesystem::path& root, int jobs) {
  refuse_annotations_as_classes(root);
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(jobs));
  use_one_opencv_thread();
  DatasetTraits traits{.shape = guessed_shape(root)};
  const Catalog catalog = scan(root, {.splits = traits.shape.splits, .labels = traits.shape.labels});
  if (catalog.samples.empty())
    throw Error(ErrorKind::kUsage, catalog.bad.empty()
                                       ? "the class folders of " + in_quotes(root.string()) + " hold no image"
                                       : "no image of " + in_quotes(root.string()) +
                                             " can be read: " + in_quotes(catalog.bad.front().path) + " " +
                                             catalog.bad.front().failure.reason);
  traits.classes = catalog.classes;
  traits.counts.resize(catalog.classes.size());
  traits.images = catalog.samples.size();
  traits.bad = catalog.bad.size();
  for (const Sample& sample : catalog.samples) {
    if (sample.split == Split::kTrain) ++traits.counts[sample.class_index];
    traits.grey += CV_MAT_CN(sample.header.pixel_type) <= 2 ? 1 : 0;
    traits.deep += CV_MAT_DEPTH(sample.header.pixel_type) == CV_16U ? 1 : 0;
  }
  measure_sizes(catalog, traits);
  traits.looked_at = look_at_some(catalog);
  return traits;
}

}  // namespace tenfold
