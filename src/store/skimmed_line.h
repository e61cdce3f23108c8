// The quick way through a manifest of a million lines.

#pragma once

#include <optional>
#include <string_view>

#include "tenfold/store/manifest.h"

namespace tenfold {

// What a line that is as manifest_text() writes it tells of its file; what stands behind the fingerprint is
// not looked at. Nothing for lines that need a parser: with escapes in their names, or refusals.
std::optional<RecordedOutput> skimmed(std::string_view line);

}  // namespace tenfold
