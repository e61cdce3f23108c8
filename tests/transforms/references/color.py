"""Prints the figures of color_rows.cpp that other programs can compute: NumPy, SciPy, Pillow, scikit-image."""

import numpy as np
from PIL import Image, ImageOps
from scipy.interpolate import BPoly
from skimage.color import hsv2rgb, rgb2hsv

CODES = np.array([0, 64, 128, 255], np.uint8)


def hsv():
    """Hue +40 degrees, saturation +50, value -30; saturation at most doubles."""
    pixels = np.array([[[200, 100, 50], [40, 180, 90], [90, 90, 90], [250, 245, 255], [10, 20, 240]]], np.uint8)
    h, s, v = np.moveaxis(rgb2hsv(pixels), -1, 0)
    h = (h + 40 / 360) % 1
    s = np.clip(s + np.minimum(50 / 255, s), 0, 1)
    v = np.clip(v - 30 / 255, 0, 1)
    print("hsv, rgb:", (hsv2rgb(np.stack([h, s, v], -1)) * 255).tolist())


def pillow():
    image = Image.fromarray(CODES[None])
    print("solarize 100:", np.asarray(ImageOps.solarize(image, 100)).tolist())
    print("posterize 3:", np.asarray(ImageOps.posterize(image, 3)).tolist())
    ramp = Image.fromarray(np.array([[30, 40, 60, 80, 100, 110, 130, 140, 170, 200]], np.uint8))
    for cutoff in (0, 10, 20):
        print("auto contrast", cutoff, np.asarray(ImageOps.autocontrast(ramp, cutoff=cutoff)).tolist())


def tone_curve():
    curve = BPoly([[0], [1 / 3 - 0.2], [2 / 3 + 0.1], [1]], [0, 1])
    print("tone curve -0.2, 0.1:", (255 * curve(CODES / 255)).tolist())


def color_jitter():
    """In the order r, g, b: brightness 1.5, contrast 0.5, saturation 2, hue 1/3."""
    luma = np.array([[0.299, 0.587, 0.114]] * 3)
    saturation = 2 * np.eye(3) - luma
    hue = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]])
    linear = hue @ saturation @ (0.5 * 1.5 * np.eye(3))
    offset = hue @ saturation @ np.full(3, 64.0)
    print("color jitter, rgb:", linear.tolist(), offset.tolist())


def planckian(kelvin):
    """Linear sRGB of Planck's law, with the fits of the CIE 1931 observer of Wyman, Sloan and Shirley, 2013."""
    wave = np.arange(360, 831.0)

    def lobe(center, below, above):
        return np.exp(-0.5 * ((wave - center) * np.where(wave < center, below, above)) ** 2)

    x = 1.056 * lobe(599.8, 0.0264, 0.0323) + 0.362 * lobe(442.0, 0.0624, 0.0374) - 0.065 * lobe(501.1, 0.0490, 0.0382)
    y = 0.821 * lobe(568.8, 0.0213, 0.0247) + 0.286 * lobe(530.9, 0.0613, 0.0322)
    z = 1.217 * lobe(437.0, 0.0845, 0.0278) + 0.681 * lobe(459.0, 0.0385, 0.0725)
    light = wave**-5 / np.expm1(1.438776877e7 / (wave * kelvin))
    xyz = np.array([(light * m).sum() for m in (x, y, z)])
    to_rgb = np.linalg.inv([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                            [0.0193339, 0.1191920, 0.9503041]])
    return to_rgb @ (xyz / xyz[1])


def temperature():
    for kelvin in (3000, 4500, 10000):
        gain = (planckian(kelvin) / planckian(6504)) ** (1 / 2.2)
        print("temperature", kelvin, (gain / (gain @ [0.299, 0.587, 0.114])).tolist())


def fancy_pca():
    """Of six pixels, in the order b, g, r."""
    pixels = np.array([[10, 20, 30], [200, 180, 190], [90, 120, 60], [40, 10, 80], [255, 250, 240], [120, 90, 200]])
    values, vectors = np.linalg.eigh(np.cov(pixels.T, bias=True))
    print("pca:", values[::-1].tolist(), vectors.T[::-1].tolist())


for figures in (hsv, pillow, tone_curve, color_jitter, temperature, fancy_pca):
    figures()
