#include "folder_names.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 10> kSplits{"train", "training", "val", "valid", "validation",
                                                   "test",  "testing",  "dev", "eval",  "holdout"};

// In lower case; whatever follows, for programs number them.
struct Leftover {
  std::string_view begins;
  std::string_view reason;
};
constexpr std::array kLeftovers{
    Leftover{"__macosx", "is what archives from macOS carry along"},
    Leftover{"@eadir", "is where a NAS keeps its previews"},
    Leftover{"#recycle", "is a NAS's wastebasket"},
    Leftover{"$recycle.bin", "is Windows' wastebasket"},
    Leftover{"system volume information", "is Windows' own"},
    Leftover{"lost+found", "is where a file system check puts what it finds"},
    Leftover{"__pycache__", "is Python's own"},
    Leftover{"new folder", "has a name that nobody chose"},
    Leftover{"untitled folder", "has a name that nobody chose"},
    Leftover{"copy of ", "has the name of a copy"},
};
constexpr std::array<std::string_view, 3> kCopyEndings{" copy", " - copy", "(1)"};

std::string lowered(std::string_view name) {
  std::string lower(name);
  for (char& letter : lower)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return lower;
}

// Why a folder of this name is hardly meant to be there; empty where it may be.
std::string_view leftover_reason(std::string_view name) {
  const std::string lower = lowered(name);
  for (const Leftover& leftover : kLeftovers)
    if (lower.starts_with(leftover.begins)) return leftover.reason;
  for (const std::string_view ending : kCopyEndings)
    if (lower.ends_with(ending)) return "has the name of a copy";
  return {};
}

// Names that a typing error or a habit makes differ have the same one: "Stop signs", "stop_sign ".
std::string plain_name(std::string_view name) {
  constexpr std::string_view kSeparators = " _-.";
  std::string plain;
  for (const char letter : lowered(name)) {
    const bool separates = kSeparators.find(letter) != std::string_view::npos;
    if (!separates) {
      plain += letter;
    } else if (!plain.empty() && plain.back() != ' ') {
      plain += ' ';
    }
  }
  while (plain.ends_with(' ')) plain.pop_back();
  constexpr std::size_t kShortestPlural = 4;
  if (plain.size() >= kShortestPlural && plain.ends_with('s')) plain.pop_back();
  return plain;
}

}  // namespace

std::vector<DatasetFinding> class_name_findings(std::span<const std::string> classes) {
  std::vector<DatasetFinding> findings;
  const auto add = [&](const std::string& name, std::string reason, std::vector<std::string> others = {}) {
    findings.push_back({.flaw = Flaw::kClassName,
                        .class_name = name,
                        .others = std::move(others),
                        .reason = std::move(reason)});
  };
  std::map<std::string, std::vector<std::string>> alike;
  for (const std::string& name : classes) {
    if (std::ranges::find(kSplits, lowered(name)) != kSplits.end())
      add(name, "is named as a split: are the classes the folders in it?");
    if (const std::string_view reason = leftover_reason(name); !reason.empty())
      add(name, std::string(reason));
    alike[plain_name(name)].push_back(name);
  }
  for (const auto& [plain, names] : alike) {
    if (names.size() < 2) continue;
    std::vector<std::string> quoted, others(names.begin() + 1, names.end());
    for (const std::string& name : others) quoted.push_back(in_quotes(name));
    add(names.front(), "is named nearly as " + listed(quoted) + ": is it the same class?", others);
  }
  return findings;
}

std::vector<DatasetFinding> folder_findings(const fs::path& root) {
  std::vector<DatasetFinding> findings;
  std::error_code error;
  for (auto entry =
           fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_directory(ignored) || entry->is_symlink(ignored)) continue;
    const std::string path = entry->path().lexically_relative(root).string();
    const std::string name = entry->path().filename().string();
    const std::string class_name = path.substr(0, path.find('/'));
    if (name.starts_with('.')) {
      entry.disable_recursion_pending();
      findings.push_back({.flaw = Flaw::kHiddenFolder,
                          .class_name = entry.depth() == 0 ? "" : class_name,
                          .file_name = path,
                          .reason = "is hidden: what is in it is ignored"});
    } else if (const std::string_view reason = leftover_reason(name); entry.depth() > 0 && !reason.empty()) {
      findings.push_back({.flaw = Flaw::kClassName,
                          .class_name = class_name,
                          .file_name = path,
                          .reason = std::string(reason) + ", and counts to the class"});
    }
  }
  return findings;
}

}  // namespace tenfold
