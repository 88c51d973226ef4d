#!/usr/bin/env python3
"""Shows that the corpus would notice: disables each check in turn, and the corpus must fail each time.

usage: mutate.py CORPUS_RUNNER [--full]

corpus_runner drops every diagnostic of the code that SPACE_CORPUS_DROP names, as if the check behind it were gone, and
with SPACE_CORPUS_RECOVERY=off every syntax error of a file but the first, as if the parser gave up there. For each code
only the cases that name it are run; with --full the whole corpus is. Each case of syntax/recovery, one a rule of recovery,
must fail on its own without it.
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
ROW = re.compile(r"^SPACE_DIAGNOSTIC\((\d{4}),", re.M)
SKIPPED_ROOMS = {"eval", "preludes"}


def active_codes():
    codes = []
    for path in sorted((ROOT / "core" / "diagnostics" / "defs").glob("*.def")):
        codes += [f"SPC{number}" for number in ROW.findall(path.read_text())]
    return codes


def allowed_without_case():
    rows = (ROOT / "tests" / "gates" / "allow.txt").read_text().splitlines()
    return {row.split()[1] for row in rows if row.startswith("corpus ")}


def cases():
    for room in sorted(CORPUS.iterdir()):
        if room.is_dir() and room.name not in SKIPPED_ROOMS:
            yield from sorted(room.rglob("*.space"))


def corpus_fails(runner, paths, **environment):
    command = [runner, "--preludes", str(CORPUS / "preludes"), *map(str, paths)]
    ended = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    if ended.returncode not in (0, 1):
        sys.exit(f"error: {runner} ended with {ended.returncode}")
    return ended.returncode == 1


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    runner, full = str(pathlib.Path(sys.argv[1]).resolve()), "--full" in sys.argv
    texts = {path: path.read_bytes() for path in cases()}
    everything = list(texts)
    passed, survivors = 0, []
    if corpus_fails(runner, everything):
        sys.exit("error: the corpus fails with nothing disabled; mend that first")
    for code in active_codes():
        if code in allowed_without_case():
            continue
        paths = everything if full else [p for p, text in texts.items() if f"[{code}]".encode() in text]
        if paths and corpus_fails(runner, paths, SPACE_CORPUS_DROP=code):
            passed += 1
        else:
            survivors.append(f"{code}: nothing fails without its check")
    recovering = [path for path in everything if "recovery" in path.parts]
    for path in recovering:
        if corpus_fails(runner, [path], SPACE_CORPUS_RECOVERY="off"):
            passed += 1
        else:
            survivors.append(f"{path.relative_to(ROOT)}: does not fail without recovery")
    if not recovering:
        survivors.append("no case shows that parsing goes on after an error")
    for line in survivors:
        print(line)
    print(f"{passed} passed, {len(survivors)} failed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
