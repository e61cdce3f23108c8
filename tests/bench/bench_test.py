#!/usr/bin/env python3
"""The benchmark's driver: every job runs on a few small images, and an output that is not whole is noticed.

usage: bench_test.py BUILD
"""

import json
import os
import sys
import tempfile
import unittest

import bench
import environment
import jobs
import measure
import results

BUILD = os.path.abspath(sys.argv.pop(1))
SMALL = jobs.Sizes(repetitions=2, large_photographs=1, digits=20, fanout_copies=4, many=30, peer_photographs=2,
                   scale=(20, 40, 80))
OUTPUTS = {"k224": 10, "tiny": 200, "fanout": 12, "many": 30, "rerun": 30, "scale-10k": 20, "scale-100k": 40,
           "scale-1m": 80}


class Jobs(unittest.TestCase):
    def test_every_job_runs_and_is_compared_with_the_floor(self):
        result = bench.run_all(BUILD, None, ",".join(["k10", *OUTPUTS]), SMALL)
        found = {job["name"]: job for job in result["jobs"]}
        self.assertEqual({name: found[name]["outputs"] for name in OUTPUTS}, OUTPUTS)
        self.assertEqual(list(found["k10"]["contenders"]), ["tenfold", "floor", "straightforward"])
        self.assertEqual(list(found["many"]["contenders"]), ["tenfold", "floor"])
        self.assertEqual(found["k10"]["contenders"]["floor"]["times_floor"], 1)
        self.assertIn("libpng", result["versions"])

    def test_a_name_that_is_no_job_is_refused(self):
        with self.assertRaises(SystemExit) as refused:
            bench.chosen_jobs("k10,k11", jobs.all_jobs(SMALL))
        self.assertEqual(str(refused.exception),
                         "bench.py: there is no job 'k11'; the jobs are k10, k224, tiny, fanout, many, rerun, "
                         "scale-10k, scale-100k, scale-1m, peers, kernels")

    def test_the_million_runs_only_where_it_is_named(self):
        every_job = jobs.all_jobs(SMALL)
        self.assertNotIn("scale-1m", [job.name for job in bench.chosen_jobs(None, every_job)[0]])
        self.assertEqual([job.name for job in bench.chosen_jobs("scale-1m", every_job)[0]], ["scale-1m"])


class Checks(unittest.TestCase):
    """What is done to an output after its first run must be noticed in the next one."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.output = folder.name
        os.mkdir(os.path.join(self.output, "class"))
        for name in ("manifest.jsonl", "class/a.jpg", "class/b.jpg"):
            self.write(name, name)
        self.first_hash = measure.tree_hash(self.output)
        measure.check_count(self.output, 2)
        measure.check_same(self.output, self.first_hash)

    def write(self, name, text):
        with open(os.path.join(self.output, name), "w") as file:
            file.write(text)

    def assert_fails(self, what, check, *arguments):
        with self.assertRaises(measure.CheckFailed) as failed:
            check(*arguments)
        self.assertEqual(str(failed.exception), what)

    def assert_no_longer_the_same(self):
        self.assert_fails(f"{self.output} has the hash {measure.tree_hash(self.output)}; an earlier run of the same "
                          f"job left {self.first_hash}", measure.check_same, self.output, self.first_hash)

    def test_a_missing_image(self):
        os.remove(os.path.join(self.output, "class/a.jpg"))
        self.assert_fails(f"{self.output} holds 1 images, not 2", measure.check_count, self.output, 2)

    def test_an_empty_image(self):
        self.write("class/a.jpg", "")
        self.assert_fails(f"{self.output}/class/a.jpg is empty", measure.check_count, self.output, 2)

    def test_a_changed_byte(self):
        self.write("class/a.jpg", "class/a.jpG")
        self.assert_no_longer_the_same()

    def test_another_name(self):
        os.rename(os.path.join(self.output, "class/b.jpg"), os.path.join(self.output, "class/c.jpg"))
        self.assert_no_longer_the_same()

    def test_a_byte_that_moved_to_the_next_image(self):
        self.write("class/a.jpg", "class/a.jp")
        self.write("class/b.jpg", "gclass/b.jpg")
        self.assert_no_longer_the_same()

    def test_a_program_that_fails(self):
        self.assert_fails("sh -c echo no; exit 3 ended with 3: no\n", measure.measured, ["sh", "-c", "echo no; exit 3"])

    def test_a_damaged_output_of_tenfold(self):
        """One that nobody has a hash of yet."""
        self.addCleanup(setattr, measure, "measured", measure.measured)
        run = measure.measured

        def damage_then_verify(command):
            if command[1] == "verify":
                image = next(measure.images_in(command[2]))
                with open(image, "ab") as file:
                    file.write(b"!")
            return run(command)

        measure.measured = damage_then_verify
        with self.assertRaisesRegex(measure.CheckFailed, "(?s)tenfold verify .* ended with 3: "):
            bench.run_all(BUILD, None, "scale-10k", SMALL)


class Results(unittest.TestCase):
    COSTS = {"tenfold": [measure.Cost(3, 2, 10), measure.Cost(6, 3, 12), measure.Cost(4, 2, 11)],
             "floor": [measure.Cost(2, 1, 5)] * 3}

    def result(self):
        contenders = {name: results.summary(costs, 2000) for name, costs in self.COSTS.items()}
        contenders["vips"] = {"absent": "is not installed"}
        kernels = {"warp": {"tenfold": 500.0, "opencv": 1500.0, "label": {"tenfold": "", "opencv": ""}}}
        return {"environment": {"cores": 2}, "versions": {"libpng": "1.6"}, "kernels": kernels,
                "jobs": [{"name": "k10", "what": "ten copies", "outputs": 2000,
                          "contenders": results.with_ratios(contenders)}]}

    def test_are_medians_with_their_range_and_multiples_of_the_floor(self):
        self.assertEqual(results.as_markdown(self.result()), """# Benchmark

