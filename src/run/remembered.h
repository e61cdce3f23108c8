// What an output folder remembers: of the sources that it was made of, and of its images.

#pragma once

#include <optional>
#include <vector>

#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/output_state.h"

namespace tenfold {

// The hash of the sample's content as far as it must or can be known before anything is planned: that of the
// index, if size and time are still the same. Sources that were bad before are read, which are few, unless
// the index says that they still are; with `rehash` all are. Nothing where it is to be found out later.
// Throws Error.
std::optional<Hash128> remembered_hash(const Catalog& catalog, const Sample& sample, const OutputState& state,
                                       bool rehash);

// Why a sample with this content is known to be bad; nothing where it is not.
std::optional<SampleFailure> remembered_failure(const Sample& sample, const Hash128& content,
                                                const OutputState& state);

using SourceHashes = std::vector<std::optional<Hash128>>;  // by sample; nothing for bad ones

// The hashes of all samples, for those who draw but do not decode: what is remembered counts, what has
// changed or is new is read, and is good. With the threads of the calling arena. Throws Error.
SourceHashes known_hashes(const Catalog& catalog, const OutputState& state, bool rehash);

// Whether the image at `path`, of which `record` tells, is what the plan wants there: one of the attempts at
// `output`, and, where it is an untouched original, a link or a file as the recipe says.
bool is_as_planned(const Jobs& jobs, const OutputId& output, const Job& first, const Hash128& source,
                   const OutputRecord& record, const std::filesystem::path& path);

}  // namespace tenfold
