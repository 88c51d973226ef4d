#!/usr/bin/env python3
"""One, two and three interrupts at a random moment of an apply, four runs each (with --full eight), with objects that stop when they are told
to and objects that do not: each tofu has seen exactly one, what is in the world is what the states know, and no lock is left.

usage: interrupts.py [PATH-OF-SPACE]
"""

import json
import os
import random
import signal
import time
import unittest

import lab
import support

PRESSES = (1, 2, 3)
RUNS = int(os.environ.get("SPACE_TEST_INTERRUPTS", "24" if support.FULL else "12"))
PROCEDURES = 3


def objects(procedure, run):
    """The last waits for the others' end, so that something is always left to be done when the interrupt comes."""
    name = f"p{procedure}-{run}"
    return [{"name": name + "-stops", "mode": "sleep", "delay": 700},
            {"name": name + "-ignores", "mode": "ignore", "delay": 500 + 100 * procedure},
            {"name": name + "-quick"}]


class Interrupts(lab.Case):
    def latched_until_resolved(self):
        """Where something was made before the interrupt a person must look; where nothing was, it is flown again as it is."""
        standing = [json.loads(line) for line in self.run_ok("status", "--json").splitlines()]
        waits = [it for row in standing for it in row.get("waits", [])]
        if not waits:
            return False
        self.assertEqual({it["verdict"] for it in waits}, {"interrupted"})
        self.assertEqual(self.bench.run("apply", "sandbox", "--auto-approve").returncode, 13)
        self.run_ok("resolve", "sandbox", "--reason", "interrupted on purpose")
        return True

    def test_interrupts(self):
        rng = random.Random(int(os.environ.get("SPACE_TEST_SEED", "1")))
        project = lab.project_of(self.bench)
        roots = [self.bench.add(project, f"p{n}", []) for n in range(PROCEDURES)]
        project.write()
        self.run_ok("apply", "sandbox", "--auto-approve")  # what it costs to begin is paid
        latched = 0
        seen = stopped = 0
        for run in range(RUNS):
            presses = PRESSES[run % len(PRESSES)]
            with self.subTest(run=run, presses=presses):
                for number, root in enumerate(roots):
                    root.body = lab.body(self.bench.world_file, objects(number, run))
                project.write()
                before = set(self.bench.streams())
                lines = len(self.bench.world())
                runner = self.bench.start("apply", "sandbox", "--auto-approve", "--parallel", str(PROCEDURES))
                begun = rng.randint(1, 3 * PROCEDURES)
                self.bench.wait_for(lambda: sum(it["op"] == "begin" for it in self.bench.world()[lines:]) >= begun)
                for _ in range(presses):
                    runner.send_signal(signal.SIGINT)
                    time.sleep(rng.uniform(0.0, 0.15))
                output, _ = runner.communicate(timeout=60)
                self.assertEqual(runner.returncode, 130, output)
                self.check_world_equals_state()
                self.assertEqual(self.bench.lock_infos(), [])
                for path in set(self.bench.streams()) - before:
                    text = path.read_text()
                    seen += 1
                    self.assertLessEqual(text.count('"Interrupt received'), 1, text)
                    self.assertNotIn("Two interrupts received", text)
                    stopped += "Interrupt received" in text
                latched += self.latched_until_resolved()
        print(f"  {RUNS} runs, {seen} applies, {stopped} of them saw the interrupt, none saw two", flush=True)
        self.assertGreater(latched, 0)
        self.assertGreater(stopped, RUNS * 3 / 4, "the interrupts no longer come while something is done")


if __name__ == "__main__":
    support.main()
