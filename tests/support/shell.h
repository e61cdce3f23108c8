// A command of the shell, as people type it.

#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "support/temporary_folder.h"

namespace tenfold::test {

struct ShellResult {
  int code = -1;
  std::string out, err;
};

// Runs `command` in `folder`.
inline ShellResult shell(const std::filesystem::path& folder, const std::string& command) {
  const TemporaryFolder streams;
  const std::string path = streams.path().string();
  const std::string line =
      "cd '" + folder.string() + "' && { " + command + "\n} >" + path + "/out 2>" + path + "/err </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(streams / "out"),
          read_text(streams / "err")};
}

}  // namespace tenfold::test
