#!/usr/bin/env python3
"""What an apply leaves that did not end well, and how a flight is opened again: the latch, `--resume`, `space resolve`,
`space status`, and damaged journals. With real tofu.

usage: latch.py [PATH-OF-SPACE]
"""

import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

import fixtures
import support

FLIGHT = "sandbox/one/shop"
ROOT = f"{FLIGHT}/000/p"
FLY = ("apply", "sandbox", "--auto-approve")

# The first object is made, then the second does what `command` does.
TWO = '''resource "terraform_data" "it" {{
  input = "x"
}}

resource "terraform_data" "second" {{
  input = terraform_data.it.id

  provisioner "local-exec" {{
    command = "{command}"
  }}
}}
'''


class Latch(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.project = fixtures.Project(self.bench.project)

    def tearDown(self):
        self.bench.close()

    def write(self, command):
        """One procedure whose second object does that, and one of another mission that reads it."""
        if not self.project.roots:
            self.project.add(FLIGHT, "000", "p")
            self.project.add("sandbox/one/reader", "000", "r", reads={"up": (ROOT, "id")})
            self.project.after["sandbox/one/reader"] = [FLIGHT]
        self.project.roots[0].body = TWO.format(command=command)
        self.project.write()

    def run_code(self, code, *arguments, **kwargs):
        done = self.bench.run(*arguments, **kwargs)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def journal(self, flight=FLIGHT):
        return self.bench.project / f".space/journal/{flight}.jsonl"

    def records(self):
        return [json.loads(line) for line in self.journal().read_text().splitlines()]

    def left(self):
        """Names of what lies in the runs' folders."""
        return {p.name for p in (self.bench.project / ".space/runs").rglob("*")}

    def wait_for(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "it did not come")
            time.sleep(0.02)

    def at_work(self):
        """The pid of a tofu that runs the command of an apply, or nothing."""
        runs = self.bench.project / ".space/runs"
        for stream in runs.rglob("apply.out") if runs.exists() else []:
            pid = stream.with_name("exit.json.pid")
            if b'"provision_start"' in stream.read_bytes() and not stream.with_name("exit.json").exists() and pid.exists():
                return int(pid.read_text())
        return None

    def start(self, *arguments):
        runner = self.bench.start(*(arguments or FLY))
        self.wait_for(self.at_work)
        return runner

    def refused(self, *words):
        text = self.run_code(13, *FLY)
        for word in ("a person must look", f"`space resolve {FLIGHT} --reason TEXT`", *words):
            self.assertIn(word, text)
        return text

    def resolve(self, reason="looked at it"):
        self.assertIn(f"resolved  {ROOT}", self.run_code(0, "resolve", "sandbox", "--reason", reason))

    def test_a_partial_apply_latches_until_a_person_has_looked(self):
        self.write("exit 3")
        self.run_code(21, *FLY)
        states = [p.read_bytes() for p in self.bench.states()]
        text = self.refused("failed-partial", ROOT, "1 of 2 begun changes were finished")
        evidence = self.bench.project / text.split("what it left lies in ")[1].splitlines()[0]
        self.assertTrue((evidence / "apply.out").exists())
        self.assertTrue((evidence / "exit.json").exists())
        above = subprocess.run(self.bench.command("status", "--run-plan", "project/out/run-plan.json"), cwd=self.bench.folder,
                               env=self.bench.environment, capture_output=True, text=True, check=True)
        self.assertIn("what it left lies in project/.space/runs/", above.stdout)  # as it is opened from there
        self.run_code(13, *FLY, "--resume")  # resuming opens nothing
        self.run_code(13, "destroy", "sandbox", "--auto-approve")
        self.assertEqual([p.read_bytes() for p in self.bench.states()], states)
        self.assertIn("an earlier apply of it waits: failed-partial", self.run_code(0, "plan", "sandbox"))
        status = self.run_code(0, "status")
        self.assertIn(f"{FLIGHT}    failed-partial", status)
        self.assertIn(f"waits  {ROOT}  failed-partial", status)
        rows = [json.loads(line) for line in self.run_code(0, "status", "--json").splitlines()]
        waits = {r["flight"]: [w["root"] for w in r["waits"]] for r in rows if "flight" in r}
        self.assertEqual(waits, {FLIGHT: [ROOT], "sandbox/one/reader": []})
        self.run_code(2, "resolve", "sandbox", "--reason", "  ")
        self.run_code(2, "resolve", "sandbox")
        self.resolve("it was the disk")
        last = self.records()[-1]
        self.assertEqual((last["kind"], last["root"], last["reason"]), ("resolved", ROOT, "it was the disk"))
        self.assertTrue(last["person"])
        self.assertIn("nothing of `sandbox` waits", self.run_code(0, "resolve", "sandbox", "--reason", "again"))
        self.write("true")
        self.run_code(0, *FLY)
        self.assertNotIn("waits", self.run_code(0, "status"))

    def test_a_failure_tells_all_on_one_screen(self):
        project = fixtures.chain(self.bench.project, procedures=4, stages=3)
        root = project.roots[5]  # in stage 010
        root.body = TWO.format(command="echo no such zone >&2; exit 3") + \
            '\nresource "terraform_data" "third" {\n  input = terraform_data.second.id\n}\n'
        project.write()
        (self.bench.project / "main.space").write_text("\n" * 40 + '    resource "terraform_data" "second" {\n')
        begin = root.body.index('resource "terraform_data" "second"')
        rows = [[begin, len(root.body), 0, 40, 75, 41, 5, 1]]
        maps = self.bench.project / f"out/maps/{FLIGHT}.json"
        maps.parent.mkdir(parents=True)
        maps.write_text(json.dumps({"schema": "space.source-map/1", "sources": ["main.space"], "files": {f"{root.id}/main.tf": rows}}))
        report = self.bench.project / "report.json"
        text = self.run_code(21, *FLY, "--report", str(report))
        screen = text[text.index("\napply sandbox: 12 procedures"):]
        self.assertLessEqual(screen.count("\n"), 24, screen)
        for part in ("  000  applied `p0-000`, `p0-001`, `p0-002` and 1 more\n",
                     "  010  applied `p1-000`, `p1-002` and `p1-003`; failed-partial `p1-001`\n",
                     "  020  not started `p2-000`, `p2-001`, `p2-002` and 1 more\n",
                     f"{root.id} failed-partial: local-exec provisioner error; 1 of 2 begun changes were finished\n",
                     "  done            `terraform_data.it`\n", "  failed          `terraform_data.second`\n",
                     "  not begun       `terraform_data.third`\n", "--> main.space:41:5\n", "no such zone",
                     "what it left lies in .space/runs/",
                     f"next: look at what it left, then `space resolve {FLIGHT} --reason TEXT`, then `space apply sandbox`\n"):
            self.assertIn(part, screen)
        told = json.loads(report.read_text())
        self.assertEqual(told["run"]["next"], [f"space resolve {FLIGHT} --reason TEXT", "space apply sandbox"])
        remains = [r["remains"] for r in told["roots"] if "remains" in r]
        self.assertEqual([r["not_begun"] for r in remains], [["terraform_data.third"]])
        # The commands that it names are the ones that go on.
        root.body = TWO.format(command="true")
        project.write()
        self.run_code(0, *"resolve sandbox/one/shop --reason mended".split())
        self.assertIn("applied         5", self.run_code(0, *FLY))

    def test_a_failure_that_changed_nothing_says_what_goes_on(self):
        self.write("true")
        self.project.roots[0].body = 'resource "terraform_data" "it" {\n  input = file("nowhere")\n}\n'
        self.project.write()
        text = self.run_code(20, *FLY)
        self.assertTrue(text.endswith("\nnext: `space apply sandbox`\n"), text)

    def test_only_the_latched_flight_is_closed(self):
        self.project.add("sandbox/one/other", "000", "free")
        self.project.add(FLIGHT, "000", "p", body=TWO.format(command="exit 3"))
        self.project.write()
        self.run_code(21, *FLY)
        self.refused()
        self.run_code(0, "apply", "sandbox/one/other", "--auto-approve", "--refresh")

    def test_what_a_failed_apply_has_stored_is_not_read(self):
        self.write("exit 3")
        self.run_code(21, "apply", FLIGHT, "--auto-approve")
        self.assertIn("id", self.bench.state("sandbox/shop/one/p")["outputs"])  # tofu has stored it
        reader = ("apply", "sandbox/one/reader", "--auto-approve")
        self.assertIn("was not whole", self.run_code(20, *reader))
        self.assertIn("deferred", self.run_code(0, "plan", "sandbox/one/reader"))
        self.resolve()
        self.assertIn("was not whole", self.run_code(20, *reader))  # looked at is not whole
        self.write("true")
        self.run_code(0, "apply", FLIGHT, "--auto-approve")
        self.run_code(0, *reader)

    def test_evidence_outlasts_the_cleaning_of_old_runs(self):
        self.write("exit 3")
        self.run_code(21, *FLY)
        runs = self.bench.project / ".space/runs"
        mine = [p for p in runs.iterdir() if list(p.rglob("apply.out"))]
        self.assertEqual(len(mine), 1)
        for n in range(30):
            (runs / f"20990101T0000{n:02d}.000Z-999999999").mkdir()
        self.run_code(0, "plan", "sandbox")
        self.assertTrue(mine[0].exists())
        self.resolve()
        self.run_code(0, "plan", "sandbox")
        self.assertFalse(mine[0].exists())

    def test_an_interrupt_after_something_was_made(self):
        self.write("sleep 20")
        runner = self.start()
        runner.send_signal(signal.SIGINT)
        output, _ = runner.communicate(timeout=60)
        self.assertEqual(runner.returncode, 130, output)
        self.refused("interrupted", "1 of 2 begun changes were finished")
        self.resolve()
        self.write("true")
        self.run_code(0, *FLY)

    def test_tofu_killed_under_us(self):
        self.write("sleep 4")
        runner = self.start()
        os.kill(self.at_work(), signal.SIGKILL)
        output, _ = runner.communicate(timeout=60)
        self.assertEqual(runner.returncode, 22, output)
        self.refused("indeterminate", "signal 9 ended tofu")
        self.resolve()
        self.write("true")
        self.run_code(0, *FLY)

    def test_everything_killed_at_once(self):
        self.write("sleep 20")
        runner = self.start()
        pid = self.at_work()
        shim = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        runner.kill()  # first: it must not see the others end
        runner.communicate()
        os.kill(shim, signal.SIGKILL)
        self.assertIn("plan.tfplan", self.left())
        os.killpg(os.getpgid(pid), signal.SIGKILL)
        for process in support.children_with(f"{self.bench.folder}"):
            os.kill(process, signal.SIGKILL)
        text = self.run_code(13, *FLY)
        self.assertIn("cut off in the middle of an apply", text)
        self.assertIn("by what it left it is indeterminate: nobody saw how tofu ended", text)
        self.assertIn("`space apply sandbox --resume`", text)
        self.assertIn("cut off", self.run_code(0, "status"))
        self.assertNotIn("ended", self.left())
        text = self.run_code(13, *FLY, "--resume")
        self.assertIn("a person must look", text)
        self.resolve()
        self.write("true")
        self.run_code(0, *FLY)
        self.assertNotIn("plan.tfplan", self.left())  # it was in clear, for the apply that was killed

    def test_a_destroy_that_was_cut_off(self):
        body = '''resource "terraform_data" "it" {
  input = "x"

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 1.5"
  }
}
'''
        self.project.add(FLIGHT, "000", "p", body=body)
        self.project.write()
        self.run_code(0, *FLY)
        destroy = ("destroy", "sandbox", "--auto-approve")
        runner = self.start(*destroy)
        runner.kill()
        runner.communicate()
        self.assertIn("`space destroy sandbox --resume`", self.run_code(13, *destroy))
        self.assertIn("nothing to destroy", self.run_code(0, *destroy, "--resume"))
        adopted = [r for r in self.records() if r["kind"] == "adopted"]
        self.assertEqual([r["verdict"] for r in adopted], ["destroyed"])

    def test_a_resumed_run_plans_anew_what_has_changed_since(self):
        self.write("sleep 1")
        runner = self.start()
        runner.kill()
        runner.communicate()
        self.write("true")
        text = self.run_code(0, *FLY, "--resume", "--why")
        self.assertNotIn("taken over from run", text)
        self.assertEqual([r["verdict"] for r in self.records() if r["kind"] == "adopted"], ["applied"])

    def test_resume_where_nothing_was_cut_off_just_flies(self):
        self.write("true")
        self.assertIn("applied         2", self.run_code(0, *FLY, "--resume"))
        self.assertIn("2 not looked at", self.run_code(0, *FLY, "--resume"))

    def test_errored_state_is_kept_and_blocks(self):
        self.write("echo precious > errored.tfstate")
        self.run_code(21, *FLY)
        left = self.bench.project / f"out/{ROOT}/errored.tfstate"
        self.refused("errored.tfstate")
        copies = list((self.bench.project / f".space/errored/{ROOT}").iterdir())
        self.assertEqual([c.read_text() for c in copies], ["precious\n"])
        self.assertEqual(copies[0].stat().st_mode & 0o777, 0o600)
        text = self.run_code(13, "resolve", "sandbox", "--reason", "seen")
        self.assertIn(str(copies[0]), text)
        self.refused("errored.tfstate")
        left.unlink()
        self.resolve()
        self.write("true")
        self.run_code(0, *FLY)

    def test_a_damaged_journal_is_refused_with_its_place(self):
        self.write("true")
        self.run_code(0, *FLY)
        text = self.journal().read_text()
        at = text.index('"step":"plan"')
        self.journal().write_text(text[:at] + '"step":"plen"' + text[at + 13:])
        line = text[:at].count("\n") + 1
        for command in (FLY, (*FLY, "--resume"), ("destroy", "sandbox", "--auto-approve")):
            said = self.run_code(12, *command)
            self.assertIn(f"line {line}: its hash", said)
            self.assertIn("shop.jsonl", said)
        self.assertIn("damaged", self.run_code(0, "status"))
        self.run_code(0, "plan", "sandbox")
        said = self.run_code(0, "resolve", "sandbox", "--reason", "restored from a backup")
        self.assertIn("set aside", said)
        self.assertEqual(self.records()[0]["reason"], "restored from a backup")
        self.run_code(0, *FLY, "--refresh")

    def test_a_torn_end_of_a_journal_loses_nothing(self):
        self.write("sleep 1")
        runner = self.start()
        runner.kill()
        runner.communicate()
        whole = self.journal().read_bytes()
        self.journal().write_bytes(whole + whole.splitlines()[-1][:50])
        self.run_code(13, *FLY)
        self.run_code(0, *FLY, "--resume")
        self.assertEqual([r["verdict"] for r in self.records() if r["kind"] == "adopted"], ["applied"])

    def test_status_names_who_flies(self):
        self.write("sleep 2")
        runner = self.start()
        self.assertIn(f"being flown by process {runner.pid}", self.run_code(0, "status"))
        busy = self.run_code(75, *FLY)
        self.assertIn(f"process {runner.pid}", busy)
        self.assertRegex(busy, r"since \d{4}-\d\d-\d\dT")
        output, _ = runner.communicate(timeout=60)
        self.assertEqual(runner.returncode, 0, output)


if __name__ == "__main__":
    support.main()
