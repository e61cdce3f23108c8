// What the reference promises of every transform that is not built on floating-point library code: the same
// bytes, whatever the CPU is able to do. The libraries are told to do without the newer instructions.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "support/temporary_folder.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {
namespace {

using test::TemporaryFolder;
using test::tree_of;
using test::write_text;

using Tree = std::map<std::string, std::string>;

constexpr const char* kOpenCv =
    "OPENCV_CPU_DISABLE=SSSE3,SSE4.1,SSE4.2,POPCNT,FP16,AVX,AVX2,FMA3,AVX512F,AVX512-COMMON,AVX512-SKX,"
    "AVX512-CLX,AVX512-CNL,AVX512-ICL";
constexpr const char* kMath =  // its sines and powers have versions with FMA and AVX2
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL,-AVX512BW";
constexpr const char* kJpeg = "JSIMD_FORCENONE=1";

// The transform as a recipe writes it, whenever it is chosen.
std::string element(const TransformSpec& spec) {
  std::string parameters = std::regex_replace(spec.example, std::regex(R"((, )?\bp: [0-9.]+)"), "");
  parameters = std::regex_replace(parameters, std::regex("target-domain"), "signs/priority");
  parameters.pop_back();
  return spec.name + ": " + parameters + (parameters == "{" ? "" : ", ") + "p: 1}";
}

class InstructionSets : public ::testing::Test {
 protected:
  // Runs in the test's folder, with these variables set.
  void tenfold(const std::string& arguments, const std::string& variables = "") const {
    const std::string command = "cd '" + folder_.path().string() + "' && " + variables +
                                " '" TENFOLD_PROGRAM "' " + arguments + " >.stdout 2>.stderr </dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0) << test::read_text(folder_ / ".stderr");
  }

  Tree output_with(const std::string& variables) const {
    std::filesystem::remove_all(folder_ / "out");
    tenfold("run recipe.yaml", variables);
    return tree_of(folder_ / "out");
  }

  // The transform behind each file of the output.
  std::map<std::string, std::string> transforms_by_file() const {
    std::map<std::string, std::string> result;
    std::ifstream manifest(folder_ / "out/manifest.jsonl");
    for (std::string text; std::getline(manifest, text);) {
      const auto line = nlohmann::json::parse(text);
      for (const auto& transform : line["transforms"]) result[line["file_name"]] = transform["name"];
    }
    return result;
  }

  TemporaryFolder folder_;
};

TEST_F(InstructionSets, MakeTheSameBytesWithEveryTransformThatPromisesIt) {
  std::string recipe =
      "version: 1\ninput: {root: signs}\noutput: {root: out}\n"
      "expand: {factor: 40, balance: none}\naugment:\n  - one_of:\n";
  std::set<std::string> promised;
  for (const TransformSpec& spec : transforms()) {
    if (spec.float_code) continue;
    promised.insert(spec.name);
    recipe += "      - " + element(spec) + "\n";
  }
  write_text(folder_ / "recipe.yaml", recipe);
  tenfold("demo signs");
  std::filesystem::remove_all(folder_ / "signs/stop");
  std::filesystem::remove_all(folder_ / "signs/yield");

  const Tree expected = output_with("");
  const std::map<std::string, std::string> transforms = transforms_by_file();
  std::set<std::string> seen;
  for (const auto& [file, name] : transforms) seen.insert(name);
  EXPECT_EQ(seen, promised);

  for (const char* variables : {kOpenCv, kMath, kJpeg}) {
    const Tree actual = output_with(variables);
    std::set<std::string> different;
    for (const auto& [file, name] : transforms)
      if (actual.at(file) != expected.at(file)) different.insert(name);
    EXPECT_EQ(different, std::set<std::string>{}) << variables;
    EXPECT_EQ(actual.at("manifest.jsonl"), expected.at("manifest.jsonl")) << variables;
  }
}

}  // namespace
}  // namespace tenfold
