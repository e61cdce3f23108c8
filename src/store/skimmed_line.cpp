#include "skimmed_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <nlohmann/json.hpp>

#include "moments_json.h"
#include "text_lines.h"

namespace tenfold {
namespace {

// Reads field after field, each behind the text that comes before it, for as long as all is as expected.
class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}

  // A string up to its closing quotation mark.
  void read(std::string_view before, std::string_view& text) {
    skip(before);
    text = rest_.substr(0, rest_.find('"'));
    sound_ = sound_ && text.find('\\') == std::string_view::npos;
    rest_.remove_prefix(text.size());
  }

  void read(std::string_view before, Hash128& hash) {
    std::string_view digits;
    read(before, digits);
    const std::optional<Hash128> parsed = parse_hash128(digits);
    sound_ = sound_ && parsed;
    hash = parsed.value_or(hash);
  }

  // One or three numbers between brackets.
  std::span<const double> read(std::string_view before, std::array<double, 3>& numbers) {
    std::size_t count = 0;
    skip(before);
    do {
      read(count == 0 ? "[" : ",", numbers[count]);
    } while (++count < numbers.size() && rest_.starts_with(','));
    skip("]");
    return std::span(numbers).first(count);
  }

  template <typename Number>
  requires std::integral<Number> || std::floating_point<Number>
  void read(std::string_view before, Number& number) {
    skip(before);
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    sound_ = sound_ && error == std::errc() && !rest_.starts_with('-');
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
  }

  void skip(std::string_view text) {
    sound_ = sound_ && rest_.starts_with(text);
    if (sound_) rest_.remove_prefix(text.size());
  }

  bool sound() const { return sound_; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace

std::optional<RecordedOutput> skimmed(std::string_view line) try {
  RecordedOutput output;
  OutputRecord& record = output.record;
  std::string_view name, shard, ignored;
  std::uint64_t ignored_number = 0;
  Fields fields(line);
  fields.read(R"({"file_name":")", name);
  fields.read(R"(","label":")", ignored);
  fields.read(R"(","split":")", ignored);
  fields.read(R"(","source":")", ignored);
  fields.read(R"(","copy":)", ignored_number);
  fields.read(R"(,"width":)", record.width);
  fields.read(R"(,"height":)", record.height);
  std::array<double, 3> means{}, stds{};
  const auto mean = fields.read(R"(,"mean":)", means), std = fields.read(R"(,"std":)", stds);
  fields.read(R"(,"bytes":)", record.bytes);
  fields.read(R"(,"hash":")", record.hash);
  fields.read(R"(","source_bytes":)", ignored_number);
  fields.read(R"(,"source_hash":")", output.source_hash);
  fields.read(R"(","fingerprint":")", record.fingerprint);
  fields.skip(R"(")");
  if (fields.rest().starts_with(R"(,"shard":)")) {
    fields.read(R"(,"shard":")", shard);
    fields.read(R"(","offset":)", record.offset);
  }
  fields.skip(R"(,"transforms":)");
  const bool has_more = std::ranges::any_of(std::array{R"("refused":)", R"("annotations":)"}, [&](auto key) {
    return fields.rest().find(key) != std::string_view::npos;
  });
  if (!fields.sound() || has_more) return std::nullopt;
  record.moments = checked_moments(mean, std);
  output.file_name = checked_name(std::string(name));
  if (!shard.empty()) output.shard = checked_name(std::string(shard));
  return output;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

}  // namespace tenfold
