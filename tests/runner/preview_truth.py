#!/usr/bin/env python3
"""The joint plan against the truth: for generated missions, fresh, changed and unchanged, what `space preview` says of each
procedure, object by object, is what the apply after it does, or is called deferred. Where nothing is deferred the apply is bound to
the preview, and goes through: no plan of a procedure is taken for another than the reviewed one. Prints what it has compared.

6 missions; with SPACE_TEST_FULL 200, and 20 under the sanitizers. SPACE_TEST_SEED=7 makes others.

usage: preview_truth.py [PATH-OF-SPACE]
"""

import collections
import json
import os
import re
import unittest

import generated_mission
import support

SEED = int(os.environ.get("SPACE_TEST_SEED", "1"))
WORDS = {"remove": "forget"}


def without_keys(address):
    return re.sub(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]', "", address)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")] if path.exists() else []


def truth_of(folder):
    """What an apply did in one root: ({(address, action)}, outputs that it changed), from tofu's own streams."""
    done = collections.defaultdict(set)
    for line in lines(folder / "apply.out"):
        if line["type"] == "apply_start":
            done[line["hook"]["resource"]["addr"]].add(line["hook"]["action"])
    objects = set()
    for address, actions in done.items():
        objects.add((address, "replace" if len(actions) > 1 else actions.pop()))
    outputs = set()
    for line in lines(folder / "plan.jsonl"):
        if line["type"] == "planned_change" and line["change"]["action"] in ("move", "remove", "import"):
            action = WORDS.get(line["change"]["action"], line["change"]["action"])
            objects.add((line["change"]["resource"]["addr"], action))
        if line["type"] == "outputs":
            outputs |= {name for name, o in line["outputs"].items() if o.get("action", "noop") != "noop"}
    return objects, outputs


class Truth(unittest.TestCase):
    MISSIONS = support.missions(full=200, sampled=6)
    ACTIONS = ("create", "update", "replace", "delete", "move", "forget")

    def setUp(self):
        self.seen = collections.Counter()

    def begin(self, seed):
        """A bench, and a mission in it."""
        bench = support.Bench()
        return bench, generated_mission.make(seed, bench.project)

    def check_end(self, bench):
        """What more must be so after all."""

    def preview(self, bench):
        done = bench.run("preview", "sandbox", "--json", "--save", "review.json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return {r["root"]: r for r in json.loads(done.stdout)["roots"]}

    def compare(self, bench, told):
        said = self.preview(bench)
        # Where all of it is known the apply is bound to it: no real plan may be more than was reviewed.
        is_whole = all(r["verdict"] in ("unchanged", "changes") and not r.get("deferred") for r in said.values())
        earlier = set(bench.project.glob(".space/runs/*"))
        done = bench.run("apply", "sandbox", *(("--reviewed", "review.json") if is_whole else ("--auto-approve",)))
        self.seen["bound applies"] += is_whole
        self.assertEqual(done.returncode, 0, f"{told}\n{done.stdout}{done.stderr}")
        # One in which nothing had to be looked at leaves no folder.
        runs = [*set(bench.project.glob(".space/runs/*")) - earlier]
        self.assertLessEqual(len(runs), 1)
        for root, preview in said.items():
            with self.subTest(root=root, told=told):
                self.compare_root(preview, *(truth_of(runs[0] / root) if runs else (set(), set())))

    def compare_root(self, preview, objects, outputs):
        deferred = [d["address"] for d in preview.get("deferred", [])]
        is_deferred = lambda address: any(d == "" or (without_keys(address) + ".").startswith(d + ".") for d in deferred)
        expected = {(c["address"], c["action"]): c for c in preview.get("objects", [])}
        for found in sorted(objects - expected.keys()):
            self.assertTrue(is_deferred(found[0]), f"{found} was not foreseen: {json.dumps(preview, indent=1)}")
            self.seen["deferred"] += 1
        for missing in sorted(expected.keys() - objects):
            # What differs only in what nobody could know may turn out to be as it was.
            leaves = expected[missing].get("leaves", [])
            is_narrowed = missing[1] in ("update", "replace") and leaves and all((leaf["after"] or {}).get("unknown") for leaf in leaves)
            self.assertTrue(is_narrowed, f"{missing} was foreseen and did not happen: {json.dumps(preview, indent=1)}")
            self.seen["as it was"] += 1
        self.seen["equal"] += len(objects & expected.keys())
        for _, action in objects & expected.keys():
            self.seen[action] += 1
        foreseen = {o["name"]: o["after"] for o in preview.get("outputs", [])}
        if not deferred:
            self.assertLessEqual(outputs, foreseen.keys(), "an output changed that was not foreseen")
        for name in foreseen.keys() - outputs:
            self.assertTrue((foreseen[name] or {}).get("unknown"), f"output {name} was to change and did not")
        if not objects and not outputs:
            self.seen["procedures without a change"] += 1

    def test_what_is_said_is_what_happens(self):
        for seed in range(SEED * 1000, SEED * 1000 + self.MISSIONS):
            bench, mission = self.begin(seed)
            try:
                with self.subTest(seed=seed):
                    self.compare(bench, f"seed {seed}, fresh")
                    told = mission.change()
                    self.seen.update("of " + step for step in mission.made)
                    mission.write()
                    self.compare(bench, f"seed {seed}, {told}")
                    again = {root: r["verdict"] for root, r in self.preview(bench).items()}
                    self.assertEqual(set(again.values()), {"unchanged"}, f"seed {seed}: unchanged code plans empty")
                    self.check_end(bench)
            finally:
                bench.close()
        if support.FULL and not support.is_sanitized():  # each kind of change was among them
            for kind in (*self.ACTIONS, *("of " + step.__name__ for step in mission.steps())):
                self.assertGreater(self.seen[kind], 0, kind)
        print(f"{self.MISSIONS} missions: " + ", ".join(f"{n} {name}" for name, n in sorted(self.seen.items())), flush=True)


if __name__ == "__main__":
    support.main()
