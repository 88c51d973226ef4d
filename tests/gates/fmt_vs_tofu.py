#!/usr/bin/env python3
"""spacec fmt against tofu fmt: the same bytes, for the given files and for seeded random ones.

  fmt_vs_tofu.py --spacec build/bin/spacec [--tofu tofu] [--seed 1] [--count 300] [--mutants 300] [FILES…]

FILES are .space files or folders; those that either refuses are left out. Random files are legal programs in a wild
layout, mutants are such files with some bytes taken out, doubled or put in: there the two must agree on what is legal,
too. Known differences are listed in DIFFERENT below with their reasons. Exit 0: agreed; 1: a difference, which is
printed; 2: usage; 77: there is no tofu, which SPACE_TOFU names by default.
"""
import argparse
import difflib
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fmt_generator

# Where spacec differs on purpose. A file that matches is not compared.
DIFFERENT = [
    (re.compile(rb'^[^"\n]*"[^"\n]*[$%][^"\n]*"[^=\n]*\{', re.M), "tofu drops labels that hold a $ or %"),
    (re.compile(rb"^\s*[A-Za-z_][\w-]*\s*(\"[^\"\n]*\"\s*|[\w-]+\s*)*/\*", re.M), "tofu drops comments between labels"),
    (re.compile(rb"\"\$\{[^\n}]*(#|//)"), "tofu breaks a value whose template holds a line comment and no other line end"),
    (re.compile(rb"[A-Za-z_\])}\"]\s*\.\s*[0-9*]"), "legacy a.0 and a.* are errors in .space files"),
    (re.compile(rb"\s::|::\s"), "spaces around :: are not taken"),
    (re.compile(rb"\[\s*(true|false|null)\s*\]"), "tofu loses the index of a[true]"),
    (re.compile(rb"\[[^\]]*(/\*|#|//)"), "tofu loses the index, or the comment, of a[1 /* c */]"),
    (re.compile(rb"\"\$\{~?\s*\"\$\{"), "tofu unwraps a template in a template only when it runs twice"),
    (re.compile(rb"(?!\A)\xef\xbb\xbf"), "a byte order mark in the middle"),
    (re.compile(rb"\r(?!\n)"), "a lone carriage return"),
]


def known(text):
    try:
        text.decode()
    except UnicodeDecodeError:  # tofu lets it pass in comments
        return True
    return any(pattern.search(text) for pattern, _ in DIFFERENT)


def tofu_all(tofu, texts, folder):
    """What tofu fmt makes of each text; None where it refuses it. One run for all."""
    paths = []
    for i, text in enumerate(texts):
        path = Path(folder) / f"f{i:06}.tf"
        path.write_bytes(text)
        paths.append(path)
    env = dict(os.environ, TF_CLI_CONFIG_FILE="/dev/null", CHECKPOINT_DISABLE="1")
    run = subprocess.run([tofu, "fmt", "-no-color", "-list=false", "."], cwd=folder, env=env, capture_output=True)
    refused = set(re.findall(rb"(f\d{6})\.tf", run.stderr + run.stdout))
    return [None if path.stem.encode() in refused else path.read_bytes() for path in paths]


def spacec_one(spacec, text):
    run = subprocess.run([*spacec, "fmt", "-"], input=text, capture_output=True, timeout=60)
    if run.returncode not in (0, 1, 2):
        return b"crash: exit code %d\n" % run.returncode + run.stderr[:400]
    return run.stdout if run.returncode == 0 else None


def show(title, text, ours, theirs):
    print(f"--- {title}")
    print(text.decode(errors="replace")[:2000])
    if ours is None or theirs is None:
        print(f"spacec {'refuses' if ours is None else 'accepts'}, tofu {'refuses' if theirs is None else 'accepts'}")
    else:
        lines = difflib.unified_diff(theirs.decode(errors="replace").splitlines(), ours.decode(errors="replace").splitlines(),
                                     "tofu", "spacec", lineterm="")
        print("\n".join(list(lines)[:40]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spacec", required=True)
    parser.add_argument("--tofu", default=os.environ.get("SPACE_TOFU"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    if not args.tofu:
        print("no tofu: SPACE_TOFU names none")
        return 1 if os.environ.get("CI") else 77

    cases = []
    for name in args.files:
        path = Path(name)
        found = sorted(path.rglob("*.space")) if path.is_dir() else [path]
        for file in found:
            text = file.read_bytes()
            if b"\n# --- " not in b"\n" + text:  # several files in one
                cases.append((str(file), text))
    for i in range(args.count):
        cases.append((f"random {args.seed}/{i}", fmt_generator.Writer(random.Random(f"{args.seed}/{i}")).file()))
    for i in range(args.mutants):
        rng = random.Random(f"{args.seed}/m{i}")
        cases.append((f"mutant {args.seed}/{i}", fmt_generator.mutate(rng, fmt_generator.Writer(rng).file())))

    cases = [(title, text) for title, text in cases if not known(text)]
    with tempfile.TemporaryDirectory() as folder:
        theirs = tofu_all(args.tofu, [text for _, text in cases], folder)
    spacec = args.spacec.split()
    with ThreadPoolExecutor(max_workers=2) as pool:
        ours = list(pool.map(lambda case: spacec_one(spacec, case[1]), cases))
        again = list(pool.map(lambda out: out if out is None else spacec_one(spacec, out), ours))

    different = 0
    accepted = 0
    given = {title for title, _ in cases if not title.startswith(("random ", "mutant "))}
    for (title, text), our, twice, their in zip(cases, ours, again, theirs):
        if title in given and (our is None or their is None):
            continue
        accepted += their is not None
        if our != their or twice != our:
            different += 1
            if different <= args.show:
                show(title + ("" if our != their else " (not idempotent)"), text, twice if our == their else our, their)
    print(f"{len(cases)} files, {accepted} legal, {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
