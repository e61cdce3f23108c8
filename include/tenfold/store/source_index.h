// The index: size, time and hash of every good source of a finished run, so that unchanged files are not read
// again, the size of its picture, so that what was drawn for it can be explained without it, and, where there
// are splits, what it looks like.
//
// JSON lines ["path", size, modified_ns, "hash", width, height] or […, "look"], sorted by path. It is a
// cache: a damaged or missing index costs time and nothing else.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "tenfold/base/hash.h"

namespace tenfold {

struct IndexedSource {
  std::uint64_t size_bytes = 0;
  std::int64_t modified_ns = 0;
  Hash128 hash;
  int width = 0;  // pixels, upright
  int height = 0;
  std::string look{};  // a word; empty: not known

  bool operator==(const IndexedSource&) const = default;
};

using SourceIndex = std::map<std::string, IndexedSource, std::less<>>;  // by path relative to the input

SourceIndex read_source_index(const std::filesystem::path& path);
std::string source_index_text(const SourceIndex& index);

}  // namespace tenfold
