#include "tenfold/run/machine.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>

namespace tenfold {
namespace {

// Calls `use` for the file of this name in the process's cgroup (version 2) and in every cgroup above it.
template <typename Use>
void for_each_cgroup_file(const std::string& name, Use&& use) {
  std::ifstream memberships("/proc/self/cgroup");
  std::string line, group;
  while (std::getline(memberships, line))
    if (line.starts_with("0::")) group = line.substr(3);
  for (;;) {
    std::ifstream file("/sys/fs/cgroup" + group + "/" + name);
    if (file) use(file);
    if (group.empty() || group == "/") return;
    group.resize(group.rfind('/'));
  }
}

}  // namespace

int available_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  int cores = ::sched_getaffinity(0, sizeof set, &set) == 0
                  ? CPU_COUNT(&set)
                  : static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
  for_each_cgroup_file("cpu.max", [&](std::ifstream& file) {
    std::string quota;
    double period = 0;
    if (!(file >> quota >> period) || quota == "max" || period <= 0) return;
    cores = std::min(cores, static_cast<int>(std::ceil(std::stod(quota) / period)));
  });
  return std::max(cores, 1);
}

std::uint64_t available_memory() {
  auto bytes = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
               static_cast<std::uint64_t>(::sysconf(_SC_PAGE_SIZE));
  for_each_cgroup_file("memory.max", [&](std::ifstream& file) {
    std::uint64_t limit = 0;  // "max" does not parse, and does not limit
    if (file >> limit) bytes = std::min(bytes, limit);
  });
  return bytes;
}

std::uint64_t default_memory() { return std::min(available_memory() / 4, std::uint64_t{2} << 30); }

}  // namespace tenfold
