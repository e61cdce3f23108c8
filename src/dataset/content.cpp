#include "tenfold/dataset/content.h"

namespace tenfold {

Outcome<Bytes> Content::read_start(std::size_t count) const {
  if (unpack_) return unpack_(count);
  Bytes bytes(count);  // what calls itself empty may yet have some, or be an error to read
  bytes.resize(file_.read_at(0, bytes));
  return bytes;
}

Outcome<ImageHeader> Content::read_header() const {
  if (!unpack_) return tenfold::read_header(file_);
  const Outcome<Bytes> bytes = unpack_(size_);
  if (!bytes) return tl::unexpected(bytes.error());
  return tenfold::read_header(*bytes);
}

Outcome<Bytes> Content::read_all() const {
  if (unpack_) return unpack_(size_);
  return file_.read_all();
}

}  // namespace tenfold
