#include "tenfold/plan/output_names.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "tenfold/base/extension.h"
#include "tenfold/base/hash.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

constexpr std::size_t kMaxNameBytes = 255;  // NAME_MAX of every common file system

constexpr std::size_t kSuffixBytes = 9;

// "_1f2e3d4c", from the path of the sample that the name belongs to.
std::string hash_suffix(const std::string& path, int attempt = 0) {
  char text[16];
  const std::uint64_t hash = hash64(path, static_cast<std::uint64_t>(attempt));
  std::snprintf(text, sizeof text, "_%08x", static_cast<unsigned>(hash >> 32));
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

OutputNames::OutputNames(const Catalog& catalog, const OutputRecipe& output, bool split_folders,
                         bool annotated)
    : catalog_(catalog),
      split_folders_(split_folders),
      flat_(output.layout == OutputLayout::kFlatCsv),
      annotated_(annotated),
      format_(output.format) {
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
    if (parts.folder + parts.original == sample.place()) kept_names_.insert(key_of(sample.place()));
    (parts.natural ? natural_bases_ : converted_bases_).insert(base_of(parts));
  }
  for (const Sample& sample : catalog.samples)
    if (const std::string name = name_in_split({sample, sample.class_index}); name != sample.place())
      made_up_names_.insert(key_of(name));
}

// What names are compared by.
std::string OutputNames::key_of(const std::string& name) const {
  return annotated_ ? std::string(without_extension(name)) : name;
}

std::string OutputNames::base_of(const Parts& parts) const {
  return parts.folder + parts.stem + '/' + (annotated_ ? "" : parts.extension);
}

// Names that were made up give way to those of samples; those of another class's samples to all that the
// class has.
bool OutputNames::must_give_way(const OutputId& output, const Parts& parts) const {
  if (parts.natural) return false;
  const std::string base = base_of(parts);
  return natural_bases_.contains(base) || (output.is_relabeled() && converted_bases_.contains(base));
}

bool OutputNames::is_an_original(const std::string& name) const {
  const std::string key = key_of(name);
  return kept_names_.contains(key) || made_up_names_.contains(key);
}

OutputNames::Parts OutputNames::parts_of(const Sample& sample) const {
  Parts parts;
  const std::string& place = sample.place();
  const std::size_t slash = place.rfind('/') + 1;
  parts.folder = place.substr(0, slash);
  parts.name = place.substr(slash);
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

// A copy that goes to another class names the one that it comes from.
OutputNames::Parts OutputNames::parts_of(const OutputId& output) const {
  constexpr char kSeparator = '@';
  Parts parts = parts_of(output.sample);
  if (!output.is_relabeled()) return parts;
  const std::string& from = catalog_.classes[output.sample.class_index];
  const std::size_t class_folder = catalog_.has_splits ? parts.folder.find('/') + 1 : 0;
  parts.folder.replace(class_folder, from.size(), catalog_.classes[output.class_index]);
  const bool ambiguous = (from + parts.name).find(kSeparator) != std::string::npos;
  const std::string mark = ambiguous ? hash_suffix(output.sample.path) : "";
  for (std::string* text : {&parts.stem, &parts.name}) *text = from + kSeparator + *text + mark;
  parts.natural = false;
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
  return name + std::string(suffix) + parts.extension;
}

bool OutputNames::gave_way(const OutputId& output) const {
  const Sample& sample = output.sample;
  const Parts parts = parts_of(output);
  if (output.copy == 0) {
    const std::string name = parts.folder + parts.original;
    return name != sample.place() && kept_names_.contains(key_of(name));
  }
  return must_give_way(output, parts) || is_an_original(parts.folder + copy_name(parts, output.copy));
}

std::string OutputNames::of(const OutputId& output) const {
  const std::string name = name_in_folders(output);
  return flat_ ? flat_name(name) : name;
}

// A class without kSeparator in it or half of one at its end is what stands before the first kSeparator, so
// that no two images of such classes have one name.
std::string OutputNames::flat_name(const std::string& name) const {
  constexpr std::string_view kSeparator = "__";
  const std::size_t slash = name.rfind('/');
  const std::string_view folders = std::string_view(name).substr(0, slash);
  const auto depth = static_cast<std::size_t>(std::ranges::count(folders, '/'));
  bool clear = depth == (has_split_folders() ? 1u : 0u);
  std::string stem;
  for (std::size_t begin = 0; begin <= slash;) {
    const std::size_t end = name.find('/', begin);
    const std::string_view folder = std::string_view(name).substr(begin, end - begin);
    clear = clear && folder.find(kSeparator) == folder.npos && !folder.ends_with('_');
    stem.append(folder).append(kSeparator);
    begin = end + 1;
  }
  const std::size_t dot = name.rfind('.');
  stem += std::string_view(name).substr(slash + 1, dot - slash - 1);
  const std::string mark = clear ? "" : hash_suffix(name);
  return "images/" + fitted(stem, mark + name.substr(dot), name);
}

std::string OutputNames::name_in_folders(const OutputId& output) const {
  const std::string split = split_folders_ ? std::string(split_name(output.split)) + '/' : "";
  return std::string(annotated_ ? kImages : "") + split + name_in_split(output);
}

std::string OutputNames::name_in_split(const OutputId& output) const {
  const auto& [sample, class_index, copy, split] = output;
  Parts parts = parts_of(output);
  if (copy == 0) {
    std::string name = parts.folder + parts.original;
    // A dataset that was expanded before may have the marked name, too.
    for (int attempt = 0; name != sample.place() && kept_names_.contains(key_of(name)); ++attempt)
      name =
          parts.folder + fitted(parts.name, hash_suffix(sample.path, attempt) + parts.extension, sample.path);
    return name;
  }
  if (must_give_way(output, parts)) {
    const std::string mark = hash_suffix(sample.path);
    parts.stem += mark;
    parts.name += mark;
  }
  std::string file_name = copy_name(parts, copy);
  if (const std::size_t size = file_name.size() + kSuffixBytes; size > kMaxNameBytes) {
    // Cut what {stem} and {name} stand for, so that the copy's number survives.
    const std::size_t excess = size - kMaxNameBytes + kSuffixBytes;
    for (std::string* text : {&parts.stem, &parts.name})
      *text = std::string(utf8_prefix(*text, text->size() - std::min(text->size(), excess))) +
              hash_suffix(sample.path);
    file_name = copy_name(parts, copy);
  }
  std::string name = parts.folder + file_name;
  for (int attempt = 0; is_an_original(name); ++attempt)
    name = parts.folder + copy_name(parts, copy, hash_suffix(sample.path, attempt));
  return name;
}

}  // namespace tenfold
