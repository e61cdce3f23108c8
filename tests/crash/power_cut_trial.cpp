// Cuts the power of a run on a real dataset at random moments, and lets a repeat finish each.
//
//   power_cut_trial RECIPE INPUT FOLDER CUTS
//
// FOLDER is an empty folder to work in. Prints how many events the run had and how many of the cuts ended in
// the tree of a clean run; exits with 1 where one did not.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>

#include "crash/disk.h"
#include "support/temporary_folder.h"
#include "tenfold/recipe/recipe.h"
#include "tenfold/run/run.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::Disk;
using test::Loss;

void run_into(const Recipe& recipe, const fs::path& output) {
  Recipe here = recipe;
  here.output.root = output;
  Observer observer;
  run(here, {}, observer);
}

int try_cuts(const Recipe& recipe, const fs::path& folder, std::size_t cuts) {
  const fs::path clean = folder / "clean", watched = folder / "watched", cut = folder / "cut";
  run_into(recipe, clean);
  const auto wanted = test::tree_of(clean);
  fs::create_directories(watched);
  Disk disk(watched);
  run_into(recipe, watched);
  disk.stop();
  std::printf("a run of %zu files and %zu events\n", wanted.size(), disk.events());

  std::mt19937_64 random(cuts);
  std::size_t whole = 0, same = 0;
  for (std::size_t i = 0; i < cuts; ++i) {
    const std::size_t events = random() % (disk.events() + 1);
    disk.cut(events, i % 4 == 0 ? Loss::kAll : i % 4 == 1 ? Loss::kLater : Loss::kAny, i, cut);
    whole += fs::exists(cut / "manifest.jsonl") ? 1 : 0;
    run_into(recipe, cut);
    const bool is_same = test::tree_of(cut) == wanted;
    same += is_same ? 1 : 0;
    if (!is_same) std::printf("cut %zu after event %zu ends in another tree\n", i, events);
  }
  std::printf("%zu of %zu cuts (%zu of them behind the manifest) end in the tree of a clean run\n", same,
              cuts, whole);
  return same == cuts ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace tenfold

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: power_cut_trial RECIPE INPUT FOLDER CUTS\n");
    return 2;
  }
  try {
    tenfold::RecipeOverrides overrides;
    overrides.inputs = {argv[2]};
    overrides.output = std::filesystem::path(argv[3]) / "out";
    const auto parsed = tenfold::parse_recipe(tenfold::test::read_text(argv[1]), argv[1], overrides);
    if (tenfold::has_errors(parsed.diagnostics)) {
      for (const auto& diagnostic : parsed.diagnostics)
        std::fprintf(stderr, "%s", tenfold::rendered(diagnostic).c_str());
      return 2;
    }
    return tenfold::try_cuts(parsed.recipe, argv[3], std::strtoul(argv[4], nullptr, 10));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "power_cut_trial: %s\n", error.what());
    return 1;
  }
}
