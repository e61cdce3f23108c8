#include "named_output.h"

#include "output_folder.h"
#include "tenfold/base/text.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// How the manifest would call the file that a path leads to.
std::string name_below(const fs::path& root, const std::string& file) {
  const fs::path path = fs::absolute(file).lexically_normal();
  return path.lexically_relative(fs::absolute(root / "").lexically_normal()).generic_string();
}

[[noreturn]] void refuse_file(const fs::path& manifest, const std::string& file, const std::string& name) {
  std::vector<std::string> names;
  for_each_manifest_line(manifest, [&](RawManifestLine&& raw) {
    if (auto line = parse_manifest_line(raw.text)) names.push_back(std::move(line->file_name));
  });
  auto near = nearest(file, names);
  if (!near) near = nearest(name, names);
  throw Error(ErrorKind::kUsage, "the manifest has no file " + in_quotes(file) +
                                     (near ? "; did you mean " + in_quotes(*near) + "?" : ""));
}

}  // namespace

ManifestLine find_output(const fs::path& root, const std::string& file) {
  require_output_folder(root);
  if (file.empty()) throw Error(ErrorKind::kUsage, "FILE must not be empty");
  const std::string name = name_below(root, file);
  const fs::path manifest = root / output_files::kManifest;
  std::optional<ManifestLine> found;
  const bool there = for_each_manifest_line(manifest, [&](RawManifestLine&& raw) {
    if (found && found->file_name == file) return;
    auto line = parse_manifest_line(raw.text);
    if (line && (line->file_name == file || line->file_name == name)) found = std::move(line);
  });
  if (!there) throw no_output_error(root);
  if (!found) refuse_file(manifest, file, name);
  return std::move(*found);
}

}  // namespace tenfold
