#!/usr/bin/python3
"""Loads an output with torchvision's ImageFolder and compares it with its input and its manifest.

    scripts/check_imagefolder.py INPUT OUTPUT        (Debian: python3-torchvision)
"""

import collections
import json
import pathlib
import sys

from torchvision.datasets import ImageFolder


def main() -> int:
    source, output = map(pathlib.Path, sys.argv[1:3])
    before, after = ImageFolder(str(source)), ImageFolder(str(output))
    if before.classes != after.classes:
        print(f"classes differ: {before.classes} and {after.classes}", file=sys.stderr)
        return 1

    listed = collections.Counter()
    with open(output / "manifest.jsonl", encoding="utf-8") as manifest:
        for line in manifest:
            listed[json.loads(line)["label"]] += 1
    loaded = collections.Counter()
    for image, label in after:
        image.load()
        loaded[after.classes[label]] += 1
    if loaded != listed:
        print(f"loaded {dict(loaded)}, but the manifest lists {dict(listed)}", file=sys.stderr)
        return 1

    for name in after.classes:
        print(f"{name}: {loaded[name]}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main())
