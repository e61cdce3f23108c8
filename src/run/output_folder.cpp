#include "output_folder.h"

#include "tenfold/base/text.h"
#include "tenfold/store/output_lock.h"
#include "tenfold/store/output_state.h"
#include "tenfold/store/run_shard_files.h"

namespace tenfold {

void require_output_folder(const std::filesystem::path& root) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(root, ignored))
    throw Error(ErrorKind::kUsage, "there is no folder " + in_quotes(root.string()));
  refuse_if_in_use(root);
}

Error no_output_error(const std::filesystem::path& root) {
  using namespace output_files;
  if (!run_shards_with_journal(root).empty())
    return {ErrorKind::kLocked, "the output " + in_quotes(root.string()) +
                                    " is in shards; `tenfold merge` makes them whole when all are done"};
  if (std::filesystem::exists(root / kPreviousManifest) || std::filesystem::exists(root / kJournal))
    return {ErrorKind::kLocked,
            "the output " + in_quotes(root.string()) + " is unfinished; repeat the run that makes it"};
  return {ErrorKind::kLocked, in_quotes(root.string()) + " is no output of tenfold: it has no manifest"};
}

}  // namespace tenfold
