// Manifests.

#include "fuzz/fuzzing.h"
#include "support/temporary_folder.h"
#include "tenfold/base/error.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

using test::must;

// The manifest as tenfold would write it, without what a reader leaves out; nothing where it is refused.
std::string written_again(const std::string& text) {
  static const test::TemporaryFolder folder;
  std::string again;
  try {
    const bool exists = read_manifest(folder.write("manifest.jsonl", text),
                                      [&](ManifestLine&& line) { again += manifest_text(line); });
    must(exists, "a manifest that exists is read");
  } catch (const Error& error) {
    must(error.kind() == ErrorKind::kLocked, "a damaged manifest is not known to be tenfold's");
    return "";
  }
  return again;
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string again = tenfold::written_again(tenfold::test::text_of(data, size));
  tenfold::test::must(tenfold::written_again(again) == again, "what was read is written and read alike");
  return 0;
}
