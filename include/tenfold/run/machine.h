// What the machine lends to this process: the limits of its cgroup and CPU mask, not the host's.

#pragma once

#include <cstdint>

namespace tenfold {

// At least 1.
int available_cores();

// Bytes of memory.
std::uint64_t available_memory();

// The default budget for pixels: a quarter of the memory, at most 2 GiB.
std::uint64_t default_memory();

}  // namespace tenfold
