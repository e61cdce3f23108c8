#!/usr/bin/env python3
"""Prints the figures of policies_test.cpp: Pillow's operations on a small image, and SciPy's Beta quantiles.

Pillow cuts the fraction of a mixture off and tenfold rounds it, so the degenerate image (the mean, the smoothed
image) is Pillow's and the mixture is made here; Pillow's own result must lie within one code value.
"""

import numpy as np
from PIL import Image, ImageEnhance, ImageOps
from scipy.stats import beta

WIDTH, HEIGHT = 5, 4


def picture():
    """The same formula as picture() in policies_test.cpp, as RGB; there the channels are BGR."""
    x, y, c = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT), np.arange(3), indexing="xy")
    bgr = 20 + (x * 37 + y * 91 + c * 53 + x * y * 11) % 200
    return Image.fromarray(bgr.astype(np.uint8)[:, :, ::-1].copy())


def show(name, image):
    bgr = np.asarray(image)[:, :, ::-1]
    print(f"{name}:", ", ".join(str(v) for v in bgr.reshape(-1)))


def mixed(enhancer, image, factor):
    degenerate = np.asarray(enhancer.degenerate).astype(float)
    exact = degenerate + factor * (np.asarray(image).astype(float) - degenerate)
    result = np.clip(np.floor(exact + 0.5), 0, 255).astype(np.uint8)
    own = np.asarray(enhancer.enhance(factor)).astype(int)
    assert np.abs(own - result).max() <= 1
    return Image.fromarray(result)


image = picture()
show("in", image)
for factor in (0.1, 1.27):
    show(f"contrast {factor}", mixed(ImageEnhance.Contrast(image), image, factor))
    show(f"sharpness {factor}", mixed(ImageEnhance.Sharpness(image), image, factor))
show("auto_contrast", ImageOps.autocontrast(image))
show("posterize 3", ImageOps.posterize(image, 3))
show("solarize 128", ImageOps.solarize(image, 128))
show("invert", ImageOps.invert(image))
for a, b, u in ((1, 2, 0.25), (0.5, 0.5, 0.1), (0.2, 0.4, 0.75), (5, 10, 0.5), (0.05, 0.05, 0.3), (100, 100, 0.9)):
    print(f"beta {a} {b} {u}: {beta.ppf(u, a, b):.9g}")
