#include "tenfold/dataset/sources.h"

#include <algorithm>
#include <system_error>

#include "tenfold/base/error.h"
#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

void check_is_folder(const fs::path& root) {
  std::error_code error;
  const fs::file_status status = fs::status(root, error);
  if (status.type() == fs::file_type::not_found)
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) + " does not exist");
  if (error) throw system_error("cannot examine", root.string(), error.value());
  if (!fs::is_directory(status))
    throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) + " is not a folder");
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

}  // namespace

Sources::Sources(const std::vector<fs::path>& roots) {
  for (const fs::path& root : roots) {
    check_is_folder(root);
    const std::string name = name_of(root);
    if (roots.size() > 1 && (name.empty() || name.front() == '.' || !is_utf8(name)))
      throw Error(ErrorKind::kUsage, "the input " + in_quotes(root.string()) +
                                         " needs a name that does not begin with a dot: its images are "
                                         "known by it, as there are several inputs");
    roots_.push_back({root, roots.size() > 1 ? name + "/" : ""});
  }
  for (std::size_t i = 0; i < roots_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      check_are_apart(roots_[i].path, roots_[j].path);
      check_names_differ(roots_[j], roots_[i]);
    }
}

fs::path Sources::file_of(const std::string& path) const {
  for (const DatasetRoot& root : roots_)
    if (path.starts_with(root.prefix)) return root.path / path.substr(root.prefix.size());
  return roots_.front().path / path;
}

std::string Sources::in_words() const {
  std::vector<std::string> names;
  for (const DatasetRoot& root : roots_) names.push_back(in_quotes(root.path.string()));
  return listed(names);
}

}  // namespace tenfold
