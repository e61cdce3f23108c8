#!/bin/sh
# Sets up, builds and runs the benchmark; tests/bench/README.md says what it measures.
#
#   scripts/bench.sh [DATASET] [--jobs A,B]    DATASET: class folders of JPEGs; the demo images without it
#
# The result goes to stdout and to tests/bench/results. All jobs take about ten minutes on two cores.
set -eu
root=$(dirname "$0")/..

"$root/scripts/setup.sh" --bench
log=$root/build/bench.log
mkdir -p "$root/build"
echo "building (some minutes; see $log)" >&2
if ! (cd "$root" && cmake --preset bench && cmake --build --preset bench) >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
export PATH="/usr/bin:$PATH"  # Debian's own Python, for its modules are those that peers need
exec python3 -B "$root/tests/bench/bench.py" "$root/build/bench" "$@"
