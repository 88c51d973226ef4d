#!/usr/bin/env python3
"""Failpoints (core/base/failpoint.h): at each one the runner or its shim is killed, or refused by the system, in the middle of an
apply by the tofu that plays. When the last child has ended the world is what the states know, or the run said that it cannot
tell; the next run reaches the same end, or says why not. And: a release has none of them.

usage: failpoints.py [PATH-OF-SPACE [BUILD-FOLDER]]
"""

import hashlib
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

import fault_provider
import lab
import support

CALL = re.compile(r'\b(failpoint|killpoint)\("([a-z_.]+)"')
ROUNDS = 5 if support.FULL else 1
# What no short flight with a mirror comes by, and the test that gives it its turn: a fetched plugin, a package or tofu itself is
# put in its place; a long journal is begun anew.
ELSEWHERE = {"plugin.rename": "tests/runner/lock_mirror.py", "package.rename": "tests/runner/lock_mirror.py",
             "tofu.rename": "tests/runner/release_cut_off.py", "tofu.verify": "tests/runner/release_cut_off.py", "journal.rename": "tests/lab/failpoints.py"}
LONG = 1 << 20  # bytes of a journal from which on it is begun anew
# Which of the files that are written.
PARTS = {"file.create": ("inputs.tfvars.json", "space-init", "last/", "tofu.rc"),
         "file.fill": ("inputs.tfvars.json", "last/"),
         "file.open": ("p0.json",), "file.write": ("p0.json",), "file.rename": ("p0.json",), "file.renamed": ("p0.json",),
         "folder.make": ("/runs/", "/data/", "/last/", "/locks/"),
         "file.remove": ("plan.tfplan", "inputs.tfvars.json"),
         "spawn.output": ("init.out", "plan.out"), "spawn.error": ("init.err",),
         "spawn.start": ("init.out", "plan.out", "apply.out"), "spawn.started": ("init.out", "plan.out", "apply.out"),
         "step.begin": ("init", "plan", "apply"), "step.end": ("init", "plan", "apply"),
         "journal.write": ('"step":"apply"', '"kind":"step-ended"'), "journal.written": ('"step":"apply"',), "journal.sync": ('"step":"apply"',),
         "apply.judged": ("/p0", "/p1"), "root.remember": ("/p0", "/p1"), "root.remembered": ("/p0", "/p1")}
# What only the first flight of a project comes by: a change later finds it made.
FIRST = {"file.create@tofu.rc", "file.fill@last/", "folder.make@/data/", "folder.make@/last/", "folder.make@/locks/", "journal.made"}
# What a release is compiled without; it has `-O2` instead. (Debug information keeps literals that the code no longer has.)
TESTS_ALONE = re.compile(r" -f(?:no-)?sanitize\S+| -DSPACE_FAILPOINTS| -O\S+| -g(?= )")
# Where the shim dies, and not the runner: nobody has seen the end, but for what is said here.
IN_SHIM = ("shim.", "record.")
SEEN = {"record.renamed": (0,), "shim.exec": (20,), "shim.begin": (20,), "shim.output": (20,)}


def sources():
    """path -> text of all that has failpoints."""
    found = {}
    for room in ("core", "runner"):
        for path in sorted((support.ROOT / room).rglob("*.cpp")):
            text = path.read_text()
            if CALL.search(text):
                found[path] = text
    return found


def points():
    """name -> whether the call there can fail."""
    return {name: kind == "failpoint" for text in sources().values() for kind, name in CALL.findall(text)}


def lengthen(journal):
    """The same flight, noted again and again, as it would be after some thousand of them."""
    head, between = '{"hash":"', '",'
    lines = journal.read_text().splitlines()
    bodies = [line[len(head) + 64 + len(between):] for line in lines]
    before, number = lines[-1][len(head):len(head) + 64], len(lines)
    size = journal.stat().st_size
    with open(journal, "a", encoding="utf-8") as out:
        while size <= LONG:
            for body in bodies:
                number += 1
                body = re.sub(r'"seq":\d+', f'"seq":{number}', body, count=1)
                before = hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()
                size += out.write(f"{head}{before}{between}{body}\n")


class Release(unittest.TestCase):
    """The sources, compiled as for a release and as for tests: the names are in what is for tests alone."""

    def test_nothing_of_them_is_in_a_release(self):
        build = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(support.space()).parent.parent
        commands = {one["file"]: one for one in json.loads((build / "compile_commands.json").read_text())}
        given = sources()
        chosen = {path: text for path, text in given.items() if support.FULL or path.name in ("shim.cpp", "disk_calls.cpp", "failpoint.cpp")}
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**chosen, support.ROOT / "core/base/failpoint.cpp": ""}.items():
                names = [name for _, name in CALL.findall(text)] or ["SPACE_FAILPOINT"]
                one = commands[str(path)]
                words = re.sub(r" -o \S+", f" -o {folder}/x.o", one["command"])
                for command, wanted in ((TESTS_ALONE.sub("", words) + " -O2", False), (words, True)):
                    subprocess.run(command, shell=True, cwd=one["directory"], check=True)
                    code = pathlib.Path(folder, "x.o").read_bytes()
                    for name in names:
                        self.assertEqual(name.encode() in code, wanted, f"{name} in {path.name}")


