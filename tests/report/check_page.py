#!/usr/bin/env python3
"""Opens a report in headless Chromium, and compares what it shows with sums of the manifest that are made here.

    check_page.py PROGRAM
"""

import collections
import html.parser
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# Names that would be markup, leave an attribute, or turn the text around them.
CLASSES = {"stop": "<script>alert('x')", "yield": "\"quotes\" & 'more'", "priority": "שלום 🐈", "turn_left": "left"}
RECIPE = """version: 1
seed: 5
input: {root: in, max_bad: 50%, split: {val: 0.2}}
output: {root: out}
expand: {factor: 2, balance: majority, max_copies: 12}
prepare: [resize: {longer: 64}]
augment:
  - horizontal_flip
  - rotate: {degrees: ±20}
  - one_of: {p: 0.8, weights: [3, 1], transforms: [gaussian_blur: {sigma: [0.5, 1.5]}, posterize: {bits: [3, 6]}]}
classes:
  left: {without: [horizontal_flip]}
"""
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]


class Failure(Exception):
    pass


def expect_equal(found, wanted, what):
    if found != wanted:
        raise Failure(f"{what}: {found!r} in place of {wanted!r}")


class Page(html.parser.HTMLParser):
    """What the page's elements say to machines, and the text of those that have an id."""

    def __init__(self, text):
        super().__init__()
        self.tags = collections.Counter()
        self.tables = collections.defaultdict(dict)  # by id: rows by name, their data by column
        self.values = {}  # data-value by id
        self.chains = []  # data-copies of the chains
        self.histograms = []  # (parameter, values, counts)
        self.texts = collections.defaultdict(str)
        self.table = self.row = self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags[tag] += 1
        data = {key[5:]: value for key, value in attributes.items() if key.startswith("data-")}
        if tag == "table":
            self.table = attributes["id"]
        elif tag == "tr" and "name" in data:
            self.row = self.tables[self.table].setdefault(data["name"], {})
        elif tag == "td":
            self.row.update(data)
        elif "value" in data:
            self.values[attributes["id"]] = data["value"]
        elif "parameter" in data:
            counts = [int(count) for count in data["counts"].split()]
            self.histograms.append((data["parameter"], int(data["values"]), counts))
        elif "copies" in data:
            self.chains.append(int(data["copies"]))
        if tag in ("code", "bdi", "th"):
            self.inside = attributes.get("id", tag)

    def handle_endtag(self, tag):
        if tag in ("code", "bdi", "th"):
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.texts[self.inside] += data


def rendered(page, folder):
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise Failure("there is no chromium; scripts/setup.sh --tests installs it")
    command = [browser, *CHROMIUM, f"--user-data-dir={folder}/browser", "--dump-dom", page.as_uri()]
    return Page(subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL).stdout.decode())


def make_input(program, folder):
    subprocess.run([program, "demo", "signs", "-q"], cwd=folder, check=True)
    (folder / "in").mkdir()
    for name, shown in CLASSES.items():
        (folder / "signs" / name).rename(folder / "in" / shown)
    images = sorted((folder / "in" / "left").iterdir())
    images[0].with_name("cut <off>.jpg").write_bytes(images[0].read_bytes()[:600])
    with open(os.fsencode(folder) + b"/in/left/\xff.jpg", "wb") as file:
        file.write(b"no image")
    (folder / "recipe.yaml").write_text(RECIPE)


