// The scan in three passes: the root is judged, the folders are walked, the headers are read in parallel.

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "dataset/walk.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/image/format.h"

namespace tenfold {
namespace {

constexpr std::size_t kFilesPerTask = 32;
constexpr std::size_t kMagicBytes = 64;  // more than any format needs to be recognised
// The system takes paths of 4,095 bytes; this leaves room for the folders above the output's root, which are
// others than the input's.
constexpr std::size_t kMaxPathBytes = 3000;

// What the scan makes of a file that is neither an image nor claims to be one.
struct NoImage {};

// What a file turned out to be.
using Verdict = std::variant<NoImage, Sample, SampleFailure>;

// How surely a file without an image's extension is an image. "P5 " also begins notes and tables: there the
// rest of the header decides.
enum class Magic { kNone, kWeak, kStrong };

Magic magic_of(const InputFile& file) {
  std::array<std::uint8_t, kMagicBytes> start;
  const auto bytes = std::span(start).first(file.read_at(0, start));
  if (const std::optional<Format> format = recognise(bytes))
    return *format == Format::kPnm ? Magic::kWeak : Magic::kStrong;
  return unsupported_format(bytes) ? Magic::kStrong : Magic::kNone;
}

std::uint64_t pixels_of(const ImageHeader& header) {
  return static_cast<std::uint64_t>(header.stored.width) * static_cast<std::uint64_t>(header.stored.height);
}

std::string file_name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Why a file that was listed cannot be opened, where `failure` is what opening says. Throws Error where its
// folder, too, is not what it was: then nothing is known of the file.
SampleFailure cause_of(const std::filesystem::path& root, const FoundFile& found, const Walk& walk,
                       const SampleFailure& failure) {
  const std::size_t slash = found.path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : found.path.substr(0, slash);
  check_is_still_there(root, "", walk.folders.at(""));
  check_is_still_there(root, folder, walk.folders.at(folder));
  std::error_code error;
  const bool gone = std::filesystem::symlink_status(root / found.path, error).type() ==
                    std::filesystem::file_type::not_found;
  return gone ? SampleFailure{Stage::kScan, "vanished during the scan"} : failure;
}

Verdict judge(const std::filesystem::path& root, const FoundFile& found, const Walk& walk,
              std::uint64_t max_pixels) {
  const std::string name = file_name_of(found.path);
  const bool claims = claims_to_be_image(name);
  const auto bad = [](std::string reason) { return SampleFailure{Stage::kScan, std::move(reason)}; };

  const Outcome<InputFile> file = InputFile::open(root / found.path);
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

  const Outcome<ImageHeader> header = read_header(*file);
  if (!header) return magic == Magic::kWeak ? Verdict(NoImage{}) : Verdict(header.error());
  if (!is_utf8(found.path)) return bad("the name is not valid UTF-8");
  if (found.path.size() > kMaxPathBytes)
    return bad("its path has " + grouped(found.path.size()) + " bytes, more than " + grouped(kMaxPathBytes));
  if (const std::uint64_t pixels = pixels_of(*header); pixels > max_pixels)
    return bad("has " + grouped(pixels) + " pixels, more than max_pixels " + grouped(max_pixels));
  if (oversized) return too_large();

  // DNG, CR2, NEF and ARW are TIFF files whose first image is but a preview.
  if (claims && !claimed_format(name) && header->format == Format::kTiff)
    return bad("format not supported: camera raw");

  Sample sample{.path = found.path,
                .class_index = found.class_index,
                .split = found.split,
                .header = *header,
                .size_bytes = file->size(),
                .modified_ns = file->modified_ns()};
  sample.misnamed = claims && claimed_format(name) != header->format;
  return sample;
}

std::vector<Verdict> judge_all(const std::filesystem::path& root, const std::vector<FoundFile>& files,
                               const Walk& walk, std::uint64_t max_pixels) {
  std::vector<Verdict> verdicts(files.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, files.size(), kFilesPerTask),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      for (std::size_t i = range.begin(); i < range.end(); ++i)
                        verdicts[i] = judge(root, files[i], walk, max_pixels);
                    });
  return verdicts;
}

void check_is_folder(const std::filesystem::path& root) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(root, error);
  if (status.type() == std::filesystem::file_type::not_found)
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) + " does not exist");
  if (error) throw system_error("cannot examine", root.string(), error.value());
  if (!std::filesystem::is_directory(status))
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) + " is not a folder");
}

