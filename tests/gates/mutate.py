#!/usr/bin/env python3
"""Shows that the corpus would notice: disables each check in turn, and the corpus must fail each time.

usage: mutate.py CORPUS_RUNNER [--full]

A check is a place that reports (places.py finds them all in the source). corpus_runner tells which lines reported in which
case, and drops every diagnostic of the place that SPACE_CORPUS_DROP names, as if it were gone; a code's name drops all
that report it. With SPACE_CORPUS_RECOVERY=off it drops every syntax error of a file but the first, as if the parser gave
up there: each case of syntax/recovery, one a rule of recovery, must fail on its own without it.

A place is tried on some of the cases that reach it, with --full on the whole corpus (but for cases of generated megabytes,
where they do not reach it). One that no case reaches stands in
allow.txt, `place NAME REASON`, where the reason names the test that shows it instead.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import common
import places

ROOT = common.ROOT
CORPUS = ROOT / "tests" / "corpus"
ROW = re.compile(r"^SPACE_DIAGNOSTIC\((\d{4}),", re.M)
SKIPPED_ROOMS = {"eval", "preludes"}
SAMPLE = 8  # cases tried for a place
HUGE = re.compile(rb"^# --- \S+ repeat \d{7,} ", re.M)
RULES = {"place"}


def active_codes(root):
    codes = []
    for path in sorted((root / "core" / "diagnostics" / "defs").glob("*.def")):
        codes += [f"SPC{number}" for number in ROW.findall(path.read_text())]
    return codes


def allowed_codes(root):
    rows = (root / "tests" / "gates" / "allow.txt").read_text().splitlines()
    return {row.split()[1] for row in rows if row.startswith("corpus ")}


def read_origins(text):
    """Lines `CASE FILE:LINE CODE` -> (file, line) -> cases, and code -> cases."""
    by_line, by_code = {}, {}
    for row in text.splitlines():
        case, origin, code = row.rsplit(" ", 2)
        file, line = origin.rsplit(":", 1)
        by_line.setdefault((file, int(line)), set()).add(case)
        by_code.setdefault(code, set()).add(case)
    return by_line, by_code


def reached(found, by_line):
    """Place -> origin -> cases; and what is wrong with the scan."""
    lines, findings = {place: {} for place in found}, []
    for (file, line), cases in sorted(by_line.items()):
        owners = [place for place in found if place.covers(file, line)]
        if len(owners) == 1:
            lines[owners[0]][f"{file}:{line}"] = cases
        else:
            findings.append(f"{file}:{line}: reports, and {len(owners)} places of the source are there")
    return lines, findings


def unreached(lines, allow, root):
    """Places that no case reaches and no row explains; a row names a test that is there."""
    findings = []
    for place, origins in lines.items():
        if origins:
            continue
        if not allow.allows("place", place.name):
            findings.append(f"{place.file}:{place.first}: no case reaches `{place.name}`")
        elif not any((root / word).exists() for word in allow.reasons["place", place.name].split() if "/" in word):
            findings.append(f"allow.txt: `place {place.name}` names no test that shows it")
    return findings + allow.findings + allow.unused()


class Runner:
    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())

    def run(self, paths, *options, **environment):
        command = [self.path, "--preludes", str(CORPUS / "preludes"), *options, *map(str, paths)]
        ended = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=False)
        if ended.returncode not in (0, 1):
            sys.exit(f"error: {self.path} ended with {ended.returncode} under {environment}")
        return ended

    def fails(self, paths, **environment):
        return self.run(paths, **environment).returncode == 1


def mutations(found, by_line, by_code, everything, full):
    """What to disable, the cases to try, and what it means when none fails."""
    light = [case for case in everything if not HUGE.search(pathlib.Path(case).read_bytes())]

    def sample(cases):
        if full:
            return sorted({*light, *cases})
        return sorted(cases, key=lambda case: (os.path.getsize(case), case))[:SAMPLE]

    for place in found:
        for origin, cases in by_line[place].items():
            yield {"SPACE_CORPUS_DROP": origin}, sample(cases), f"{origin}: nothing fails without `{place.name}`"
    for code in active_codes(ROOT):
        if code not in allowed_codes(ROOT):
            yield {"SPACE_CORPUS_DROP": code}, sample(by_code.get(code, ())), f"{code}: nothing fails without its check"
    for path in everything:
        if "recovery" in pathlib.Path(path).parts:
            yield {"SPACE_CORPUS_RECOVERY": "off"}, [path], f"{path}: does not fail without recovery"


def main():
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        sys.exit(__doc__)
    runner, full = Runner(sys.argv[1]), "--full" in sys.argv
    rooms = [room for room in sorted(CORPUS.iterdir()) if room.is_dir() and room.name not in SKIPPED_ROOMS]
    everything = sorted(str(path) for room in rooms for path in room.rglob("*.space"))
    with tempfile.TemporaryDirectory() as folder:
        listed = pathlib.Path(folder) / "origins"
        plain = runner.run(everything, "--origins", str(listed))
        if plain.returncode != 0:
            sys.exit(f"{plain.stdout}error: the corpus fails with nothing disabled; mend that first")
        by_line, by_code = read_origins(listed.read_text())
    survivors, found = places.read(ROOT)
    lines, unknown = reached(found, by_line)
    survivors += unknown + unreached(lines, common.read_allow_list(ROOT, RULES), ROOT)
    tried = list(mutations(found, lines, by_code, everything, full))
    if not any("SPACE_CORPUS_RECOVERY" in what for what, _, _ in tried):
        survivors.append("no case shows that parsing goes on after an error")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        noticed = list(pool.map(lambda it: bool(it[1]) and runner.fails(it[1], **it[0]), tried))
    survivors += [words for (_, _, words), good in zip(tried, noticed) if not good]
    for line in survivors:
        print(line)
    print(f"{len(found)} places report, {sum(1 for origins in lines.values() if origins)} of them in the corpus")
    print(f"{sum(noticed)} passed, {len(survivors)} failed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