def run(program, folder, *arguments, code=0):
    result = subprocess.run([program, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
    if result.returncode != code:
        raise Failure(f"{' '.join(arguments)} ended with {result.returncode}: {result.stderr.decode()}")
    return result.stdout.decode()


def manifest_of(folder):
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]


def check_counts(page, lines):
    expect_equal(page.values["images"], str(len(lines)), "images")
    expect_equal(page.values["bytes"], str(sum(line["bytes"] for line in lines)), "bytes")
    for name in CLASSES.values():
        train = [line for line in lines if line["label"] == name and line["split"] == "train"]
        row = page.tables["class-counts"][name]
        expect_equal(row["images"], str(len(train)), f"images of {name}")
        expect_equal(row["originals"], str(sum(line["copy"] == 0 for line in train)), f"originals of {name}")
        held_out = sum(line["label"] == name and line["split"] == "val" for line in lines)
        expect_equal(row["val"], str(held_out), f"val of {name}")
    of_sample = collections.Counter(line["source"] for line in lines if line["copy"] > 0)
    samples = {line["source"] for line in lines if line["split"] == "train"}
    bins = collections.Counter(of_sample[source] for source in samples)
    expect_equal({row: int(data["samples"]) for row, data in page.tables["copies-per-sample"].items()},
                 {f"{copies}-{copies}": count for copies, count in bins.items()}, "copies per sample")


def check_draws(page, lines, json_chains):
    """The chain of `left` has no flip; prepare's resize is no matter of copies."""
    expect_equal(len(page.chains), 2, "chains")
    for number, chain in enumerate(json_chains, 1):
        copies = [line for line in lines if line["copy"] > 0 and line["label"] in chain["classes"]]
        expect_equal(page.chains[number - 1], len(copies), "copies of a chain")
        fired = collections.Counter(one["name"] for line in copies for one in line["transforms"][1:])
        rows = page.tables[f"transforms-{number}"]
        expect_equal({name: int(row["fired"]) for name, row in rows.items()}, dict(fired), "firings")
        expected = {"rotate": 1, "gaussian_blur": 0.6, "posterize": 0.2, "horizontal_flip": 0.5}
        for name, row in rows.items():
            if not math.isclose(float(row["expected"]), expected[name]):
                raise Failure(f"{name} is expected in {row['expected']} of the copies")


def check_histograms(page, lines, json_chains):
    ranges = {"rotate.degrees": (-20, 20, 12), "gaussian_blur.sigma": (0.5, 1.5, 12), "posterize.bits": (3, 7, 4)}
    wanted = []
    for chain in json_chains:
        copies = [line for line in lines if line["copy"] > 0 and line["label"] in chain["classes"]]
        for key, (low, high, parts) in ranges.items():
            name, parameter = key.split(".")
            values = [one[parameter] for line in copies for one in line["transforms"] if one["name"] == name]
            counts = collections.Counter(min(int((value - low) / (high - low) * parts), parts - 1) for value in values)
            if values:
                wanted.append((key, len(values), [counts[part] for part in range(parts)]))
    expect_equal(sorted(page.histograms), sorted(wanted), "histograms")


def check_names(page):
    expect_equal(page.tags["script"], 0, "scripts")
    for name in [*CLASSES.values(), "left/cut <off>.jpg", "left/\\xff.jpg"]:
        if name not in page.texts["bdi"]:
            raise Failure(f"the page does not show {name!r}")
    expect_equal(sorted(page.tables["bad"]), ["left/\\xff.jpg", "left/cut <off>.jpg"], "bad images")
    expect_equal(list(page.tables["shortfalls"]), ["left"], "shortfalls")
    expect_equal(page.tags["img"] > 15, True, "there are pictures")


def check_recipe(program, folder, page):
    (folder / "again.json").write_text(page.texts["recipe"])
    run(program, folder, "run", "again.json", "-i", "in", "-o", "again", "--set", "input.max_bad=50%", "-q", code=3)
    expect_equal((folder / "again/manifest.jsonl").read_bytes(), (folder / "out/manifest.jsonl").read_bytes(),
                 "the manifest of the recipe on the page")


def check_program(program, folder):
    run(program, folder, "report", "out", "-o", "out/left/page.html", code=2)
    run(program, folder, "report", "in", "-o", "page.html", code=4)
    run(program, folder, "report", "nowhere", "-o", "page.html", code=2)
    run(program, folder, "report", "out", "-o", "in", code=2)
    expect_equal(sorted(path.name for path in folder.iterdir() if path.is_file()), ["recipe.yaml"], "files")
    images = len(manifest_of(folder / "out"))
    expect_equal(run(program, folder, "report", "out"), f"'report.html' shows {images} images of 4 classes\n", "result")
    expect_equal(run(program, folder, "report", "out/", "-o", "twice.html", "-q"), "", "quiet")
    expect_equal((folder / "twice.html").read_bytes(), (folder / "report.html").read_bytes(), "the page twice")


def check(program, folder):
    make_input(program, folder)
    run(program, folder, "run", "recipe.yaml", "-q", code=3)
    check_program(program, folder)
    figures = json.loads(run(program, folder, "report", "out", "--json"))
    lines = manifest_of(folder / "out")
    page = rendered(folder / "report.html", folder)
    check_counts(page, lines)
    check_draws(page, lines, figures["chains"])
    check_histograms(page, lines, figures["chains"])
    check_names(page)
    check_recipe(program, folder, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        try:
            check(os.path.abspath(sys.argv[1]), pathlib.Path(name))
        except Failure as failure:
            sys.exit(f"check_page.py: {failure}")
