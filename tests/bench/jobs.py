"""The jobs of the benchmark, and the command lines of those who do them."""

import dataclasses
import os
import subprocess
import sys
from typing import Callable

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ("torchvision", "keras", "vips", "imagemagick")


@dataclasses.dataclass(frozen=True)
class Sizes:
    """How large the jobs are."""
    repetitions: int = 3
    large_photographs: int = 24
    digits: int = 2_000
    fanout_copies: int = 5_000
    many: int = 100_000
    peer_photographs: int = 40
    scale: tuple = (10_000, 100_000, 1_000_000)


@dataclasses.dataclass(frozen=True)
class Job:
    name: str
    what: str
    source: Callable  # inputs -> the folder of the images
    recipe: str
    copies: int
    contenders: tuple = ("tenfold", "floor")
    side: int = 0  # of the floor's windows; 0: whole images
    is_repeat: bool = False  # the output is there already
    by_name_only: bool = False


class Programs:
    """Where a build keeps what is measured."""

    def __init__(self, build):
        self.tenfold = os.path.join(build, "src", "cli", "tenfold")
        for name in ("codec_floor", "straightforward", "photographs", "kernel_bench"):
            setattr(self, name, os.path.join(build, "tests", "bench", name))


def all_jobs(sizes):
    digits = f"{sizes.digits:,} grey PNGs of 28x28"
    jobs = [
        Job("k10", "ten copies of each photograph, seven transforms", lambda inputs: inputs.photographs(), "k10",
            10, ("tenfold", "floor", "straightforward")),
        Job("k224", f"{sizes.large_photographs} photographs of 8 to 12 megapixels, ten crops of 224x224 of each",
            lambda inputs: inputs.large_photographs(sizes.large_photographs), "k224", 10,
            ("tenfold", "floor", "straightforward"), side=224),
        Job("tiny", f"{digits}, ten copies of each", lambda inputs: inputs.digits(sizes.digits), "tiny", 10,
            ("tenfold", "floor", "straightforward")),
        Job("fanout", f"three photographs, {sizes.fanout_copies:,} copies of each",
            lambda inputs: inputs.some_photographs(3), "k10", sizes.fanout_copies),
        Job("many", f"{sizes.many:,} grey PNGs of 28x28, one copy of each", lambda inputs: inputs.digits(sizes.many),
            "tiny", 1),
        Job("rerun", "many once more: there is nothing to do", lambda inputs: inputs.digits(sizes.many), "tiny", 1,
            ("tenfold",), is_repeat=True),
    ]
    for outputs, name in zip(sizes.scale, ("scale-10k", "scale-100k", "scale-1m")):
        jobs.append(Job(name, f"{outputs:,} grey PNGs of 28x28, ten of each image",
                        lambda inputs, images=outputs // 10: inputs.digits(images), "tiny", 10, ("tenfold",),
                        by_name_only=name == "scale-1m"))
    jobs.append(Job("peers", f"k10 on {sizes.peer_photographs} of the photographs, start-up included",
                    lambda inputs: inputs.some_photographs(sizes.peer_photographs), "k10", 10,
                    ("tenfold", "floor", "straightforward", *PEERS)))
    return jobs


def command(contender, job, programs, source, output, threads):
    """The command line with which a contender does the job."""
    if contender == "tenfold":
        return [programs.tenfold, "run", os.path.join(HERE, "recipes", f"{job.recipe}.yaml"), "-i", source,
                "-o", output, "--set", f"expand.factor={job.copies}", "--jobs", str(threads), "--quiet"]
    files = [source, output, str(job.copies), str(threads)]
    if contender == "floor":
        return [programs.codec_floor, *files, *([str(job.side)] if job.side else [])]
    if contender == "straightforward":
        return [programs.straightforward, job.recipe, *files]
    return [*peer(contender), *files]


def peer(name):
    return [sys.executable, "-B", os.path.join(HERE, "peers", f"with_{name}.py")]


def version(contender):
    """What a peer says of its version; nothing where it is not installed."""
    said = subprocess.run([*peer(contender), "--version"], capture_output=True, text=True)
    return said.stdout.strip() if said.returncode == 0 else None
