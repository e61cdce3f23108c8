// Which samples of a dataset with splits are one picture: all of them are looked at once, and what was seen
// is kept in the index.

#pragma once

#include <string>
#include <vector>

#include "ledger.h"
#include "remembered.h"
#include "tenfold/similarity/near_duplicates.h"

namespace tenfold {

// Of each sample, as the index keeps it: the look as text, "-" for an image that has none, empty where it is
// not known.
using LookTexts = std::vector<std::string>;

// Reads and decodes the samples that the output's index does not know well enough; those that turn out bad
// are dropped. Throws Error.
LookTexts look_at_samples(const Catalog& catalog, const RunOptions& options, const SourceIndex& index,
                          Ledger& ledger);

// The same for who only looks ahead: of a sample that turns out bad the hash is taken away.
LookTexts look_at_samples(const Catalog& catalog, const RunOptions& options, const SourceIndex& index,
                          SourceHashes& hashes);

// Pairs of samples that are one picture. Those without a hash take no part. Of a dataset's own splits only
// pairs of something of train with something of val or test are looked for.
Duplicates duplicates_among(const Catalog& catalog, const RunOptions& options, const SourceHashes& hashes,
                            const LookTexts& looks);

}  // namespace tenfold
