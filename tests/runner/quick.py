"""Benches where quick_tofu (quick_tofu.cpp, the program's second argument) stands for tofu, and projects for it."""

import os
import sys

import fixtures
import support


def quick_tofu():
    if len(sys.argv) > 2 and os.path.exists(sys.argv[2]):
        return os.path.abspath(sys.argv[2])
    beside = os.path.join(os.path.dirname(support.space()), "../tests/quick_tofu")
    if os.path.exists(beside):
        return os.path.abspath(beside)
    sys.exit("there is no quick_tofu: build it, or give its path")


class Bench(support.Bench):
    def program(self):
        return quick_tofu()


def stages(folder, stages, procedures, told=lambda stage, procedure: ""):
    """One flight of so many stages and procedures. `told` says how each goes: "apply_ms=50 fail=apply"."""
    project = fixtures.Project(folder)
    for s in range(stages):
        for p in range(procedures):
            project.add("sandbox/one/shop", f"{s:02d}0", f"p{s}-{p:03d}", outputs={"id": "string"},
                        body=f"# quick {told(s, p)}\n")
    project.write()
    return project
