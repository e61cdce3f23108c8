// Journals, as they are and with the checksums of their lines made right: a changed line is refused by its
// checksum before anybody looks at what it says.

#include <sstream>

#include "fuzz/fuzzing.h"
#include "support/temporary_folder.h"
#include "tenfold/base/hash.h"
#include "tenfold/store/journal.h"

namespace tenfold {
namespace {

using test::must;

constexpr std::size_t kDigits = 16;

std::string with_right_checksums(const std::string& text) {
  std::istringstream lines(text);
  std::string right;
  for (std::string line; std::getline(lines, line);) {
    const std::string json = line.size() > kDigits ? line.substr(kDigits + 1) : line;
    char digits[kDigits + 1];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash64(json)));
    right += digits + (" " + json) + "\n";
  }
  return right;
}

// Otherwise most of what this target tries would be refused by the checksum.
void check_checksums(const std::filesystem::path& path) {
  std::filesystem::remove(path);
  Journal(path, 0, [] {}).good("a/1.jpg", {{1, 2}});
  const std::string text = test::read_text(path);
  must(with_right_checksums(text) == text, "this target makes checksums as the journal does");
}

void check(const std::filesystem::path& path, const std::string& text) {
  test::write_text(path, text);
  const JournalContent content = read_journal(path);
  must(content.sound_bytes <= text.size(), "what is sound is a part of the journal");
  Journal(path, content.sound_bytes, [] {}).good("behind/it.jpg", {{1, 2}});
  const JournalContent longer = read_journal(path);
  must(longer.sound_bytes == std::filesystem::file_size(path), "what stands behind the sound part is read");
  must(longer.made == content.made && longer.begun == content.begun && longer.bad == content.bad,
       "the sound part is read as before");
  must(!read_journal_catalog(path).empty() || !longer.opening || longer.opening->listed == 0,
       "the catalog of an opening is read");
  must(!longer.done, "what is done has nothing behind it");
  must(longer.good.at("behind/it.jpg") == GoodSource{{1, 2}}, "the new line is read");
}

}  // namespace
}  // namespace tenfold

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenfold;
  static const test::TemporaryFolder folder;
  static const std::filesystem::path path = folder / "journal";
  [[maybe_unused]] static const bool once = (check_checksums(path), true);
  const std::string text = test::text_of(data, size);
  check(path, text);
  check(path, with_right_checksums(text));
  return 0;
}
