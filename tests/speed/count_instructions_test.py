#!/usr/bin/env python3
"""What is said of counts that have grown, shrunk, or nothing to be compared with."""

import os
import tempfile
import unittest

import count_instructions

FIGURES = {"AVX2": {"draws": 1000, "grey to PNG": 2000}}


class Report(unittest.TestCase):
    def report(self, stages, environment="AVX2"):
        return count_instructions.report(environment, stages, FIGURES, "count --update")

    def test_a_stage_may_grow_by_five_in_a_hundred(self):
        self.assertEqual(self.report({"draws": 1050, "grey to PNG": 2000}), ([], False))

    def test_a_stage_that_grows_by_more_is_named_and_fails(self):
        self.assertEqual(self.report({"draws": 1051, "grey to PNG": 2000}),
                         (["slower: draws: 1,051 instructions, +5.1% against 1,000",
                           "If that is meant: count --update"], True))

    def test_a_gain_is_said_and_no_failure(self):
        self.assertEqual(self.report({"draws": 1000, "grey to PNG": 1000}),
                         (["grey to PNG: 1,000 instructions, -50.0% against 2,000",
                           "If that is meant: count --update"], False))

    def test_a_new_stage_is_said_and_one_that_is_missing_fails(self):
        self.assertEqual(self.report({"draws": 1000, "journal": 5}),
                         (["grey to PNG: is not counted any more",
                           "journal: 5 instructions, and no figure to compare them with",
                           "If that is meant: count --update"], True))

    def test_an_environment_without_figures_shows_its_counts(self):
        self.assertEqual(self.report({"draws": 1234}, "NEON"),
                         (["No figures are kept for NEON.",
                           "draws: 1,234 instructions",
                           "To have them compared from now on: count --update"], False))


class Profile(unittest.TestCase):
    def stage_of(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "profile")
            with open(path, "w") as file:
                file.write(text)
            return count_instructions.profiled_stage(path)

    def test_a_profile_names_its_stage(self):
        self.assertEqual(self.stage_of("desc: Trigger: Client Request: JPEG to BGR\nsummary: 12\n\ntotals: 12\n"),
                         ("JPEG to BGR", 12))

    def test_the_last_profile_has_none(self):
        self.assertIsNone(self.stage_of("desc: Trigger: Program termination\ntotals: 0\n"))


if __name__ == "__main__":
    unittest.main()
