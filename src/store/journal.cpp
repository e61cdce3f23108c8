#include "tenfold/store/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "moments_json.h"
#include "tenfold/base/error.h"
#include "tenfold/store/shard.h"
#include "text_lines.h"

namespace tenfold {
namespace {

constexpr std::size_t kDigits = 16;
constexpr std::size_t kGroup = 1024;             // results that share one sync
constexpr std::chrono::seconds kLongestWait{2};  // of a result for its group

constexpr std::string_view kDone = R"({"done":true})";
constexpr std::string_view kCatalogBegin = R"({"catalog":)";
constexpr const char* kMerge = "merge";
constexpr const char* kRun = "run";

std::string checksum(std::string_view json) {
  char digits[kDigits + 1];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash64(json)));
  return digits;
}

std::string checked_line(std::string_view json) { return checksum(json) + " " + std::string(json) + "\n"; }

std::string line_of(const nlohmann::ordered_json& json) { return checked_line(json.dump()); }

OutputRecord record_of(const nlohmann::json& json) {
  OutputRecord record{.bytes = number_field<std::uint64_t>(json, "bytes"),
                      .hash = hash_field(json, "hash"),
                      .fingerprint = hash_field(json, "fingerprint"),
                      .width = number_field<int>(json, "width"),
                      .height = number_field<int>(json, "height")};
  if (json.contains("refused")) json.at("refused").get_to(record.refused);
  record.moments = moments_field(json);
  return record;
}

std::string line_of(const std::string& name, const OutputRecord& record) {
  nlohmann::ordered_json json{{"made", name},
                              {"bytes", record.bytes},
                              {"hash", hex(record.hash)},
                              {"fingerprint", hex(record.fingerprint)},
                              {"width", record.width},
                              {"height", record.height}};
  add_moments(record.moments, json);
  if (!record.refused.empty()) json["refused"] = record.refused;
  return line_of(json);
}

std::vector<std::string> checked_names(const nlohmann::json& list) {
  std::vector<std::string> names;
  for (const auto& name : list) names.push_back(checked_name(name.get<std::string>()));
  return names;
}

JournalOpening opening_of(const nlohmann::json& json, std::string_view text) {
  const RunShard shard{number_field<std::uint32_t>(json, "shard"), number_field<std::uint32_t>(json, "of")};
  if (!parse_run_shard(std::to_string(shard.number) + "/" + std::to_string(shard.count)))
    throw nlohmann::json::other_error::create(501, "no shard", nullptr);
  return {.shard = shard, .text = std::string(text), .lines = number_field<std::uint64_t>(json, "lines")};
}

void apply_line(std::string_view text, JournalContent& content) {
  if (text.starts_with(kCatalogBegin)) {  // which is for read_journal_catalog() to read
    if (content.opening) ++content.opening->listed;
    return;
  }
  const nlohmann::json json = nlohmann::json::parse(text);
  if (json.contains("shard")) {
    content.opening = opening_of(json, text);
    // What is told of sources is told of the dataset as the opening before saw it.
    content.good.clear();
    content.bad.clear();
  } else if (json.contains("begin")) {
    // All or none: a line that is refused must leave nothing.
    const std::vector<std::string> names = checked_names(json.at("begin"));
    content.begun.insert(names.begin(), names.end());
  } else if (json.contains("beside")) {
    const std::vector<std::string> names = checked_names(json.at("beside"));
    content.beside.insert(names.begin(), names.end());
  } else if (json.contains("made")) {
    const std::string name = checked_name(json.at("made").get<std::string>());
    content.made.insert_or_assign(name, record_of(json));
    content.begun.erase(name);
  } else if (json.contains("good")) {
    const std::string path = json.at("good");
    content.good.insert_or_assign(path,
                                  GoodSource{hash_field(json, "hash"), json.value("look", std::string()),
                                             json.value("time", std::int64_t{0})});
    content.bad.erase(path);
  } else if (json.contains("for")) {
    content.of_merge = json.at("for") == kMerge;
  } else if (json.contains("done")) {
    // which is said of the whole journal
  } else {
    const std::string path = json.at("bad");
    content.bad.insert_or_assign(
        path,
        BadSource{.hash = hash_field(json, "hash"), .stage = json.at("stage"), .reason = json.at("reason")});
    content.good.erase(path);
  }
}

// Calls `use` for the JSON of every line, up to the first one that is damaged or that it cannot read.
void for_each_entry(const std::filesystem::path& path, const std::function<void(std::string_view)>& use) {
  for_each_line(path, [&](const std::string& line) {
    if (line.size() <= kDigits || line[kDigits] != ' ') return false;
    const std::string_view text = std::string_view(line).substr(kDigits + 1);
    if (line.compare(0, kDigits, checksum(text)) != 0) return false;
    try {
      use(text);
    } catch (const nlohmann::json::exception&) {
      return false;
    }
    return true;
  });
}

}  // namespace

JournalContent read_journal(const std::filesystem::path& path) {
  JournalContent content;
  for_each_entry(path, [&](std::string_view text) {
    apply_line(text, content);
    content.done = text == kDone;
    content.sound_bytes += kDigits + 1 + text.size() + 1;
  });
  return content;
}

std::vector<std::string> read_journal_catalog(const std::filesystem::path& path) {
  std::vector<std::string> catalog;
  for_each_entry(path, [&](std::string_view text) {
    if (text.starts_with(R"({"shard":)")) catalog.clear();
    if (!text.starts_with(kCatalogBegin)) return;
    text.remove_prefix(kCatalogBegin.size());
    text.remove_suffix(1);
    catalog.emplace_back(text);
  });
  return catalog;
}

