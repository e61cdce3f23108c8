#!/usr/bin/env python3
"""Measures tenfold against the codec floor and against what else people use; scripts/bench.sh builds all and runs it.

Whoever takes part in a job is run in turn, so that a slow minute of the machine falls on all; each output is counted
before its time is taken for anything, and tenfold's is held against that of its first run, name by name and byte by
byte.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import environment
import jobs
import measure
import results
from inputs import Inputs

HERE = os.path.dirname(os.path.abspath(__file__))
KERNELS = "kernels"
ROOM = 8 << 30  # bytes that inputs and outputs of the largest job need, and some more


def say(text):
    print(text, file=sys.stderr, flush=True)


def work_folder():
    """In memory where there is room: /dev/shm may promise more than the machine has."""
    shared = "/dev/shm"
    if os.path.isdir(shared) and min(shutil.disk_usage(shared).free, environment.available_memory()) >= ROOM:
        return shared
    return tempfile.gettempdir()


class Bench:
    def __init__(self, programs, inputs, sizes, threads):
        self.programs = programs
        self.inputs = inputs
        self.sizes = sizes
        self.threads = threads
        self.output = os.path.join(inputs.folder, "output")
        self.first_hash = None  # of tenfold's output in the job that runs
        self.versions = {}

    def run(self, job):
        """The figures of all who take part in the job."""
        source = job.source(self.inputs)
        outputs = job.copies * sum(1 for _ in measure.images_in(source))
        versions = {name: jobs.version(name) for name in job.contenders if name in jobs.PEERS}
        costs = {name: [] for name in job.contenders if versions.get(name, "") is not None}
        self.first_hash = None
        for _ in range(self.sizes.repetitions):
            for name in costs:
                cost = self._run_once(name, job, source, outputs)
                say(f"{job.name:12} {name:16} {cost.cpu:8.2f} s CPU {cost.wall:8.2f} s {cost.peak_mib:7.0f} MiB")
                costs[name].append(cost)
        contenders = {name: results.summary(costs[name], outputs) if name in costs else {"absent": "is not installed"}
                      for name in job.contenders}
        for name in versions.keys() & costs.keys():
            contenders[name]["version"] = versions[name]
        return {"name": job.name, "what": job.what, "outputs": outputs,
                "contenders": results.with_ratios(contenders)}

    def _run_once(self, name, job, source, outputs):
        command = jobs.command(name, job, self.programs, source, self.output, self.threads)
        if not job.is_repeat or self.first_hash is None:
            shutil.rmtree(self.output, ignore_errors=True)
        if job.is_repeat and self.first_hash is None:
            measure.measured(command)
        cost = measure.measured(command)
        measure.check_count(self.output, outputs)
        if name == "tenfold":
            self._check_output()
        return cost

    def _check_output(self):
        """All that tenfold promises of the first output, and that the later ones are the same."""
        if self.first_hash is None:
            measure.measured([self.programs.tenfold, "verify", self.output, "--quiet"])
            self.first_hash = measure.tree_hash(self.output)
            self._read_versions()
        else:
            measure.check_same(self.output, self.first_hash)

    def _read_versions(self):
        with open(os.path.join(self.output, "dataset.json")) as file:
            self.versions = json.load(file)["versions"][0]

    def kernels(self):
        """The figures of the kernels."""
        say("kernels")
        command = [self.programs.kernel_bench, "--benchmark_format=json", "--benchmark_min_time=0.1",
                   "--benchmark_repetitions=3", "--benchmark_enable_random_interleaving=true"]
        said = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        return results.kernel_pairs(json.loads(said.stdout))


def chosen_jobs(names, every_job):
    """The jobs of these names; without names, those that take minutes at most, and the kernels."""
    if names is None:
        return [job for job in every_job if not job.by_name_only], True
    wanted = names.split(",")
    known = [job.name for job in every_job] + [KERNELS]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise SystemExit(f"bench.py: there is no job '{unknown[0]}'; the jobs are {', '.join(known)}")
    return [job for job in every_job if job.name in wanted], KERNELS in wanted


def run_all(build, dataset, names, sizes):
    """All figures, and what they depend on."""
    chosen, with_kernels = chosen_jobs(names, jobs.all_jobs(sizes))
    programs = jobs.Programs(build)
    result = {"environment": environment.describe(build)}
    parent = work_folder()
    folder = tempfile.mkdtemp(prefix="tenfold-bench-", dir=parent)
    try:
        bench = Bench(programs, Inputs(folder, programs, dataset), sizes, environment.cores())
        result["jobs"] = [bench.run(job) for job in chosen]
        result["kernels"] = bench.kernels() if with_kernels else {}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    result["environment"] |= {"load after": environment.load(), "files on": parent, "repetitions": sizes.repetitions,
                              "photographs": "those of a dataset" if dataset else "the demo's small JPEGs"}
    result["versions"] = bench.versions
    return result


def main():
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    parser.add_argument("build", help="the folder of the build preset `bench`")
    parser.add_argument("dataset", nargs="?", help="class folders of JPEGs; the demo images without it")
    parser.add_argument("--jobs", metavar="A,B", help="only these, such as k10,tiny,kernels; scale-1m runs only so")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        result = run_all(os.path.abspath(options.build), options.dataset, options.jobs, jobs.Sizes())
    except measure.CheckFailed as failure:
        raise SystemExit(f"bench.py: {failure}")
    print(results.as_text(result))
    name = f"{result['environment']['date']}-{environment.machine_name()}"
    if options.jobs:
        name += "-" + options.jobs.replace(",", "-")
    print("written to", *results.write(result, os.path.join(HERE, "results"), name))


if __name__ == "__main__":
    main()
