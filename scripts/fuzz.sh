#!/usr/bin/env bash
# Feeds hostile inputs to the readers of recipes, images, archives, tables, boxes, journals and manifests.
#
#   scripts/fuzz.sh                      lists the targets
#   scripts/fuzz.sh TARGET [SECONDS]     fuzzes one; a minute without SECONDS
#   scripts/fuzz.sh TARGET --fixed       tries always the same inputs, for continuous integration
#   scripts/fuzz.sh TARGET FILE          tries one input, such as a finding
#
# The corpus grows in build/fuzz/corpus/TARGET; what breaks the code is kept in build/fuzz/findings/TARGET. The targets
# are built with the asan preset.
set -euo pipefail
here=$PWD
cd "$(dirname "$0")/.."

targets="recipe header jpeg png webp tiff bmp pnm journal manifest archive csv annotations"
[ $# -gt 0 ] || { printf '%s\n' $targets; exit; }
target=$1
seconds=60 file= fixed=
case "${2-}" in
  "") ;;
  --fixed) fixed=yes ;;
  *[!0-9]*)
    file=$(cd "$here" && realpath -e "$2") || { echo "fuzz.sh: '$2' is neither seconds nor a file" >&2; exit 2; } ;;
  *) seconds=$2 ;;
esac
case " $targets " in
  *" $target "*) ;;
  *) echo "fuzz.sh: there is no target '$target'; the targets are $targets" >&2; exit 2 ;;
esac

# One build at a time: several targets may be started at once.
build=build/fuzz programs=build/asan/tests/fuzz
mkdir -p "$build"
(
  flock 9
  scripts/setup.sh --asan
  log=$build/build.log
  { cmake --preset asan && cmake --build --preset asan --target "fuzz_$target" fuzz_seeds; } >"$log" 2>&1 ||
    { cat "$log" >&2; exit 1; }
) 9>"$build/lock"

# Targets that read files write them here: in memory where possible.
TMPDIR=$(mktemp -d -p "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

if [ -n "$file" ]; then
  "$programs/fuzz_$target" "$file"
  exit
fi
"$programs/fuzz_seeds" "$TMPDIR/seeds"
corpus=$build/corpus/$target limit=(-max_total_time="$seconds")
[ -z "$fixed" ] || { corpus=$TMPDIR/corpus; limit=(-seed=1 -runs=20000); }
mkdir -p "$corpus" "$build/findings/$target"
"$programs/fuzz_$target" "$corpus" "$TMPDIR/seeds/$target" -artifact_prefix="$build/findings/$target/" \
  "${limit[@]}" -timeout=25 -rss_limit_mb=2048 -max_len=65536
