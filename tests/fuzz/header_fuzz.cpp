// Headers of all formats, as the scan reads them.

#include <unistd.h>

#include "fuzz/fuzzing.h"
#include "support/temporary_folder.h"
#include "tenfold/base/hash.h"
#include "tenfold/image/header.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenfold;
  using test::must;
  const std::span bytes(data, size);
  const Outcome<ImageHeader> header = read_header(bytes);

  static const test::TemporaryFolder folder;
  const Outcome<InputFile> file = InputFile::open(folder.write("image", test::text_of(data, size)));
  must(file.has_value(), "a file can be opened");
  must(read_header(*file) == header, "a file's header is that of its bytes");
  if (!header) {
    must(!header.error().reason.empty(), "a refusal has a reason");
    return 0;
  }

  must(recognise(bytes) == header->format, "the format is that of the magic bytes");
  must(header->stored.width > 0 && header->stored.height > 0, "an image has pixels");
  must(header->orientation >= 1 && header->orientation <= 8, "an orientation is one of EXIF's");
  const std::size_t cut = hash64(test::text_of(data, size)) % size;
  const Outcome<ImageHeader> start = read_header(bytes.first(cut));
  must(!start || start->stored == header->stored, "a header that was cut off tells the same size, or none");
  return 0;
}
