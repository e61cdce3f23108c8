#!/usr/bin/env python3
"""Figures for weather_rows.cpp: the smooth noise and the fog made of it, from NumPy and SciPy's B-splines.

usage: weather.py
"""

import numpy as np
from scipy.interpolate import BSpline

from noise import normal
from philox import row_words

FOG_KEY = 0x1E3CE305F30D1EF2  # of the first copy of a sample of no path and seed 0 at the tests' place


def octave(width, height, size, key):
    basis = BSpline.basis_element([-2, -1, 0, 1, 2], extrapolate=False)
    columns, rows = int((width - 0.5) / size) + 4, int((height - 0.5) / size) + 4
    knots = np.array([[normal(word & 0xFFFF) for word in row_words(key, y, columns)] for y in range(rows)])

    def weights(length, count):  # knot k of the lattice lies at k - 1
        places = (np.arange(length)[:, None] + 0.5) / size
        return np.nan_to_num(basis(places - (np.arange(count)[None, :] - 1)))

    return weights(height, rows) @ knots @ weights(width, columns).T


def main():
    width, height, size = 8, 6, 3.0
    heights = [1.0, 0.5]  # the third octave's knots would be closer than a pixel
    field = sum(a * octave(width, height, size / 2**i, FOG_KEY + i) for i, a in enumerate(heights))
    # A cubic B-spline's squared weights add up to 151/315 on average.
    field /= 151 / 315 * np.sqrt(sum(a * a for a in heights))
    hidden = np.clip(0.5 + 0.6 * 0.25 * field, 0, 1)
    print("fog of density 0.5 and of white on black, row 2:", np.rint(hidden * 255)[2].astype(int).tolist())


if __name__ == "__main__":
    main()
