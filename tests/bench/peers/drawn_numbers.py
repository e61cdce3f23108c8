"""The numbers of recipes/k10.yaml for peers that draw none themselves."""

import math
import random


def draw(dice, width, height):
    """(affine, gain, offset): where an output pixel goes to, as (a, b, c, d, x, y) with
    X = a x + b y + X0 and Y = c x + d y + Y0, and what becomes of a code value."""
    angle = math.radians(dice.uniform(-20, 20))
    slant = math.tan(math.radians(dice.uniform(-6, 6)))
    factor = dice.uniform(0.8, 1.2)
    mirror = dice.choice((-1, 1))
    a, b = factor * (math.cos(angle) - slant * math.sin(angle)), factor * (math.sin(angle) + slant * math.cos(angle))
    c, d = -factor * math.sin(angle), factor * math.cos(angle)
    a, c = a * mirror, c * mirror
    x, y = (width - 1) / 2, (height - 1) / 2
    move_x, move_y = dice.uniform(-0.1, 0.1) * width, dice.uniform(-0.1, 0.1) * height
    brightness, contrast = dice.uniform(0.8, 1.2), dice.uniform(0.8, 1.2)
    return ((a, b, c, d, x - a * x - b * y + move_x, y - c * x - d * y + move_y),
            brightness * contrast, 128 * (1 - contrast))


def dice_of(path):
    return random.Random(str(path))
