#!/usr/bin/env python3
"""k10 with ImageMagick: one `convert` for each copy."""

import re
import shutil
import subprocess

import drawn_numbers
import peer


def version():
    if shutil.which("convert") is None:
        return None
    said = subprocess.run(["convert", "-version"], capture_output=True, text=True).stdout
    return re.search(r"ImageMagick (\S+)", said).group(1)


def augment(image, stem, copies):
    dice = drawn_numbers.dice_of(image)
    size = subprocess.run(["identify", "-format", "%w %h", image], capture_output=True, text=True, check=True).stdout
    width, height = map(int, size.split())
    for copy in range(copies):
        (a, b, c, d, x, y), gain, offset = drawn_numbers.draw(dice, width, height)
        subprocess.run(["convert", "-limit", "thread", "1", image, "-virtual-pixel", "edge", "-interpolate", "bilinear", "-filter", "point",
                        "-distort", "AffineProjection", f"{a},{c},{b},{d},{x},{y}",
                        "-function", "Polynomial", f"{gain},{offset / 255}",
                        "-quality", "95", "-sampling-factor", "4:2:0", f"{stem}_{copy}.jpg"], check=True)


if __name__ == "__main__":
    peer.main(version, augment)
