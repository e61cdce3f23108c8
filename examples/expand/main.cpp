// Expands a dataset, and prints how many images each class has then: expand RECIPE INPUT OUTPUT

#include <tenfold/tenfold.h>

#include <cstdio>

int main(int argc, char** argv) try {
  if (argc != 4) return 2;
  tenfold::ExpandOptions options;
  options.overrides.inputs = {argv[2]};
  options.overrides.output = argv[3];
  tenfold::Observer silent;
  const tenfold::RunSummary summary = tenfold::expand(argv[1], options, silent);
  for (const tenfold::ClassPlan& of_class : summary.classes)
    std::printf("%s %llu\n", of_class.name.c_str(), static_cast<unsigned long long>(of_class.images()));
  return summary.has_findings() ? 3 : 0;
} catch (const tenfold::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
