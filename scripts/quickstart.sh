#!/bin/sh
# From a fresh clone to a balanced dataset: sets up, builds, draws the demo dataset, and expands it tenfold.
#
#   scripts/quickstart.sh [DIR]    where the two datasets go; build/quickstart without it
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh
mkdir -p build
log=build/quickstart.log
echo "building (some ten minutes on two cores; see $log)"
if ! { cmake --preset release && cmake --build --preset release; } >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi

tenfold=build/release/src/cli/tenfold
dir=${1:-build/quickstart}
[ -e "$dir/signs" ] || "$tenfold" demo "$dir/signs"
"$tenfold" run configs/quickstart.yaml -i "$dir/signs" -o "$dir/signs-x10"
echo "look into $dir/signs-x10; '$tenfold report $dir/signs-x10' draws a page about it"
