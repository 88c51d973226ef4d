#!/usr/bin/env python3
"""Steps that take long, and disks that are full: `--warn-after`, `--timeout`, and what is looked at before anything begins. With
real tofu.

usage: patience.py [PATH-OF-SPACE]
"""

import os
import unittest

import fixtures
import support

FLIGHT = "sandbox/one/shop"


def sleeping(command):
    return f'resource "terraform_data" "it" {{\n  provisioner "local-exec" {{\n    command = "{command}"\n  }}\n}}\n'


class Patience(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.project = fixtures.Project(self.bench.project)

    def tearDown(self):
        self.bench.close()

    def write(self, **commands):
        for name, command in commands.items():
            self.project.add(FLIGHT, "000", name, body=sleeping(command), outputs={})
        self.project.write()

    def fly(self, *more, code=0):
        done = self.bench.run("apply", "sandbox", "--auto-approve", *more)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_silence_is_told_and_nothing_else_happens(self):
        self.write(slow="sleep 2", other="sleep 1")
        text = self.fly("--warn-after", "500ms")
        self.assertIn(f"`{FLIGHT}/000/slow`: nothing new from `apply` for 0.5s", text)
        self.assertIn("applied         2", text)

    def test_a_silence_that_is_shorter_is_not_told(self):
        self.write(slow="sleep 2")
        self.assertNotIn("nothing new", self.fly("--warn-after", "1h"))

    def test_silence_is_not_told_where_nobody_wants_to_know(self):
        self.write(slow="sleep 1")
        self.assertNotIn("nothing new", self.fly("--warn-after", "0"))

    def test_a_step_whose_time_is_up_is_interrupted_once(self):
        self.write(hangs="sleep 600", quick="true")
        text = self.fly("--timeout", "5s", code=21)  # the other's steps end before, however slow a machine is
        self.assertIn(f"`{FLIGHT}/000/hangs`: its `apply` takes longer than 5.0s and was interrupted, once", text)
        self.assertRegex(text, rf"interrupted +{FLIGHT}/000/hangs .*its time was up; interrupted: 0 of 1 begun changes")
        self.assertRegex(text, rf"applied +{FLIGHT}/000/quick")
        streams = {p.parent.name: p.read_text() for p in (self.bench.project / ".space/runs").rglob("apply.out")}
        self.assertEqual(streams["hangs"].count("Interrupt received"), 1, streams["hangs"])
        self.assertNotIn("Interrupt received", streams["quick"])
        self.assertEqual(self.bench.lock_infos(), [])

    def test_a_step_in_time_is_left_alone(self):
        self.write(slow="sleep 1")
        self.assertIn("applied         1", self.fly("--timeout", "1m"))

    def test_what_is_no_duration(self):
        self.write(quick="true")
        for text in ("1", "-1s", "soon", "999999999h"):
            self.assertIn("is no duration", self.fly("--timeout", text, code=2))

    def test_no_room(self):
        self.write(quick="true")
        self.fly()
        os.truncate(self.bench.states()[0], 1 << 40)  # a hole: as large as it says, and takes no room
        before = list((self.bench.project / ".space/runs").rglob("apply.out"))
        text = self.fly("--refresh", code=1)
        self.assertIn("there is no room", text)
        self.assertIn("may need 3145792 MiB", text)
        self.assertEqual(list((self.bench.project / ".space/runs").rglob("apply.out")), before)


if __name__ == "__main__":
    support.main()