std::unordered_set<std::string> read_begun_names(const std::filesystem::path& path) {
  std::unordered_set<std::string> names;
  for_each_entry(path, [&](std::string_view text) {
    if (!text.starts_with(R"({"begin":)")) return;
    const nlohmann::json json = nlohmann::json::parse(text);
    for (std::string& name : checked_names(json.at("begin"))) names.insert(std::move(name));
  });
  return names;
}

Journal::Journal(const std::filesystem::path& path, std::uint64_t sound_bytes, std::function<void()> sync)
    : path_(path.string()), sync_(std::move(sync)) {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor_ < 0) throw system_error("cannot create", path_, errno);
  size_ = sound_bytes;
  if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
    const int error_number = errno;
    ::close(descriptor_);
    throw system_error("cannot write", path_, error_number);
  }
  recorder_ = std::thread([this] { record_groups(); });
}

Journal::~Journal() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  recorder_.join();
  ::close(descriptor_);
}

// The recorder: syncs while others go on making files, which belong to the next group.
void Journal::record_groups() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    wake_.wait_for(lock, kLongestWait, [&] { return closing_ || waiting_.size() >= kGroup; });
    lock.unlock();
    try {
      record_waiting();
    } catch (...) {
      return;  // who comes next is told: it is in failure_
    }
    lock.lock();
  }
}

void Journal::record_waiting() {
  const std::lock_guard recording(recording_);
  std::vector<Result> group;
  {
    const std::lock_guard lock(mutex_);
    throw_if_failed();
    group.swap(waiting_);
  }
  if (group.empty()) return;
  try {
    sync_();
  } catch (...) {
    // While recording_ is held: the system tells of a failed write once, and nobody may get past it.
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    throw;
  }
  std::string lines;
  for (const auto& [name, record] : group) lines += line_of(name, record);
  const std::lock_guard lock(mutex_);
  append(lines);
}

// REQUIRES mutex_.
void Journal::throw_if_failed() {
  if (failure_) std::rethrow_exception(failure_);
}

// REQUIRES mutex_.
void Journal::append(const std::string& lines) {
  throw_if_failed();
  const char* rest = lines.data();
  for (std::size_t left = lines.size(); left > 0;) {
    const ssize_t count = ::write(descriptor_, rest, left);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      // Nothing may stand behind a torn line: it would not be read.
      failure_ = std::make_exception_ptr(system_error("cannot write", path_, errno));
      [[maybe_unused]] const int cut = ::ftruncate(descriptor_, static_cast<off_t>(size_));
      throw_if_failed();
    }
    rest += count;
    left -= static_cast<std::size_t>(count);
  }
  size_ += lines.size();
}

void Journal::begin(std::span<const std::string> names) { begin("begin", names); }

void Journal::begin_beside(std::span<const std::string> names) { begin("beside", names); }

void Journal::begin(const char* key, std::span<const std::string> names) {
  constexpr std::size_t kNamesPerLine = 1024;
  std::string lines;
  for (std::size_t i = 0; i < names.size(); i += kNamesPerLine) {
    const auto some = names.subspan(i, std::min(kNamesPerLine, names.size() - i));
    lines += line_of({{key, std::vector<std::string>(some.begin(), some.end())}});
  }
  append_synced(lines);
}

void Journal::append_synced(const std::string& lines) {
  const std::lock_guard lock(mutex_);
  append(lines);
  if (::fdatasync(descriptor_) != 0) {
    failure_ = std::make_exception_ptr(system_error("cannot write", path_, errno));
    throw_if_failed();
  }
}

void Journal::open(const RunShard& shard, const std::string& opening, std::span<const std::string> catalog) {
  nlohmann::ordered_json json{{"shard", shard.number}, {"of", shard.count}, {"lines", catalog.size()}};
  json.update(nlohmann::ordered_json::parse(opening));
  constexpr std::size_t kAtOnce = std::size_t{1} << 20;
  std::string lines = line_of(json);
  for (const std::string& one : catalog) {
    lines += checked_line(std::string(kCatalogBegin) + one + "}");
    if (lines.size() < kAtOnce) continue;
    const std::lock_guard lock(mutex_);
    append(std::exchange(lines, {}));
  }
  append_synced(lines);
}

void Journal::done() {
  settle();
  const std::string line = checked_line(kDone);
  const std::uint64_t before = size_ - std::min<std::uint64_t>(size_, line.size());
  const Outcome<Bytes> last = read_part(path_, before, line.size());
  const bool is_said = last && std::equal(last->begin(), last->end(), line.begin(), line.end());
  if (!is_said) append_synced(line);
}

void Journal::made(const std::string& name, const OutputRecord& record) {
  const std::lock_guard lock(mutex_);
  throw_if_failed();
  waiting_.emplace_back(name, record);
  if (waiting_.size() == 1 || waiting_.size() == kGroup) wake_.notify_all();
}

void Journal::good(const std::string& source, const GoodSource& seen) {
  nlohmann::ordered_json json{{"good", source}, {"hash", hex(seen.hash)}};
  if (!seen.look.empty()) json["look"] = seen.look;
  json["time"] = seen.modified_ns;
  const std::lock_guard lock(mutex_);
  append(line_of(json));
}

void Journal::bad(const std::string& source, const BadSource& why) {
  const std::lock_guard lock(mutex_);
  append(line_of({{"bad", source}, {"hash", hex(why.hash)}, {"stage", why.stage}, {"reason", why.reason}}));
}

void Journal::take_shards(bool for_merge) { append_synced(line_of({{"for", for_merge ? kMerge : kRun}})); }

void Journal::settle() { record_waiting(); }

}  // namespace tenfold
