#!/usr/bin/env python3
"""Makes a dataset of damaged and hostile files, the same for the same seed.

usage: hostile_corpus.py FOLDER [SEED]

FOLDER/data     the dataset
FOLDER/outside  what its symbolic links lead to
FOLDER/expected.json   "entries": for each path below data what is to become of it: "sample", "bad", "ignored" (hidden,
                a link, no image at all), "either" (sample or bad: an independent decoder has the say) or "any" (sample
                or bad: where decoders disagree, both are right); "followed": the same for links, where links to files
                are followed
"""

import json
import os
import random
import socket
import stat
import struct
import sys

from hostile_crafted import crafted_files
from hostile_formats import png, sound_files

CUTS = 8  # of each sound file
FLIPS = 10
RANDOM_FILES = 60
SPARSE_BYTES = 100 << 30

# Names of sound images; each must come through as it is.
NAMES = [
    "new\nline.png", "tab\t.png", "return\r.png", "quote'.png", 'double".png', "back\\slash.png", "space .png",
    " leading.png", "-rf.png", "--help.png", "*.png", "$(touch pwned).png", "`touch pwned`.png", ";touch pwned;.png",
    "%s%n%x.png", "{stem}{copy:04}.png", "a..png", "trailing..png", "a,b=c&d.png", "<b>bold</b>.png", "CON.png",
    "\x1b[31mred\x1b[0m.png", "\x1b]0;title\x07.png", "\x07bell.png", "\x7fdelete.png", "\x85next.png", "\x9bcsi.png",
    "\u202egnp.exe.png", "\u2060joined.png", "\u2066isolated\u2069.png", "\u200fmark.png", "\u200bnothing.png",
    "\ufeffbom.png", "\u2028line.png", "שלום.png", "مرحبا.png", "日本語.png", "e\u0301.png", "\u00e9.png", "🐈\u200d⬛.png", "👩‍👩‍👧.png",
    "tenfold: error: forged.png", "x\ntenfold: error: forged.png", "Case.png", "case.png", "twin.png",
    "twin__x0001.png", "manifest.jsonl.png", "n" * 251 + ".png", "é" * 125 + "x.png",
]
CLASSES = [
    "new\nline", "quote'\"", "-rf", "--output", "c" * 255, "é" * 127, "🐈", "שלום", "\u202ebackwards", "\x1b[2Jclear",
    "a..b", "x.jpg", " ", "{stem}", "*", "con", "é\nmanifest", "%s",
]

# Sound files in which a turned bit may be harmless though other decoders mind it: of an animation the first frame
# alone is read, texts do not matter to the pixels, and pixels that run lengths leave out have the first color.
LENIENT = {"animated.webp", "chunks.png", "runs.bmp"}

# Name -> target, and what becomes of it where links to files are followed.
LINKS = {
    "loop.png": ("loop.png", "bad"), "ping.png": ("pong.png", "bad"), "pong.png": ("ping.png", "bad"),
    "outside.png": ("../../outside/secret.png", "sample"), "absolute.png": ("/etc/passwd", "bad"),
    "zero.png": ("/dev/zero", "bad"), "stdin.png": ("/dev/stdin", "bad"), "nothing.png": ("nothing", "bad"),
    "folder.jpg": ("../../outside/folder", "ignored"), "up": ("..", "ignored"), "self": (".", "ignored"),
    "root": ("/", "ignored"),
}


def tiff_directory(content):
    """Where the directory lies. Decoders do without most of its tags, each without others."""
    order = "<" if content[:2] == b"II" else ">"
    big = struct.unpack(order + "H", content[2:4])[0] == 43
    start = struct.unpack(order + ("Q" if big else "I"), content[8:16] if big else content[4:8])[0]
    count = struct.unpack(order + ("Q" if big else "H"), content[start:start + (8 if big else 2)])[0]
    return range(start, start + (16 + 20 * count if big else 6 + 12 * count))


