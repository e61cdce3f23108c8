// Reading the files of samples while others may change them.

#pragma once

#include "tenfold/base/file.h"
#include "tenfold/dataset/catalog.h"

namespace tenfold {

// The content of the sample's file. Fails with SampleFailure{kRead} where it is no longer the file that was
// scanned, or changes while it is read. Throws Error where its whole folder is gone: then it is more likely
// that a share is away than that somebody has deleted images, and nobody shall lose outputs for that.
Outcome<Bytes> read_source(const Catalog& catalog, const Sample& sample);

}  // namespace tenfold
