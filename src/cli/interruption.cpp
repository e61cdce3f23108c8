#include "interruption.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

namespace tenfold {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM};

std::atomic<bool> requested = false;
std::atomic<int> last_signal = 0;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may use nothing else");

void set_handler(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

// Uses only what is safe in a signal handler.
void request_stop(int signal) {
  const int error_number = errno;
  for (const int each : kSignals) set_handler(each, SIG_DFL);
  last_signal = signal;
  requested = true;
  constexpr std::string_view kSentence = "\nfinishing what is in flight; once more ends at once\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kSentence.data(), kSentence.size());
  errno = error_number;
}

}  // namespace

void listen_for_interruptions() {
  for (const int signal : kSignals) set_handler(signal, request_stop);
  set_handler(SIGPIPE, SIG_IGN);  // Ctrl-C also ends whoever reads what is said
}

const std::atomic<bool>& interruption_requested() { return requested; }

int interrupted_exit_code() { return 128 + last_signal; }

}  // namespace tenfold
