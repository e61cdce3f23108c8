// SIGINT and SIGTERM during a run: the first one asks it to finish what is in flight, the second one ends the
// program at once. Either way a repeat continues.

#pragma once

#include <atomic>

namespace tenfold {

// From now on these signals are requests; before, they end the program, for there is nothing to finish. Also
// where they were ignored, as shells do for what a script starts in the background: somebody means it.
void listen_for_interruptions();

// Becomes true with the first request.
const std::atomic<bool>& interruption_requested();

// 128 and the number of the signal, as shells have it: 130 or 143.
int interrupted_exit_code();

}  // namespace tenfold
