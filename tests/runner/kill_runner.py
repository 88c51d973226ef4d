#!/usr/bin/env python3
"""`kill -9` of the runner in the middle of an apply of eight procedures, at another moment each time: every state must be
whole, no lock stuck, nothing made twice, and `--resume` goes on. SPACE_TEST_KILLS says how often (20; sampled: 6).

usage: kill_runner.py [PATH-OF-SPACE]
"""

import json
import os
import random
import signal
import time
import unittest

import fixtures
import support

KILLS = int(os.environ.get("SPACE_TEST_KILLS", "20" if support.FULL else "6"))
PROCEDURES = 8
BODY = '''resource "terraform_data" "one" {{
  provisioner "local-exec" {{
    command = "sleep {first} && echo made >> ${{path.root}}/{world}/{name}.one"
  }}
}}

resource "terraform_data" "it" {{
  input = terraform_data.one.id

  provisioner "local-exec" {{
    command = "sleep {second} && echo made >> ${{path.root}}/{world}/{name}.it"
  }}
}}
'''


def write_project(folder):
    project = fixtures.Project(folder)
    for n in range(PROCEDURES):
        name = f"p{n}"
        project.add("sandbox/one/shop", "000", name, body=BODY.format(first=0.3 + 0.05 * n, second=0.4, name=name,
                                                                     world="../../../../../../world"))
    (folder / "world").mkdir(parents=True)
    project.write()


class KillRunner(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        write_project(self.bench.project)

    def tearDown(self):
        self.bench.close()

    def kill_once(self, moment):
        runner = self.bench.start("apply", "sandbox", "--auto-approve", "--parallel", str(PROCEDURES))
        time.sleep(moment)
        was_running = runner.poll() is None
        runner.send_signal(signal.SIGKILL)
        runner.wait()
        runner.stdout.close()
        self.resume(runner.returncode)
        return was_running

    def begun(self):
        """Procedures whose apply has begun by the journal, and whose end is not in it."""
        path = self.bench.project / ".space/journal/sandbox/one/shop.jsonl"
        open_applies = set()
        for line in path.read_text().splitlines(keepends=True) if path.exists() else []:
            if line.endswith("\n"):
                record = json.loads(line)
                if record.get("step") == "apply" or record["kind"] == "adopted":
                    (open_applies.add if record["kind"] == "step-begun" else open_applies.discard)(record["root"])
        return open_applies

    def resume(self, code):
        """Without --resume it goes on only where no apply was cut off, and says what was."""
        cut_off = self.begun() if code == -signal.SIGKILL else set()
        fly = ("apply", "sandbox", "--auto-approve", "--parallel", str(PROCEDURES))
        if cut_off:
            refused = self.bench.run(*fly)
            self.assertEqual(refused.returncode, 13, refused.stdout + refused.stderr)
            self.assertIn("cut off in the middle of an apply", refused.stderr)
            self.assertIn("`space apply sandbox --resume`", refused.stderr)
        after = self.bench.run(*fly, "--resume")
        self.assertEqual(after.returncode, 0, after.stdout + after.stderr)
        for root in cut_off:
            self.assertRegex(after.stdout, rf"applied +{root} .*", after.stdout)
        self.assertEqual(self.begun(), set())

    def check_world(self):
        """What was made is what the states know, once each."""
        states = self.bench.states()
        self.assertEqual(len(states), PROCEDURES)
        for path in states:
            state = json.loads(path.read_text())
            names = sorted(r["name"] for r in state["resources"])
            self.assertEqual(names, ["it", "one"], path)
            self.assertTrue(all("status" not in i for r in state["resources"] for i in r["instances"]), f"tainted: {path}")
        for n in range(PROCEDURES):
            for part in ("one", "it"):
                made = (self.bench.project / f"world/p{n}.{part}").read_text().split()
                self.assertEqual(made, ["made"], f"p{n}.{part} was made {len(made)} times")
        self.assertEqual(self.bench.lock_infos(), [])


def test_of(moment):
    def test(self):
        print(f"  killed after {moment:.2f} s", flush=True)
        self.kill_once(moment)
        self.check_world()
        again = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)
        self.assertIn(f"({PROCEDURES} not looked at)", again.stdout)
    return test


seed = int(os.environ.get("SPACE_TEST_SEED", "1"))
rng = random.Random(seed)
for number in range(KILLS):
    setattr(KillRunner, f"test_kill_{number:02d}", test_of(0.1 + 2.2 * (number + rng.random()) / KILLS))

if __name__ == "__main__":
    support.main()
