#!/usr/bin/env python3
"""Validates recipes with the JSON Schema that the program prints.

usage: schema_test.py PROGRAM CONFIGS    every CONFIGS/*.yaml must be valid; recipes with a mistake must be
                                         refused by the schema and by the program
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import yaml

REQUIRED = "version: 1\ninput: {root: in}\noutput: {root: out}\n"

RIGHT = [
    "augment: [horizontal_flip]",
    "augment: [horizontal_flip: ]",
    "augment: [rotate: {degrees: ±20, p: 50%}]",
    "augment: [rotate: {degrees: [-5, 10]}, rotate: {degrees: '+-3.5'}, translate: {x: ±10%}]",
    "augment: [one_of: [hue, rotate: {degrees: ±2}], one_of: {weights: [3, 50%], transforms: [hue, gamma]}]",
    "augment: [some_of: {count: [0, 2], transforms: [hue, gamma]}, shuffle: [sequence: [hue]]]",
    "augment: [rand_augment: {magnitude: [3, 9]}, auto_augment: {policy: svhn}, aug_mix: {all_ops: false}]",
    "augment:\nprepare: [resize: {shorter: 64}]",
    "augment: [hue]\nexpand: {factor: 2.5, balance: {power: 0.5}, max_copies: 3, undersample: true}",
    "augment: [hue]\nsampling: {border: constant, fill: [1, 2.5, 3]}\nclasses: {a: {without: [hue]}, b: {target: 9}}",
    "augment: [hue]\nseed: 7\nclasses: {c: {augment: [hue]}}\nexpand:",
]

WRONG = [
    "augment: [rotat]",
    "augment: [rotate: {angle: 3}]",
    "augment: [rotate: {degrees: 361}]",
    "augment: [rotate: {degrees: [1, 2, 3]}]",
    "augment: [rotate: {degrees: north}]",
    "augment: [rotate: {degrees: [-5, 1000]}]",
    "augment: [rotate: 20]",
    "augment: [brightness: {factor: ±0.2}]",
    "augment: [hue: {p: 1.5}]",
    "augment: [crop: {width: 3, keep_size: maybe}]",
    "augment: [auto_augment: {policy: mnist}]",
    "augment: [rand_augment: {num_ops: 0}]",
    "augment: [rand_augment: {magnitude: 2.5}]",
    "augment: [one_of: []]",
    "augment: [one_of]",
    "augment: [one_of: {weights: [0, 1], transforms: [hue, gamma]}]",
    "augment: [one_of: {count: 1, transforms: [hue, gamma]}]",
    "augment: [some_of: {transforms: [hue]}]",
    "augment: [some_of: [hue]]",
    "augment: [{hue: , gamma: }]",
    "augment: {hue: {}}",
    "augmnt: [hue]",
    "seed: -1",
    "sampling: {border: mirror}",
    "sampling: {fill: 256}",
    "expand: {balance: {to: 0}}",
    "expand: {balance: {to: 5, power: 1}}",
    "expand: {factor: 0}",
    "expand: {undersample: sometimes}",
    "classes: {a: {targt: 3}}",
    "classes: {a: {without: hue}}",
]


def main(program, configs):
    schema = json.loads(subprocess.run([program, "schema"], check=True, capture_output=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = []

    def expect(name, text, right):
        errors = list(validator.iter_errors(yaml.safe_load(text)))
        if bool(errors) == right:
            failures.append(f"the schema {'refuses' if right else 'takes'} {name}: {[e.message for e in errors][:2]}")

    def told_by_program(text):
        with tempfile.TemporaryDirectory() as folder:
            recipe = Path(folder, "r.yaml")
            recipe.write_text(text)
            done = subprocess.run([program, "plan", recipe], capture_output=True, text=True, check=False)
            return [line for line in done.stderr.splitlines() if "r.yaml:" in line and " error: " in line]

    files = sorted(Path(configs).glob("*.yaml"))
    for file in files:
        expect(file.name, file.read_text(), True)
    for text in RIGHT:
        expect(text, REQUIRED + text, True)
        if told_by_program(REQUIRED + text):
            failures.append(f"the program refuses {text}: {told_by_program(REQUIRED + text)}")
    for text in WRONG:
        expect(text, REQUIRED + text, False)
        if not told_by_program(REQUIRED + text):
            failures.append(f"the program takes {text}")
    expect("an empty recipe", "{}", False)
    expect("another version", "version: 2", False)
    if not files:
        failures.append(f"no recipes in {configs}")

    print("\n".join(failures) or f"{len(files)} recipes are valid, {len(WRONG)} mistakes refused")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