// `images` lie in the root or in split folders; sorted.
void check_splits_have_classes(const std::filesystem::path& root, const Walk& found,
                               const std::vector<std::string>& images) {
  const std::string folder = in_quotes(root.string());
  const std::string remedy = "; put each class into a folder of its own: " +
                             escaped((root / "<split>" / "<class>" / "<image>").string());
  if (!images.empty())
    throw Error(ErrorKind::kUsage, counted(images.size(), "image") + (images.size() == 1 ? " lies" : " lie") +
                                       " outside of the class folders of " + folder + " (" +
                                       (images.size() == 1 ? "" : "the first is ") +
                                       in_quotes(images.front()) + ")" + remedy);
  if (found.classes.empty())
    throw Error(ErrorKind::kUsage,
                "the split folders of the input " + folder + " have no class folders" + remedy);
}

// `images` lie in the root; sorted.
void check_has_classes(const std::filesystem::path& root, const Walk& found,
                       const std::vector<std::string>& images) {
  if (!found.split_folders.empty()) return check_splits_have_classes(root, found, images);
  const std::string folder = in_quotes(root.string());
  const std::string lie = counted(images.size(), "image") + (images.size() == 1 ? " lies" : " lie");
  const std::string remedy =
      "; put each class into a folder of its own: " + escaped((root / "<class>" / "<image>").string());
  if (found.classes.empty() && images.empty())
    throw Error(ErrorKind::kUsage, "the input " + folder + " has no class folders" + remedy);
  if (found.classes.empty())
    throw Error(ErrorKind::kUsage, lie + " in the root of " + folder + " without a class folder" + remedy);
  if (!images.empty())
    throw Error(ErrorKind::kUsage, lie + " in the root of " + folder + " beside its class folders (" +
                                       (images.size() == 1 ? "" : "the first is ") +
                                       in_quotes(images.front()) +
                                       "); move each into the folder of its class or ignore it");
}

// By the extension alone: no file is opened.
void check_root_by_name(const std::filesystem::path& root, const Walk& found) {
  std::vector<std::string> images;
  std::ranges::copy_if(found.loose_files, std::back_inserter(images), claims_to_be_image);
  check_has_classes(root, found, images);
}

// By the first bytes, for files that no extension gave away.
void check_root_by_content(const std::filesystem::path& root, const Walk& found, std::uint64_t max_pixels) {
  std::vector<FoundFile> files;
  for (const std::string& path : found.loose_files) files.push_back({path});
  const std::vector<Verdict> verdicts = judge_all(root, files, found, max_pixels);
  std::vector<std::string> images;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (!std::holds_alternative<NoImage>(verdicts[i])) images.push_back(files[i].path);
  check_has_classes(root, found, images);
}

// Files it with the samples, the bad ones or the counts.
struct FileAway {
  Catalog& catalog;
  std::string& path;

  void operator()(NoImage) const { ++catalog.ignored.other; }
  void operator()(Sample& sample) const { catalog.samples.push_back(std::move(sample)); }
  void operator()(SampleFailure& failure) const {
    catalog.bad.push_back({std::move(path), std::move(failure)});
  }
};

}  // namespace

Catalog scan(const std::filesystem::path& root, const ScanOptions& options) {
  check_is_folder(root);
  Walk found = walk(root, options);
  check_root_by_name(root, found);
  check_root_by_content(root, found, options.max_pixels);
  std::vector<Verdict> verdicts = judge_all(root, found.files, found, options.max_pixels);
  check_is_still_there(root, "", found.folders.at(""));

  Catalog catalog{root, std::move(found.classes), {}, std::move(found.bad), found.ignored};
  catalog.has_splits = !found.split_folders.empty();
  catalog.split_folders = std::move(found.split_folders);
  catalog.ignored.other += found.loose_files.size();
  catalog.samples.reserve(verdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    std::visit(FileAway{catalog, found.files[i].path}, verdicts[i]);
  std::sort(catalog.bad.begin(), catalog.bad.end(),
            [](const BadFile& a, const BadFile& b) { return a.path < b.path; });
  return catalog;
}

std::vector<std::string> list_class_names(const std::filesystem::path& root, const ScanOptions& options) {
  check_is_folder(root);
  Walk found = walk_root(root, options);
  check_root_by_name(root, found);
  return std::move(found.classes);
}

}  // namespace tenfold
