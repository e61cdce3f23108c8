// Copies that are no use: they change nothing, or equal an earlier copy of their sample. Known from the draws
// alone.

#pragma once

#include <cstdint>
#include <set>

#include "tenfold/plan/job.h"

namespace tenfold {

struct IdleCopies {
  std::uint64_t unchanged = 0;
  std::uint64_t equal = 0;

  IdleCopies& operator+=(const IdleCopies& other) {
    unchanged += other.unchanged;
    equal += other.equal;
    return *this;
  }
};

// Counts the copies of one sample, handed over one by one. Not thread-safe.
class IdleCounter {
 public:
  void count(const Job& job, const Sample& sample, const Hash128& fingerprint) {
    if (changes_nothing(job, sample)) {
      ++copies_.unchanged;
    } else if (!seen_.insert(fingerprint).second) {
      ++copies_.equal;
    }
  }
  const IdleCopies& copies() const { return copies_; }

 private:
  IdleCopies copies_;
  std::set<Hash128> seen_;
};

}  // namespace tenfold
