"""What a page of Markdown shows: commands, recipes, and what commands say."""

import dataclasses
import re

SECTIONS = ("version", "seed", "input", "output", "expand", "prepare", "augment", "sampling", "classes", "strength",
            "accept", "relabel", "label_safe")
SPLIT_KEYS = ("by",)


@dataclasses.dataclass(frozen=True)
class Shown:
    kind: str  # sh, yaml or another language, or "" for what a command says
    line: int
    text: str


def blocks_and_prose(text):
    """(language or None, first line, text): each fenced block, and each line outside of them with the language None."""
    language, first, inside = None, 0, []
    for number, line in enumerate(text.splitlines(), 1):
        fence = re.match(r"\s*```(.*)$", line)
        if fence and language is None:
            language, first, inside = fence.group(1).strip(), number + 1, []
        elif fence:
            yield language, first, "\n".join(inside)
            language = None
        elif language is not None:
            inside.append(line)
        else:
            yield None, number, line


def commands_of(block, first):
    """(line, command) of a block for the shell: one a line, without comments; a backslash at its end joins two."""
    command, began = "", first
    for number, line in enumerate(block.splitlines(), first):
        if not command:
            began = number
        command += re.sub(r"(^|\s+)#.*", "", line).lstrip()
        if command.endswith("\\"):
            command = command[:-1].rstrip() + " "
        elif command:
            yield began, command
            command = ""


def spoken_of(line):
    """(kind, text) of the commands and recipes that a sentence or a table mentions."""
    if line.count("`") % 2 == 1:
        yield "code that goes on in another line", line
    for code in re.findall(r"(?<!`)`([^`]+)`(?!`)", line):
        key = re.match(r"(\w+): ", code)
        if code.startswith("tenfold "):
            yield "sh", code if len(code.split()) > 2 else f"{code} --help"  # a command that is only named must exist
        elif key and key.group(1) in SECTIONS and code != "version: 2":
            yield "yaml", code
        elif key and key.group(1) in SPLIT_KEYS:
            yield "yaml", f"input: {{split: {{val: 0.2, {code}}}}}"


def shown_in(text):
    """All that a page shows, in its order."""
    for language, first, block in blocks_and_prose(text):
        if language is None:
            for kind, code in spoken_of(block):
                yield Shown(kind, first, code)
        elif language == "sh":
            for line, command in commands_of(block, first):
                yield Shown("sh", line, command)
        else:
            yield Shown(language, first, block)


def whole_recipe(fragment):
    """The fragment with what a recipe needs beside it."""
    has = set(re.findall(r"^(\w+):", fragment, re.M))
    rest = {"version": "1", "expand": "{factor: 2}", "augment": "[horizontal_flip]"}
    return "\n".join([fragment, *(f"{key}: {value}" for key, value in rest.items() if key not in has), ""])


def names_a_root(fragment):
    return re.search(r"^input:(\s*\{\s*|\s*\n(\s+.*\n)*?\s+)root:", fragment, re.M) is not None
