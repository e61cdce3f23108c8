#include "checked_file.h"

#include "tenfold/base/file.h"
#include "tenfold/base/split.h"
#include "tenfold/base/text.h"
#include "tenfold/image/codec.h"
#include "tenfold/plan/job.h"
#include "tenfold/plan/output_names.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestRead = std::uint64_t{1} << 30;  // bytes of a file
constexpr std::uint64_t kBytesPerPixel = 8;                     // of 16 bit, decoded and on the way to it

std::string size_text(std::int64_t width, std::int64_t height) {
  return std::to_string(width) + "×" + std::to_string(height);
}

std::string line_text(const CheckedFile& checked) {
  return "line " + std::to_string(checked.number) + " of the manifest";
}

// Whether the name begins with the class, or with the line's split and the class, each before a `mark`.
bool begins_with_its_class(const ManifestLine& line, std::string_view name, const std::string& mark) {
  if (name.starts_with(line.label + mark)) return true;
  const std::size_t end = name.find(mark);
  const std::optional<Split> split = end == name.npos ? std::nullopt : split_of_folder(name.substr(0, end));
  return split && split_name(*split) == line.split &&
         name.substr(end + mark.size()).starts_with(line.label + mark);
}

// Whether the file lies in the folder of its class, which may lie in that of its split, or is called so: the
// layout that keeps all in one folder has "__" for each slash. Beside masks and boxes, and in that layout,
// images have a folder of their own.
bool lies_in_its_class(const ManifestLine& line) {
  std::string_view name = line.file_name;
  if (begins_with_its_class(line, name, "/")) return true;
  if (!name.starts_with(OutputNames::kImages)) return false;
  name.remove_prefix(OutputNames::kImages.size());
  return begins_with_its_class(line, name, "/") || begins_with_its_class(line, name, "__");
}

// What the line says of itself that cannot be; empty where all can.
std::string contradiction_in(const ManifestLine& line) {
  if (!lies_in_its_class(line)) return "has the label " + in_quotes(line.label);
  const bool verbatim = line.copy == 0 && line.record.fingerprint == verbatim_fingerprint(line.source_hash);
  if (verbatim && (line.record.hash != line.source_hash || line.record.bytes != line.source_bytes))
    return "is an original that nothing has changed, and yet has other bytes than its source";
  return {};
}

}  // namespace

FileChecker::FileChecker(const fs::path& root, const VerifyOptions& options)
    : root_(root),
      quick_(options.quick),
      share_(options.memory_bytes / static_cast<std::uint64_t>(options.jobs)) {}

CheckedFile FileChecker::operator()(const RawManifestLine& raw) const {
  CheckedFile checked{.number = raw.number, .line = parse_manifest_line(raw.text), .finding = {}};
  if (!checked.line) {
    checked.finding = {FindingKind::kManifest, "", line_text(checked) + " is damaged"};
    return checked;
  }
  check_file(checked);
  for (const AnnotationFile& file : checked.line->annotations) check_annotation(checked, file);
  const std::string contradiction = contradiction_in(*checked.line);
  if (!checked.finding && !contradiction.empty())
    checked.finding = {
        FindingKind::kManifest, checked.line->file_name,
        in_quotes(checked.line->file_name) + " " + contradiction + ", says " + line_text(checked)};
  return checked;
}

void FileChecker::check_part(CheckedFile& checked) const {
  const ManifestLine& line = *checked.line;
  const Outcome<InputFile> shard = InputFile::open(root_ / line.shard);
  const std::uint64_t end = line.record.offset + line.record.bytes;
  const bool too_short = shard && (end < line.record.offset || end > shard->size());
  const auto no_bytes = [&]() -> Outcome<Bytes> {
    if (!shard) return tl::unexpected(shard.error());
    if (too_short || line.record.bytes > kLargestRead) return failure(Stage::kRead, "is too short");
    return quick_ ? Outcome<Bytes>(Bytes()) : read_image(root_, line);
  };
  const Outcome<Bytes> bytes = no_bytes();
  if (!bytes) {
    checked.finding = {FindingKind::kMissing, line.file_name,
                       in_quotes(line.file_name) + " is missing: its shard " + in_quotes(line.shard) + " " +
                           bytes.error().reason};
    return;
  }
  checked.bytes = line.record.bytes;
  if (!quick_) check_content(checked, *bytes);
}

