#!/usr/bin/env python3
"""The tofu that plays (fake_tofu/) is held to the real one: the same flights on both, and all that the runner sees must be the
same: exit codes, the events of each stream, summaries of diagnostics, verdicts, states, what lies beside them. Then one
interrupt in the middle of an apply, on both.

usage: conformance.py [PATH-OF-SPACE]
"""

import json
import re
import signal
import unittest

import fault_provider
import http_backend
import lab
import scenarios
import support

# Only one of the two has them, or not always; none is read by the runner but to show that something goes on.
NOT_COMPARED = {"apply_progress", "provision_progress", "refresh_start", "refresh_complete", "log", None}
LEVELS = ("plan.jsonl", "apply.out")


def events(path):
    """(type, address, action) of each line, sorted: siblings may change places; and the diagnostics' summaries."""
    found, said = [], []
    for line in path.read_text().splitlines():
        try:
            it = json.loads(line)
        except json.JSONDecodeError:
            continue  # a crashed plugin's own words
        kind = it.get("type")
        if kind == "diagnostic":
            said.append((it["diagnostic"]["severity"], re.sub(r"http://[^ ]*", "URL", it["diagnostic"]["summary"])))
        elif kind == "change_summary":
            found.append((kind, it["changes"]["operation"], *(it["changes"][part] for part in ("add", "change", "remove"))))
        elif kind == "outputs":
            found.append((kind, tuple(sorted((name, value.get("action", "")) for name, value in it["outputs"].items()))))
        elif kind not in NOT_COMPARED:
            about = it.get("hook") or it.get("change") or {}
            found.append((kind, about.get("resource", {}).get("addr", ""), about.get("action", "")))
    return sorted(found, key=str), sorted(set(said))


def state_of(state):
    """Without what is another one each time."""
    rows = []
    for resource in state["resources"]:
        for instance in resource["instances"]:
            it = {name: value for name, value in instance["attributes"].items() if name not in ("id", "triggers_replace")}
            rows.append((resource["type"], resource["name"], instance.get("status", ""), json.dumps(it, sort_keys=True)[:300]))
    return sorted(rows), {name: it["value"] for name, it in state["outputs"].items()}


class Tofu:
    """One of the two, with all the scenarios."""

    def __init__(self, case, program=None):
        self.bench = lab.Bench()
        case.addCleanup(self.bench.close)
        if program:
            link = self.bench.folder / "bin/tofu"
            link.unlink()
            link.symlink_to(program)
        self.backend = http_backend.Backend()
        case.addCleanup(self.backend.close)
        self.project = lab.project_of(self.bench)

    def write(self, wanted):
        self.roots = scenarios.write(self.bench, self.project, self.backend, wanted)

    def fly(self, command):
        report = self.bench.project / f"{command}.json"
        before = set((self.bench.project / ".space/runs").glob("*")) if (self.bench.project / ".space/runs").exists() else set()
        done = self.bench.run(command, "sandbox", "--auto-approve", "--parallel", "4", "--report", str(report), timeout=300)
        if not report.exists():
            raise AssertionError(done.stdout + done.stderr)
        told = {it["root"]: it for it in json.loads(report.read_text())["roots"]}
        run = (set((self.bench.project / ".space/runs").glob("*")) - before).pop()
        return {name: self.seen(name, root, told[root.id], run) for name, root in self.roots.items()}

    def seen(self, name, root, told, run):
        found = {"verdict": told["verdict"], "changes": told["changes"]}
        for level in LEVELS:
            path = run / root.id / level
            found[level] = events(path) if path.exists() else None
        path = run / root.id / "exit.json"
        found["exit"] = {key: value for key, value in json.loads(path.read_text()).items() if key != "ended_ms"} if path.exists() else None
        address = lab.fixtures.state_address(root)
        if root.http:
            state = self.backend.states().get(f"/{address}")
            found["locked"] = f"/{address}" in self.backend.locks()
        else:
            path = self.bench.project / f".space/state/{address}.tfstate"
            found["empty state"] = path.exists() and not path.read_text()
            state = json.loads(path.read_text()) if path.exists() and path.read_text() else None
        found["state"] = state and state_of(state)
        errored = self.bench.project / "out" / root.id / "errored.tfstate"
        found["errored.tfstate"] = state_of(json.loads(errored.read_text())) if errored.exists() else None
        return found


class Conformance(support.unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.both = [Tofu(self), Tofu(self, fault_provider.built("tofu", "fake_tofu"))]

    def compare(self, step, *results):
        for name in results[0]:
            with self.subTest(step, scenario=name):
                self.assertEqual(*(json.dumps(it[name], indent=1, sort_keys=True) for it in results))

    def test_forty_flights(self):
        wanted = list(scenarios.SCENARIOS)
        self.assertGreaterEqual(len(wanted), 40)
        for it in self.both:
            it.write(wanted)
        self.compare("first", *[it.fly("apply") for it in self.both])
        for it in self.both:
            lab.resolve(it.bench, it.backend)
            scenarios.go_on(it.bench, it.project, it.roots)
        self.compare("then", *[it.fly("apply") for it in self.both])
        for it in self.both:
            lab.resolve(it.bench, it.backend)
        self.compare("at the end", *[it.fly("destroy") for it in self.both])

    def test_one_interrupt(self):
        results = []
        for it in self.both:
            bench = it.bench
            it.roots = {name: bench.add(it.project, "p", given, flight=f"sandbox/one/{name}") for name, given in {
                "stops": [{"name": "s", "mode": "sleep", "delay": 20000}, {"name": "s-never", "depends_on": ["fault_object.o0"]}],
                "ignores": [{"name": "i", "mode": "ignore", "delay": 1500}, {"name": "i-never", "depends_on": ["fault_object.o0"]}]}.items()}
            it.project.write()
            runner = bench.start("apply", "sandbox", "--auto-approve", "--parallel", "2", "--report", "report.json")
            bench.wait_for(lambda bench=bench: sum(line["op"] == "begin" for line in bench.world()) == 2)
            runner.send_signal(signal.SIGINT)
            output, _ = runner.communicate(timeout=60)
            self.assertEqual(runner.returncode, 130, output)
            told = {one["root"]: one for one in json.loads((bench.project / "report.json").read_text())["roots"]}
            run = next((bench.project / ".space/runs").glob("*"))
            results.append({name: it.seen(name, root, told[root.id], run) for name, root in it.roots.items()})
            for path in bench.streams():
                self.assertEqual(path.read_text().count("Interrupt received"), 1)
        self.compare("interrupted", *results)
        self.assertEqual({name: it["verdict"] for name, it in results[0].items()}, {"stops": "interrupted", "ignores": "interrupted"})


if __name__ == "__main__":
    support.main()
