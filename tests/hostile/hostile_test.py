#!/usr/bin/env python3
"""Runs tenfold on the hostile corpus and holds what it did against what the corpus expects.

usage: hostile_test.py PROGRAM SCRIPTS_FOLDER

Nothing here shares code with the program: outputs are read by the standard library, images by PIL.
"""

import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import unicodedata
import unittest
import warnings

from PIL import Image

PROGRAM, SCRIPTS = (os.path.abspath(argument) for argument in sys.argv[1:3])
LEAST_FILES = 500
SECONDS = 300  # more than a slow machine needs with sanitizers; only a hang takes longer
RECIPE = """version: 1
input: {root: corpus/data, max_bad: 100%, max_pixels: 1M}
output: {root: out}
expand: {factor: 2}
augment: [horizontal_flip: {p: 1}]
"""
PRIVATE_FILES = {"manifest.jsonl", "dataset.json", ".tenfold.index"}


def shown(path):
    """A path as JSON can hold it: what is no UTF-8 is escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def tree(root):
    """What lies below `root`, by relative path: all of it but times of access."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            content = None
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(path)
            elif stat.S_ISREG(status.st_mode) and status.st_size < 1 << 30:
                with open(path, "rb") as file:
                    content = hashlib.sha256(file.read()).hexdigest()
            kind = stat.S_IFMT(status.st_mode)
            found[os.path.relpath(path, root)] = (kind, None if stat.S_ISDIR(kind) else status.st_size, content)
    return found


