// The clock of a run: every pass is announced and timed.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tenfold/run/run.h"

namespace tenfold {

class Passes {
 public:
  explicit Passes(Observer& observer) : observer_(observer) {}

  template <typename Action>
  auto operator()(std::string name, Action&& action) {
    const Running running(*this, std::move(name));
    return std::forward<Action>(action)();
  }

  std::vector<PassTime> times() const { return times_; }

 private:
  class Running {
   public:
    Running(Passes& passes, std::string name);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

   private:
    Passes& passes_;
    PassTime began_;
  };

  Observer& observer_;
  std::vector<PassTime> times_;
};

}  // namespace tenfold
