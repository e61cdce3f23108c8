#!/usr/bin/env python3
"""What is wrong on a page is found: commands, recipes, outputs and links.

usage: pages_test.py
"""

import pathlib
import tempfile
import unittest

import check_links
import pages
import run_pages

# `tenfold` as far as these tests need it: it says what it was told, and fails where it was told so.
PROGRAM = """#!/bin/sh
case "$*" in *wrong*) echo "no such thing" >&2; exit 2 ;; esac
[ "$2" != shown.yaml ] || ! grep -q mistake shown.yaml || exit 2
echo "$*"
"""


class PagesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


class Shown(PagesTest):
    def test_are_the_commands_of_blocks_and_sentences(self):
        text = "Say `tenfold plan`:\n```sh\n# first\ntenfold run a \\\n  -j 2   # all\ntenfold b '#c'\n```\nor `tenfold run b`."
        self.assertEqual([(shown.line, shown.text) for shown in pages.shown_in(text)],
                         [(1, "tenfold plan --help"), (4, "tenfold run a -j 2"), (6, "tenfold b '#c'"),
                          (8, "tenfold run b")])

    def test_are_the_recipes_of_blocks_and_sentences(self):
        text = "With `expand: {factor: 2}`, `by: {folder: 1}` and `other: 1`:\n```yaml\nseed: 1\n```\n"
        self.assertEqual([(shown.kind, shown.line, shown.text) for shown in pages.shown_in(text)],
                         [("yaml", 1, "expand: {factor: 2}"), ("yaml", 1, "input: {split: {val: 0.2, by: {folder: 1}}}"),
                          ("yaml", 3, "seed: 1")])

    def test_a_part_of_a_recipe_is_completed(self):
        self.assertEqual(pages.whole_recipe("expand: {factor: 4}"),
                         "expand: {factor: 4}\nversion: 1\naugment: [horizontal_flip]\n")

    def test_a_recipe_may_say_where_its_images_are(self):
        for recipe in ("input: {root: a}", "input:\n  root: a", "seed: 1\ninput:\n  ignore: []\n  root: a"):
            self.assertTrue(pages.names_a_root(recipe), recipe)
        for recipe in ("input: {split: {val: 0.1}}", "input:\n  ignore: []\noutput:\n  root: a", "output: {root: a}"):
            self.assertFalse(pages.names_a_root(recipe), recipe)


class Failures(PagesTest):
    def of(self, text):
        program = self.write("program", PROGRAM)
        program.chmod(0o755)
        environment = run_pages.environment_for(self.folder, program)
        page = run_pages.Page("page.md", text, self.folder, environment)
        page.try_all()
        return page.failures

    def test_are_none_where_all_is_right(self):
        self.assertEqual(self.of("```sh\ntenfold run a\n```\n```\nrun a\n```\n```yaml\nseed: 1\n```\n`tenfold plan`"), [])

    def test_are_commands_that_fail(self):
        self.assertEqual(self.of("```sh\ntenfold run a\ntenfold wrong b\n```\nand `tenfold wrong`"),
                         ["page.md:3: `tenfold wrong b` ended with 2: no such thing\n",
                          "page.md:5: `tenfold wrong --help` ended with 2: no such thing\n"])

    def test_are_commands_that_no_shell_knows(self):
        self.assertIn("page.md:2: `scripts/new.sh` ended with 127: ", self.of("```sh\nscripts/new.sh\n```")[0])

    def test_are_outputs_that_are_others(self):
        self.assertEqual(self.of("```sh\ntenfold run a\n```\n```\nrun b\n```\n"),
                         ["page.md:5: the command before it says\nrun a\n"])

    def test_are_recipes_that_are_not_taken(self):
        self.assertEqual(self.of("`expand: {mistake: 1}`"), ["page.md:1: this recipe is not taken: "])

    def test_are_blocks_that_nobody_tries(self):
        self.assertEqual(self.of("```bash\ntenfold run a\n```"), ["page.md:2: nobody tries this: bash"])

    def test_are_commands_that_would_not_be_seen(self):
        self.assertEqual(self.of("As in `tenfold\nrun`."),
                         [f"page.md:{line}: nobody tries this: code that goes on in another line" for line in (1, 2)])


class Links(PagesTest):
    def test_lead_to_files_and_headings(self):
        self.write("docs/a.md", "# One & two\n[top](../README.md), [here](#one--two), [web](https://example.org)")
        self.write("README.md", "# Top\n[a](docs/a.md#one--two), [docs](docs), `docs/a.md`\n```\n[no](link)\n```\n")
        self.assertEqual(check_links.check(self.folder), [])

    def test_that_are_broken_are_named(self):
        self.write("docs/a.md", "# One\n[b](b.md) [c](#two) `scripts/x.sh now`")
        self.write("README.md", "[a](docs/a.md#three) [out](../other.md) [t](tests/t.md)")
        self.assertEqual(check_links.check(self.folder, ["tests"]),
                         ["README.md:1: docs/a.md has no heading 'three'",
                          "README.md:1: ../other.md leads out of the tree",
                          "docs/a.md:2: there is no b.md", "docs/a.md:2: a.md has no heading 'two'",
                          "docs/a.md:2: there is no scripts/x.sh"])


if __name__ == "__main__":
    unittest.main()
