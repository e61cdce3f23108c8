// Where a command may write what it draws.

#pragma once

#include <filesystem>
#include <string>

namespace tenfold {

// Throws Error, kUsage, where `file`, which `option` names, is a folder or lies below `root`, of which `why`
// says what speaks against it: "the output 'x', which holds only what a run wrote".
void refuse_place(const std::filesystem::path& file, const std::filesystem::path& root,
                  const std::string& why, const std::string& option);

}  // namespace tenfold
