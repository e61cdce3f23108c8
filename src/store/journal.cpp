#include "tenfold/store/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <nlohmann/json.hpp>

#include "tenfold/base/error.h"
#include "text_lines.h"

namespace tenfold {
namespace {

constexpr std::size_t kDigits = 16;

std::string checksum(std::string_view json) {
  char digits[kDigits + 1];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash64(json)));
  return digits;
}

OutputRecord record_of(const nlohmann::json& json) {
  OutputRecord record{.bytes = number_field<std::uint64_t>(json, "bytes"),
                      .hash = hash_field(json, "hash"),
                      .fingerprint = hash_field(json, "fingerprint"),
                      .width = number_field<int>(json, "width"),
                      .height = number_field<int>(json, "height")};
  if (json.contains("refused")) json.at("refused").get_to(record.refused);
  return record;
}

void apply_line(const nlohmann::json& json, JournalContent& content) {
  if (json.contains("begin")) {
    for (const auto& name : json.at("begin")) {
      content.made.erase(name);  // whatever lies there may be half of the old and half of the new
      content.begun.insert(name.get<std::string>());
    }
  } else if (json.contains("made")) {
    content.made.insert_or_assign(json.at("made").get<std::string>(), record_of(json));
  } else if (json.contains("good")) {
    content.good.insert_or_assign(json.at("good").get<std::string>(), hash_field(json, "hash"));
  } else {
    content.bad.insert_or_assign(
        json.at("bad").get<std::string>(),
        BadSource{.hash = hash_field(json, "hash"), .stage = json.at("stage"), .reason = json.at("reason")});
  }
}

}  // namespace

JournalContent read_journal(const std::filesystem::path& path) {
  JournalContent content;
  for_each_line(path, [&](const std::string& line) {
    if (line.size() <= kDigits || line[kDigits] != ' ') return false;
    const std::string_view text = std::string_view(line).substr(kDigits + 1);
    if (line.compare(0, kDigits, checksum(text)) != 0) return false;
    try {
      apply_line(nlohmann::json::parse(text), content);
    } catch (const nlohmann::json::exception&) {
      return false;
    }
    content.sound_bytes += line.size() + 1;
    return true;
  });
  return content;
}

Journal::Journal(const std::filesystem::path& path, std::uint64_t sound_bytes) : path_(path.string()) {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor_ < 0) throw system_error("cannot create", path_, errno);
  size_ = sound_bytes;
  if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
    const int error_number = errno;
    ::close(descriptor_);
    throw system_error("cannot write", path_, error_number);
  }
}

Journal::~Journal() { ::close(descriptor_); }

void Journal::append(const std::string& json) {
  const std::string line = checksum(json) + " " + json + "\n";
  const std::lock_guard lock(mutex_);
  if (error_number_ != 0) throw system_error("cannot write", path_, error_number_);
  const char* rest = line.data();
  for (std::size_t left = line.size(); left > 0;) {
    const ssize_t count = ::write(descriptor_, rest, left);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      // Nothing may stand behind a torn line: it would not be read.
      error_number_ = errno;
      [[maybe_unused]] const int cut = ::ftruncate(descriptor_, static_cast<off_t>(size_));
      throw system_error("cannot write", path_, error_number_);
    }
    rest += count;
    left -= static_cast<std::size_t>(count);
  }
  size_ += line.size();
}

void Journal::begin(std::span<const std::string> names) {
  append(nlohmann::ordered_json{{"begin", std::vector<std::string>(names.begin(), names.end())}}.dump());
}

void Journal::made(const std::string& name, const OutputRecord& record) {
  nlohmann::ordered_json json{{"made", name},
                              {"bytes", record.bytes},
                              {"hash", hex(record.hash)},
                              {"fingerprint", hex(record.fingerprint)},
                              {"width", record.width},
                              {"height", record.height}};
  if (!record.refused.empty()) json["refused"] = record.refused;
  append(json.dump());
}

void Journal::good(const std::string& source, const Hash128& hash) {
  append(nlohmann::ordered_json{{"good", source}, {"hash", hex(hash)}}.dump());
}

void Journal::bad(const std::string& source, const BadSource& why) {
  append(nlohmann::ordered_json{
      {"bad", source}, {"hash", hex(why.hash)}, {"stage", why.stage}, {"reason", why.reason}}
             .dump());
}

}  // namespace tenfold
