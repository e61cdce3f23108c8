"""The datasets that the jobs run on. Each is made once, when the first job asks for it."""

import os
import random
import shutil
import struct
import subprocess
import zlib

JPEG_NAMES = (".jpg", ".jpeg")
MOST_PHOTOGRAPHS = 3_000  # so that a large DATASET takes no hours
DIGIT_SIDE = 28
DIGIT_CLASSES = 10
SHAPES = 2_000  # further digits are these, moved


def evenly_chosen(things, count):
    """At most so many, from the first to the last."""
    count = min(count, len(things))
    return [things[i * len(things) // count] for i in range(count)]


def jpegs_below(folder):
    """(class, path) of every JPEG."""
    found = []
    for path, folders, names in os.walk(folder):
        folders.sort()
        found += [(os.path.relpath(path, folder), os.path.join(path, name)) for name in sorted(names)
                  if name.lower().endswith(JPEG_NAMES)]
    return found


def draw_shape(number):
    """The grey pixels of something like a digit: three strokes of a pen."""
    dice = random.Random(number)
    pixels = bytearray(DIGIT_SIDE * DIGIT_SIDE)
    place = [dice.uniform(6, 21), dice.uniform(6, 21)]
    for _ in range(3):
        end = [dice.uniform(4, 23), dice.uniform(4, 23)]
        for step in range(12):
            x, y = (a + (b - a) * step / 12 for a, b in zip(place, end))
            at = int(y) * DIGIT_SIDE + int(x)
            for near, ink in ((0, 255), (1, 170), (-1, 170), (DIGIT_SIDE, 170), (-DIGIT_SIDE, 170)):
                pixels[at + near] = max(pixels[at + near], ink)
        place = end
    return bytes(pixels)


def png(pixels):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\0" + pixels[y * DIGIT_SIDE:(y + 1) * DIGIT_SIDE] for y in range(DIGIT_SIDE))
    header = struct.pack(">IIBBBBB", DIGIT_SIDE, DIGIT_SIDE, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) +
            chunk(b"IEND", b""))


class Inputs:
    def __init__(self, folder, programs, dataset=None):
        self.folder = folder
        self.programs = programs
        self.dataset = dataset
        self.shapes = []

    def _made_once(self, name, make):
        folder = os.path.join(self.folder, name)
        if not os.path.isdir(folder):
            os.mkdir(folder)
            make(folder)
        return folder

    def photographs(self):
        """The JPEGs of the dataset; without one, those among the demo images."""
        def make(folder):
            source = self.dataset
            if source is None:
                source = os.path.join(self.folder, "demo")
                subprocess.run([self.programs.tenfold, "demo", source, "-q"], check=True)
            chosen = evenly_chosen(jpegs_below(source), MOST_PHOTOGRAPHS)
            if not chosen:
                raise SystemExit(f"bench.py: there is no JPEG in '{source}'")
            copy_images(chosen, folder)

        return self._made_once("photographs", make)

    def some_photographs(self, count):
        return self._made_once(f"photographs-{count}", lambda folder: copy_images(
            evenly_chosen(jpegs_below(self.photographs()), count), folder))

    def large_photographs(self, count):
        return self._made_once("large", lambda folder: subprocess.run(
            [self.programs.photographs, self.photographs(), folder, str(count)], check=True))

    def digits(self, count):
        return self._made_once(f"digits-{count}", lambda folder: self._write_digits(folder, count))

    def _write_digits(self, folder, count):
        self.shapes = self.shapes or [draw_shape(number) for number in range(SHAPES)]
        for name in range(DIGIT_CLASSES):
            os.mkdir(os.path.join(folder, str(name)))
        for number in range(count):
            moved, shape = divmod(number, SHAPES)
            pixels = self.shapes[shape]
            pixels = pixels[moved * 3:] + pixels[:moved * 3]
            with open(os.path.join(folder, str(number % DIGIT_CLASSES), f"{number:07}.png"), "wb") as file:
                file.write(png(pixels))


def copy_images(chosen, folder):
    for class_name, path in chosen:
        os.makedirs(os.path.join(folder, class_name), exist_ok=True)
        shutil.copyfile(path, os.path.join(folder, class_name, os.path.basename(path)))
