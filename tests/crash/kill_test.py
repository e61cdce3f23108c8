#!/usr/bin/env python3
"""kill_test.py PROGRAM RECIPE INPUT FOLDER KILLS

Kills runs with SIGKILL at random moments of every pass, up to three times in a row, lets the next one finish, and
compares the tree with that of a clean run. Every other output held the finished tree of another seed before.
Prints in which pass the kills fell.
"""

import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import trees


def timings(program, recipe, source, output):
    """The passes of a clean run in their order, with their seconds."""
    command = [program, "run", recipe, "-i", source, "-o", output, "--timings"]
    lines = subprocess.run(command, capture_output=True, text=True).stderr.splitlines()
    return [(line[:12].strip(), float(line[12:].split()[0])) for line in lines if line.endswith("s cpu")]


def kill_in(command, target, occurrence, delay):
    """Starts a run, kills it some time after the pass began; returns the pass that it was in, or None."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    passes = []
    reached = threading.Event()

    def read():
        for line in process.stderr:
            if line.rstrip().endswith("…"):
                passes.append(line.rstrip()[:-1].strip())
                if passes.count(target) > occurrence:
                    reached.set()
        reached.set()

    reader = threading.Thread(target=read)
    reader.start()
    reached.wait()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    reader.join()
    process.stderr.close()
    return passes[-1] if process.returncode == -signal.SIGKILL and passes else None


def main():
    program, recipe, source, folder, kills = *sys.argv[1:5], int(sys.argv[5])
    clean, output, other = (os.path.join(folder, name) for name in ("clean", "out", "other"))
    passes = timings(program, recipe, source, clean)
    trees.run(program, recipe, source, other, "--seed", "999")
    wanted = trees.tree(clean)
    chance = random.Random(kills)
    fallen = collections.Counter()
    rounds = 0
    while fallen.total() < kills:
        shutil.rmtree(output, ignore_errors=True)
        if rounds % 2 == 1:
            shutil.copytree(other, output)
        rounds += 1
        for _ in range(chance.randint(1, 3)):
            index = chance.randrange(len(passes))
            name, seconds = passes[index]
            occurrence = [each for each, _ in passes[:index]].count(name)
            command = [program, "run", recipe, "-i", source, "-o", output, "-v"]
            fell = kill_in(command, name, occurrence, chance.random() * seconds)
            if fell:
                fallen[fell] += 1
        last = trees.run(program, recipe, source, output)
        if last.returncode not in (0, 3):
            raise SystemExit(f"the repeat ended with {last.returncode}: {last.stderr}")
        trees.expect_same(wanted, output, f"round {rounds}")
    print(f"{fallen.total()} kills in {rounds} rounds, each ends in the tree of a clean run ({len(wanted)} files):")
    for name in dict.fromkeys(name for name, _ in passes):
        print(f"  {name:12} {fallen[name]}")


main()
