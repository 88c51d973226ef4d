"""The places that report: every call in compiler/ and core/ that makes a diagnostic, found in the source.

A place is a call `.report(diagnostics::KIND, …)`, or a call of a relay: a function that takes `std::source_location origin`
and reports at `{span, origin}`, so that its callers are the places and it is none. A relay of a header is known to the
files that include it, one of a source file to that file.

A place's name is `FILE:KIND#N`, the Nth of that kind (or relay) in its file: it stays when lines move.
"""

import dataclasses
import pathlib
import re

SINK = "core/diagnostics/sink.h"  # where report itself stands
TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
RELAY = re.compile(r"(?:(\w+)\s*=\s*\[[^\]]*\]\s*|(\w+))\(")
INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
ORIGIN = re.compile(r"\bstd::source_location\s+origin\b")
KIND = re.compile(r"\s*(?:d|diagnostics)::(\w+)\s*,")


@dataclasses.dataclass(frozen=True)
class Place:
    file: str
    first: int  # lines of the call, from 1
    last: int
    name: str

    def covers(self, file, line):
        return file == self.file and self.first <= line <= self.last


def bare(text):
    """Without comments and literals; every other character stands where it stood."""
    return TOKENS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def closing(text, opening):
    depth = 0
    for at in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)


def relays(text):
    """Names of the functions that take an origin."""
    names = set()
    for found in RELAY.finditer(text):
        inside = text[found.end():closing(text, found.end() - 1)]
        if ORIGIN.search(re.sub(r"\(.*\)", "", inside.replace("current()", ""), flags=re.S)):  # a parameter of its own
            names.add(found.group(1) or found.group(2))
    return names


def check(texts):
    """Findings and places; `texts` maps paths to sources."""
    sources = {path: bare(text) for path, text in texts.items() if path != SINK}
    found = {path: relays(text) for path, text in sources.items()}
    places, findings = [], []
    for path, text in sorted(sources.items()):
        known = set(found[path])
        for header in INCLUDE.findall(texts[path]):
            known |= found.get(header, set())
        counts = {}
        for call in re.finditer(r"(?<![\w:])(?:(?:\.|->)\s*)?(" + "|".join(sorted(known | {"report"})) + r")\(", text):
            word, end = call.group(1), closing(text, call.end() - 1)
            inside = text[call.end():end]
            first = text.count("\n", 0, call.start(1)) + 1
            if ORIGIN.search(inside):
                continue  # declared here
            relayed = re.search(r"\borigin\b", inside) is not None
            kind = KIND.match(inside)
            if word == "report" and kind is None:
                findings.append(f"{path}:{first}: `report` without its kind: the place cannot be told")
                continue
            if relayed:
                if not found[path]:
                    findings.append(f"{path}:{first}: an origin that no function of the file takes")
                continue
            label = kind.group(1) if word == "report" else word
            counts[label] = counts.get(label, 0) + 1
            place = Place(path, first, text.count("\n", 0, end) + 1, f"{path}:{label}#{counts[label]}")
            if any(other.file == path and other.first <= place.last and first <= other.last for other in places):
                findings.append(f"{path}:{first}: two places on one line cannot be told apart")
            places.append(place)
    if not places:
        findings.append("no place reports: the scan is broken")
    return findings, places


def read(root):
    texts = {}
    for folder in ("compiler", "core"):
        for path in sorted((pathlib.Path(root) / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                texts[path.relative_to(root).as_posix()] = path.read_text()
    return check(texts)


if __name__ == "__main__":
    findings, places = read(pathlib.Path(__file__).resolve().parents[2])
    print(*findings, *(f"{place.file}:{place.first}-{place.last} {place.name}" for place in places), sep="\n")