class Corpus:
    def __init__(self, folder, seed):
        self.data = os.path.join(folder, "data")
        self.outside = os.path.join(folder, "outside")
        self.seed = seed
        self.expected, self.followed = {}, {}

    def path(self, name, expectation):
        """Where to make `name`, whose bytes may be any."""
        if expectation is not None:
            self.expected[name] = expectation
        path = os.path.join(self.data, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write(self, name, expectation, content):
        with open(self.path(name, expectation), "wb") as file:
            file.write(content)

    def cut_and_flip(self, name, content):
        stem, extension = name.rsplit(".", 1)
        chance = random.Random(f"{self.seed} {name}")  # so that a further file changes nothing for the others
        at_random = [chance.randrange(1, len(content)) for _ in range(CUTS - 4)]
        for size in sorted({0, 1, len(content) // 2, len(content) - 1, *at_random}):
            self.write(f"cut/{stem}_{extension}_{size}.{extension}", "bad", content[:size])
        directory = tiff_directory(content) if extension == "tif" else ()
        for bit in sorted(chance.sample(range(8 * len(content)), FLIPS)):
            flipped = bytearray(content)
            flipped[bit // 8] ^= 1 << bit % 8
            expectation = "any" if name in LENIENT or bit // 8 in directory else "either"
            self.write(f"flipped/{stem}_{extension}_{bit}.{extension}", expectation, bytes(flipped))

    def add_noise(self, magics):
        chance = random.Random(f"{self.seed} noise")
        for i in range(RANDOM_FILES):
            noise = chance.randbytes(chance.randrange(1, 5000))
            extension = ["jpg", "png", "webp", "tif", "bmp", "ppm"][i % 6]
            self.write(f"noise/random_{i}.{extension}", "bad", noise)
            # Any bits are pixels to a lossy WebP.
            expectation = "either" if extension == "webp" else "bad"
            self.write(f"noise/begun_{i}.{extension}", expectation, magics[extension] + noise)

    def add_special(self, good):
        os.makedirs(self.outside)
        with open(os.path.join(self.outside, "secret.png"), "wb") as file:
            file.write(good)
        os.makedirs(os.path.join(self.outside, "folder"))
        os.mkfifo(self.path("special/fifo.jpg", "bad"))
        os.mkfifo(self.path("special/fifo", "ignored"))
        # A socket's path has at most 107 bytes, so it is bound by its name alone.
        before = os.getcwd()
        os.chdir(os.path.dirname(self.path("special/socket.png", "bad")))
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.png")
        os.chdir(before)
        try:
            os.mknod(self.path("special/device.tif", None), 0o666 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
            self.expected["special/device.tif"] = "bad"
        except PermissionError:
            pass  # for root alone
        for name, (target, followed) in LINKS.items():
            os.symlink(target, self.path(f"special/{name}", "ignored"))
            self.followed[f"special/{name}"] = followed
        os.symlink("../outside/folder", os.path.join(self.data, "class_link"))
        self.expected["class_link"] = "ignored"
        for name in ("sparse.jpg", "sparse.ppm"):
            with open(self.path(f"special/{name}", "bad"), "wb") as file:
                file.write(good if name == "sparse.jpg" else b"P6 24 16 255\n")
                file.truncate(SPARSE_BYTES)

    def add_names(self, good):
        for name in NAMES:
            self.write(f"names/{name}", "sample", good)
        self.write("names/..foo.png", "ignored", good)
        self.write("names/...", "ignored", good)
        self.write("names/invalid\udcff.png", "bad", good)
        self.write("names/half\udce2\udc82.png", "bad", good)
        self.write("names/invalid\udcff.txt", "ignored", b"text")
        self.write("names/folder.jpg/inside.png", "sample", good)
        for name in CLASSES:
            self.write(f"{name}/image.png", "sample", good)
            self.write(f"{name}/bad.png", "bad", b"no image\n")
        self.write("\x1b[2Jnothing\u202e\nusable/bad.png", "bad", b"no image\n")
        self.write(f"{'c' * 255}/{'n' * 251}.png", "sample", good)
        self.write("deep/" + "/".join("d" * 200 for _ in range(12)) + "/image.png", "sample", good)
        self.write("deep/" + "/".join("e" * 200 for _ in range(15)) + "/image.png", "bad", good)
        # One entry for all that is in them.
        self.write("invalid\udcff/image.png", None, good)
        self.expected["invalid\udcff"] = "bad"
        self.write("..class/image.png", None, good)
        self.expected["..class"] = "ignored"

    def make(self):
        files = sound_files()
        for name, content in sorted(files.items()):
            self.write(f"sound/{name}", "sample", content)
            self.cut_and_flip(name, content)
        for name, (expectation, content) in crafted_files().items():
            self.write(f"crafted/{name}", expectation, content)
        self.add_noise({"jpg": b"\xff\xd8\xff", "png": files["grey.png"][:40], "webp": files["lossy.webp"][:30],
                        "tif": b"II*\0", "bmp": files["color.bmp"][:20], "ppm": b"P3 24 16 255\n"})
        good = png()
        self.add_special(good)
        self.add_names(good)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = sys.argv[1]
    os.makedirs(folder)
    corpus = Corpus(folder, int(sys.argv[2]) if len(sys.argv) == 3 else 1)
    corpus.make()
    with open(os.path.join(folder, "expected.json"), "w", encoding="ascii") as file:
        json.dump({"entries": corpus.expected, "followed": corpus.followed}, file, indent=1, sort_keys=True)
    print(f"{len(corpus.expected)} files in {corpus.data!r}")


if __name__ == "__main__":
    main()
