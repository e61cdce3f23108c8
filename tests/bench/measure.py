"""Runs a program and says what it cost; looks at what it wrote."""

import dataclasses
import hashlib
import os
import subprocess
import time

PRIVATE_FILES = {"manifest.jsonl", "dataset.json", ".tenfold.index"}  # tenfold's own, beside the class folders


class CheckFailed(Exception):
    """A contender ended badly or wrote something else than it should have: its time is worth nothing."""


@dataclasses.dataclass(frozen=True)
class Cost:
    cpu: float  # seconds, user and system, of the program and of the processes that it waited for
    wall: float  # seconds
    peak_mib: float  # of the largest process


def measured(command):
    """What the command cost. Raises CheckFailed with what it said where it did not end with 0."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()
        process.stdout.close()
    wall = time.perf_counter() - start
    if process.returncode != 0:
        raise CheckFailed(f"{' '.join(command)} ended with {process.returncode}: {said.decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def images_in(folder):
    """The path of every image below the folder, in order."""
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if path != folder or name not in PRIVATE_FILES:
                yield os.path.join(path, name)


def check_count(folder, expected):
    found = 0
    for image in images_in(folder):
        found += 1
        if os.path.getsize(image) == 0:
            raise CheckFailed(f"{image} is empty")
    if found != expected:
        raise CheckFailed(f"{folder} holds {found:,} images, not {expected:,}")


def tree_hash(folder):
    """A hash over the names and contents of all images."""
    digest = hashlib.blake2b(digest_size=16)
    for image in images_in(folder):
        with open(image, "rb") as file:
            content = file.read()
        digest.update(f"{os.path.relpath(image, folder)}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def check_same(folder, expected):
    """Raises CheckFailed where the tree has another hash than `expected`."""
    found = tree_hash(folder)
    if found != expected:
        raise CheckFailed(f"{folder} has the hash {found}; an earlier run of the same job left {expected}")
