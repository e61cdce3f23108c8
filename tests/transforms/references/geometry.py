#!/usr/bin/env python3
"""Figures for the rows of the transforms that bend pictures, computed without tenfold: SciPy's Gaussian filter,
thin-plate spline and normal quantiles, and Philox4x32-10 written from the paper (Salmon et al., SC 2011).

usage: geometry.py      prints the figures of tests/transforms/distortion_rows.cpp
needs: numpy, scipy
"""

import numpy as np
from scipy.interpolate import RBFInterpolator, RegularGridInterpolator
from scipy.ndimage import gaussian_filter1d
from scipy.stats import norm

FRAME = np.array([64, 48])  # width, height
# What the test's three copies draw, by how many numbers come before the noise.
KEYS = {0: [0xCE09D26322D785DB, 0x2FA6AEDBD50558BC, 0x7A14996802233D64],
        1: [0x1E3CE305F30D1EF2, 0xC443F259CF6005A2, 0x047D66EA01C56D38],
        2: [0xE4D3EB2F1F87BCDF, 0x3A116FE6E2F786EA, 0x75230919EFDC8F77]}
MASK = 0xFFFFFFFF


def philox(counter, key):
    """One block of Philox4x32-10: four words."""
    c, k = list(counter), list(key)
    for _ in range(10):
        first, second = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(second >> 32) ^ c[1] ^ k[0], second & MASK, (first >> 32) ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def words(key, row, count):
    """The random words of a row."""
    halves = (key & MASK, key >> 32)
    return [word for block in range((count + 3) // 4) for word in philox((block, row, 0, 0), halves)][:count]


def normal(bits):
    """A standard normal number for 16 bits: the sign, then the slice among 32,768 of the positive half."""
    z = norm.ppf(0.5 + ((bits & 0x7FFF) + 0.5) / 65536)
    return -z if bits & 0x8000 else z


def normals(key, columns, rows):
    """rows × columns × (x, y)."""
    return np.array([[(normal(word & 0xFFFF), normal(word >> 16)) for word in words(key, row, columns)]
                     for row in range(rows)])


def elastic(key, alpha=4, sigma=12):
    reach = 9
    columns, rows = FRAME // (sigma // 3) + 1
    field = normals(key, columns + 2 * reach, rows + 2 * reach)
    pulse = np.zeros(4 * reach + 1)
    pulse[2 * reach] = 1
    gain = 1 / np.sqrt((gaussian_filter1d(pulse, 3, radius=reach, mode="constant") ** 2).sum())
    for axis in (0, 1):
        field = gain * gaussian_filter1d(field, 3, axis=axis, radius=reach, mode="constant")
    return alpha * field[reach:-reach, reach:-reach]


def edges(key, row, low, high, steps):
    widths = 1 + low + np.array(words(key, row, steps)) / 2**32 * (high - low)
    return np.concatenate([[0], widths.cumsum()]) / widths.sum() - np.linspace(0, 1, steps + 1)


def grid_distortion(key, low=-0.3, high=0.3, steps=5):
    x, y = edges(key, 0, low, high, steps), edges(key, 1, low, high, steps)
    return np.stack(np.meshgrid(x, y), axis=-1) * FRAME


def piecewise_affine(key, scale=0.05, rows=4, columns=5):
    return normals(key, columns, rows) * scale * FRAME


def thin_plate_spline(key, scale=0.05, points=4, cells=16):
    side = np.linspace(0, 1, points)
    control = np.array([(x, y) for y in side for x in side])
    spline = RBFInterpolator(control, normals(key, points, points).reshape(-1, 2), kernel="thin_plate_spline")
    fine = np.linspace(0, 1, cells * (points - 1) + 1)
    knots = np.array([(x, y) for y in fine for x in fine])
    return spline(knots).reshape(len(fine), len(fine), 2) * scale * FRAME, spline, fine


def spline_error():
    """How far the bilinear grid lies from the spline at most, by the largest move of a control point."""
    worst = 0
    place = np.random.default_rng(1).random((4000, 2))
    for key in range(200):
        knots, spline, fine = thin_plate_spline(key)
        grid = RegularGridInterpolator((fine, fine), knots)(place[:, ::-1]) / (0.05 * FRAME)
        worst = max(worst, np.abs(grid - spline(place)).max() / np.abs(normals(key, 4, 4)).max())
    return worst


def shuffled(key, count):
    """For each place the tile that comes there: from the last to the second, each changes with one up to itself."""
    order = list(range(count))
    for left, word in zip(range(count, 1, -1), words(key, 0, count)):
        chosen = word * left >> 32
        order[left - 1], order[chosen] = order[chosen], order[left - 1]
    return order


def show(name, drawn_before, field, places):
    print(f"{name}: noise, row, column, x, y")
    for key in KEYS[drawn_before]:
        knots = field(key)
        for row, column in places:
            x, y = knots[row, column]
            print(f'    {{"{key:016x}", {row}, {column}, {x:.6f}, {y:.6f}}},')


if __name__ == "__main__":
    show("elastic", 2, elastic, [(0, 0), (7, 11)])
    show("grid_distortion", 0, grid_distortion, [(1, 4), (3, 2)])
    show("piecewise_affine", 1, piecewise_affine, [(0, 4), (2, 1)])
    show("thin_plate_spline", 1, lambda key: thin_plate_spline(key)[0], [(16, 32), (11, 42)])
    print(f"thin_plate_spline: off by {spline_error():.4f} of the largest move at most")
    print("grid_shuffle: noise, order of six tiles")
    for noise in KEYS[0]:
        print(f'    {{"{noise:016x}", {{{", ".join(map(str, shuffled(noise, 6)))}}}}},')
