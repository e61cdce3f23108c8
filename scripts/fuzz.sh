#!/usr/bin/env bash
# Feeds hostile inputs to the readers of recipes, images, journals and manifests.
#
#   scripts/fuzz.sh                      lists the targets
#   scripts/fuzz.sh TARGET [SECONDS]     fuzzes one; a minute without SECONDS
#   scripts/fuzz.sh TARGET FILE          tries a finding again
#
# The corpus grows in build/fuzz/corpus/TARGET. Whatever breaks the code is kept in build/fuzz/findings/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."

targets="recipe header jpeg png webp tiff bmp pnm journal manifest"
target=${1-}
seconds=${2:-60}
case " $targets " in
  "  ") printf '%s\n' $targets; exit ;;
  *" $target "*) ;;
  *) echo "fuzz.sh: there is no target '$target'; the targets are $targets" >&2; exit 2 ;;
esac

scripts/setup.sh --tests
build=build/fuzz
mkdir -p "$build"
log=$build/build-$target.log
if ! { cmake --preset fuzz && cmake --build --preset fuzz --target "fuzz_$target" fuzz_seeds; } >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi

program=$build/tests/fuzz/fuzz_$target
[ ! -f "$seconds" ] || exec "$program" "$seconds"

# Targets that read files write them here: in memory where possible.
TMPDIR=$(mktemp -d -p "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

"$build/tests/fuzz/fuzz_seeds" "$TMPDIR/seeds"
corpus=$build/corpus/$target
findings=$build/findings/$target
mkdir -p "$corpus" "$findings"
# What any input may take: 25 seconds, 2 GiB, and 64 KiB of its own.
"$program" "$corpus" "$TMPDIR/seeds/$target" -artifact_prefix="$findings/" -max_total_time="$seconds" \
  -timeout=25 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1
