#!/usr/bin/env python3
"""What `space` costs by itself, with a quick tofu: memory for 2,000 procedures, and what a run and many runs leave behind.
Sampled: 500 procedures and 160 runs; with SPACE_TEST_FULL 2,000 and 1,000.

usage: scale.py [PATH-OF-SPACE [PATH-OF-QUICK_TOFU]]
"""

import os
import pathlib
import re
import subprocess
import threading
import time
import unittest

import quick
import support

PROCEDURES = 2000 if support.FULL else 500
RUNS = 1000 if support.FULL else 160
MOST_KIB = 64 * 1024
PARALLEL = 8
# Its own files, three a child that is being started, and a lock a flight; nothing that grows with the procedures.
MOST_DESCRIPTORS = 48


def field(pid, name):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return line.split()[1]
    return ""


class Watch(threading.Thread):
    """Looks at a process again and again: memory at its most, descriptors, children that have ended and stay."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_kib = 0
        self.descriptors = []
        self.zombies = {}  # pid: first seen
        self.lasting_zombies = set()

    def run(self):
        try:
            while True:
                self.peak_kib = max(self.peak_kib, int(field(self.pid, "VmHWM") or 0))
                self.descriptors.append(len(os.listdir(f"/proc/{self.pid}/fd")))
                now = time.monotonic()
                seen = {child for child in pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
                        if self.is_zombie(child)}
                self.zombies = {child: self.zombies.get(child, now) for child in seen}
                self.lasting_zombies |= {child for child, since in self.zombies.items() if now - since > 2}
                time.sleep(0.02)
        except OSError:
            return  # it has ended

    @staticmethod
    def is_zombie(pid):
        try:
            return field(pid, "State") == "Z"
        except OSError:
            return False


class Scale(unittest.TestCase):
    def setUp(self):
        self.bench = quick.Bench()

    def tearDown(self):
        self.bench.close()

    def watched(self, *arguments):
        with open(self.bench.folder / "out", "wb") as output:
            runner = subprocess.Popen(self.bench.command(*arguments, "--parallel", str(PARALLEL)), cwd=self.bench.project,
                                      env=self.bench.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
            watch = Watch(runner.pid)
            watch.start()
            runner.wait()
        watch.join()
        text = (self.bench.folder / "out").read_text()
        print(f"  {arguments[0]}: {watch.peak_kib / 1024:.1f} MiB, at most {max(watch.descriptors)} descriptors", flush=True)
        if not support.is_sanitized():
            self.assertLess(watch.peak_kib, MOST_KIB)
        self.assertGreater(watch.peak_kib, 1024)  # it was seen at all
        self.assertLess(max(watch.descriptors), MOST_DESCRIPTORS)
        self.assertEqual(watch.lasting_zombies, set())
        self.assertEqual(support.children_with(str(self.bench.project)), [])
        return runner.returncode, text

    def test_memory_and_descriptors_do_not_grow_with_the_procedures(self):
        quick.stages(self.bench.project, 4, PROCEDURES // 4, lambda s, p: "fail=apply" if s == 3 and p % 100 == 7 else "")
        code, text = self.watched("plan", "sandbox")
        self.assertEqual(code, 0, text[-2000:])
        code, text = self.watched("apply", "sandbox", "--auto-approve")
        self.assertEqual(code, 21, text[-2000:])
        applied = int(re.search(r"^  applied +(\d+)", text, re.MULTILINE).group(1))
        self.assertGreaterEqual(applied, PROCEDURES * 3 // 4)  # all but the last stage, where some fail
        code, text = self.watched("output", "sandbox")
        self.assertEqual(code, 0, text[-2000:])

    def test_many_runs_leave_nothing(self):
        project = quick.stages(self.bench.project, 1, 2)
        counts = []
        for n in range(RUNS):
            if n % 10 == 0:  # another file each time, so that something is applied
                project.roots[0].body = f"# quick {'fail=plan' if n % 20 == 0 else ''} n={n}\n"
                project.write()
            done = self.bench.run(*(("plan", "sandbox"), ("apply", "sandbox", "--auto-approve"), ("output", "sandbox"),
                                    ("status",))[n % 4])
            self.assertIn(done.returncode, (0, 20), done.stdout + done.stderr)
            counts.append(sum(1 for _ in (self.bench.project / ".space").rglob("*")))
        self.assertEqual(support.children_with(str(self.bench.folder)), [])
        self.assertLessEqual(len(list((self.bench.project / ".space/runs").iterdir())), 21)
        later = RUNS * 3 // 4  # long before, there were as many runs as are kept
        self.assertLessEqual(max(counts[later:]), max(counts[:later]), counts)


if __name__ == "__main__":
    support.main()
