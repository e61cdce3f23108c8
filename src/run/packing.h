// Shards of the layout `webdataset`: train-000000.tar, train-000001.tar, …
//
// The images of a split stand in the order of the hashes of their names, so that each shard is a mixture of
// all classes; that hash is also their key (store/shard.h). Class numbers are positions in the list of
// classes of dataset.json. An image that was in a shard before is taken from there.
//
// The shards are the same bytes for any number of threads: each is written by one, and which images it holds
// is known before.

#pragma once

#include <functional>

#include "make.h"

namespace tenfold {

// Writes the shards and the manifest, which says where in them each image stands. `write_lines` writes a
// manifest of the images as they lie now. REQUIRES begin_change(). Throws Error.
Companions pack(const MakeContext& context, AtomicFile& manifest,
                const std::function<void(AtomicFile&)>& write_lines);

}  // namespace tenfold
