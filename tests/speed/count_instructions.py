#!/usr/bin/env python3
"""Counts the instructions of each stage of a copy's way, and fails where there are more than the figures kept in
instructions.json allow.

usage: count_instructions.py BUILD [--update]    the folder of a build; --update keeps what is counted now

Instructions, as valgrind counts them, are the same on a busy machine; waiting for memory or a disk is not among them.
They depend on the instruction set, the compiler, its flags and the libraries: each environment has figures of its own.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = os.path.join(HERE, "instructions.json")
RECIPES = os.path.join(HERE, "..", "bench", "recipes")
TOLERANCE = 0.05


def profiled_stage(path):
    """A stage and its count, from one of callgrind's files; nothing from the file that it writes at the end."""
    with open(path) as file:
        text = file.read()
    stage = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.M)
    return (stage.group(1), int(re.search(r"^totals: (\d+)$", text, re.M).group(1))) if stage else None


def measured(build):
    """The environment, and the count of each stage in the order of their work."""
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile")
        run = subprocess.run(["valgrind", "-q", "--tool=callgrind", "--collect-atstart=no",
                              f"--callgrind-out-file={profile}", os.path.join(build, "tests/speed/stages"), RECIPES],
                             stdout=subprocess.PIPE, text=True, check=True,
                             env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
        files = sorted(os.listdir(folder), key=lambda name: int(name.partition(".")[2] or 0))
        stages = dict(filter(None, (profiled_stage(os.path.join(folder, name)) for name in files)))
    if not stages:
        raise SystemExit("count_instructions.py: valgrind has counted no stage")
    return run.stdout.strip(), stages


def compared(stages, kept):
    """A line for each stage that has become slower or is not counted any more, and for each that is faster or new."""
    slower = [f"{stage}: is not counted any more" for stage in kept if stage not in stages]
    other = []
    for stage, count in stages.items():
        if stage not in kept:
            other.append(f"{stage}: {count:,} instructions, and no figure to compare them with")
            continue
        line = f"{stage}: {count:,} instructions, {count / kept[stage] - 1:+.1%} against {kept[stage]:,}"
        if count > kept[stage] * (1 + TOLERANCE):
            slower.append(f"slower: {line}")
        elif count < kept[stage] * (1 - TOLERANCE):
            other.append(line)
    return slower, other


def report(environment, stages, figures, update):
    """What to say, and whether it is a failure. `update` is the command that keeps the counts."""
    if environment not in figures:
        return [f"No figures are kept for {environment}.",
                *(f"{stage}: {count:,} instructions" for stage, count in stages.items()),
                f"To have them compared from now on: {update}"], False
    slower, other = compared(stages, figures[environment])
    lines = slower + other
    return lines + [f"If that is meant: {update}"] * bool(lines), bool(slower)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.partition("usage: ")[2].partition("  ")[0])
    parser.add_argument("build")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    environment, stages = measured(options.build)
    with open(FIGURES) as file:
        figures = json.load(file)
    if options.update:
        figures[environment] = stages
        with open(FIGURES, "w") as file:
            json.dump(figures, file, indent=2)
            file.write("\n")
        return 0
    lines, failed = report(environment, stages, figures, f"{sys.argv[0]} {options.build} --update")
    print("\n".join(lines or [f"No stage takes more instructions than it may, nor much fewer ({environment})."]))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
