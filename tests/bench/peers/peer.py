"""What the peers' programs share: their command line, and one piece of work per image, on some processes.

    PEER.py IN OUT COPIES PROCESSES     ten copies of each image, as recipes/k10.yaml wants them
    PEER.py --version                   ends with 1 where the peer is not installed
"""

import multiprocessing
import pathlib
import sys


def main(version, augment):
    """`version()` gives a text or None; `augment(image, stem, copies)` writes STEM_0.jpg and so on."""
    if sys.argv[1:] == ["--version"]:
        found = version()
        if found is None:
            sys.exit(1)
        print(found)
        return
    source, output = (pathlib.Path(argument) for argument in sys.argv[1:3])
    copies, processes = (int(argument) for argument in sys.argv[3:5])
    work = []
    for image in sorted(path for path in source.rglob("*") if path.is_file()):
        stem = (output / image.relative_to(source)).with_suffix("")
        stem.parent.mkdir(parents=True, exist_ok=True)
        work.append((image, stem, copies))
    with multiprocessing.Pool(processes) as pool:
        pool.starmap(augment, work, chunksize=1)
