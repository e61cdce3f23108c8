// Tars and zips that a dataset is read from.

#include <algorithm>

#include "fuzz/fuzzing.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/dataset/catalog.h"
#include "tenfold/dataset/source_file.h"

namespace tenfold {
namespace {

using test::must;

constexpr std::uint64_t kMaxPixels = 1 << 20;

bool stays_below_root(const std::string& path) {
  const std::string framed = "/" + path + "/";
  return framed.find("/../") == std::string::npos && framed.find("//") == std::string::npos &&
         framed.find("/.") == std::string::npos;
}

void check_catalog(const Catalog& catalog) {
  for (const Sample& sample : catalog.samples) {
    must(stays_below_root(sample.path), "a sample lies below the root: " + sample.path);
    const Outcome<Bytes> bytes = read_source(catalog, sample);
    must(!bytes || bytes->size() == sample.size_bytes, "a sample has the size that the scan tells");
  }
  const auto same = [](const Sample& a, const Sample& b) { return a.path == b.path; };
  must(std::ranges::adjacent_find(catalog.samples, same) == catalog.samples.end(), "a path is one sample's");
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tenfold::test::TemporaryFolder folder;
  const std::filesystem::path archive = folder.write("archive", tenfold::test::text_of(data, size));
  try {
    tenfold::check_catalog(tenfold::scan(archive, {.max_pixels = tenfold::kMaxPixels}));
  } catch (const tenfold::Error& error) {
    tenfold::test::must(error.kind() == tenfold::ErrorKind::kUsage,
                        "an archive that cannot be used is the user's: " + std::string(error.what()));
  }
  return 0;
}
