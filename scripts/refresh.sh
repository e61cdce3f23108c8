#!/bin/sh
# Writes the generated files anew: docs/transforms.md, docs/man, docs/completions and configs/recipe.schema.json.
#
#   scripts/refresh.sh [FOLDER]    that of the built programs, build/dev/src/cli without it
set -eu
cd "$(dirname "$0")/.."

programs=${1:-build/dev/src/cli}
for program in "$programs/tenfold" "$programs/documents/tenfold_documents"; do
  [ -x "$program" ] || { echo "refresh.sh: there is no $program; build it first, or name another folder" >&2; exit 1; }
done

# By a rename: where the program fails, the old file stays.
refresh() {
  mkdir -p "$(dirname "$1")"
  output=$1
  shift
  "$programs/tenfold" "$@" >"$output.new"
  mv "$output.new" "$output"
}

refresh docs/transforms.md transforms --markdown
refresh configs/recipe.schema.json schema

documents=$(mktemp -d)
trap 'rm -rf "$documents"' EXIT
"$programs/documents/tenfold_documents" "$documents"
rm -rf docs/man docs/completions
cp -r "$documents/man" "$documents/completions" docs
