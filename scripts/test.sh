#!/bin/sh
# Sets up, builds and runs all tests.
#
#   scripts/test.sh [PRESET]    dev without it; asan or tsan for the sanitizers (tsan: of the modules with threads)
set -eu
cd "$(dirname "$0")/.."

preset=${1:-dev}
case $preset in
  asan) scripts/setup.sh --asan ;;
  *) scripts/setup.sh --tests ;;
esac
[ "$preset" != tsan ] || scripts/instrumented_tbb.sh
cmake --fresh --preset "$preset"  # a changed compiler would make a cache forget the rest of the preset
cmake --build --preset "$preset"
ctest --preset "$preset" -j "$(nproc)"
