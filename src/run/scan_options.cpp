#include "tenfold/run/scan_options.h"

namespace tenfold {

ScanOptions scan_options(const InputRecipe& input) {
  return {.splits = input.splits,
          .labels = input.labels,
          .ignore = input.ignore,
          .max_pixels = input.max_pixels,
          .follow_file_links = input.follow_links != FollowLinks::kNone,
          .follow_folder_links = input.follow_links == FollowLinks::kAll};
}

}  // namespace tenfold
