#!/usr/bin/env python3
"""Expected figures of the transforms of src/transforms/domain: scikit-image's histogram matching and a plain
NumPy version of Fourier domain adaptation. Prints them for tests/transforms/domain_rows.cpp."""

import numpy as np
from skimage.exposure import match_histograms


def picture(width, height, seed):
    """A small grey picture by a formula that the test repeats."""
    y, x = np.mgrid[0:height, 0:width]
    return ((x * (17 + seed) + y * (29 + 2 * seed) + x * y * (3 + seed)) % (200 + seed)).astype(np.uint8)


image, reference = picture(6, 4, 1), picture(6, 4, 20)
matched = match_histograms(image, reference)
print("histogram_match, blend 1:", np.floor(matched + 0.5).astype(int).ravel().tolist())
print("histogram_match, blend 0.5:", np.floor(image + 0.5 * (matched - image) + 0.5).astype(int).ravel().tolist())

spectrum = np.fft.fft2(image.astype(float))
other = np.fft.fft2(reference.astype(float))
for v in (-1, 0, 1):
    for u in (-1, 0, 1):
        spectrum[v, u] = abs(other[v, u]) * np.exp(1j * np.angle(spectrum[v, u]))
result = np.real(np.fft.ifft2(spectrum))
print("fourier_match, one frequency:", np.clip(np.rint(result), 0, 255).astype(int).ravel().tolist())
