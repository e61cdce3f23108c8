"""Prints the figures of blur_rows.cpp that other programs can compute: NumPy, SciPy."""

import numpy as np
from scipy import ndimage

PATCH = np.array([[10, 200, 30, 90], [250, 60, 70, 180], [20, 110, 130, 40]], float)


def impulse(size, height):
    image = np.zeros((size, size))
    image[size // 2, size // 2] = height
    return image


def box_and_median():
    print("box 1:", np.floor(ndimage.uniform_filter(PATCH, 3, mode="mirror") + 0.5).astype(int).tolist())
    print("median 1:", ndimage.median_filter(PATCH, 3, mode="mirror").astype(int).tolist())
    print("median 3:", ndimage.median_filter(PATCH, 7, mode="mirror").astype(int).tolist())


def disk():
    """Radius 2.3, by a lattice of 200×200 points in each pixel."""
    fine = (np.arange(7 * 200) + 0.5) / 200 - 3.5
    inside = (fine[None] ** 2 + fine[:, None] ** 2 <= 2.3**2).astype(float)
    weights = inside.reshape(7, 200, 7, 200).mean((1, 3))
    print("disk 2.3:", np.round(60000 * weights / weights.sum(), 1).tolist())


def line():
    """Length 5, angle 30 degrees, by a million points."""
    t = (np.arange(1_000_000) + 0.5) / 1_000_000 * 5 - 2.5
    x, y = 3 + t * np.cos(np.pi / 6), 3 - t * np.sin(np.pi / 6)
    hat = lambda d: np.maximum(0, 1 - np.abs(d))
    weights = [[(hat(x - column) * hat(y - row)).mean() for column in range(7)] for row in range(7)]
    print("line 5, 30:", np.round(60000 * np.array(weights), 1).tolist())


def gaussians():
    row = np.full(9, 20000.0)
    row[4] = 30000
    blurred = ndimage.gaussian_filter1d(row, 1, truncate=3, mode="mirror")
    print("unsharp 1, 0.5:", (row + 0.5 * (row - blurred)).tolist())
    twice = ndimage.gaussian_filter1d(ndimage.gaussian_filter1d(row, 1, truncate=3, mode="mirror"), 1, truncate=3,
                                      mode="mirror")
    print("gaussian 1 twice:", twice.tolist())


def three_by_three():
    neighbours = np.ones((3, 3))
    neighbours[1, 1] = 0
    sharpened = PATCH + 0.1 * (8 * PATCH - ndimage.correlate(PATCH, neighbours, mode="mirror"))
    print("sharpen 0.1:", np.clip(np.floor(sharpened + 0.5), 0, 255).astype(int).tolist())
    relief = np.array([[-1.5, -0.5, 0], [-0.5, 1, 0.5], [0, 0.5, 1.5]])
    embossed = 0.8 * PATCH + 0.2 * ndimage.correlate(PATCH, relief, mode="mirror")
    print("emboss 0.2, 0.5:", np.clip(np.floor(embossed + 0.5), 0, 255).astype(int).tolist())


for figures in (box_and_median, disk, line, gaussians, three_by_three):
    figures()