class Failpoints(support.unittest.TestCase):
    def setUp(self):
        self.tofu = fault_provider.built("tofu", "fake_tofu")

    def test_each_has_its_turn(self):
        known = points()
        self.assertGreaterEqual(len(known), 30)
        self.assertLessEqual(set(PARTS) | set(ELSEWHERE), set(known))
        for name, test in ELSEWHERE.items():
            self.assertIn(f'"{name}', (support.ROOT / test).read_text().replace(f'"{name}":', ""), test)
        turns = 0
        for name, can_fail in sorted(known.items()):
            if name in ELSEWHERE:
                continue
            for part in PARTS.get(name, ("",)):
                for action in self.actions(can_fail):
                    for round_number in range(ROUNDS):
                        place = f"{name}@{part}" if part else name
                        with self.subTest(f"{place}:{action}", round=round_number):
                            self.turn(name, f"{place}:{action}", action, round_number % 2 and place not in FIRST)
                        turns += 1
        print(f"  {len(known) - len(ELSEWHERE)} failpoints, {turns} turns", flush=True)

    def actions(self, can_fail):
        if not can_fail:
            return ("kill",)
        return ("kill", "eio", "enospc") if support.FULL else ("kill", "eio")

    def turn(self, name, setting, action, of_a_change):
        bench = self.bench_of_fake_tofu()
        project = lab.project_of(bench)
        self.write(bench, project, "first")
        content = "first"
        if of_a_change:  # not of the first flight
            self.go_on(bench)
            content = "then"
            self.write(bench, project, content)
        first = bench.run("apply", "sandbox", "--auto-approve", environment={"SPACE_FAILPOINT": setting})
        said = f"{first.returncode}: {first.stdout}{first.stderr}"
        if action != "kill":
            self.assertIn(first.returncode, (0, 1, 14, 20, 21, 22), said)
        elif name.startswith(IN_SHIM):
            self.assertIn(first.returncode, SEEN.get(name, (22,)), said)
        else:
            self.assertEqual(first.returncode, -signal.SIGKILL, said)
        bench.wait_for_silence()
        self.assertEqual(bench.objects(), bench.known())
        self.assertEqual(bench.lock_infos(), [])
        self.go_on(bench)
        self.assertEqual(sorted(bench.objects().values()), [("p0", content), ("p1", content)])
        self.assertEqual(bench.objects(), bench.known())
        bench.close()

    def test_a_long_journal_is_begun_anew(self):
        for action in self.actions(True):
            for round_number in range(ROUNDS):
                with self.subTest(f"journal.rename:{action}", round=round_number):
                    self.turn_of_a_long_journal(action)

    def turn_of_a_long_journal(self, action):
        """Whatever happens there the journal says what it said, and a flight after that finds it short again."""
        bench = self.bench_of_fake_tofu()
        project = lab.project_of(bench)
        self.write(bench, project, "first")
        self.go_on(bench)
        journal = bench.project / ".space/journal/sandbox/one/shop.jsonl"
        lengthen(journal)
        said = bench.run("status", "sandbox").stdout
        self.write(bench, project, "then")
        first = bench.run("apply", "sandbox", "--auto-approve", environment={"SPACE_FAILPOINT": f"journal.rename:{action}"})
        self.assertEqual(first.returncode, -signal.SIGKILL if action == "kill" else 12, first.stdout + first.stderr)
        self.assertGreater(journal.stat().st_size, LONG)
        self.assertEqual(bench.run("status", "sandbox").stdout, said)
        self.assertEqual(sorted(bench.objects().values()), [("p0", "first"), ("p1", "first")])
        self.go_on(bench)
        self.assertLess(journal.stat().st_size, LONG)
        self.assertEqual(sorted(bench.objects().values()), [("p0", "then"), ("p1", "then")])
        self.assertEqual(bench.objects(), bench.known())
        bench.close()

    def bench_of_fake_tofu(self):
        bench = lab.Bench()
        self.addCleanup(bench.close)
        link = bench.folder / "bin/tofu"
        link.unlink()
        link.symlink_to(self.tofu)
        return bench

    def write(self, bench, project, content):
        project.roots.clear()
        for number in range(2):
            bench.add(project, f"p{number}", [{"name": f"p{number}", "content": content}], stage=f"0{number}0")
        project.write()

    def go_on(self, bench):
        done = lab.go_on(bench)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    support.main()
