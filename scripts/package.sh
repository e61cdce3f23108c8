#!/bin/sh
# Builds the packages: two for Debian, tenfold and libtenfold-dev, and an archive to unpack where one wants.
# They are in build/release/packages afterwards.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh --package
cmake --preset release
cmake --build --preset release
rm -rf build/release/packages  # of older versions
cpack --config build/release/CPackConfig.cmake
