#!/usr/bin/env python3
"""Fails on files that are too long, headers without a head or with flags, loose notes, and places of one machine.

A source of more than 400 lines is warned about, one of more than 600 is an error. Exceptions stand in allow.txt with
their reason; a `bool` parameter that is a value and no flag says so on its line: `// NOLINT: the value itself`.
"""

import re
import sys

import common

WARN, FAIL = 400, 600
RULES = {"size", "head", "bool", "note", "machine", "host"}
CODE = (".h", ".cpp", ".def", ".py", ".cmake", ".sh", "CMakeLists.txt")
NOTE_TYPES = {"perf", "cleanup", "security", "test", "lang"}
ROOM_HEADER = re.compile(r"^(core|compiler|runner|grammar)/.*\.h$")
NOTE = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b(?:\(([a-z]*)\))?")
# Written in pieces, as this file is looked at too.
MACHINE = re.compile(r"(?<![\w.$}~-])/(?:wo" r"rk|ro" r"ot|ho" r"me)/|/tmp/te" r"am")
HOSTS = re.compile("|".join(re.escape(first + second) for first, second in [
    ("deb.debian", ".org"), ("security.debian", ".org"), ("pypi", ".org"), ("pythonhosted", ".org"),
    ("proxy.golang", ".org"), ("sum.golang", ".org"), ("registry.npmjs", ".org"), ("crates", ".io")]))
FLAG = re.compile(r"[(,]\s*(?:const\s+)?bool(?:\s+const)?\s*(?:\w+\s*)?(?:=[^,()]*)?(?=[,)])")


def is_code(path):
    inside = not path.startswith("tests/corpus/")
    script = path.startswith(("scripts/", ".ci/")) and "." not in path.split("/")[-1]
    return inside and (path.endswith(CODE) or script)


def without_comments(text):
    """Comments and strings blanked out, lines kept; template heads too, whose `bool` is no parameter of a call."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    text = re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.DOTALL)
    return re.sub(r"\btemplate\s*<[^;{}()]*?>", blank, text)


def flags(text):
    """Lines on which a header declares a `bool` parameter without saying why."""
    lines = text.split("\n")
    code = without_comments(text)
    for match in FLAG.finditer(code):
        at = code.index("bool", match.start())
        number = code.count("\n", 0, at) + 1
        if "NOLINT:" not in lines[number - 1]:
            yield number


def check_file(path, text, allow):
    findings, warnings = [], []

    def find(rule, place, message):
        if not allow.allows(rule, path):
            findings.append(f"{place}: {message}")

    if is_code(path):
        count = text.count("\n")
        if count > FAIL:
            find("size", path, f"{count} lines; {FAIL} is the most")
        elif count > WARN:
            warnings.append(f"{path}: {count} lines; past {WARN} a file wants to be two")
    if ROOM_HEADER.match(path):
        if not text.startswith("//"):
            find("head", path, "a header opens with a comment: what it is, what goes in, what comes out")
        for number in flags(text):
            find("bool", f"{path}:{number}", "a `bool` parameter: an enumeration says at the call what it means")
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{path}:{number}"
        for note in NOTE.finditer(line) if is_code(path) else []:
            if note.group(2) not in NOTE_TYPES:
                find("note", place, f"`{note.group(1)}` without a type: one of ({', '.join(sorted(NOTE_TYPES))})")
        if MACHINE.search(line):
            find("machine", place, "a path of one machine")
        if HOSTS.search(line):
            find("host", place, "a package registry's host: the package manager's own settings decide that")
    return findings, warnings


def check(root):
    allow = common.read_allow_list(root, RULES)
    findings, warnings = [], []
    for path in common.tracked_files(root):
        # The licence's text is not ours to write; bytes that are no text are looked through all the same.
        if path == "LICENSE":
            continue
        found, warned = check_file(path, (root / path).read_bytes().decode(errors="replace"), allow)
        findings += found
        warnings += warned
    return findings + allow.findings + allow.unused(), warnings


if __name__ == "__main__":
    sys.exit(common.report("files", *check(common.root_from(sys.argv))))
