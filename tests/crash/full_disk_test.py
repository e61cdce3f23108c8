#!/usr/bin/env python3
"""full_disk_test.py PROGRAM RECIPE INPUT FOLDER

Runs into a tmpfs that is too small, makes it a little larger, and so on until a run is done; each that is not must
say so, must leave no manifest, and the last tree must be that of a clean run. Needs root.
"""

import os
import subprocess
import sys

import trees


def main():
    program, recipe, source, folder = sys.argv[1:5]
    clean, disk = os.path.join(folder, "clean"), os.path.join(folder, "small")
    if not os.path.isdir(clean):
        trees.run(program, recipe, source, clean)
    wanted = trees.tree(clean)
    needed = sum(os.path.getsize(os.path.join(clean, name)) for name in wanted)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=True)
    output = os.path.join(disk, "out")
    refused = trees.run(program, recipe, source, output)
    if refused.returncode != 1 or "free some space" not in refused.stderr or trees.tree(output):
        raise SystemExit(f"a disk without room was not refused: {refused.returncode} {refused.stderr}")
    failed = 0
    for tenth in range(1, 30):
        subprocess.run(["mount", "-o", f"remount,size={needed * tenth // 10}", disk], check=True)
        last = trees.run(program, recipe, source, output, "--force")
        if last.returncode in (0, 3):
            break
        failed += 1
        if last.returncode != 1 or "No space left on device" not in last.stderr:
            raise SystemExit(f"a full disk ended with {last.returncode}: {last.stderr}")
        if os.path.exists(os.path.join(output, "manifest.jsonl")):
            raise SystemExit("a run that did not finish left a manifest")
    trees.expect_same(wanted, output, "a disk that grew")
    print(f"a disk that was too small {failed + 1} times ends in the tree of a clean run")


main()
