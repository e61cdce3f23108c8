#include "tenfold/run/clean.h"

#include "output_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/store/output_tree.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// Asked before anything is locked, so that a folder that is not ours does not even get a lock.
void require_ours(const fs::path& root) {
  const OutputState state = read_output(root);
  const bool empty = state.images() == 0 && state.foreign.empty();  // as a clean that was cut off leaves it
  const bool unfinished =
      state.unfinished || !state.run_shards.empty() || fs::exists(root / output_files::kPreviousManifest);
  if (!empty && !state.finished && state.description.empty() && !unfinished) throw no_output_error(root);
  if (state.images() == 0 && !state.foreign.empty())
    throw Error(ErrorKind::kLocked,
                "the manifest of " + in_quotes(root.string()) +
                    " is missing or empty, so it is not known which files are tenfold's, such as " +
                    in_quotes(state.foreign.front()) + "; remove the folder yourself");
}

}  // namespace

Cleaning clean(const fs::path& root) {
  require_output_folder(root);
  require_ours(root);
  OutputTree tree(root, ForeignFiles::kLeftAlone);
  tree.begin_change();
  Cleaning cleaning{.foreign = tree.state().foreign};
  for (const std::string& name : tree.state().names()) {
    const OutputRecord* record = tree.record(name);
    cleaning.images += record == nullptr || record->is_image() ? 1 : 0;
    tree.remove(name);
  }
  tree.remove_own_files();
  return cleaning;
}

}  // namespace tenfold
