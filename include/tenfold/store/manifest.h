// The manifest: the public description of an output, one JSON object per line and image.
//
//   {"file_name":"glass/a__x0001.jpg","label":"glass","split":"train","source":"glass/a.jpg","copy":1,"width":512,
//    "height":384,"mean":[0.48512,0.456,0.40601],"std":[0.22913,0.224,0.22517],"bytes":31337,"hash":"…",
//    "source_bytes":30303,"source_hash":"…","fingerprint":"…","transforms":[{"name":"rotate","degrees":-7.5}]}
//
// "mean" and "std" of the pixels are those of red, green and blue, or of grey alone, as fractions of full
// scale; where other images were mixed in, "partners":[{"source":"glass/b.jpg","hash":"…"}] and
// "label_weights":{"glass":1} are there; where the quality gate turned down attempts, "refused":["blank"]; where masks or boxes follow,
// "annotations":[{"file_name":"masks/glass/a__x0001.png","bytes":…,"hash":"…","fingerprint":"…"}].
//
// An image in a shard has "shard":"train-000000.tar","offset":1536 behind its fingerprint: its bytes stand
// there, and `file_name` is what it would be called beside the others.
//
// Lines are ordered bytewise by split, class, source path and copy. A tree with a manifest is whole: it is
// published last, by rename, and becomes `.tenfold.previous.jsonl` before the first change.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tenfold/base/file.h"
#include "tenfold/store/record.h"

namespace tenfold {

// A mask or boxes that were made with an image.
struct AnnotationFile {
  std::string file_name;  // relative to the output's root
  std::uint64_t bytes = 0;
  Hash128 hash;
  Hash128 fingerprint;  // of the image's, of the sample's annotations and of how they follow

  bool operator==(const AnnotationFile&) const = default;
};

struct ManifestLine {
  std::string file_name;  // relative to the output's root
  std::string label;
  std::string split;
  std::string source;      // relative to the input's root
  std::uint64_t copy = 0;  // 0 for an original
  OutputRecord record;
  std::uint64_t source_bytes = 0;
  Hash128 source_hash;
  std::string transforms = "[]";  // a JSON array
  std::string partners{};         // a JSON array; empty: none
  std::string label_weights{};    // a JSON object; empty: none
  std::string shard{};            // the file that holds it at record.offset; empty: its own
  std::vector<AnnotationFile> annotations{};
};

// The line with its newline.
std::string manifest_text(const ManifestLine& line);

// What a line without its newline says; nothing where it is not as tenfold writes it.
std::optional<ManifestLine> parse_manifest_line(const std::string& text);

// The content of the line's image, wherever it lies. Fails as InputFile::open() does, and where the shard is
// too short.
Outcome<Bytes> read_image(const std::filesystem::path& root, const ManifestLine& line);

// Another sample that was mixed in.
struct ManifestPartner {
  std::string source;  // relative to the input's root
  Hash128 hash;        // of its content
};

// Images of reference folders, which lie outside of the input, are not among them. REQUIRES a line as
// parse_manifest_line() returns it.
std::vector<ManifestPartner> partners_of(const ManifestLine& line);

// A line of a manifest, whatever it says. One that is too long to be a manifest's is handed over empty, and
// so is one that the end of the file cut off.
struct RawManifestLine {
  std::uint64_t number = 0;  // from 1
  std::string text;
};

// Calls `use` for every line, in order. Returns false if there is no such file. Throws Error for I/O errors.
bool for_each_manifest_line(const std::filesystem::path& path,
                            const std::function<void(RawManifestLine&&)>& use);

// Calls `use` for what every line of a manifest says, in order. Returns false if there is no such file.
// Throws Error where a line is damaged.
bool read_manifest(const std::filesystem::path& path, const std::function<void(ManifestLine&&)>& use);

// What a line tells of one of its files: the image, or an annotation.
struct RecordedOutput {
  std::string file_name;
  OutputRecord record;
  Hash128 source_hash;
  std::string shard{};
};

// As read_manifest(), for those who want no more than this. Annotations come after their image. Where the
// file is known to be `as_written` by tenfold, for its hash has been compared, lines are not read any further
// than that needs.
bool read_records(const std::filesystem::path& path, bool as_written,
                  const std::function<void(RecordedOutput&&)>& use);

}  // namespace tenfold
