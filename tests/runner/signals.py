#!/usr/bin/env python3
"""Interrupts, two runners at once, and what is left of either.

usage: signals.py [PATH-OF-SPACE]
"""

import signal
import subprocess
import time
import unittest

import fixtures
import support


class Signals(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()

    def tearDown(self):
        self.bench.close()

    def write(self, procedures, sleep, stages=1):
        return fixtures.chain(self.bench.project, procedures=procedures, stages=stages, sleep=sleep)

    def wait_for(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "it did not come")
            time.sleep(0.02)

    def applying(self):
        """How many applies have begun to run their command."""
        runs = self.bench.project / ".space/runs"
        return sum(b'"provision_start"' in path.read_bytes() for path in runs.rglob("apply.out")) if runs.exists() else 0

    def test_one_interrupt_reaches_each_tofu_once(self):
        self.write(procedures=3, sleep=2, stages=2)
        runner = self.bench.start("apply", "sandbox", "--auto-approve", "--parallel", "3")
        self.wait_for(lambda: self.applying() == 3)
        for _ in range(4):  # people press more than once
            runner.send_signal(signal.SIGINT)
            time.sleep(0.1)
        output, _ = runner.communicate(timeout=60)
        self.assertEqual(runner.returncode, 130, output)
        self.assertIn("waiting for `sandbox/one/shop/000/p0-000`", output)
        streams = [p.read_text() for p in (self.bench.project / ".space/runs").rglob("apply.out")]
        self.assertEqual(len(streams), 3)
        for stream in streams:
            self.assertIn("Interrupt received", stream)
            self.assertNotIn("Two interrupts received", stream)
        self.assertEqual(self.bench.lock_infos(), [])
        self.assertIn("skipped", output)
        after = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(after.returncode, 0, after.stdout + after.stderr)

    def test_a_second_runner_is_told_who_flies(self):
        self.write(procedures=1, sleep=2)
        first = self.bench.start("apply", "sandbox", "--auto-approve")
        self.wait_for(lambda: self.applying() == 1)
        second = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(second.returncode, 75, second.stdout + second.stderr)
        self.assertIn(f"process {first.pid}", second.stderr)
        output, _ = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0, output)

    def test_the_next_run_waits_for_the_children_of_a_killed_one(self):
        self.write(procedures=1, sleep=2)
        first = self.bench.start("apply", "sandbox", "--auto-approve")
        self.wait_for(lambda: self.applying() == 1)
        first.kill()
        first.communicate()
        next_run = self.bench.run("apply", "sandbox", "--auto-approve", "--resume", "--why")
        self.assertEqual(next_run.returncode, 0, next_run.stdout + next_run.stderr)
        self.assertIn("waiting for tofu processes of an earlier run", next_run.stdout)
        self.assertIn("taken over from run", next_run.stdout)
        ends = list((self.bench.project / ".space/runs").rglob("exit.json"))
        self.assertEqual(len(ends), 1)  # the shim has written it, with nobody there
        self.assertIn('"exit_code":0', ends[0].read_text())

    def test_many_runners_at_once_and_one_flies(self):
        self.write(procedures=1, sleep=1)
        runners = [self.bench.start("apply", "sandbox", "--auto-approve") for _ in range(8)]
        codes = []
        for runner in runners:
            runner.communicate(timeout=60)
            codes.append(runner.returncode)
        self.assertLessEqual(set(codes), {0, 75}, codes)
        self.assertGreaterEqual(codes.count(0), 1)
        state = self.bench.state("sandbox/shop/one/p0-000")
        self.assertEqual(state["serial"], 1)  # applied once

    def test_a_reader_that_goes_away_harms_nothing(self):
        self.write(procedures=2, sleep=1)
        with subprocess.Popen(self.bench.command("apply", "sandbox", "--auto-approve"), cwd=self.bench.project, env=self.bench.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as runner:
            runner.stdout.close()
            runner.wait(timeout=60)
            self.assertEqual(runner.returncode, 0)
        self.assertEqual(len(self.bench.states()), 2)
        self.assertEqual(self.bench.lock_infos(), [])


if __name__ == "__main__":
    support.main()
