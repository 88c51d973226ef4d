#!/usr/bin/env python3
"""Every command of `space` on small projects, with real tofu.

usage: commands.py [PATH-OF-SPACE]
"""

import hashlib
import json
import os
import pathlib
import sys
import unittest
import xml.etree.ElementTree

import fixtures
import support

sys.path.insert(0, str(support.ROOT / "tests"))
import json_schemas  # noqa: E402

CANARY = "canary-7f3a-\"quoted\"-${x}"
BROKEN = 'resource "terraform_data" "it" {\n  input = "x"\n\n  lifecycle {\n    precondition {\n      condition     = var.size == "never"\n      error_message = "The size is wrong."\n    }\n  }\n}\n'


class Commands(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()

    def tearDown(self):
        self.bench.close()

    def run_ok(self, *arguments, **kwargs):
        done = self.bench.run(*arguments, **kwargs)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def apply(self, target="sandbox", **kwargs):
        return self.run_ok("apply", target, "--auto-approve", **kwargs)

    def test_the_whole_way(self):
        fixtures.chain(self.bench.project, procedures=2, stages=3)
        plan = self.run_ok("plan", "sandbox")
        self.assertIn("will be created", plan)
        self.assertIn("deferred       sandbox/one/shop/010/p1-000  known after stage 000", plan)
        self.assertIn("applied         6  +6 ~0 -0", self.apply())
        self.assertIn("unchanged       6  (6 not looked at)", self.apply())
        again = self.run_ok("plan", "sandbox", "--refresh")
        self.assertIn("unchanged       6\n", again)
        outputs = json.loads(self.run_ok("output", "sandbox", "--json"))
        self.assertEqual(len(outputs), 6)
        first = outputs["sandbox/one/shop/000/p0-000"]["id"]["value"]
        self.assertIn(first, outputs["sandbox/one/shop/010/p1-000"]["seen"]["value"])
        self.assertIn("unchanged  1 object", self.run_ok("status"))
        self.assertEqual(self.run_ok("exec", "sandbox/one/shop/p0-000", "--", "state", "list"), "terraform_data.it\n")
        destroyed = self.run_ok("destroy", "sandbox", "--auto-approve")
        order = [line.split()[1].split("/")[3] for line in destroyed.splitlines() if line.startswith("destroyed      sandbox")]
        self.assertEqual(order, ["020", "020", "010", "010", "000", "000"])
        self.assertIn("nothing to destroy", self.run_ok("destroy", "sandbox", "--auto-approve"))
        emitted = {p.name for p in (self.bench.project / "out").rglob("*") if p.is_file()}
        self.assertFalse([name for name in emitted if name.startswith(".terraform") or name.endswith(".tfstate")])

    def test_a_change_reaches_what_reads_it_and_nothing_else(self):
        project = fixtures.chain(self.bench.project, procedures=2, stages=2)
        self.apply()
        project.roots[0].values["size"] = "other"
        project.write()
        text = self.apply()
        self.assertIn("applied        sandbox/one/shop/000/p0-000", text)
        self.assertIn("unchanged      sandbox/one/shop/000/p0-001  not looked at", text)
        self.assertIn("unchanged      sandbox/one/shop/010/p1-001  not looked at", text)

    def test_a_state_that_was_changed_by_others_is_looked_at(self):
        fixtures.chain(self.bench.project, procedures=1, stages=1)
        self.apply()
        path = self.bench.states()[0]
        state = json.loads(path.read_text())
        state["serial"] += 1
        path.write_text(json.dumps(state))
        self.assertIn("unchanged       1\n", self.apply())

    def test_a_failure_is_contained_and_told(self):
        project = fixtures.chain(self.bench.project, procedures=2, stages=2)
        project.roots[0].body = BROKEN
        project.add("sandbox/two/other", "000", "free")
        project.add("sandbox/two/later", "000", "bound")
        project.after["sandbox/two/later"] = ["sandbox/one/shop"]
        project.write()
        report = self.bench.project / "report.json"
        junit = self.bench.project / "report.xml"
        done = self.bench.run("apply", "sandbox", "--auto-approve", "--report", str(report))
        self.assertEqual(done.returncode, 20, done.stdout + done.stderr)
        self.assertIn("The size is wrong.", done.stdout)
        self.assertIn("main.tf:6", done.stdout)
        verdicts = {r["root"]: r["verdict"] for r in json.loads(report.read_text())["roots"]}
        self.assertEqual(verdicts["sandbox/one/shop/000/p0-000"], "failed-clean")
        self.assertEqual(verdicts["sandbox/one/shop/000/p0-001"], "applied")
        self.assertEqual(verdicts["sandbox/one/shop/010/p1-001"], "skipped")
        self.assertEqual(verdicts["sandbox/two/later/000/bound"], "skipped")
        self.assertEqual(verdicts["sandbox/two/other/000/free"], "applied")
        self.bench.run("apply", "sandbox", "--auto-approve", "--report", str(junit))
        suites = xml.etree.ElementTree.parse(junit).getroot()
        self.assertEqual({s.get("name"): s.get("failures") for s in suites}["sandbox/one/shop"], "1")
        cases = {c.get("name"): c for c in suites.iter("testcase")}
        self.assertEqual(len(cases), int(suites.get("tests")))
        failure = cases["sandbox/one/shop/000/p0-000"].find("failure")
        self.assertEqual(failure.get("type"), "failed-clean")
        self.assertIn("The size is wrong.", failure.text)
        self.assertIsNotNone(cases["sandbox/two/later/000/bound"].find("skipped"))

    def test_an_apply_that_fails_half_way_is_partial(self):
        project = fixtures.chain(self.bench.project, procedures=1, stages=1)
        project.roots[0].body = ('resource "terraform_data" "it" {\n  input = "x"\n}\n\nresource "terraform_data" "bad" {\n  input = terraform_data.it.id\n\n'
                                 '  provisioner "local-exec" {\n    command = "exit 3"\n  }\n}\n')
        project.write()
        done = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(done.returncode, 21, done.stdout + done.stderr)
        self.assertIn("1 of 2 begun changes were finished", done.stdout)
        self.assertIn("failed-partial", self.run_ok("status"))

    def test_errored_state_stops_everything(self):
        project = fixtures.chain(self.bench.project, procedures=1, stages=1)
        (self.bench.project / "out" / project.roots[0].id / "errored.tfstate").write_text("")
        done = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(done.returncode, 21, done.stdout + done.stderr)
        self.assertIn("errored.tfstate", done.stdout)

    def test_errors_are_mapped_to_space_lines(self):
        project = fixtures.chain(self.bench.project, procedures=1, stages=1)
        root = project.roots[0]
        root.body = BROKEN
        project.write()
        (self.bench.project / "main.space").write_text("first\n  size = wrong here\n")
        begin = BROKEN.index("var.size")
        source_map = {"schema": "space.source-map/1", "sources": ["main.space"],
                      "files": {f"{root.id}/main.tf": [[0, len(BROKEN), 0, 0, 5, 1, 1, 2], [begin - 5, begin + 40, 0, 8, 15, 2, 3, 0]]}}
        path = self.bench.project / "out/maps/sandbox/one/shop.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(source_map))
        done = self.bench.run("plan", "sandbox")
        self.assertEqual(done.returncode, 20)
        self.assertIn("--> main.space:2:3", done.stdout)
        self.assertIn("size = wrong here", done.stdout)
        self.bench.run("plan", "sandbox", "--report", "report.xml")
        case = xml.etree.ElementTree.parse(self.bench.project / "report.xml").getroot().find(".//testcase")
        self.assertEqual(case.get("file"), "main.space")
        self.assertIn("--> main.space:2:3", case.find("failure").text)

    def test_only_sandboxes_are_changed(self):
        project = fixtures.Project(self.bench.project)
        project.environments = {"live": "prod"}
        project.add("live/one/shop", "000", "p")
        project.write()
        for command in ("apply", "destroy"):
            done = self.bench.run(command, "live", "--auto-approve")
            self.assertEqual(done.returncode, 15)
            self.assertIn("`sandbox` alone", done.stderr)
        self.run_ok("plan", "live")
        self.assertFalse((self.bench.project / ".space/state/live/shop/one/p.tfstate").exists())

    def test_nobody_to_ask(self):
        fixtures.chain(self.bench.project, procedures=1, stages=1)
        done = self.bench.run("apply", "sandbox")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--auto-approve", done.stderr)

    def test_mistakes_of_the_command_line(self):
        fixtures.chain(self.bench.project, procedures=1, stages=1)
        for arguments, words in ((["plan", "sandbux"], "did you mean `sandbox`"), (["plan", "sandbox/one/shop/000/p0-00"], "did you mean `p0-000`"),
                                 (["plan"], "TARGET is required\n  = help: `space plan --help`"), (["fly"], "space --help"), (["aply", "sandbox"], "did you mean `apply`"),
                                 ([], "`apply`, "), (["--hlep"], "did you mean `--help`"), (["tofu", "--run-plan", "x"], "space tofu --help"), (["tofu"], "`which` and `install`"), (["tofu", "instal"], "did you mean `install`"),
                                 (["plan", "sandbox", "--refesh"], "`--refesh`; did you mean `--refresh`"), (["plan", "sandbox", "two"], "`two` is an argument too many"), (["exec", "sandbox", "--", "state", "rm", "x"], "only reads"),
                                 (["exec", "sandbox", "--", "providers", "lock"], "only reads")):
            done = self.bench.run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(words, done.stderr, arguments)
        done = self.bench.run("plan", "sandbox", "--run-plan", "nowhere.json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("spacec build", done.stderr)

    def test_secrets_stay_out_of_everything(self):
        project = fixtures.Project(self.bench.project)
        flight = "sandbox/one/shop"
        project.secrets[flight] = [{"name": "cmd", "method": "command", "arguments": ["cat", "keys/secret"]},
                                   {"name": "env", "method": "env", "arguments": ["CANARY"]},
                                   {"name": "file", "method": "file", "arguments": ["keys/secret"], "as_file": True}]
        (self.bench.project / "keys").mkdir(parents=True)
        (self.bench.project / "keys/secret").write_text(CANARY + "\n")
        body = ('resource "terraform_data" "it" {\n  input = sha256("${var.a}${var.b}")\n\n  provisioner "local-exec" {\n'
                '    command = "test \\"$A\\" = \\"$B\\" && test \\"$(cat $C)\\" = \\"$A\\" && echo said $A"\n'
                '    environment = {\n      A = var.a\n      B = var.b\n      C = var.c\n    }\n  }\n}\n')
        project.add(flight, "000", "p", secrets={"a": "cmd", "b": "env", "c": "file"}, ephemeral=("a", "b", "c"),
                    body=body.replace('sha256("${var.a}${var.b}")', '"fixed"'), outputs={"id": "string"})
        project.write()
        text = self.apply(environment={"CANARY": CANARY})
        self.assertIn("applied         1", text)
        for path in self.bench.project.rglob("*"):
            if path.is_file() and path.name != "secret":
                self.assertNotIn(b"canary-7f3a", path.read_bytes(), path)
                if ".space" in path.parts:
                    self.assertEqual(path.stat().st_mode & 0o077, 0, path)
        missing = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(missing.returncode, 20)
        self.assertIn("environment variable `CANARY` is not set", missing.stdout)

    def test_events_are_json_lines(self):
        fixtures.chain(self.bench.project, procedures=1, stages=2)
        events = [json.loads(line) for line in self.apply_json()]
        self.assertEqual(events[0]["event"], "run-started")
        self.assertEqual(events[-1]["event"], "run-finished")
        self.assertEqual(events[-1]["exit_code"], 0)
        steps = [e["detail"] for e in events if e["event"] == "root-started"]
        self.assertEqual(steps, ["init", "plan", "apply"] * 2)
        ends = {e["root"]: e for e in events if e["event"] == "root-finished"}
        self.assertEqual(ends["sandbox/one/shop/010/p1-000"]["after"], "sandbox/one/shop/000/p0-000")
        self.assertEqual(json_schemas.event_problems(self.apply_json()), [])

    def apply_json(self, *arguments):
        return self.run_ok("apply", "sandbox", "--auto-approve", "--json", *arguments).splitlines()

    def test_events_and_reports_are_what_their_schemas_say(self):
        project = fixtures.chain(self.bench.project, procedures=2, stages=2)
        lines = self.apply_json("--report", "report.json")
        lines += self.run_ok("plan", "sandbox", "--json").splitlines()
        project.roots[0].body = BROKEN
        project.write()
        failed = self.bench.run("apply", "sandbox", "--auto-approve", "--json", "--report", "failed.json")
        self.assertEqual(failed.returncode, 20, failed.stderr)
        lines += failed.stdout.splitlines() + self.run_ok("destroy", "sandbox/one/shop/010", "--auto-approve", "--json").splitlines()
        self.assertEqual(json_schemas.event_problems(lines), [])
        kinds = {json.loads(line)["event"] for line in lines}
        self.assertGreaterEqual(kinds, {"run-started", "root-started", "root-progress", "root-diagnostic", "root-finished", "output-read"})
        for name in ("report.json", "failed.json"):
            text = (self.bench.project / name).read_text()
            self.assertEqual(json_schemas.report_problems(text), [])
        report = json.loads((self.bench.project / "report.json").read_text())
        self.assertEqual([leg["root"].split("/")[3] for leg in report["longest_way"]], ["000", "010"])
        way = sum(leg["waited_ms"] + leg["duration_ms"] for leg in report["longest_way"])
        self.assertLessEqual(way, report["run"]["duration_ms"])
        self.assertLessEqual(report["run"]["duration_ms"], report["run"]["elapsed_ms"])
        self.assertTrue(all(root["time_ms"] > 0 for root in report["roots"]))

    def test_the_digest_of_tofu_is_noted(self):
        """Of the program behind the link; another one is seen by its bytes, whatever its version."""
        fixtures.chain(self.bench.project, procedures=1, stages=1)
        journal = self.bench.project / ".space/journal/sandbox/one/shop.jsonl"
        link = self.bench.folder / "bin/tofu"
        wanted = []
        for program in (pathlib.Path(support.tofu()).resolve(), self.bench.folder / "wrapped"):
            if program.name == "wrapped":
                program.write_text(f"#!/bin/sh\nexec {support.tofu()} \"$@\"\n")
                program.chmod(0o755)
                link.unlink()
                link.symlink_to(program)
            wanted.append(hashlib.sha256(program.read_bytes()).hexdigest())
            lines = [json.loads(line) for line in self.apply_json("--report", "report.json", "--refresh")]
            told = [line["tofu_sha256"] for line in lines if line["event"] in ("run-started", "run-finished")]
            report = json.loads((self.bench.project / "report.json").read_text())
            self.assertEqual([*told, report["run"]["tofu_sha256"]], wanted[-1:] * 3)
        noted = [json.loads(line) for line in journal.read_text().splitlines()]
        self.assertEqual([it["tofu_sha256"] for it in noted if it["kind"] == "run-begun"], wanted)

    def test_outputs_must_be_what_is_declared(self):
        project = fixtures.Project(self.bench.project)
        project.add("sandbox/one/shop", "000", "p", outputs={"id": "string", "gone": "string"},
                    body='resource "terraform_data" "it" {\n  input = 1\n}\n')
        project.write()
        path = self.bench.project / "out/sandbox/one/shop/000/p/outputs.tf"
        path.write_text('output "id" {\n  value = terraform_data.it.id\n}\n\noutput "gone" {\n  value = null\n}\n')
        done = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(done.returncode, 21, done.stdout + done.stderr)
        self.assertIn("output `gone`", done.stdout)

    def test_a_target_inside_a_mission_uses_what_was_applied_before(self):
        fixtures.chain(self.bench.project, procedures=1, stages=2)
        early = self.bench.run("apply", "sandbox/one/shop/010", "--auto-approve")
        self.assertEqual(early.returncode, 20)
        self.assertIn("apply `sandbox/one/shop/000/p0-000` first", early.stdout)
        self.apply("sandbox/one/shop/000")
        self.assertIn("applied         1", self.apply("sandbox/one/shop/p1-000"))

    def test_nothing_from_outside_reaches_tofu(self):
        fixtures.chain(self.bench.project, procedures=1, stages=1)
        self.apply(environment={"TF_CLI_ARGS": "-bogus", "TF_CLI_ARGS_plan": "-bogus", "TF_WORKSPACE": "other", "TF_VAR_size": "x",
                                "TF_DATA_DIR": "/nowhere", "TF_CLI_CONFIG_FILE": "/nowhere", "TF_LOG": "trace"})
        self.assertNotIn("x", self.bench.state("sandbox/shop/one/p0-000")["outputs"]["seen"]["value"])

    def test_tofu_which(self):
        self.assertEqual(os.path.realpath(self.run_ok_anywhere("tofu", "which").strip()), os.path.realpath(support.tofu()))
        self.assertIn("is in PATH", self.run_ok_anywhere("tofu", "install"))

    def run_ok_anywhere(self, *arguments):
        self.bench.project.mkdir(exist_ok=True)
        return self.run_ok(*arguments)


if __name__ == "__main__":
    support.main()
