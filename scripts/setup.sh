#!/bin/sh
# Installs the Debian packages that building and running tenfold need; with --tests also what its tests need, with
# --asan also what the sanitizer of addresses and fuzzing need, with --bench what the benchmark needs, with --package
# what making packages needs. Does nothing if all of them are there. Uses sudo where it is not run as root.
set -eu

build="g++ cmake ninja-build pkg-config libopencv-dev libtbb-dev libyaml-cpp-dev libcli11-dev libspdlog-dev
nlohmann-json3-dev libexpected-dev librandom123-dev libxxhash-dev libjpeg62-turbo-dev libturbojpeg0-dev libpng-dev
libtiff-dev libwebp-dev libboost-dev libhwy-dev libpugixml-dev libarchive-dev libzip-dev
libfreetype-dev libfontconfig-dev"
tests="libgtest-dev libgmock-dev python3 python3-jsonschema python3-pil python3-yaml
valgrind xz-utils make groff-base man-db zsh fish chromium"
asan="clang libclang-rt-dev llvm"  # llvm: names and lines in the reports of findings
bench="libbenchmark-dev python3"
packaging="dpkg-dev file"

case "${1-}" in
  "") packages=$build ;;
  --tests) packages="$build $tests" ;;
  --asan) packages="$build $tests $asan" ;;
  --bench) packages="$build $bench" ;;
  --package) packages="$build $packaging" ;;
  *) echo "usage: $0 [--tests | --asan | --bench | --package]" >&2; exit 2 ;;
esac

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  echo "setup.sh: this is no Debian; install what corresponds to:" $packages >&2
  exit 1
fi

missing=
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup.sh: not root, and there is no sudo; install as root:$missing" >&2; exit 1; }
  as_root=sudo
fi
echo "installing:$missing"
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
