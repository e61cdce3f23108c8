#!/usr/bin/env python3
"""Checks that what the pages of Markdown link to is there, headings too, and files of the source tree that they name.

usage: check_links.py ROOT [FOLDER...]      prints each broken link as page:line: text; exit code 1 where there is one

README.md, docs/ and whatever else below ROOT is Markdown is checked. Links into one of the FOLDERs, which ROOT does not
have, as in what is installed, are left out.
"""

import os
import pathlib
import re
import sys

import pages

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:configs|docs|scripts|src|tests)/[\w./-]*\w)[^`]*`")
LEFT_OUT = {"build", ".git"}


def anchors(text):
    """What headings are called in links: words in small letters with dashes between them."""
    prose = (line for language, _, line in pages.blocks_and_prose(text) if language is None)
    headings = (re.match(r"#+ (.*)", line) for line in prose)
    return {re.sub(r"[^\w -]", "", heading.group(1)).lower().replace(" ", "-") for heading in headings if heading}


def problem(link, page, root, elsewhere):
    """Why the link leads nowhere, or nothing."""
    path, _, heading = link.partition("#")
    target = pathlib.Path(os.path.normpath(page.parent / path)) if path else page  # a link of the tree may lead out
    if not target.is_relative_to(root):
        return f"{link} leads out of the tree"
    if target.relative_to(root).parts[:1] and target.relative_to(root).parts[0] in elsewhere:
        return None
    if not target.exists():
        return f"there is no {link}"
    if heading and heading not in anchors(target.read_text(encoding="utf-8")):
        return f"{path or page.name} has no heading '{heading}'"
    return None


def check(root, elsewhere=()):
    """Every broken link, as text."""
    root = root.resolve()
    found = []
    for page in sorted(root.rglob("*.md")):
        if LEFT_OUT & set(page.relative_to(root).parts):
            continue
        for language, line, text in pages.blocks_and_prose(page.read_text(encoding="utf-8")):
            if language is not None:
                continue
            links = [link for link in LINK.findall(text) if not re.match(r"\w+:", link)]
            problems = [problem(link, page, root, elsewhere) for link in links]
            problems += [f"there is no {name}" for name in NAMED.findall(text)
                         if name.split("/")[0] not in elsewhere and not (root / name).exists()]
            found += [f"{page.relative_to(root)}:{line}: {what}" for what in problems if what]
    return found


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    broken = check(pathlib.Path(sys.argv[1]), sys.argv[2:])
    print("\n".join(broken) or "every link leads somewhere")
    sys.exit(1 if broken else 0)
