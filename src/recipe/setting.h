// `--set KEY=VALUE`: changes one key of a recipe's tree before it is validated.

#pragma once

#include <string>

#include "findings.h"
#include "yaml_tree.h"

namespace tenfold {

// Sets the key at a path such as "expand.factor" or "augment.1.rotate.degrees" (elements of a list are
// numbered from 0) to a value in YAML; keys that are not there are created. So a misspelt key is found by the
// validation that follows. The setting is the whole text of the source `source`. Reports what cannot be set.
void apply_setting(int source, YamlNode& root, Findings& findings, YamlSize& size);

}  // namespace tenfold
