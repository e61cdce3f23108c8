#include "tenfold/plan/output_names.h"

#include <charconv>
#include <cstdio>

#include "tenfold/base/hash.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kMaxNameBytes = 255;  // NAME_MAX of every common file system

// "_1f2e3d4c", from the path of the sample that the name belongs to.
std::string hash_suffix(const std::string& path) {
  char text[16];
  std::snprintf(text, sizeof text, "_%08x", static_cast<unsigned>(hash64(path) >> 32));
  return text;
}

std::string padded(std::uint32_t number, int width) {
  std::string digits = std::to_string(number);
  if (digits.size() < static_cast<std::size_t>(width))
    digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
  return digits;
}

// `stem` + `tail` within the limit; a stem that is too long is cut and marked.
std::string fitted(std::string_view stem, const std::string& tail, const std::string& path) {
  if (stem.size() + tail.size() <= kMaxNameBytes) return std::string(stem) + tail;
  const std::string mark = hash_suffix(path);
  const std::size_t room = kMaxNameBytes - std::min(kMaxNameBytes, tail.size() + mark.size());
  return std::string(utf8_prefix(stem, room)) + mark + tail;
}

}  // namespace

OutputNames::OutputNames(const Catalog& catalog, const OutputRecipe& output) : format_(output.format) {
  for (std::string_view rest = output.name; !rest.empty();) {
    const std::size_t open = rest.find('{');
    if (open != 0) {
      pattern_.push_back({Piece::Kind::kText, std::string(rest.substr(0, open)), 0});
      rest.remove_prefix(std::min(open, rest.size()));
      continue;
    }
    const std::size_t close = rest.find('}');
    const std::string_view field = rest.substr(1, close - 1);
    Piece piece;
    if (field == "stem") piece.kind = Piece::Kind::kStem;
    if (field == "name") piece.kind = Piece::Kind::kName;
    if (field.starts_with("copy")) {
      piece.kind = Piece::Kind::kCopy;
      if (field.size() > 5) std::from_chars(field.data() + 5, field.data() + field.size(), piece.width);
    }
    pattern_.push_back(piece);
    rest.remove_prefix(close + 1);
  }
  for (const Sample& sample : catalog.samples) {
    const Parts parts = parts_of(sample);
    if (!parts.natural) continue;
    natural_names_.insert(parts.folder + parts.original);
    natural_bases_.insert(parts.folder + parts.stem + '/' + parts.extension);
  }
  // A misnamed file keeps its name, though its copies do not follow it.
  for (const Sample& sample : catalog.samples)
    if (const Parts parts = parts_of(sample); !parts.natural && parts.folder + parts.original == sample.path)
      natural_names_.insert(sample.path);
}

OutputNames::Parts OutputNames::parts_of(const Sample& sample) const {
  Parts parts;
  const std::size_t slash = sample.path.rfind('/') + 1;
  parts.folder = sample.path.substr(0, slash);
  parts.name = sample.path.substr(slash);
  const Format format = format_.value_or(sample.header.format);
  const auto claimed = claimed_format(parts.name);
  parts.natural = format == sample.header.format && claimed == format;
  if (parts.natural) {
    const std::size_t dot = parts.name.rfind('.');
    parts.stem = parts.name.substr(0, dot);
    parts.extension = parts.name.substr(dot);
    parts.original = parts.name;
  } else {
    parts.stem = parts.name;
    parts.extension = usual_extension(format);
    const bool keeps_its_name = format == sample.header.format && claimed;
    parts.original = keeps_its_name ? parts.name : fitted(parts.name, parts.extension, sample.path);
  }
  return parts;
}

std::string OutputNames::copy_name(const Parts& parts, std::uint32_t copy, std::string_view suffix) const {
  std::string name;
  for (const Piece& piece : pattern_) {
    switch (piece.kind) {
      case Piece::Kind::kText:
        name += piece.text;
        break;
      case Piece::Kind::kStem:
        name += parts.stem;
        break;
      case Piece::Kind::kName:
        name += parts.name;
        break;
      case Piece::Kind::kCopy:
        name += padded(copy, piece.width);
        break;
    }
  }
  return name + std::string(suffix);
}

bool OutputNames::gave_way(const Sample& sample, std::uint32_t copy) const {
  const Parts parts = parts_of(sample);
  if (copy == 0)
    return parts.folder + parts.original != sample.path &&
           natural_names_.contains(parts.folder + parts.original);
  if (!parts.natural && natural_bases_.contains(parts.folder + parts.stem + '/' + parts.extension))
    return true;
  return natural_names_.contains(parts.folder + copy_name(parts, copy, "") + parts.extension);
}

std::string OutputNames::of(const Sample& sample, std::uint32_t copy) const {
  Parts parts = parts_of(sample);
  if (copy == 0) {
    if (!gave_way(sample, 0)) return parts.folder + parts.original;
    return parts.folder + fitted(parts.name, hash_suffix(sample.path) + parts.extension, sample.path);
  }
  if (!parts.natural && natural_bases_.contains(parts.folder + parts.stem + '/' + parts.extension)) {
    parts.stem += hash_suffix(sample.path);
    parts.name += hash_suffix(sample.path);
  }
  std::string name = copy_name(parts, copy, "");
  if (name.size() + parts.extension.size() > kMaxNameBytes) {
    // Cut what {stem} and {name} stand for, so that the copy's number survives.
    const std::string mark = hash_suffix(sample.path);
    const std::size_t excess = name.size() + parts.extension.size() + 2 * mark.size() - kMaxNameBytes;
    for (std::string* text : {&parts.stem, &parts.name})
      *text = std::string(utf8_prefix(*text, text->size() - std::min(text->size(), excess))) + mark;
    name = copy_name(parts, copy, "");
  }
  if (natural_names_.contains(parts.folder + name + parts.extension)) name += hash_suffix(sample.path);
  return parts.folder + name + parts.extension;
}

}  // namespace tenfold
