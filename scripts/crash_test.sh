#!/bin/sh
# Kills runs at random moments, fills a small disk and cuts the power, and sees that a repeat ends in the tree of
# a clean run each time.
#
#   scripts/crash_test.sh [KILLS [INPUT [RECIPE]]]    200 kills on a demo dataset without them
#
# The small disk is a tmpfs and needs root; without, that part is left out, and said.
set -eu
cd "$(dirname "$0")/.."

kills=${1:-200}
build=build/dev
cmake --preset dev >/dev/null
cmake --build --preset dev --target tenfold tenfold_power_cut_trial >/dev/null

work=$(mktemp -d)
trap 'umount "$work/small" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
input=${2:-$work/signs}
recipe=${3:-configs/quickstart.yaml}
[ -d "$input" ] || $build/src/cli/tenfold demo "$input" >/dev/null

python3 -B tests/crash/kill_test.py $build/src/cli/tenfold "$recipe" "$input" "$work" "$kills"
if [ "$(id -u)" -eq 0 ]; then
  mkdir "$work/small"
  python3 -B tests/crash/full_disk_test.py $build/src/cli/tenfold "$recipe" "$input" "$work"
else
  echo "not root: a disk that fills up was not tried"
fi
mkdir "$work/power"
$build/tests/crash/tenfold_power_cut_trial "$recipe" "$input" "$work/power" "$kills"
