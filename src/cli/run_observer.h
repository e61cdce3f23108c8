// A run as people watch it: from the moment on that files may be written, signals are requests.

#pragma once

#include "console.h"
#include "interruption.h"

namespace tenfold {

class RunObserver : public ConsoleObserver {
 public:
  using ConsoleObserver::ConsoleObserver;
  void output_opens() override { listen_for_interruptions(); }
};

}  // namespace tenfold
