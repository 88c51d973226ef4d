#!/usr/bin/env python3
"""What a preview of sensitive values and encrypted states shows and leaves behind, with real tofu: nothing in clear, also where it is
killed or interrupted; and states that it does not know are refused.

usage: preview_leaves.py [PATH-OF-SPACE]
"""

import json
import signal
import time

import fixtures
import previewing
import support
from previewing import SHOP

CANARY = "canary-51c0-\"q\"-${x}"


class Leaves(previewing.Case):
    def test_what_is_sensitive_is_seen_nowhere(self):
        project = fixtures.Project(self.bench.project)
        project.secrets[SHOP] = [{"name": "token", "method": "env", "arguments": ["CANARY"]}]
        first = project.add(SHOP, "000", "a", secrets={"token": "token"}, body='resource "terraform_data" "it" {\n  input = var.token\n}\n\n'
                            'resource "terraform_data" "leak" {\n  input = nonsensitive("to ${var.token}!")\n}\n',
                            outputs={"id": "string", "token": "string"}, given={"token": "terraform_data.it.input"}, sensitive=["token"])
        project.add(SHOP, "010", "b", reads={"up": (first.id, "token")}, body='resource "terraform_data" "it" {\n  input = var.up\n}\n', sensitive=["up"])
        project.write()
        page = self.bench.project / "page.html"
        said = [self.bench.run("preview", "sandbox", *more, environment={"CANARY": CANARY}) for more in ((), ("--json",), ("--html", str(page)))]
        for done in said:
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertNotIn("canary-51c0", done.stdout + done.stderr)
        self.assertNotIn("canary-51c0", page.read_text())
        self.assertIn("(sensitive)", said[0].stdout)
        roots = {r["procedure"]: r for r in json.loads(said[1].stdout)["roots"]}
        self.assertEqual(self.leaf(roots["b"], "terraform_data.it", "input")["after"], {"sensitive": True})
        self.assertEqual(self.leaf(roots["a"], "terraform_data.leak", "input")["after"], {"value": "to (secret)!"})
        for path in self.bench.folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 24:
                self.assertNotIn(b"canary-51c0", path.read_bytes(), path)
        self.apply(environment={"CANARY": CANARY})
        again = self.preview(environment={"CANARY": CANARY})
        self.assertEqual({r["verdict"] for r in again.values()}, {"unchanged"})
        missing = self.bench.run("preview", "sandbox")
        self.assertEqual(missing.returncode, 20)
        self.assertIn("environment variable `CANARY` is not set", missing.stdout)

    def test_encrypted_states_are_read_by_tofu_and_never_stay_in_clear(self):
        project = fixtures.Project(self.bench.project)
        project.secrets[SHOP] = [{"name": "phrase", "method": "env", "arguments": ["CANARY"]}]
        first = project.add(SHOP, "000", "a", secrets={"phrase": "phrase"}, phrase="phrase", values={"size": "clear-word"},
                            body='resource "terraform_data" "it" {\n  input = var.size\n}\n')
        project.add(SHOP, "010", "b", reads={"up": (first.id, "seen")}, secrets={"phrase": "phrase"}, phrase="phrase",
                    body='resource "terraform_data" "it" {\n  input = var.up\n}\n')
        project.write()
        secret = {"CANARY": CANARY}
        self.assertEqual(set(self.verdicts(environment=secret).values()), {"changes"})
        self.apply(environment=secret)
        self.assertIn("encrypted_data", self.bench.states()[0].read_text())
        self.assertEqual(set(self.verdicts(environment=secret).values()), {"unchanged"})
        first.values["size"] = "other-word"
        project.write()
        before = set((self.bench.project / ".space").rglob("*"))
        roots = self.preview(environment=secret)
        self.assertEqual(self.leaf(roots["shop/010/b"], "terraform_data.it", "input")["before"], {"value": "clear-word"})
        for path in set((self.bench.project / ".space").rglob("*")) - before:
            if path.is_file() and not path.is_symlink():
                self.assertNotIn(b"clear-word", path.read_bytes(), path)

    def test_states_of_other_formats_are_refused(self):
        project = fixtures.Project(self.bench.project)
        project.add(SHOP, "000", "a")
        project.write()
        self.apply()
        path = self.bench.states()[0]
        path.write_text(path.read_text().replace('"version": 4', '"version": 5'))
        done = self.bench.run("preview", "sandbox")
        self.assertEqual(done.returncode, 20, done.stdout + done.stderr)
        self.assertIn("Unsupported state file format", done.stderr)

    def start_slowly(self):
        """A preview that is planning, for as long as its folder is there or until it is interrupted."""
        project = fixtures.Project(self.bench.project)
        project.add(SHOP, "000", "a")
        project.write()
        slow = self.bench.folder / "bin/tofu"
        slow.unlink()
        slow.write_text(f'#!/bin/sh\nif [ "$1" = plan ] && [ ! -e "{self.bench.folder}/planning" ]; then\n  trap "exit 1" INT\n'
                        f'  touch "{self.bench.folder}/planning"\n  while [ -e values.tfvars.json ]; do sleep 0.05; done\nfi\n'
                        f'exec "{support.tofu()}" "$@"\n')
        slow.chmod(0o755)
        child = self.bench.start("preview", "sandbox")
        deadline = time.monotonic() + 60
        while not (self.bench.folder / "planning").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        joint = [p for p in (self.bench.project / ".space/runs").glob("*/joint")]
        self.assertEqual([oct(p.stat().st_mode & 0o777) for p in joint], ["0o700"])
        return child

    def test_what_a_killed_preview_leaves_is_removed_by_the_next_run(self):
        child = self.start_slowly()
        child.kill()
        child.wait(timeout=60)
        child.stdout.close()
        self.assertTrue([p for p in (self.bench.project / ".space/runs").rglob("values.tfvars.json")])
        self.run_ok("plan", "sandbox")
        self.assertFalse([p for p in (self.bench.project / ".space/runs").rglob("joint*")])

    def test_an_interrupt_leaves_nothing(self):
        child = self.start_slowly()
        child.send_signal(signal.SIGINT)
        text, _ = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 130, text)
        self.assertFalse([p for p in (self.bench.project / ".space/runs").rglob("*") if p.is_file()])


if __name__ == "__main__":
    support.main()
