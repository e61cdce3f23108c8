#include "dataset/judge.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>

#include <optional>
#include <system_error>
#include <utility>

#include "tenfold/base/text.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

constexpr std::size_t kFilesPerTask = 32;
constexpr std::size_t kMagicBytes = 64;  // more than any format needs to be recognised
// The system takes paths of 4,095 bytes; this leaves room for the folders above the output's root, which are
// others than the input's.
constexpr std::size_t kMaxPathBytes = 3000;

// How surely a file without an image's extension is an image. "P5 " also begins notes and tables: there the
// rest of the header decides.
enum class Magic { kNone, kWeak, kStrong };

Magic magic_of(const Content& file) {
  const Outcome<Bytes> start = file.read_start(kMagicBytes);
  if (!start) return Magic::kNone;
  if (const std::optional<Format> format = recognise(*start))
    return *format == Format::kPnm ? Magic::kWeak : Magic::kStrong;
  return unsupported_format(*start) ? Magic::kStrong : Magic::kNone;
}

std::uint64_t pixels_of(const ImageHeader& header) {
  return static_cast<std::uint64_t>(header.stored.width) * static_cast<std::uint64_t>(header.stored.height);
}

std::string file_name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Why a file that was listed cannot be opened, where `failure` is what opening says. Throws Error where its
// folder, too, is not what it was: then nothing is known of the file.
SampleFailure cause_of(const DatasetRoot& root, const FoundFile& found, const Walk& walk,
                       const SampleFailure& failure) {
  const std::size_t slash = found.path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : found.path.substr(0, slash);
  check_is_still_there(root.path, "", walk.folders.at(""));
  check_is_still_there(root.path, folder, walk.folders.at(folder));
  std::error_code error;
  const bool gone = std::filesystem::symlink_status(root.path / found.path, error).type() ==
                    std::filesystem::file_type::not_found;
  return gone ? SampleFailure{Stage::kScan, "vanished during the scan"} : failure;
}

Verdict judge(const DatasetRoot& root, const FoundFile& found, const Walk& walk, std::uint64_t max_pixels) {
  const std::string name = file_name_of(found.path);
  const bool claims = found.is_named || claims_to_be_image(name);
  const auto bad = [](std::string reason) { return SampleFailure{Stage::kScan, std::move(reason)}; };

  const Outcome<Content> file = root.open(found.path);
  if (!file && root.archive) return claims ? Verdict(file.error()) : Verdict(NoImage{});
  if (!file) {
    SampleFailure failure = cause_of(root, found, walk, file.error());
    return claims ? Verdict(std::move(failure)) : Verdict(NoImage{});
  }
  const Magic magic = claims ? Magic::kStrong : magic_of(*file);
  if (magic == Magic::kNone) return NoImage{};
  const auto too_large = [&] {
    return bad("is " + human_bytes(file->size()) + " large, and an image of max_pixels " +
               grouped(max_pixels) + " needs at most " + human_bytes(largest_file(max_pixels)));
  };
  const bool oversized = file->size() > largest_file(max_pixels);
  if (oversized && magic == Magic::kStrong) return too_large();

  const Outcome<ImageHeader> header = file->read_header();
  if (!header) return magic == Magic::kWeak ? Verdict(NoImage{}) : Verdict(header.error());
  if (!is_utf8(found.path)) return bad("the name is not valid UTF-8");
  if (found.path.size() > kMaxPathBytes)
    return bad("its path has " + grouped(found.path.size()) + " bytes, more than " + grouped(kMaxPathBytes));
  if (const std::uint64_t pixels = pixels_of(*header); pixels > max_pixels)
    return bad("has " + grouped(pixels) + " pixels, more than max_pixels " + grouped(max_pixels));
  if (oversized) return too_large();

  // DNG, CR2, NEF and ARW are TIFF files whose first image is but a preview.
  if (claims_to_be_image(name) && !claimed_format(name) && header->format == Format::kTiff)
    return bad("format not supported: camera raw");

  Sample sample{.path = found.path,
                .class_index = found.class_index,
                .split = found.split,
                .header = *header,
                .size_bytes = file->size(),
                .modified_ns = file->modified_ns()};
  sample.misnamed = claims_to_be_image(name) && claimed_format(name) != header->format;
  return sample;
}

}  // namespace

std::vector<Verdict> judge_all(const DatasetRoot& root, const std::vector<FoundFile>& files, const Walk& walk,
                               std::uint64_t max_pixels) {
  std::vector<Verdict> verdicts(files.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, files.size(), kFilesPerTask),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      for (std::size_t i = range.begin(); i < range.end(); ++i)
                        verdicts[i] = judge(root, files[i], walk, max_pixels);
                    });
  return verdicts;
}

}  // namespace tenfold
