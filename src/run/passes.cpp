#include "passes.h"

#include <sys/resource.h>

#include <chrono>

namespace tenfold {
namespace {

double wall_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_now() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Passes::Running::Running(Passes& passes, std::string name)
    : passes_(passes), began_{std::move(name), wall_now(), cpu_now()} {
  passes_.observer_.pass_began(began_.pass);
}

Passes::Running::~Running() {
  passes_.times_.push_back({began_.pass, wall_now() - began_.wall_seconds, cpu_now() - began_.cpu_seconds});
}

}  // namespace tenfold
