"""Checks those files of configs/integrations that need a service to run them: the commands in the job of GitHub Actions
and in the stage of DVC are run here, the units of systemd and the Dockerfile are read as their programs would.

    check_files.py PROGRAM SOURCE
"""

import configparser
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

RECIPE = "version: 1\naugment: [horizontal_flip]\nexpand: {factor: 2}\n"
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "ENTRYPOINT", "CMD"}


def shell(command, folder, program):
    environment = dict(os.environ, GITHUB_OUTPUT=str(folder / "github-output"),
                       PATH=f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", command], cwd=folder, env=environment, check=True)


def make_dataset(folder, program):
    shell("mkdir data && tenfold demo data/train -q", folder, program)
    (folder / "recipe.yaml").write_text(RECIPE)


def check_github(path, folder, program):
    steps = yaml.safe_load(path.read_text())["jobs"]["expand"]["steps"]
    key = next(step["with"]["key"] for step in steps if "with" in step)
    for step in steps:
        if "run" in step:
            shell(step["run"], folder, program)
    # "tenfold-${{ steps.plan.outputs.fingerprint }}", and the step of that name has written that output.
    step, output = re.fullmatch(r"tenfold-\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", key).groups()
    assert any(each.get("id") == step for each in steps), f"{path.name}: no step is called {step}"
    assert re.fullmatch(rf"{output}=[0-9a-f]{{32}}\n", (folder / "github-output").read_text())
    assert len((folder / "data/train-x10/manifest.jsonl").read_text().splitlines()) == 202
    assert json.loads((folder / "summary.json").read_text())["made"] == 202


def check_dvc(path, folder, program):
    stage = yaml.safe_load(path.read_text())["stages"]["expand"]
    for needed in stage["deps"]:
        assert (folder / needed).exists(), f"{path.name}: the stage needs {needed}, which its command does not"
    shell(stage["cmd"], folder, program)
    for made in stage["outs"]:
        for name in made:
            assert (folder / name / "manifest.jsonl").exists(), f"{path.name}: nothing is in {name}"


def check_units(folder, program):
    units = {}
    for name in ("tenfold.service", "tenfold.timer"):
        units[name] = configparser.ConfigParser(strict=True, interpolation=None)
        units[name].optionxform = str
        units[name].read_string((folder / name).read_text())
    assert units["tenfold.timer"]["Install"]["WantedBy"] == "timers.target"
    assert units["tenfold.service"]["Service"]["SuccessExitStatus"] == "3 143 SIGTERM"
    command = shlex.split(units["tenfold.service"]["Service"]["ExecStart"])
    assert command[0] == "/usr/bin/tenfold"
    # It gets as far as the recipe, which is not there.
    result = subprocess.run([program, *command[1:]], capture_output=True, text=True)
    assert result.returncode == 2 and "'/srv/tenfold/recipe.yaml'" in result.stderr, result.stderr


def instructions_of(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n", "", "\n".join(lines))
    return [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]


def check_dockerfile(path, source):
    stages = set()
    instructions = instructions_of(path.read_text())
    assert instructions[0][0] == "FROM"
    for name, arguments in instructions:
        assert name in INSTRUCTIONS, f"{path.name}: what is {name}?"
        words = arguments.split()
        if name == "FROM":
            assert len(words) == 1 or (len(words) == 3 and words[1] == "AS"), arguments
            stages.update(words[2:])
        elif name == "COPY" and words[0].startswith("--from="):
            assert words[0].removeprefix("--from=") in stages, f"{path.name}: no stage for {arguments}"
        elif name == "COPY":
            for copied in words[:-1]:
                assert (source / copied).exists(), f"{path.name}: there is no {copied}"
            assert len(words) == 2 or words[-1].endswith("/"), arguments
        elif name == "RUN":
            subprocess.run(["sh", "-n", "-c", arguments], check=True)
            script = arguments.split()[0]
            assert not script.startswith("scripts/") or os.access(source / script, os.X_OK), script
        elif name in ("ENTRYPOINT", "CMD"):
            assert all(isinstance(word, str) for word in json.loads(arguments))


def main():
    program, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    integrations = source / "configs/integrations"
    for check, name in ((check_github, "github.yaml"), (check_dvc, "dvc.yaml")):
        with tempfile.TemporaryDirectory() as name_of_folder:
            folder = pathlib.Path(name_of_folder)
            make_dataset(folder, program)
            check(integrations / name, folder, program)
    check_units(integrations, program)
    check_dockerfile(integrations / "Dockerfile", source)


if __name__ == "__main__":
    main()
