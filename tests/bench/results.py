"""From the costs of the runs to tables."""

import json
import os
import statistics

HEADINGS = ("", "CPU s per 1,000", "min–max", "× floor", "images/s", "wall/CPU", "peak MiB")


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def summary(costs, outputs):
    """The figures of one contender from its runs."""
    return {"cpu_seconds_per_1000": spread([cost.cpu * 1000 / outputs for cost in costs]),
            "images_per_second": spread([outputs / cost.wall for cost in costs]),
            "wall_per_cpu": statistics.median(cost.wall / cost.cpu for cost in costs),
            "peak_mib": max(cost.peak_mib for cost in costs)}


def with_ratios(contenders):
    """Adds to each contender its CPU time as a multiple of the floor's."""
    if "floor" in contenders:
        least = contenders["floor"]["cpu_seconds_per_1000"]["median"]
        for figures in (each for each in contenders.values() if "absent" not in each):
            figures["times_floor"] = figures["cpu_seconds_per_1000"]["median"] / least
    return contenders


def kernel_pairs(report):
    """From Google Benchmark's JSON: the median microseconds of each kernel, ours and OpenCV's, as they are listed."""
    pairs = {}
    for run in sorted(report["benchmarks"], key=lambda run: run["family_index"]):  # they ran in a random order
        if run.get("error_occurred"):
            raise SystemExit(f"bench.py: {run['name']}: {run['error_message']}")
        if run.get("aggregate_name") == "median":
            kernel, contender = run["run_name"].split("/")
            pairs.setdefault(kernel, {})[contender] = run["cpu_time"]
            pairs[kernel].setdefault("label", {})[contender] = run.get("label", "")
    return pairs


def job_rows(contenders):
    for name, figures in contenders.items():
        if "absent" in figures:
            yield name, figures["absent"], "", "", "", "", ""
            continue
        cpu = figures["cpu_seconds_per_1000"]
        shown = f"{name} ({figures['version']})" if "version" in figures else name
        yield (shown, f"{cpu['median']:.3f}", f"{cpu['min']:.3f}–{cpu['max']:.3f}",
               f"{figures['times_floor']:.2f}" if "times_floor" in figures else "",
               f"{figures['images_per_second']['median']:,.0f}", f"{figures['wall_per_cpu']:.2f}",
               f"{figures['peak_mib']:,.0f}")


def kernel_rows(kernels):
    yield "", "tenfold µs", "OpenCV µs", "OpenCV/tenfold", "bytes made, tenfold and OpenCV"
    for name, pair in kernels.items():
        sizes = [label.removesuffix(" bytes") for label in pair["label"].values() if label]
        yield (name, f"{pair['tenfold']:,.1f}", f"{pair['opencv']:,.1f}", f"{pair['opencv'] / pair['tenfold']:.2f}",
               ", ".join(sizes))


def tables(result):
    """(title, rows) of everything that was measured; the first row is the heading."""
    for job in result["jobs"]:
        title = f"{job['name']}: {job['what']} ({job['outputs']:,} outputs)"
        yield title, [HEADINGS, *job_rows(job["contenders"])]
    if result["kernels"]:
        yield "kernels: one call, one thread", list(kernel_rows(result["kernels"]))


def facts(result):
    environment = {**result["environment"], "versions": ", ".join(
        f"{name} {version}" for name, version in result["versions"].items())}
    return [f"{name}: {value}" for name, value in environment.items()]


def as_text(result):
    lines = facts(result)
    for title, rows in tables(result):
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines += ["", title]
        for row in rows:
            first, *others = (cell.ljust(width) if column == 0 else cell.rjust(width)
                              for column, (cell, width) in enumerate(zip(row, widths)))
            lines.append("  ".join(["", first, *others]).rstrip())
    return "\n".join(lines) + "\n"


def as_markdown(result):
    lines = ["# Benchmark", ""] + [f"- {fact}" for fact in facts(result)]
    for title, rows in tables(result):
        name, _, what = title.partition(": ")
        lines += ["", f"## {name}", "", f"{what[0].upper()}{what[1:]}.", ""]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(len(lines) - len(rows) + 1, "|" + "---|" + "---:|" * (len(rows[0]) - 1))
    return "\n".join(lines) + "\n"


def write(result, folder, name):
    """Writes NAME.md and NAME.json; returns their paths."""
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(folder, f"{name}.{kind}") for kind in ("md", "json")]
    for path, text in zip(paths, (as_markdown(result), json.dumps(result, indent=2, ensure_ascii=False) + "\n")):
        with open(path, "w") as file:
            file.write(text)
    return paths
