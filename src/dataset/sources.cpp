#include "tenfold/dataset/sources.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <system_error>
#include <utility>

#include "dataset/archive.h"
#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// Whether it is one, and not a file.
bool is_folder(const fs::path& root) {
  std::error_code error;
  const fs::file_status status = fs::status(root, error);
  if (status.type() == fs::file_type::not_found)
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) + " does not exist");
  if (error) throw system_error("cannot examine", root.string(), error.value());
  return fs::is_directory(status);
}

std::string name_of(const fs::path& root) {
  const fs::path whole = fs::absolute(root).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

bool lies_in(const fs::path& inner, const fs::path& outer) {
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

// Images that belong to two roots would be two samples.
void check_are_apart(const fs::path& a, const fs::path& b) {
  const fs::path real_a = fs::canonical(a), real_b = fs::canonical(b);
  const bool same = real_a == real_b;
  if (!lies_in(real_a, real_b) && !lies_in(real_b, real_a)) return;
  const bool a_is_inner = lies_in(real_a, real_b);
  throw Error(ErrorKind::kUsage, "the input " + in_quotes((a_is_inner ? a : b).string()) +
                                     (same ? " is the same folder as " : " lies inside the input ") +
                                     in_quotes((a_is_inner ? b : a).string()) + "; name it once");
}

void check_names_differ(const DatasetRoot& a, const DatasetRoot& b) {
  if (a.prefix == b.prefix)
    throw Error(ErrorKind::kUsage, "the inputs " + in_quotes(a.path.string()) + " and " +
                                       in_quotes(b.path.string()) +
                                       " have the same name, by which their images are told apart; rename "
                                       "one of the folders");
}

// The tars in a folder that holds nothing else but hidden files and other files; nothing where it holds
// folders, so that a tar beside class folders is no dataset of its own.
std::vector<fs::path> shards_in(const fs::path& folder) {
  std::vector<fs::path> shards;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().filename().string().starts_with('.')) continue;
    if (entry.is_directory(ignored)) return {};
    if (entry.path().extension() == ".tar") shards.push_back(entry.path());
  }
  std::ranges::sort(shards);
  return shards;
}

}  // namespace

Outcome<Content> DatasetRoot::open(const std::string& below) const {
  if (archive) return archive->open_entry(below);
  return InputFile::open(path / below).map([](InputFile&& file) { return Content(std::move(file)); });
}

bool DatasetRoot::has(const std::string& below) const {
  if (archive) return archive->has(below);
  std::error_code error;
  return fs::symlink_status(path / below, error).type() != fs::file_type::not_found;
}

Sources::Sources(const std::vector<fs::path>& named) {
  std::vector<fs::path> roots;
  for (const fs::path& root : named) {
    const std::vector<fs::path> shards = is_folder(root) ? shards_in(root) : std::vector<fs::path>();
    if (shards.empty())
      roots.push_back(root);
    else
      roots.insert(roots.end(), shards.begin(), shards.end());
  }
  // One shard of a folder has its name, too, for others may join it.
  const bool have_names = roots.size() > 1 || roots != named;
  for (const fs::path& root : roots) {
    const std::string name = name_of(root);
    if (have_names && (name.empty() || name.front() == '.' || !is_utf8(name)))
      throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) +
                                         " needs a name that does not begin with a dot: its images are "
                                         "known by it, as there are several inputs");
    roots_.push_back({root, have_names ? name + "/" : "", is_folder(root) ? nullptr : Archive::open(root)});
  }
  for (std::size_t i = 0; i < roots_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      check_are_apart(roots_[i].path, roots_[j].path);
      check_names_differ(roots_[j], roots_[i]);
    }
}

// Not std::call_once(): who comes later shall get the same Error, and not open them again.
struct Sources::Later {
  explicit Later(std::function<Sources()> how) : open(std::move(how)) {}

  std::function<Sources()> open;
  std::mutex mutex;
  std::vector<DatasetRoot> roots;
  bool opened = false;
  std::exception_ptr failure;
};

Sources::Sources(std::function<Sources()> open) : later_(std::make_shared<Later>(std::move(open))) {}

bool Sources::are_open() const {
  if (!later_) return true;
  const std::lock_guard lock(later_->mutex);
  return later_->opened;
}

const std::vector<DatasetRoot>& Sources::roots() const {
  if (!later_) return roots_;
  const std::lock_guard lock(later_->mutex);
  if (later_->failure) std::rethrow_exception(later_->failure);
  if (!later_->opened) try {
      later_->roots = later_->open().roots();
      later_->opened = true;
    } catch (...) {
      later_->failure = std::current_exception();
      throw;
    }
  return later_->roots;
}

// A path of no root belongs to the first, which has nothing there.
const DatasetRoot& Sources::root_of(const std::string& path) const {
  const std::vector<DatasetRoot>& all = roots();
  const auto found =
      std::ranges::find_if(all, [&](const DatasetRoot& root) { return path.starts_with(root.prefix); });
  return found == all.end() ? all.front() : *found;
}

Outcome<Content> Sources::open(const std::string& path) const {
  const DatasetRoot& root = root_of(path);
  return root.open(path.starts_with(root.prefix) ? path.substr(root.prefix.size()) : path);
}

std::optional<fs::path> Sources::file_of(const std::string& path) const {
  const DatasetRoot& root = root_of(path);
  if (root.archive) return std::nullopt;
  return root.path / (path.starts_with(root.prefix) ? path.substr(root.prefix.size()) : path);
}

std::string Sources::in_words() const {
  std::vector<std::string> names;
  for (const DatasetRoot& root : roots()) names.push_back(in_quotes(root.path.string()));
  return listed(names);
}

}  // namespace tenfold
