#!/usr/bin/env python3
"""Fails on any include that the table in cmake/rooms.cmake does not allow, directly or through what it allows.

In: the rows of the table and the sources of every room. A room may include itself and whatever its rooms may use;
`grammar` uses nothing, so it includes nothing of another room. Also wrong: a folder with sources that has no row, a
room that two rows or a circle define, and an include written in a way that hides which room it is of.
"""

import re
import sys

import common

SOURCES = {".h", ".cpp", ".def", ".inc"}
HOUSES = {"core", "compiler", "runner", "grammar", "stdlib"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<((?:core|compiler|runner|grammar|stdlib|tests)/[^>]+)>)',
                     re.MULTILINE)


def read_table(text):
    """Room -> rooms that its row names. Also the mistakes of the table itself."""
    uses, findings = {}, []
    text = re.sub(r"#[^\n]*", "", text)
    for row in re.finditer(r"^room\(([^)]*)\)", text, re.MULTILINE):
        words = row.group(1).split()
        name, rest = words[0], words[1:]
        if name in uses:
            findings.append(f"cmake/rooms.cmake: room `{name}` has two rows")
        if rest and rest[0] != "USES":
            findings.append(f"cmake/rooms.cmake: room `{name}`: expected `USES`, found `{rest[0]}`")
        uses[name] = rest[1:]
    if not uses:
        findings.append("cmake/rooms.cmake: no rows found")
    for name, used in uses.items():
        for other in used:
            if other not in uses:
                findings.append(f"cmake/rooms.cmake: room `{name}` uses `{other}`, which has no row")
    return uses, findings


def reachable(uses):
    """Room -> every room it may include, itself too; and the circles."""
    closed, findings = {}, []

    def visit(name, path):
        if name in path:
            findings.append("cmake/rooms.cmake: a circle: " + " -> ".join(path[path.index(name):] + [name]))
            return set()
        if name not in closed:
            found = {name}
            for other in uses.get(name, []):
                found |= visit(other, path + [name])
            closed[name] = found
        return closed[name]

    for name in uses:
        visit(name, [])
    return closed, findings


def room_of(path, rooms):
    fitting = [room for room in rooms if path.startswith(room + "/")]
    return max(fitting, key=len, default=None)


def check(root):
    uses, findings = read_table((root / "cmake/rooms.cmake").read_text())
    may, circles = reachable(uses)
    findings += circles
    for path in common.tracked_files(root):
        if path.split("/")[0] not in HOUSES or not path.endswith(tuple(SOURCES)):
            continue
        room = room_of(path, uses)
        if room is None:
            findings.append(f"{path}: its folder has no row in cmake/rooms.cmake")
            continue
        text = (root / path).read_text(errors="replace")
        for include in INCLUDE.finditer(text):
            target = include.group(1) or include.group(2)
            place = f"{path}:{text.count(chr(10), 0, include.start()) + 1}"
            other = room_of(target, uses)
            if include.group(2):
                findings.append(f"{place}: `<{target}>`: files of rooms are included with quotes")
            elif other is None:
                findings.append(f"{place}: `{target}` is of no room: includes are written from the repository's root")
            elif other not in may[room]:
                findings.append(f"{place}: room `{room}` may not include `{target}` of room `{other}`")
    return findings


if __name__ == "__main__":
    sys.exit(common.report("layers", check(common.root_from(sys.argv))))