- cores: 2
- versions: libpng 1.6

## k10

Ten copies (2,000 outputs).

|  | CPU s per 1,000 | min–max | × floor | images/s | wall/CPU | peak MiB |
|---|---:|---:|---:|---:|---:|---:|
| tenfold | 2.000 | 1.500–3.000 | 2.00 | 1,000 | 0.50 | 12 |
| floor | 1.000 | 1.000–1.000 | 1.00 | 2,000 | 0.50 | 5 |
| vips | is not installed |  |  |  |  |  |

## kernels

One call, one thread.

|  | tenfold µs | OpenCV µs | OpenCV/tenfold | bytes made, tenfold and OpenCV |
|---|---:|---:|---:|---:|
| warp | 500.0 | 1,500.0 | 3.00 |  |
""")

    def test_are_written_as_markdown_and_json(self):
        with tempfile.TemporaryDirectory() as folder:
            markdown, plain = results.write(self.result(), folder, "2026-01-02-machine")
            self.assertEqual(sorted(os.listdir(folder)), ["2026-01-02-machine.json", "2026-01-02-machine.md"])
            with open(plain) as file:
                self.assertEqual(json.load(file), self.result())
            with open(markdown) as file:
                self.assertEqual(file.read(), results.as_markdown(self.result()))

    def test_pair_the_medians_of_the_kernels_in_their_order(self):
        def run(family, name, microseconds, **more):
            return {"family_index": family, "name": name, "run_name": name, "cpu_time": microseconds, **more}

        median = {"aggregate_name": "median"}
        pairs = results.kernel_pairs({"benchmarks": [
            run(3, "noise/opencv", 8.0, **median), run(1, "warp/opencv", 15.0, label="7 bytes", **median),
            run(0, "warp/tenfold", 9.0), run(0, "warp/tenfold", 5.0, **median),
            run(2, "noise/tenfold", 4.0, **median)]})
        self.assertEqual(list(pairs.items()), [
            ("warp", {"tenfold": 5.0, "opencv": 15.0, "label": {"tenfold": "", "opencv": "7 bytes"}}),
            ("noise", {"tenfold": 4.0, "opencv": 8.0, "label": {"tenfold": "", "opencv": ""}})])

    def test_name_the_processor_and_not_the_host(self):
        self.assertRegex(environment.machine_name(), r"^[a-z0-9.-]+$")


if __name__ == "__main__":
    unittest.main()
