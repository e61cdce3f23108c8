#include "text_lines.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "tenfold/base/error.h"

namespace tenfold {

bool for_each_line(const std::filesystem::path& path, const std::function<bool(const std::string&)>& use) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    if (errno == ENOENT) return false;
    throw system_error("cannot open", path.string(), errno);
  }
  std::string line;
  while (std::getline(file, line) && !file.eof())  // the last line counts only with its newline
    if (!use(line)) return true;
  if (file.bad()) throw system_error("cannot read", path.string(), errno);
  return true;
}

std::string checked_name(std::string name) {
  std::size_t begin = 0;
  bool sound = !name.empty() && name.find('\0') == std::string::npos;
  while (sound && begin <= name.size()) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = std::string_view(name).substr(begin, end - begin);
    sound = !part.empty() && part != "." && part != "..";
    begin = end + 1;
  }
  if (!sound) throw nlohmann::json::other_error::create(501, "no name of an output: " + name, nullptr);
  return name;
}

}  // namespace tenfold
