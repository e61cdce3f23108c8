#include "console.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kUsualWidth = 80;
constexpr milliseconds kBarInterval{100};
constexpr seconds kLineInterval{10};

int terminal_width(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kUsualWidth;
}

bool wants_color(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return ::isatty(descriptor) == 1;
}

// "1:02:03", "4:05".
std::string clock_text(double whole_seconds) {
  const auto total = static_cast<long>(whole_seconds + 0.5);
  char text[32];
  if (total >= 3600) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total / 60 % 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  }
  return text;
}

std::string progress_text(const Progress& progress, double elapsed) {
  const double rate = elapsed > 0 ? static_cast<double>(progress.done) / elapsed : 0;
  std::string text = grouped(progress.done) + "/" + grouped(progress.total) + "  " +
                     grouped(static_cast<std::uint64_t>(rate)) + "/s";
  if (rate > 0 && progress.done < progress.total)
    text += "  " + clock_text(static_cast<double>(progress.total - progress.done) / rate) + " left";
  text += "  " + human_bytes(progress.bytes);
  if (progress.bad > 0) text += "  " + grouped(progress.bad) + " skipped";
  return text;
}

}  // namespace

std::shared_ptr<spdlog::logger> make_logger(Verbosity verbosity, const std::string& log_file) {
  auto terminal = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  terminal->set_pattern("%v");
  terminal->set_level(verbosity == Verbosity::kQuiet     ? spdlog::level::warn
                      : verbosity == Verbosity::kVerbose ? spdlog::level::debug
                                                         : spdlog::level::info);
  std::vector<spdlog::sink_ptr> sinks{terminal};
  if (!log_file.empty()) {
    // spdlog would create the folders above it, and a typo would go unnoticed.
    const auto folder = std::filesystem::absolute(log_file).parent_path();
    if (!std::filesystem::is_directory(folder))
      throw Error(ErrorKind::kUsage, "cannot open the log file " + in_quotes(log_file) +
                                         ": there is no folder " + in_quotes(folder.string()));
    try {
      auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(log_file);
      file->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
      sinks.push_back(file);
    } catch (const spdlog::spdlog_ex& error) {
      throw Error(ErrorKind::kUsage, "cannot open the log file " + in_quotes(log_file) + ": " + error.what());
    }
  }
  auto logger = std::make_shared<spdlog::logger>("tenfold", sinks.begin(), sinks.end());
  logger->set_level(spdlog::level::debug);
  logger->flush_on(spdlog::level::info);
  return logger;
}

TableStyle stdout_style() {
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  return {.width = terminal ? terminal_width(STDOUT_FILENO) : kUsualWidth,
          .color = wants_color(STDOUT_FILENO)};
}

ConsoleObserver::ConsoleObserver(std::shared_ptr<spdlog::logger> logger, Verbosity verbosity)
    : logger_(std::move(logger)),
      bar_(verbosity != Verbosity::kQuiet && ::isatty(STDERR_FILENO) == 1),
      lines_(verbosity != Verbosity::kQuiet && !bar_) {}

ConsoleObserver::~ConsoleObserver() { clear_bar(); }

void ConsoleObserver::pass_began(std::string_view pass) {
  clear_bar();
  logger_->debug("{} …", pass);
  began_ = Clock::now();
}

void ConsoleObserver::noted(const std::string& sentence) {
  clear_bar();
  logger_->info("note: {}", sentence);
}

void ConsoleObserver::progressed(const Progress& progress) {
  const auto now = Clock::now();
  const double elapsed = duration<double>(now - began_).count();
  if (bar_ && now - shown_ >= kBarInterval) {
    shown_ = now;
    show_bar(progress, elapsed);
  } else if (lines_ && now - shown_ >= kLineInterval) {
    shown_ = now;
    logger_->info("{}", progress_text(progress, elapsed));
  }
}

void ConsoleObserver::show_bar(const Progress& progress, double elapsed) {
  const std::string text = progress_text(progress, elapsed);
  const int room = terminal_width(STDERR_FILENO) - display_width(text) - 4;
  std::string line = "\r\x1b[K";
  if (room >= 8) {
    const int cells = std::min(room, 40);
    const double share =
        static_cast<double>(progress.done) / static_cast<double>(std::max<std::uint64_t>(progress.total, 1));
    const int full = std::clamp(static_cast<int>(share * cells), 0, cells);
    for (int i = 0; i < cells; ++i) line += i < full ? "█" : "░";
    line += "  ";
  }
  line += text;
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  bar_shown_ = true;
}

void ConsoleObserver::clear_bar() {
  if (!bar_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  bar_shown_ = false;
}

}  // namespace tenfold