void FileChecker::check_annotation(CheckedFile& checked, const AnnotationFile& annotation) const {
  const auto found = [&](FindingKind kind, const std::string& clause) {
    if (!checked.finding)
      checked.finding = {kind, annotation.file_name, in_quotes(annotation.file_name) + " " + clause};
  };
  const Outcome<InputFile> file = InputFile::open(root_ / annotation.file_name);
  std::error_code ignored;
  if (!file) {
    const bool there = fs::exists(fs::symlink_status(root_ / annotation.file_name, ignored));
    return found(FindingKind::kMissing, there ? file.error().reason : "is missing");
  }
  if (file->size() != annotation.bytes)
    return found(FindingKind::kContent,
                 "has " + counted(file->size(), "byte") + " in place of " + grouped(annotation.bytes));
  if (fs::is_symlink(root_ / annotation.file_name))
    return found(FindingKind::kContent, "is a symbolic link in place of the annotation");
  if (!quick_ && hash128(file->read_all()) != annotation.hash)
    found(FindingKind::kContent, "has other bytes than were written");
}

void FileChecker::check_file(CheckedFile& checked) const {
  const ManifestLine& line = *checked.line;
  if (!line.shard.empty()) return check_part(checked);
  const Outcome<InputFile> file = InputFile::open(root_ / line.file_name);
  if (!file) {
    std::error_code ignored;
    const bool there = fs::exists(fs::symlink_status(root_ / line.file_name, ignored));
    checked.finding = {FindingKind::kMissing, line.file_name,
                       in_quotes(line.file_name) + (there ? " " + file.error().reason : " is missing")};
    return;
  }
  checked.bytes = file->size();
  const bool untouched = line.copy == 0 && line.record.fingerprint == verbatim_fingerprint(line.source_hash);
  if (!untouched && fs::is_symlink(root_ / line.file_name)) {
    checked.finding = {FindingKind::kContent, line.file_name,
                       in_quotes(line.file_name) + " is a symbolic link in place of the image"};
    return;
  }
  if (file->size() > kLargestRead) {
    checked.finding = {
        FindingKind::kContent, line.file_name,
        in_quotes(line.file_name) + " is " + human_bytes(file->size()) + " large, more than any image"};
    return;
  }
  if (!quick_) return check_content(checked, file->read_all());
  if (file->size() != line.record.bytes) check_content(checked, {});
}

void FileChecker::check_content(CheckedFile& checked, std::span<const std::uint8_t> bytes) const {
  const ManifestLine& line = *checked.line;
  const OutputRecord& record = line.record;
  const std::string name = in_quotes(line.file_name);
  const auto found = [&](FindingKind kind, const std::string& clause) {
    checked.finding = {kind, line.file_name, name + " " + clause};
  };
  if (!quick_) checked.content = hash128(bytes);
  if (checked.bytes == 0 && record.bytes > 0) return found(FindingKind::kContent, "is empty");
  if (checked.bytes != record.bytes)
    return found(FindingKind::kContent,
                 "has " + counted(checked.bytes, "byte") + " in place of " + grouped(record.bytes));
  if (checked.content != record.hash)
    return found(FindingKind::kContent, "has other bytes than were written");
  checked.content.reset();
  if (const auto fault = picture_fault(checked, bytes)) found(FindingKind::kPicture, *fault);
}

std::optional<std::string> FileChecker::picture_fault(CheckedFile& checked,
                                                      std::span<const std::uint8_t> bytes) const {
  const OutputRecord& record = checked.line->record;
  const Outcome<ImageHeader> header = read_header(bytes);
  if (!header) return "cannot be decoded: " + header.error().reason;
  const cv::Size size = header->upright();
  // Before anything is decoded, for a picture of another size may be a very large one.
  if (size != cv::Size(record.width, record.height))
    return "is " + size_text(size.width, size.height) + " pixels in place of " +
           size_text(record.width, record.height);
  std::unique_lock one_large(one_large_, std::defer_lock);
  if (header->pixel_count() * kBytesPerPixel > share_) one_large.lock();
  const Outcome<DecodedImage> image = decode(bytes, *header);
  if (!image) return "cannot be decoded: " + image.error().reason;
  if (looks_) checked.look = look_of(image->pixels);
  return std::nullopt;
}

}  // namespace tenfold
