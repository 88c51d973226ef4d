#!/usr/bin/env python3
"""`kill -9` of the runner at a random moment of an apply that makes, changes and replaces objects of a real provider: when the
last child has ended, what is in the world is what the states know, no lock is left, and the next run goes on to the end.
SPACE_TEST_KILLS says how often (20; with --full 100), SPACE_TEST_SEED at which moments.

usage: kills.py [PATH-OF-SPACE]
"""

import os
import random
import signal
import time
import unittest

import lab
import support

KILLS = int(os.environ.get("SPACE_TEST_KILLS", "100" if support.FULL else "20"))
PROCEDURES = 3
EVENTS = 3 * PROCEDURES  # at least as many lines the world gets from one apply: an update, a deletion and a creation each
LONGEST = 1.0  # seconds from the start of an apply to its first object, more or less
BETWEEN = 0.2  # seconds from one object to the next, more or less


def objects(procedure, round_number):
    """One that stays, one that is changed each time, one that is replaced each time."""
    name = f"p{procedure}"
    return [{"name": f"{name}-stays"},
            {"name": f"{name}-changes", "content": f"of round {round_number}", "when": "update", "delay": 150},
            {"name": f"{name}-replaced-{round_number}", "delay": 200 + 60 * procedure}]


class Kills(lab.Case):
    def setUp(self):
        super().setUp()
        self.project = lab.project_of(self.bench)
        self.roots = [self.bench.add(self.project, f"p{n}", objects(n, 0)) for n in range(PROCEDURES)]
        self.project.write()
        self.run_ok("apply", "sandbox", "--auto-approve")

    def change(self, round_number):
        for number, root in enumerate(self.roots):
            root.body = lab.body(self.bench.world_file, objects(number, round_number))
        self.project.write()

    def go_on(self):
        self.run_ok("apply", "sandbox", "--auto-approve", "--resume")

    def test_kills(self):
        rng = random.Random(int(os.environ.get("SPACE_TEST_SEED", "1")))
        in_the_middle = 0
        for number in range(1, KILLS + 1):
            events = number % EVENTS  # that the world has seen of this apply: however slow a machine is
            moment = rng.uniform(0, BETWEEN if events else LONGEST)
            self.change(number)
            before = len(self.bench.world())
            runner = self.bench.start("apply", "sandbox", "--auto-approve", "--parallel", str(PROCEDURES))
            self.bench.wait_for(lambda: len(self.bench.world()) >= before + events)
            time.sleep(moment)
            in_the_middle += runner.poll() is None and len(self.bench.world()) > before
            runner.send_signal(signal.SIGKILL)
            runner.wait()
            runner.stdout.close()
            with self.subTest(f"killed {moment:.2f} s after {events} events"):
                self.bench.wait_for_silence()
                self.check_world_equals_state()
                self.assertEqual(self.bench.lock_infos(), [])
                self.go_on()
                self.check_world_equals_state()
                names = {name for name, _ in self.bench.objects().values()}
                self.assertEqual(names, {it["name"] for n in range(PROCEDURES) for it in objects(n, number)})
        print(f"  {KILLS} kills, {in_the_middle} while objects were made", flush=True)
        self.assertGreater(in_the_middle, KILLS / 4, "the moments are no longer those of an apply")


if __name__ == "__main__":
    support.main()
