"""What the figures depend on beside the program."""

import datetime
import os
import platform
import re
import subprocess


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "unknown"


def processor():
    with open("/proc/cpuinfo") as file:
        found = re.search(r"^model name\s*: (.*)$", file.read(), re.M)
    return found.group(1).strip() if found else platform.machine()


def cores():
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))


def available_memory():
    """Bytes that programs may still take."""
    with open("/proc/meminfo") as file:
        return int(re.search(r"^MemAvailable:\s*(\d+) kB$", file.read(), re.M).group(1)) * 1024


def compiler(build):
    with open(os.path.join(build, "CMakeCache.txt")) as file:
        found = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", file.read(), re.M)
    return first_line(found.group(1), "--version") if found else "unknown"


def load():
    return " ".join(f"{average:.2f}" for average in os.getloadavg())


def describe(build):
    return {"date": datetime.date.today().isoformat(), "processor": processor(), "cores": cores(),
            "kernel": platform.release(), "compiler": compiler(build), "load before": load()}


def machine_name():
    """A short name for files: the processor's, for that of the host is nobody's business."""
    plain = re.sub(r"\(r\)|\(tm\)|\bcpu\b|\bprocessor\b|@.*|\d+-core", " ", processor().lower())
    return "-".join(re.findall(r"[a-z0-9.]+", plain)) or "machine"
