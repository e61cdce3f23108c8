// How the files of one tree become another's.
//
//   1. the journals of the shards are copied: from here on their files are known in both trees
//   2. the tree's own journal names a group of files; they are moved; it has their results
//   3. when all of it is on the disk, the other tree is emptied, its journals last
//
// So a file has a result in one of the trees at every moment, and where it is cut off a repeat finds the rest
// in the other tree.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "tenfold/base/atomic_file.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"
#include "tenfold/store/output_tree.h"
#include "tenfold/store/run_shard_files.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// A link leads to the same file from its new place, too.
void move_link(const fs::path& from, const fs::path& to) {
  const fs::path old_folder = fs::canonical(from.parent_path());
  const fs::path file = (old_folder / fs::read_symlink(from)).lexically_normal();
  const fs::path target = file.lexically_relative(fs::canonical(to.parent_path()));
  const fs::path temporary = temporary_path(to);
  ::unlink(temporary.c_str());
  if (::symlink(target.c_str(), temporary.c_str()) != 0 || ::rename(temporary.c_str(), to.c_str()) != 0)
    throw system_error("cannot write", to.string(), errno);
}

// Between file systems a file is copied, and goes with the rest of its tree.
void move_file(const fs::path& from, const fs::path& to) {
  struct stat status {};
  if (::lstat(from.c_str(), &status) != 0) throw system_error("cannot read", from.string(), errno);
  if (S_ISLNK(status.st_mode)) return move_link(from, to);
  if (::rename(from.c_str(), to.c_str()) == 0) return;
  if (errno != EXDEV) throw system_error("cannot move", from.string(), errno);
  const Outcome<Bytes> bytes = read_file(from);
  if (!bytes) throw Error(ErrorKind::kFailed, in_quotes(from.string()) + " " + bytes.error().reason);
  write_atomically(to, *bytes);
}

void append(const fs::path& path, std::span<const std::uint8_t> bytes, std::uint64_t from) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) throw system_error("cannot create", path.string(), errno);
  int error_number = ::ftruncate(file, static_cast<off_t>(from)) != 0 ? errno : 0;
  for (bytes = bytes.subspan(from); error_number == 0 && !bytes.empty();) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) error_number = errno;
    if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (error_number == 0 && ::fdatasync(file) != 0) error_number = errno;
  ::close(file);
  if (error_number != 0) throw system_error("cannot write", path.string(), error_number);
}

Bytes journal_bytes(const fs::path& path) {
  Outcome<Bytes> bytes = read_file(path);
  return bytes ? std::move(*bytes) : Bytes();
}

}  // namespace

// What is here already is the begin of it, left by a merge that was cut off.
void OutputTree::adopt_journals(const OutputTree& other) {
  for (const RunShardState& one : other.state().run_shards) {
    const std::string name = journal_name(one.shard);
    Bytes theirs = journal_bytes(other.root() / name);
    theirs.resize(std::min<std::size_t>(theirs.size(), read_journal(other.root() / name).sound_bytes));
    Bytes ours = journal_bytes(root_ / name);
    ours.resize(std::min<std::size_t>(ours.size(), read_journal(root_ / name).sound_bytes));
    if (theirs.size() > ours.size()) append(root_ / name, theirs, ours.size());
  }
  sync();
}

void OutputTree::adopt_files(const OutputTree& other, std::span<const std::string> names) {
  journal().begin(names);
  for (const std::string& name : names) {
    create_folders_of(name);
    move_file(other.root() / name, root_ / name);
    journal().made(name, *other.record(name));
  }
}

void OutputTree::adopt(OutputTree& other, const std::function<void()>& end_if_stopped) {
  constexpr std::size_t kAtOnce = 1024;
  begin_change();
  adopt_journals(other);
  std::vector<std::string> names;
  for (const auto& [name, record] : other.state().records) names.push_back(name);
  std::ranges::sort(names);
  for (std::size_t i = 0; i < names.size(); i += kAtOnce) {
    end_if_stopped();
    adopt_files(other, std::span(names).subspan(i, std::min(kAtOnce, names.size() - i)));
  }
  settle();
  sync();
  other.remove_leftovers();
  for (const std::string& name : other.state().names()) other.remove(name);
  other.remove_own_files();
  other.sync();  // or its journals came back, on a disk of its own, when this tree is published
  journal_.reset();
  state_ = read_output(root_);  // as after a crash here
  folders_ = state_.folders;
  remove_leftovers();
}

}  // namespace tenfold
