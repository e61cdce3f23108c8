#!/usr/bin/env python3
"""k10 with libvips' command line: `vips affine` and `vips linear` for each copy, raw pixels between them.

What lies beyond the picture is black, since `affine` has no border."""

import re
import shutil
import subprocess

import drawn_numbers
import peer


def version():
    if shutil.which("vips") is None:
        return None
    return re.search(r"[\d.]+", subprocess.run(["vips", "--version"], capture_output=True, text=True).stdout).group()


def size_of(image):
    return [int(subprocess.run(["vipsheader", "-f", field, image], capture_output=True, text=True, check=True).stdout)
            for field in ("width", "height")]


def run(operation, *arguments):
    subprocess.run(["vips", operation, "--vips-concurrency=1", *map(str, arguments)], check=True)


def augment(image, stem, copies):
    dice = drawn_numbers.dice_of(image)
    width, height = size_of(image)
    between = f"{stem}.v"
    for copy in range(copies):
        (a, b, c, d, x, y), gain, offset = drawn_numbers.draw(dice, width, height)
        run("affine", "--odx", x, "--ody", y, "--oarea", f"0 0 {width} {height}", "--extend", "copy", "--",
            image, between, f"{a} {b} {c} {d}")
        run("linear", "--uchar", "--", between, f"{stem}_{copy}.jpg[Q=95,subsample_mode=on]", gain, offset)
    stem.with_suffix(".v").unlink()


if __name__ == "__main__":
    peer.main(version, augment)
