"""Runs of tenfold and the trees that they leave."""

import hashlib
import os
import subprocess


def tree(root):
    """Every file below root with a hash of its content, but for what an unfinished run leaves."""
    files = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, root)] = hashlib.sha256(file.read()).hexdigest()
    return files


def run(program, recipe, source, output, *options):
    return subprocess.run([program, "run", recipe, "-i", source, "-o", output, "-q", *options],
                          capture_output=True, text=True)


def expect_same(wanted, output, what):
    got = tree(output)
    if got != wanted:
        different = sorted(name for name in wanted.keys() | got.keys() if wanted.get(name) != got.get(name))
        raise SystemExit(f"{what}: another tree than that of a clean run: {len(different)} files, "
                         f"such as {different[:3]}")
