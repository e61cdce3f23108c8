#!/usr/bin/env python3
"""Reads outputs of every layout with programs that know nothing of tenfold, and compares them with class folders.

    check_layouts.py PROGRAM

Shards with tar(1) and Python's tarfile, by the rule that readers of WebDataset group members by; lists with Python's
csv and json modules. And runs that are killed while they pack.
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

RECIPE = """version: 1
input: {root: signs}
output: {root: out}
expand: {factor: 4, balance: majority}
augment:
  - rotate: {degrees: ±10}
"""


class Failure(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Failure(what)


def run(program, folder, output, layout, *more, check=True):
    command = [program, "run", "recipe.yaml", "-o", output, "--set", f"output.layout={layout}", "-q", *more]
    return subprocess.run(command, cwd=folder, check=check, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def manifest_of(folder):
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]


def groups(names):
    """The samples of a shard, as WebDataset has them: members in a row whose base names agree up to the first dot."""
    samples = []
    for name in names:
        folder, _, base = name.rpartition("/")
        stem, dot, extension = base.partition(".")
        expect(dot and stem, f"'{name}' has no key")
        key = f"{folder}/{stem}" if folder else stem
        if not samples or samples[-1][0] != key:
            samples.append((key, {}))
        expect(extension not in samples[-1][1], f"'{name}' comes twice")
        samples[-1][1][extension.lower()] = name
    return samples


def check_member(member):
    expect(member.isfile() and member.mode == 0o644, f"'{member.name}' is no plain file")
    expect((member.uid, member.gid, member.mtime) == (0, 0, 0), f"'{member.name}' says when or by whom it was made")
    expect((member.uname, member.gname) == ("", ""), f"'{member.name}' names a user")


def check_shard(path, classes, images, seen):
    """Every sample of the shard has its image, its class and its description; returns the labels in their order."""
    labels = []
    with tarfile.open(path, format=tarfile.USTAR_FORMAT) as shard:
        members = {member.name: member for member in shard.getmembers()}
        for member in members.values():
            check_member(member)
        for key, parts in groups(members):
            said = json.load(shard.extractfile(parts["json"]))
            (image,) = set(parts) - {"json", "cls"}
            content = shard.extractfile(parts[image]).read()
            expect(content == images[said["file_name"]], f"{said['file_name']} has other bytes than in class folders")
            expect(classes[int(shard.extractfile(parts["cls"]).read())] == said["label"], f"{key}.cls is wrong")
            expect(said["file_name"].startswith(said["label"] + "/"), f"{key}.json has another label")
            expect({"source", "copy", "split", "transforms"} <= set(said), f"{key}.json lacks a key")
            expect(key not in seen, f"the key {key} comes twice")
            seen[key] = said["file_name"]
            labels.append(said["label"])
    return labels


def check_tar(path, folder):
    """tar(1) lists and unpacks the shard without a word of complaint; returns what it unpacked."""
    listed = subprocess.run(["tar", "tf", path], check=True, capture_output=True, text=True)
    expect(listed.stderr == "", f"tar says {listed.stderr}")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["tar", "xf", path, "-C", folder], check=True, capture_output=True, text=True)
    expect(done.stderr == "", f"tar says {done.stderr}")
    return listed.stdout.splitlines()


def check_webdataset(program, folder, images):
    run(program, folder, "shards", "{webdataset: {shard: 40}}", "-j2")
    output = folder / "shards"
    classes = [one["name"] for one in json.loads((output / "dataset.json").read_text())["classes"]]
    shards = sorted(output.glob("*.tar"))
    expect([shard.name for shard in shards] == [f"train-{i:06}.tar" for i in range(len(shards))], "the shards' names")
    seen, unpacked = {}, folder / "unpacked"
    for shard in shards:
        labels = check_shard(shard, classes, images, seen)
        expect(len(labels) == 40 or shard == shards[-1], f"{shard.name} holds {len(labels)} images")
        if len(labels) == 40:
            expect(len(set(labels)) > 1 and labels != sorted(labels), f"{shard.name} is sorted by class")
        check_tar(shard, unpacked)
    expect(sorted(seen.values()) == sorted(images), "the shards do not hold the images of the class folders")
    for line in manifest_of(output):
        with open(output / line["shard"], "rb") as shard:
            shard.seek(line["offset"])
            expect(shard.read(line["bytes"]) == images[line["file_name"]], f"the offset of {line['file_name']}")
    by_content = sorted(path.read_bytes() for path in unpacked.iterdir() if path.suffix not in (".cls", ".json"))
    expect(by_content == sorted(images.values()), "tar unpacks other images")
    run(program, folder, "shards-1", "{webdataset: {shard: 40}}", "-j1")
    expect(files_of(folder / "shards-1") == files_of(output), "one thread makes other bytes than two")


def check_flat_csv(program, folder, images):
    run(program, folder, "flat", "flat_csv")
    text = (folder / "flat/labels.csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    expect(len(rows) == len(images), f"labels.csv has {len(rows)} rows")
    lines = {line["file_name"]: line for line in manifest_of(folder / "flat")}
    for row in rows:
        line = lines.pop(row["file"])
        expect([row[key] for key in ("label", "split", "source")] == [line[key] for key in ("label", "split", "source")]
               and row["copy"] == str(line["copy"]), f"the row of {row['file']}")
        name = f"{row['label']}/{row['file'].removeprefix('images/' + row['label'] + '__')}"
        expect((folder / "flat" / row["file"]).read_bytes() == images[name], f"{row['file']} has other bytes")
    expect(not lines, "labels.csv lacks images")


def check_huggingface(program, folder, images):
    run(program, folder, "hub", "huggingface")
    rows = [json.loads(line) for line in (folder / "hub/metadata.jsonl").read_text().splitlines()]
    expect({row["file_name"] for row in rows} == set(images), "metadata.jsonl has other images")
    for row in rows:
        expect(list(row) == ["file_name", "label", "split", "source", "copy", "transforms"], "the keys differ")
        expect((folder / "hub" / row["file_name"]).read_bytes() == images[row["file_name"]], row["file_name"])
        expect(isinstance(json.loads(row["transforms"]), list), "the transforms are no text of JSON")


def check_kills(program, folder):
    """A run that packs is killed when the first, second, … file beside its images appears."""
    clean = files_of(folder / "shards")
    for moment in range(6):
        output = folder / f"killed-{moment}"
        command = [program, "run", "recipe.yaml", "-o", output, "--set", "output.layout={webdataset: {shard: 40}}", "-q"]
        child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        signs = [".tenfold.loose.jsonl", "train-000000.tar", "train-000002.tar", "train-000004.tar", "manifest.jsonl",
                 ".tenfold.journal"]
        while child.poll() is None and not (output / signs[moment]).exists():
            pass
        child.kill()
        child.wait()
        run(program, folder, output, "{webdataset: {shard: 40}}")
        expect(files_of(output) == clean, f"after a kill at {signs[moment]}, a repeat ends in another tree")


def main(program):
    with tempfile.TemporaryDirectory(prefix="tenfold-test-") as name:
        folder = pathlib.Path(name)
        (folder / "recipe.yaml").write_text(RECIPE)
        subprocess.run([program, "demo", "signs", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        first = sorted(path for path in (folder / "signs").rglob("*") if path.is_file())[0]
        first.rename(first.with_name('a "b", c\nd.tar' + first.suffix))
        first.parent.joinpath("ä..b" + first.suffix).write_bytes(first.with_name('a "b", c\nd.tar' + first.suffix).read_bytes())
        run(program, folder, "folders", "folders")
        images = {name: content for name, content in files_of(folder / "folders").items() if "/" in name}
        expect(len(images) > 200, f"{len(images)} images are too few to tell anything")
        check_webdataset(program, folder, images)
        check_flat_csv(program, folder, images)
        check_huggingface(program, folder, images)
        check_kills(program, folder)


if __name__ == "__main__":
    try:
        main(os.path.abspath(sys.argv[1]))
    except Failure as failure:
        sys.exit(f"check_layouts.py: {failure}")
