#!/bin/sh
# Builds Debian's oneTBB once more, with the thread sanitizer, into build/tsan-tbb. Debian's own is not instrumented, so
# the sanitizer cannot see how it orders what threads do, and takes every handover of work for a race.
set -eu
cd "$(dirname "$0")/.."

mkdir -p build/tsan-tbb
cd build/tsan-tbb
[ ! -e lib_relwithdebinfo/libtbb.so.12 ] || exit 0

# The sources beside the packages that are installed, known to this folder alone: the system's lists stay as they are.
mkdir -p lists/partial cache/archives/partial
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u >sources.list
apt() {
  apt-get -q -o Dir::Etc::sourcelist="$PWD/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$PWD/lists" \
    -o Dir::Cache="$PWD/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update
apt source --download-only "onetbb=$(dpkg-query -W -f '${source:Version}' libtbb-dev)"
tar xf onetbb_*.orig.tar.xz
cmake -G Ninja -S oneTBB-*/ -B . -DTBB_TEST=OFF -DTBB_STRICT=OFF -DTBBMALLOC_BUILD=OFF -DTBB_SANITIZE=thread \
  -DTBB_OUTPUT_DIR_BASE=lib -DCMAKE_BUILD_TYPE=RelWithDebInfo
cmake --build . --target tbb
