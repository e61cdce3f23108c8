#!/usr/bin/env python3
"""Runs every command and plans every recipe that README.md and docs/*.md show.

usage: run_pages.py SOURCE PROGRAM      prints each failure as page:line: text; exit code 1 where there is one

Each page has a folder of its own with small datasets under the names that the pages use. Its blocks for the shell are run
line by line, and so is what its sentences say, as in `tenfold transforms rotate`. A recipe or a part of one is completed
and planned. A block without a language is what the command before it says.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import example_data
import pages

# What is not run here, and by whom it is.
ELSEWHERE = {
    "scripts/quickstart.sh": "whoever starts with a fresh clone: it builds a release",
    "scripts/test.sh": ".ci/run",
    "cmake --install build/release --prefix ~/.local": "tests/install, from its build",
    "scripts/package.sh": "configs/integrations/Dockerfile",
    "apt install ./build/release/packages/tenfold_*.deb": "configs/integrations/Dockerfile",
}
ENDS_WITH = {"tenfold inspect data/train --strict -q --min-images 100": 3}
GENERATED = {"transforms.md"}  # its recipes are those of the registry, which tests of their own hold to it
DEMO = "tenfold demo signs"  # the README's; all data are cut from what it draws, for that takes a while
FINDINGS = 3  # a recipe whose plan has a shortfall is a good one


class Page:
    """A page that is being tried."""

    def __init__(self, name, text, folder, environment):
        self.name, self.text, self.folder, self.environment = name, text, folder, environment
        self.results = {}  # of commands that have been run already
        self.said = ""
        self.failures = []
        self.seen = set()

    def run(self, command):
        return subprocess.run(["/bin/sh", "-c", command], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def fail(self, shown, text):
        self.failures.append(f"{self.name}:{shown.line}: {text}")

    def try_all(self):
        for shown in pages.shown_in(self.text):
            {"sh": self.try_command, "yaml": self.try_recipe, "": self.try_output}.get(
                shown.kind, self.refuse)(shown)

    def try_command(self, shown):
        self.seen.add(shown.text)
        if shown.text in ELSEWHERE:
            return
        result = self.results.pop(shown.text, None) or self.run(shown.text)
        self.said = result.stdout
        if result.returncode != ENDS_WITH.get(shown.text, 0):
            self.fail(shown, f"`{shown.text}` ended with {result.returncode}: {result.stderr}{result.stdout}")

    def try_recipe(self, shown):
        (self.folder / "shown.yaml").write_text(pages.whole_recipe(shown.text))
        root = "" if pages.names_a_root(shown.text) else " -i data/train"
        result = self.run(f"tenfold plan shown.yaml -q -o planned{root}")
        if result.returncode not in (0, FINDINGS):
            self.fail(shown, f"this recipe is not taken: {result.stderr}")

    def try_output(self, shown):
        if shown.text + "\n" != self.said:
            self.fail(shown, f"the command before it says\n{self.said}")

    def refuse(self, shown):
        if shown.kind != "python":
            self.fail(shown, f"nobody tries this: {shown.kind}")


def environment_for(folder, program):
    """`tenfold` is the program, and the job of Slurm is the only one."""
    (folder / "bin").mkdir()
    (folder / "bin/tenfold").symlink_to(program)
    return {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "COLUMNS": "100",
            "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "1"}


def opened_page(path, source, scratch, environment):
    name = str(path.relative_to(source))
    folder = scratch / name.replace("/", "-")
    folder.mkdir()
    (folder / "configs").symlink_to(source / "configs")
    return Page(name, path.read_text(encoding="utf-8"), folder, environment)


def try_pages(source, program, scratch):
    """What is wrong with the pages, as text."""
    environment = environment_for(scratch, program)
    paths = [source / "README.md",
             *sorted(path for path in (source / "docs").glob("*.md") if path.name not in GENERATED)]
    opened = [opened_page(path, source, scratch, environment) for path in paths]
    readme = opened[0]
    readme.results[DEMO] = readme.run(DEMO)
    for page in opened:
        example_data.ExampleData(readme.folder / "signs", page.folder).write_all()
        if "tenfold verify data/train-x10" in page.text:
            page.run("tenfold run recipe.yaml -q")
        page.try_all()
    failures = [failure for page in opened for failure in page.failures]
    seen = set().union(*(page.seen for page in opened))
    failures += [f"no page has the command `{command}` any more"
                 for command in (DEMO, *ELSEWHERE, *ENDS_WITH) if command not in seen]
    return failures


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, program = (pathlib.Path(argument).absolute() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as scratch:
        failures = try_pages(source, program, pathlib.Path(scratch))
    print("\n".join(failures) or "every command and every recipe does what the pages say")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
