"""What is flown a second time, for scripts/bench: with nothing changed on the local remote and on S3 (an emulator on this machine), and
with one procedure changed. tofu is called through a wrapper that writes down each call; the emulator's log says what was read.
"""

import collections
import json
import os
import re
import shutil
import sys

import programs
from flights import plain_environment, tofu_path
from timing import ROOT, SPACE, SPACEC, fastest_of, timed

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/lab")]
import servers  # noqa: E402

# What it is called makes its output. One procedure of the next stage reads that, and gives the same as before to one of the last stage.
CHANGED = "p00001"


class Estate:
    """One mission of so many procedures, flown once, with a tofu whose calls are written down."""

    def __init__(self, folder, name, procedures, jobs, remote=None, secrets=None):
        self.program = folder / name
        self.log, self.calls_file = (folder / f"{name}.{end}" for end in ("log", "calls"))
        wrapper = folder / f"{name}-bin/tofu"
        wrapper.parent.mkdir()
        wrapper.write_text(f'#!/bin/sh\nprintf "%s %s %s\\n" "${{PWD##*/}}" "$1" "$2" >>\'{self.calls_file}\'\nexec \'{tofu_path()}\' "$@"\n')
        wrapper.chmod(0o755)
        self.environment = {**os.environ, **plain_environment(folder), **(secrets or {})}
        self.environment["PATH"] = os.pathsep.join([str(wrapper.parent), self.environment["PATH"]])
        self.command = [SPACE, "apply", "sandbox", "--auto-approve", "--parallel", jobs]
        programs.generate(self.program, procedures, procedures, remote=remote)
        self.build()
        self.fly()
        assert self.count() >= procedures, "tofu is not called through the wrapper"

    def build(self):
        timed([SPACEC, "build", "."], self.program, log=self.log)
        self.plan = json.loads((self.program / "out/run-plan.json").read_text())

    def fly(self):
        """(seconds, MiB); afterwards `calls` has what tofu was called for: (procedure, command) -> how often."""
        self.calls_file.write_text("")
        result = timed(self.command, self.program, self.environment, self.log)
        lines = (line.split() for line in self.calls_file.read_text().splitlines())
        self.calls = collections.Counter((line[0], "state pull" if line[1:3] == ["state", "pull"] else line[1]) for line in lines)
        return result

    def count(self):
        return sum(self.calls.values())

    def close(self):
        shutil.rmtree(self.program)


def change_one(estate):
    """(what was looked at, what should have been): the procedure that another body makes another output, and who reads it."""
    path = estate.program / "m0000.space"
    before = path.read_text()
    number = int(CHANGED[1:])
    after = before.replace(f'{{var.prefix}}-{number}"', f'{{var.prefix}}-{number}-changed"')
    assert after.count("-changed") == 1
    path.write_text(after)
    estate.build()
    estate.fly()
    changed = next(root["id"] for root in estate.plan["roots"] if root["procedure"] == CHANGED)
    readers = {root["procedure"] for root in estate.plan["roots"]
               if any(variable.get("output", {}).get("root") == changed for variable in root["variables"])}
    return {procedure for procedure, command in estate.calls if command == "plan"}, {CHANGED} | readers


def bench_local(procedures, folder, runs, jobs):
    estate = Estate(folder, "again", procedures, jobs)
    calls = []

    def unchanged():
        result = estate.fly()
        calls.append(estate.count())
        return result

    seconds, mib = fastest_of(runs, unchanged)
    row = {"procedures": procedures, "seconds": seconds, "mib": mib, "tofu_calls": max(calls)}
    looked_at, expected = change_one(estate)
    row.update(changed_looked_at=len(looked_at), changed_wrong=len(looked_at ^ expected), changed_calls=estate.count())
    estate.close()
    return row


def prepare_s3():
    """moto, from PyPI, into the cache; ends the program where it cannot be had."""
    servers.moto_python()


def bench_s3(procedures, folder, jobs):
    moto = servers.Moto()
    try:
        remote, secrets = servers.s3_remote(moto, "use_lockfile = true"), {"STATE_PASSWORD": "x"}
        estate = Estate(folder, "again-s3", procedures, jobs, 'secret "password" {\n  from_env = "STATE_PASSWORD"\n}\n\n' + remote, secrets)
        before = len(moto.requests())
        seconds, mib = estate.fly()
        asked = moto.requests()[before:]
        reads = collections.Counter(re.sub(r"\?.*", "", path) for verb, path in asked if verb == "GET")
        keys = {f"/states/{root['state']['address']}" for root in estate.plan["roots"]}
        assert len(keys) == procedures
        row = {"procedures": procedures, "seconds": seconds, "mib": mib, "tofu_calls": estate.count(), "requests": len(asked),
               "not_read_once": sum(reads[key] != 1 for key in keys), "written": sum(verb in ("PUT", "POST", "DELETE") for verb, _ in asked),
               "other_calls": sum(number for (_, command), number in estate.calls.items() if command != "state pull")}
        estate.close()
        return row
    finally:
        moto.close()