def is_forgery(letter):
    """Whether it steers a terminal, reorders its text or cannot be seen."""
    return (unicodedata.category(letter) in ("Cc", "Zl", "Zp") or letter in "\u061c\u200b\u200e\u200f\u2060\ufeff"
            or unicodedata.bidirectional(letter) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def forgeries(text):
    return [f"U+{ord(letter):04X}" for letter in text if letter != "\n" and is_forgery(letter)]


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="tenfold-hostile-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = cls.temporary.name
        subprocess.run([sys.executable, "-B", f"{SCRIPTS}/hostile_corpus.py", f"{cls.folder}/corpus"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(f"{cls.folder}/corpus/expected.json", encoding="ascii") as file:
            expected = json.load(file)
        cls.entries, cls.followed = expected["entries"], expected["followed"]
        with open(f"{cls.folder}/recipe.yaml", "w", encoding="ascii") as file:
            file.write(RECIPE)
        os.makedirs(f"{cls.folder}/beside")
        with open(f"{cls.folder}/beside/sentinel", "w", encoding="ascii") as file:
            file.write("mine")
        cls.before = tree(cls.folder)
        cls.result = cls.tenfold("run", "recipe.yaml", "--json")

    @classmethod
    def tenfold(cls, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=cls.folder, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS, check=False)

    def originals(self, out):
        """source -> manifest line of the original."""
        lines = {}
        with open(f"{self.folder}/{out}/manifest.jsonl", encoding="utf-8") as file:
            for line in file:
                entry = json.loads(line)
                if entry["copy"] == 0:
                    self.assertNotIn(entry["source"], lines)
                    lines[entry["source"]] = entry
        return lines

    def check_account(self, result, out, entries):
        """Each entry is found once, where it belongs."""
        summary = json.loads(result.stdout)
        reasons = {bad["path"]: bad["reason"] for bad in summary["bad"]}
        self.assertEqual(len(reasons), len(summary["bad"]))
        originals = self.originals(out)
        ignored = sum(expectation == "ignored" for expectation in entries.values())
        self.assertEqual(sum(summary["ignored"].values()), ignored)
        self.assertEqual(len(reasons) + len(originals) + ignored, len(entries))
        for path, expectation in entries.items():
            with self.subTest(path=path):
                is_sample, is_bad = shown(path) in originals, shown(path) in reasons
                if expectation in ("either", "any"):
                    self.assertTrue(is_sample != is_bad)
                else:
                    self.assertEqual((is_sample, is_bad), (expectation == "sample", expectation == "bad"),
                                     reasons.get(shown(path)))
                if is_bad:
                    self.assertGreater(len(reasons[shown(path)]), 5)
        self.assertEqual(summary["failed"], [])

    def test_ends_with_the_code_for_skipped_images(self):
        self.assertEqual(self.result.returncode, 3, self.result.stderr.decode("utf-8", "replace"))

    def test_accounts_for_every_file(self):
        self.assertGreaterEqual(len(self.entries), LEAST_FILES)
        self.check_account(self.result, "out", self.entries)

    def test_accounts_for_every_link_that_is_followed(self):
        result = self.tenfold("run", "recipe.yaml", "--json", "-o", "followed", "--set", "input.follow_links=files")
        self.assertEqual(result.returncode, 3)
        self.check_account(result, "followed", self.entries | self.followed)

    def test_accepts_only_what_an_independent_decoder_accepts(self):
        warnings.simplefilter("ignore")  # PIL's, of broken metadata
        originals = self.originals("out")
        compared = 0
        for path, expectation in self.entries.items():
            if expectation not in ("either", "any") or path not in originals:
                continue
            with self.subTest(path=path):
                try:
                    with Image.open(f"{self.folder}/corpus/data/{path}") as image:
                        image.load()
                except Exception:  # PIL's are of many types
                    self.assertEqual(expectation, "any")
                    continue
                self.assertEqual(image.size, (originals[path]["width"], originals[path]["height"]))
                compared += 1
        self.assertGreater(compared, 50)

    def test_copies_the_originals_as_they_are(self):
        for source, entry in self.originals("out").items():
            with self.subTest(source=source):
                with open(f"{self.folder}/corpus/data/{source}", "rb") as file:
                    content = file.read()
                with open(f"{self.folder}/out/{entry['file_name']}", "rb") as file:
                    self.assertEqual(file.read(), content)

    def test_writes_nothing_but_the_output(self):
        after = tree(self.folder)
        outputs = ("out", "followed", "single")
        others = {path: entry for path, entry in after.items() if path.split("/")[0] not in outputs}
        self.assertEqual(others, self.before)

    def test_writes_only_what_the_manifest_names(self):
        named = set()
        with open(f"{self.folder}/out/manifest.jsonl", encoding="utf-8") as file:
            named = {json.loads(line)["file_name"] for line in file}
        files = set()
        for path, (kind, _, _) in tree(f"{self.folder}/out").items():
            self.assertIn(kind, (stat.S_IFREG, stat.S_IFDIR), path)
            if kind == stat.S_IFREG:
                files.add(path)
        self.assertEqual(files, named | PRIVATE_FILES)

    def test_prints_no_character_that_steers_a_terminal(self):
        plan = self.tenfold("plan", "recipe.yaml")
        for text in (self.result.stderr, plan.stderr, plan.stdout):
            self.assertEqual(forgeries(text.decode("utf-8")), [])
            self.assertIsNone(re.search(rb"(?m)^tenfold: error", text))

    def test_makes_the_same_with_one_thread(self):
        result = self.tenfold("run", "recipe.yaml", "--json", "-j1", "-o", "single")
        self.assertEqual(result.returncode, 3)
        self.assertEqual(tree(f"{self.folder}/single"), tree(f"{self.folder}/out"))

    def test_has_nothing_to_do_when_repeated(self):
        before = tree(f"{self.folder}/out")
        result = self.tenfold("run", "recipe.yaml", "--json")
        self.assertEqual(result.returncode, 3)
        summary = json.loads(result.stdout)
        self.assertEqual(summary["made"], 0)
        self.assertEqual(summary["bad"], json.loads(self.result.stdout)["bad"])
        self.assertEqual(tree(f"{self.folder}/out"), before)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
