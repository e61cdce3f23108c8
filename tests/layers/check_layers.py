#!/usr/bin/env python3
"""Checks that the house stands: includes point downwards, files and functions stay small, the library does
not print, and every source is built.

usage: check_layers.py ROOT     prints each violation as file:line: text; exit code 1 where there is one
"""

import re
import sys
from pathlib import Path

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

LAYERS = {"base": 0, "rng": 0, "image": 1, "steps": 1, "store": 1, "transforms": 2, "fusion": 2, "similarity": 2,
          "recipe": 3, "dataset": 3, "annotations": 3, "plan": 4, "run": 5, "inspect": 5, "report": 6, "tenfold.h": 6, "cli": 7}

THIRD_PARTY = {  # start of a header's name -> the only modules that may include it
    "yaml-cpp/": {"recipe"},
    "pugixml": {"annotations"},
    "CLI/": {"cli"},
    "archive": {"dataset"},
    "zip.h": {"dataset"},
    "spdlog/": {"cli"},
    "ft2build.h": {"report"},
    "fontconfig/": {"report"},
    "tbb/": {"run", "dataset", "similarity", "inspect"},
    "oneapi/": {"run", "dataset", "similarity", "inspect"},
}
PRINTS = re.compile(r"\bstd::(cout|cerr|clog|print|puts|putchar|printf|fprintf)\b|(?<![\w:.>])f?printf\s*\(|"
                    r"(?<![\w:.>])(puts|putchar|perror)\s*\(")
NOT_FUNCTIONS = re.compile(r"\s*(namespace|struct|class|union|enum|extern|typedef|using)\b")


def module_of(path):
    """The module that a header or a source belongs to, from its path below include/tenfold, src or tests."""
    parts = path.parts
    return parts[2] if parts[:2] == ("include", "tenfold") else parts[1] if parts[0] in ("src", "tests") else None


def code_of(text):
    """The text with comments, strings and characters blanked out, line by line as before."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'', re.S)
    return token.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def included_modules(text):
    """(line, name as included, module or None) of each include."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if match:
            name = match.group(1)
            parts = name.removeprefix("tenfold/").split("/")
            yield number, name, parts[0] if parts[0] in LAYERS and len(parts) > 1 else None


def check_includes(path, text):
    module = module_of(path)
    for line, name, target in included_modules(text):
        for prefix, allowed in THIRD_PARTY.items():
            if name.startswith(prefix) and module not in allowed:
                yield line, f"{module} includes <{name}>, which only {' and '.join(sorted(allowed))} may see"
        if target and target != module and LAYERS[target] >= LAYERS[module]:
            yield line, f"{module} (layer {LAYERS[module]}) includes {name} of layer {LAYERS[target]}"
        if target and target != module and not name.startswith("tenfold/"):
            yield line, f"{module} includes {name}, which is private to {target}"


def functions(code):
    """(first line, last line) of each outermost braced block that is no namespace, type or initialiser."""
    code = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", lambda match: re.sub(r"[^\n]", " ", match.group()), code, flags=re.M)
    stack, statement, line = [], "", 1
    for character in code:
        line += character == "\n"
        if character == "{":
            head = statement.strip()
            outer = not NOT_FUNCTIONS.match(re.sub(r"^template\s*<.*?>\s*", "", head, flags=re.S))
            is_function = outer and ")" in head and not any(inside for inside, _ in stack)
            stack.append((is_function, line - head.count("\n")))
            statement = ""
        elif character == "}":
            is_function, first = stack.pop() if stack else (False, line)
            if is_function:
                yield first, line
            statement = ""
        elif character == ";":
            statement = ""
        else:
            statement += character if statement or not character.isspace() else ""


def check_size(text, code):
    lines = text.count("\n")
    if lines > MAX_FILE_LINES:
        yield lines, f"{lines} lines; a file has at most {MAX_FILE_LINES}"
    for first, last in functions(code):
        if last - first + 1 > MAX_FUNCTION_LINES:
            yield first, f"a function of {last - first + 1} lines; at most {MAX_FUNCTION_LINES}"


def check_silence(path, code):
    if path.parts[0] == "tests" or module_of(path) == "cli":
        return
    for number, line in enumerate(code.splitlines(), 1):
        if PRINTS.search(line):
            yield number, "the library never prints"


def check_is_built(root, path):
    listing = root / path.parent / "CMakeLists.txt"
    listed = re.sub(r"#.*", "", listing.read_text()) if listing.exists() else ""
    if path.suffix == ".cpp" and path.parts[0] in ("src", "tests") and path.name not in re.split(r"[\s()]+", listed):
        yield 1, f"is not listed in {path.parent}/CMakeLists.txt"


def check(root):
    """Every violation, as text."""
    found = []
    for top in ("include", "src", "tests"):
        for absolute in sorted((root / top).rglob("*")):
            path = absolute.relative_to(root)
            if absolute.suffix not in (".h", ".cpp"):
                continue
            text = absolute.read_text(encoding="utf-8")
            code = code_of(text)
            problems = [*check_size(text, code), *check_silence(path, code), *check_is_built(root, path)]
            if top != "tests":
                if module_of(path) not in LAYERS:
                    problems.append((1, "belongs to no module"))
                else:
                    problems += check_includes(path, text)
            found += [f"{path}:{line}: {problem}" for line, problem in problems]
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    violations = check(Path(sys.argv[1]))
    print("\n".join(violations) or "the house stands")
    sys.exit(1 if violations else 0)
