// The fingerprint of a whole plan, for those who keep outputs by it: a cache of a CI service, a rule of make.

#pragma once

#include "tenfold/base/hash.h"
#include "tenfold/run/run.h"

namespace tenfold {

// A hash of all that decides what a run writes: the recipe as resolved, names and contents of all images and
// of the masks, boxes, tables and reference images that belong to them, and the versions of draws, transforms
// and libraries. Of a shard, if `options` has one. Where the folders lie, the times of files and what is in
// the output do not enter it, nor does what only decides whether a run fails, such as max_bad.
//
// Reads every image once, and decodes none. Throws Error as forecast() does for what is wrong with the input.
Hash128 plan_fingerprint(const Recipe& recipe, const RunOptions& options, Observer& observer);

}  // namespace tenfold
