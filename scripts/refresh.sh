#!/bin/sh
# Writes the generated files anew: docs/transforms.md and configs/recipe.schema.json.
#
#   scripts/refresh.sh [PROGRAM]    build/dev/src/cli/tenfold without it
set -eu
cd "$(dirname "$0")/.."

program=${1:-build/dev/src/cli/tenfold}
[ -x "$program" ] || { echo "refresh.sh: there is no $program; build it first, or name another" >&2; exit 1; }

# By a rename: where the program fails, the old file stays.
refresh() {
  mkdir -p "$(dirname "$1")"
  output=$1
  shift
  "$program" "$@" >"$output.new"
  mv "$output.new" "$output"
}

refresh docs/transforms.md transforms --markdown
refresh configs/recipe.schema.json schema
