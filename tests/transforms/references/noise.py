#!/usr/bin/env python3
"""Figures for noise_rows.cpp and noise_test.cpp, from NumPy, SciPy, scikit-image and Pillow.

usage: noise.py
"""

import io

import numpy as np
from PIL import Image
from scipy.special import ndtri
from skimage.measure import block_reduce

from philox import row_words

# The noise keys that the first copy of a sample of no path and seed 0 draws at the tests' place.
SALT_KEY = 0xE4D3EB2F1F87BCDF
SPECKLE_KEY = 0x1E3CE305F30D1EF2
ROW = 3


def normal(bits16):
    """The middle of one of 65,536 equally likely slices; the top bit is the sign."""
    z = ndtri(0.5 + ((bits16 & 0x7FFF) + 0.5) / 65536)
    return -z if bits16 & 0x8000 else z


def gradient(width, height):
    """b, g, r of the picture that the tests compress."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([8 * x, 12 * y, 255 - 4 * x - 6 * y], axis=-1).astype(np.uint8)


def compressed(bgr, quality):
    file = io.BytesIO()
    Image.fromarray(bgr[..., ::-1].copy()).save(file, "JPEG", quality=quality, subsampling=2)
    return np.asarray(Image.open(file))[..., ::-1]


def main():
    salt = [255 if word < 2**30 else 0 if word < 2**31 else 100 for word in row_words(SALT_KEY, ROW, 8)]
    print("half of 100s salted and peppered alike:", salt)
    z = [normal(word & 0xFFFF) for word in row_words(SPECKLE_KEY, ROW, 8)]
    print("200 · (1 + 0.1 z):", [int(np.rint(200 * (1 + 0.1 * each))) for each in z])
    for quality in (10, 75):
        out = compressed(gradient(24, 16), quality)
        print(f"JPEG {quality}, row 5, every fourth pixel:", out[5, ::4].tolist(), "sum", int(out.sum()))
    print("blocks of 4:", np.floor(block_reduce(gradient(8, 4)[..., 2], (4, 4), np.mean) + 0.5).tolist())


if __name__ == "__main__":
    main()
