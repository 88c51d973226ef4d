#!/usr/bin/env python3
"""The compiler's table of remotes against tofu's own backends: backend_table.py UNIT_TEST_OF_MODEL [TOFU]

The unit test prints the table. tofu must know every argument and block in it, and must not know an argument that nobody has
(so that this gate can fail).
"""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile

import common
import tofu_runs

OURS = "Ours"


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

    arguments = [f"{name} = null" for name, role in rows if role not in (OURS, "Block")]
    blocks = [f"{name} {{}}" for name, role in rows if role == "Block"]
    findings += [f"{remote}: {line}" for line in refusals("all", arguments + blocks) if "Unsupported" in line]
    if not any("Unsupported argument" in line for line in refusals("none", ["no_such_argument = null"])):
        findings.append(f"{remote}: tofu took an argument that does not exist: this gate sees nothing")
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
