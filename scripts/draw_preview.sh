#!/bin/sh
# Draws the README's picture: a preview of the demo dataset, as a JPEG, for a page that is loaded from afar.
#
#   scripts/draw_preview.sh [PROGRAM] [FILE]    build/dev/src/cli/tenfold and docs/preview.jpg without them
set -eu
cd "$(dirname "$0")/.."

program=${1:-build/dev/src/cli/tenfold}
file=${2:-docs/preview.jpg}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$program" demo -q "$folder/signs"
"$program" preview -q configs/quickstart.yaml -i "$folder/signs" --copies 4 --sheet "$folder/sheet.png"
PATH="/usr/bin:$PATH" python3 - "$folder/sheet.png" "$file" <<'END'
import sys
from PIL import Image
Image.open(sys.argv[1]).convert("RGB").save(sys.argv[2], quality=88, subsampling=0, optimize=True)
END
