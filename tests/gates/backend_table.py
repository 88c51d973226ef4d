#!/usr/bin/env python3
"""The compiler's table of remotes against tofu's own backends: backend_table.py UNIT_TEST_OF_MODEL [TOFU]

The unit test prints the table. tofu must know every argument, block and object in it, and all that stands in those, and must
not know an argument that nobody has (so that this gate can fail). Of an object tofu drops what it does not know without a word;
what it does know it refuses when it is of no type at all that a backend takes.
"""

import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import common
import tofu_runs

OURS = "Ours"
MISSING = "required field is not set"  # what backends of the older kind say


def read_table(unit_test):
    """type -> [(argument or block, role)]"""
    printed = subprocess.run([unit_test, "[.table]"], capture_output=True, text=True, check=True).stdout
    table = collections.defaultdict(list)
    for line in printed.splitlines():
        parts = line.split()
        if len(parts) == 4 and parts[0] == "remote":
            table[parts[1]].append((parts[2], parts[3]))
    return table


def block_of(remote, lines):
    return "\n".join([f'  backend "{remote}" {{'] + [f"    {line}" for line in lines] + ["  }"])


def check_remote(tofu, remote, rows, scratch, env):
    findings = []

    def refusals(name, lines):
        return tofu_runs.backend_refusals(tofu, block_of(remote, lines), scratch / f"{remote}-{name}", env)

    def said(name, lines):
        folder = scratch / f"{remote}-{name}"
        folder.mkdir()
        (folder / "backend.tf").write_text(f"terraform {{\n{block_of(remote, lines)}\n}}\n")
        return tofu_runs.run(tofu, ["init", "-input=false"], folder, env, timeout=10)[1]

    plain = [(name, role) for name, role in rows if "." not in name]
    arguments = [f"{name} = null" for name, role in plain if role not in (OURS, "Block", "Object")]
    inner = collections.defaultdict(list)
    for name, role in rows:
        if "." in name:
            inner[name.split(".")[0]].append((name.split(".")[1], role))
    blocks = ["\n".join([f"{name} {{", *(f"{each} = null" for each, _ in inner[name]), "}"])
              for name, role in plain if role == "Block"]
    findings += [f"{remote}: {line}" for line in refusals("all", arguments + blocks) if "Unsupported" in line]
    for name, role in plain:
        if role == "Block":
            findings += check_block(remote, name, inner[name], said)
        if role == "Object":
            findings += check_object(remote, name, inner[name], said)
    if not any("Unsupported argument" in line for line in refusals("none", ["no_such_argument = null"])):
        findings.append(f"{remote}: tofu took an argument that does not exist: this gate sees nothing")
    return findings


def check_block(remote, block, rows, said):
    findings = []
    if "Unsupported argument" not in said(f"{block}-none", [f"{block} {{", "no_such_argument = null", "}"]):
        findings.append(f"{remote}.{block}: tofu took an argument that does not exist: this gate sees nothing")
    answer = said(f"{block}-empty", [f"{block} {{", "}"])
    missing = [name for name, _ in rows if f'"{block}.0.{name}": {MISSING}' in answer]
    needed = [name for name, role in rows if role == "Needed"]
    if missing != needed:
        findings.append(f"{remote}.{block}: the table needs {needed}, and tofu {missing}")
    return findings


def check_object(remote, argument, rows, said):
    findings, needed = [], {name for name, role in rows if role == "Needed"}

    def refused(name):
        values = {**{each: '"x"' for each in needed}, name: "[[]]"}
        text = ", ".join(f"{each} = {value}" for each, value in sorted(values.items()))
        return f'attribute "{name}"' in " ".join(said(f"{argument}-{name}", [f"{argument} = {{ {text} }}"]).split())

    missing = set(re.findall(r'attribute "(\w+)" is required', " ".join(said(f"{argument}-empty", [f"{argument} = {{}}"]).split())))
    if missing != needed:
        findings.append(f"{remote}.{argument}: the table needs {sorted(needed)}, and tofu {sorted(missing)}")
    findings += [f"{remote}.{argument}: tofu does not know `{name}`" for name, _ in rows if not refused(name)]
    if refused("no_such_argument"):
        findings.append(f"{remote}.{argument}: tofu looked at an argument that does not exist: this gate sees nothing")
    return findings


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    unit_test = sys.argv[1]
    tofu = sys.argv[2] if len(sys.argv) == 3 else os.environ.get("SPACE_TOFU")
    if not tofu:
        print("no tofu: SPACE_TOFU names none")
        return 1 if os.environ.get("CI") else 77
    tofu = pathlib.Path(tofu).resolve()
    table = read_table(unit_test)
    findings = [] if len(table) == 10 else [f"the table holds {len(table)} remotes, not 10"]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        env = tofu_runs.environment(scratch)
        for remote, rows in sorted(table.items()):
            findings += check_remote(tofu, remote, rows, scratch, env)
    return common.report("backend table", findings)


if __name__ == "__main__":
    sys.exit(main())
