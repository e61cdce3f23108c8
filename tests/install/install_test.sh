#!/bin/sh
# Installs into a folder, builds the example against what lies there, and lets it and the program expand the same
# dataset: the trees must be equal.
#
#   install_test.sh BUILD SOURCE
set -eu
build=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cmake --install "$build" --prefix "$folder/installed" >"$folder/log"
cd "$folder/installed"
for file in bin/tenfold include/tenfold/tenfold.h share/man/man1/tenfold.1 share/man/man1/tenfold-run.1 \
  share/man/man5/tenfold-recipe.5 share/bash-completion/completions/tenfold share/zsh/site-functions/_tenfold \
  share/fish/vendor_completions.d/tenfold.fish share/tenfold/configs/quickstart.yaml share/doc/tenfold/LICENSE \
  share/doc/tenfold/docs/preview.jpg; do
  [ -f "$file" ] || { echo "there is no $file among what is installed" >&2; exit 1; }
done
python3 -B "$source/tests/readme/check_links.py" share/doc/tenfold examples include scripts src tests
[ -n "$(find . -name 'tenfold*.cmake')" ] || { echo "there is no package for find_package" >&2; exit 1; }
if grep -rlF -e "$build" -e "$source" share $(find . -name '*.cmake'); then
  echo "these files know where tenfold was built" >&2
  exit 1
fi

cmake -S "$source/examples/expand" -B "$folder/example" -DCMAKE_PREFIX_PATH="$folder/installed" >>"$folder/log"
cmake --build "$folder/example" >>"$folder/log" || { cat "$folder/log" >&2; exit 1; }

cd "$folder"
installed/bin/tenfold demo signs -q
recipe=installed/share/tenfold/configs/quickstart.yaml
installed/bin/tenfold run "$recipe" -i signs -o by-program -q --set expand.factor=2
sed 's/^  factor: 10/  factor: 2/' "$recipe" >recipe.yaml
example/expand recipe.yaml signs by-example >counts
printf '%s\n' 'priority 50' 'stop 60' 'turn_left 50' 'yield 50' | diff - counts
diff -r by-program by-example
