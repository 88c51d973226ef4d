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

NAMES = ["a", "bb", "name", "region", "x-y", "for_each", "in", "if", "source_ips", "été", "count", "v1"]
FUNCS = ["f", "merge", "jsonencode", "provider::x::f"]
BINARY = ["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"]


class Writer:
    """Random legal programs. `free`: newlines mean nothing here."""

    def __init__(self, rng):
        self.rng = rng
        self.taken = 0

    def chance(self, p):
        return self.rng.random() < p

    def gap(self, free=False, least=""):
        r = self.rng.random()
        if r < 0.5:
            return least
        if r < 0.75:
            return " "
        if r < 0.85:
            return self.rng.choice(["  ", "\t", "   "])
        if r < 0.88:
            return " /* c */ "
        if free and r < 0.97:
            return self.rng.choice(["\n", "\n\n", "\n   ", " # note\n", " // note\n", "\n# own line\n"])
        return " "

    def name(self):
        return self.rng.choice(NAMES)

    def unique(self):
        self.taken += 1
        return self.rng.choice(["n", "name_", "longer_name_", "é"]) + str(self.taken)

    def expr(self, depth, free):
        r = self.rng.random()
        g = lambda least="": self.gap(free, least)
        if depth <= 0 or r < 0.2:
            return self.atom(depth, free)
        if r < 0.3:
            return self.expr(depth - 1, free) + g(" ") + self.rng.choice(BINARY) + g(" ") + self.expr(depth - 1, free)
        if r < 0.36:
            return (self.expr(depth - 1, free) + g(" ") + "?" + g() + self.expr(depth - 1, free) + g(" ") + ":" + g()
                    + self.expr(depth - 1, free))
        if r < 0.42:
            return self.rng.choice("-!") + g() + self.expr(depth - 1, free)
        if r < 0.5:
            i = lambda: self.gap(True)
            return "(" + i() + self.expr(depth - 1, True) + i() + ")"
        if r < 0.6:
            return self.tuple(depth)
        if r < 0.72:
            return self.object(depth)
        if r < 0.8:
            return self.call(depth)
        if r < 0.86:
            return self.for_expr(depth)
        if r < 0.92:
            return self.atom(depth, free) + self.postfix(depth, free)
        return self.template(depth)

    def atom(self, depth, free):
        r = self.rng.random()
        if r < 0.3:
            return self.name() + self.postfix(depth, free)
        if r < 0.5:
            return self.rng.choice(["0", "1", "42", "1.5", "1e3", "2E-3"])
        if r < 0.6:
            return self.rng.choice(["true", "false", "null"])
        return self.template(depth - 1)

    def postfix(self, depth, free):
        out = ""
        while self.chance(0.4):
            r = self.rng.random()
            if r < 0.5:
                out += "." + self.rng.choice(["id", "name", "x-y"])
            elif r < 0.7:
                out += "[" + self.gap(True) + self.expr(min(depth - 1, 1), True) + self.gap(True) + "]"
            elif r < 0.85:
                out += "[*]"
            else:
                out += self.rng.choice([" ", ""]) + ".id"
        return out

    def items(self, depth, make):
        g = lambda: self.gap(True)
        parts = [g() + make() + g() for _ in range(self.rng.randrange(4))]
        out = ",".join(parts)
        return out + ("," + g() if parts and self.chance(0.3) else "")

    def tuple(self, depth):
        return "[" + self.items(depth, lambda: self.expr(depth - 1, True)) + self.gap(True) + "]"

    def call(self, depth):
        out = self.rng.choice(FUNCS[:3]) + self.rng.choice(["", "", " "]) + "("
        args = [self.gap(True) + self.expr(depth - 1, True) + self.gap(True) for _ in range(self.rng.randrange(4))]
        out += ",".join(args)
        if args and self.chance(0.2):
            out += "..." + self.gap(True)
        return out + ")"

    def key(self, depth):
        r = self.rng.random()
        if r < 0.6:
            return self.unique()
        if r < 0.8:
            return '"' + self.unique() + ' k"'
        return "(" + self.expr(depth - 1, True) + ")"

    def object(self, depth):
        out = "{"
        count = self.rng.randrange(4)
        lines = self.chance(0.6)
        for i in range(count):
            out += self.rng.choice(["\n", "\n  ", " # c\n", "\n\n"]) if lines else self.gap()
            out += self.key(depth) + self.gap(False, " ") + self.rng.choice("==:") + self.gap(False, " ")
            out += self.expr(depth - 1, False)
            if not lines or self.chance(0.3):
                out += self.gap() + "," if i + 1 < count or self.chance(0.3) else ""
            if lines and self.chance(0.2):
                out += " # trailing"
                if i + 1 == count:
                    out += "\n"
        return out + ("\n" if lines else self.gap()) + "}"

    def for_expr(self, depth):
        g = lambda least="": self.gap(True, least)
        names = "k" + g() + "," + g() + "v" if self.chance(0.5) else "v"
        intro = "for" + g(" ") + " " + names + g(" ") + " in " + g() + self.expr(depth - 1, True) + g(" ") + ":" + g()
        cond = g(" ") + " if " + self.expr(depth - 1, True) if self.chance(0.4) else ""
        if self.chance(0.5):
            return "[" + g() + intro + self.expr(depth - 1, True) + cond + g() + "]"
        group = self.rng.choice(["", "..."])
        return "{" + g() + intro + self.expr(1, True) + g(" ") + "=>" + g() + self.expr(1, True) + group + cond + g() + "}"

    def parts(self, depth, line):
        out = ""
        for _ in range(self.rng.randrange(4)):
            r = self.rng.random()
            if r < 0.4:
                out += self.rng.choice(["text", "  two words ", "$", "%", "$${no}", "%%{no}", "é", "a=b", "# no"])
            elif r < 0.5:
                out += self.rng.choice(["\\n", "\\\"", "\\u00e9"]) if not line else "\n"
            elif r < 0.8 and depth > 0:
                t1, t2 = self.rng.choice([("", ""), ("~", ""), ("", "~"), ("~", "~")])
                out += "${" + t1 + self.gap(True) + self.expr(depth - 1, True) + self.gap(True) + t2 + "}"
            elif depth > 0:
                d = lambda s: "%{" + self.rng.choice(["", "~", " "]) + s + self.rng.choice(["", " ", "~"]) + "}"
                if self.chance(0.5):
                    out += d("if " + self.expr(1, True)) + self.parts(depth - 1, line)
                    out += d("else") + self.parts(depth - 1, line) if self.chance(0.5) else ""
                    out += d("endif")
                else:
                    out += d("for x in " + self.expr(1, True)) + self.parts(depth - 1, line) + d("endfor")
        return out

    def template(self, depth):
        if self.chance(0.25) and depth > 0:  # a template round one expression
            return '"${' + self.rng.choice(["", " ", "\n"]) + self.expr(depth - 1, True) + self.rng.choice(["", " ", "\n"]) + '}"'
        return '"' + self.parts(depth, False) + '"'

    def heredoc(self, depth):
        marker = self.rng.choice(["EOT", "E", "end-1"])
        out = self.rng.choice(["<<", "<<-"]) + marker + "\n"
        for _ in range(self.rng.randrange(4)):
            out += self.rng.choice(["", "  ", "    "]) + self.parts(depth, True) + "\n"
        return out + self.rng.choice(["", "  "]) + marker

    def attribute(self, depth):
        g = lambda: self.gap(False)
        out = self.unique() + g() + "=" + g()
        r = self.rng.random()
        if r < 0.12:
            return out + self.heredoc(depth)
        if r < 0.15:
            return out + "f(" + self.heredoc(depth) + "\n" + self.rng.choice(["", ", 1"]) + ")"
        return out + self.expr(depth, False)

    def block(self, depth):
        out = self.rng.choice(["stage", "procedure", "resource", "variable", "x"])
        for _ in range(self.rng.randrange(3)):
            out += self.rng.choice([" ", "  ", "\t"]) + self.rng.choice(['"000"', '"a b"', "bare", '"é\\u00e9"', '""'])
        out += self.rng.choice([" ", "", "   "]) + "{"
        if self.chance(0.2):
            return out + self.gap() + self.attribute_in_line() + self.gap() + "}"
        if self.chance(0.1):
            return out + self.gap() + "}"
        return out + self.rng.choice(["\n", " # c\n", "\n\n"]) + self.body(depth - 1) + "}"

    def attribute_in_line(self):
        return self.unique() + self.gap() + "=" + self.gap() + self.expr(1, False)

    def body(self, depth):
        out = ""
        for _ in range(self.rng.randrange(6)):
            r = self.rng.random()
            indent = self.rng.choice(["", "  ", "    ", "\t"])
            if r < 0.15:
                out += indent + self.rng.choice(["# comment", "// comment", "/// doc", "/* c */", "/* a\n b */", ""])
            elif r < 0.7 or depth <= 0:
                out += indent + self.attribute(self.rng.randrange(4))
            elif r < 0.76:
                out += indent + "type=" + self.rng.choice(["string", "list", '"string"', '"map"', "map(string)", "set"]) \
                    if "type=" not in out else ""
            else:
                out += indent + self.block(depth)
            out += self.rng.choice(["", "", " ", "  # c", " // c", "\t# c"]) + self.rng.choice(["\n", "\n", "\n\n", "\n\n\n"])
        return out

    def file(self):
        out = self.body(3)
        if self.chance(0.1):
            out = out.replace("\n", "\r\n")
        if self.chance(0.05):
            out = "\ufeff" + out
        return out.encode()


def mutate(rng, text):
    for _ in range(rng.randrange(1, 4)):
        if not text:
            break
        at = rng.randrange(len(text))
        to = min(len(text), at + rng.choice([1, 1, 2, 5]))
        r = rng.random()
        if r < 0.4:
            text = text[:at] + text[to:]
        elif r < 0.7:
            text = text[:at] + rng.choice([b"{", b"}", b"(", b")", b"[", b"]", b'"', b"=", b",", b"\n", b".", b"${", b":", b"?",
                                          b"x", b"1", b" ", b"-", b"!", b"~}", b"%{", b"for ", b"in ", b"=>", b"<<E\n", b"\\", b"\nE\n",
                                          b"#", b"*", b"...", b"1.", b"if "]) + text[at:]
        else:
            text = text[:at] + text[at:to] * 2 + text[to:]
    return text


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
        cases.append((f"random {args.seed}/{i}", Writer(random.Random(f"{args.seed}/{i}")).file()))
    for i in range(args.mutants):
        rng = random.Random(f"{args.seed}/m{i}")
        cases.append((f"mutant {args.seed}/{i}", mutate(rng, Writer(rng).file())))

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
