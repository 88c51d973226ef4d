#!/usr/bin/env python3
"""`space drift`: what differs between the world and the states, with real tofu and the laboratory's provider, whose world is a
file: objects that were changed or removed elsewhere, outputs that a refresh alone gives otherwise; and that nothing is changed.

usage: drift.py [PATH-OF-SPACE]
"""

import json
import pathlib
import subprocess
import sys
import time
import unittest

import fixtures
import support

sys.path.insert(0, str(support.ROOT / "tests/lab"))
sys.path.insert(0, str(support.ROOT / "tests"))
import json_schemas  # noqa: E402
import lab  # noqa: E402

SHOP = "sandbox/one/shop"
HOLD = """import fcntl, sys
with open(sys.argv[1], "r+") as state:
    fcntl.lockf(state, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""


class Drift(unittest.TestCase):
    def setUp(self):
        self.bench = lab.Bench()
        self.addCleanup(self.bench.close)
        self.project = fixtures.Project(self.bench.project)

    def run_ok(self, *arguments, code=0):
        done = self.bench.run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def apply(self):
        self.project.write()
        self.run_ok("apply", "sandbox", "--auto-approve")

    def drift(self, *target, code):
        """PROCEDURE -> its part of the report; no state is another one after it."""
        before = {path: path.read_bytes() for path in self.bench.states()}
        whole = json.loads(self.run_ok("drift", *target, "--json", code=code))
        self.assertEqual({path: path.read_bytes() for path in self.bench.states()}, before)
        self.assertEqual([*self.bench.project.rglob("*.tfplan"), *self.bench.project.rglob("show.out")], [])
        self.assertEqual(json_schemas.problems(whole, json_schemas.validator("drift.schema.json"), "drift"), [])
        self.assertEqual(whole["exit_code"], code)
        return {root["procedure"]: root for root in whole["roots"]}

    def happen(self, **line):
        """Somebody else does that."""
        with self.bench.world_file.open("a") as world:
            world.write(json.dumps(line) + "\n")

    def test_objects_that_were_changed_or_removed_elsewhere(self):
        self.bench.add(self.project, "a", [{"name": "one", "content": "first"}])
        self.bench.add(self.project, "b", [{"name": "two", "content": "second"}], stage="010")
        self.bench.add(self.project, "c", [{"name": "three", "content": "third"}], stage="010")
        self.apply()
        self.assertEqual({name: r["verdict"] for name, r in self.drift(code=0).items()}, dict.fromkeys("abc", "same"))
        ids = {name: id for id, (name, _) in self.bench.objects().items()}
        self.happen(op="update", id=ids["one"], name="one", content="other")
        self.happen(op="delete", id=ids["two"], name="two")
        roots = self.drift(code=5)
        self.assertEqual({name: r["verdict"] for name, r in roots.items()}, {"a": "drifted", "b": "drifted", "c": "same"})
        changed, gone = roots["a"]["objects"][0], roots["b"]["objects"][0]
        self.assertEqual((changed["address"], changed["action"]), ("fault_object.o0", "update"))
        self.assertIn({"path": "content", "before": {"value": "first"}, "after": {"value": "other"}}, changed["leaves"])
        self.assertEqual((gone["address"], gone["action"]), ("fault_object.o0", "delete"))
        text = self.run_ok("drift", "sandbox", code=5)
        self.assertIn('content = "first" -> "other"', text)
        self.assertIn("fault_object.o0  is gone", text)
        self.run_ok("drift", f"{SHOP}/010/c")

    def test_outputs_alone_what_was_never_applied_and_what_cannot_be_looked_at(self):
        seen, secret = self.bench.folder / "seen", self.bench.folder / "secret"
        seen.write_text("before")
        secret.write_text("hidden-1")
        first = self.project.add(SHOP, "000", "a", outputs={"seen": "string", "secret": "string"}, sensitive={"secret"},
                                 given={"seen": f'file("{seen}")', "secret": f'file("{secret}")'})
        second = self.project.add(SHOP, "010", "b", reads={"up": (first.id, "seen")})
        self.apply()
        self.project.add(SHOP, "020", "c", reads={"up": (second.id, "id")})
        self.project.write()
        seen.write_text("after")
        secret.write_text("hidden-2")
        roots = self.drift(code=5)
        self.assertEqual({name: r["verdict"] for name, r in roots.items()}, {"a": "drifted", "b": "same", "c": "never-applied"})
        self.assertEqual({o["name"]: (o["before"], o["after"]) for o in roots["a"]["outputs"]},
                         {"seen": ({"value": "before"}, {"value": "after"}), "secret": ({"sensitive": True}, {"sensitive": True})})
        second.body = 'resource "terraform_data" "it" {\n  input = var.nowhere\n}\n'
        self.project.write()
        roots = self.drift(code=20)
        self.assertEqual({name: r["verdict"] for name, r in roots.items()}, {"a": "drifted", "b": "failed", "c": "never-applied"})
        self.assertIn("var", json.dumps(roots["b"]["diagnostics"]))
        text = self.run_ok("drift", code=20)
        self.assertIn("never applied: c", text)
        self.assertNotIn("hidden", text)

    def test_states_that_are_encrypted(self):
        seen = self.bench.folder / "seen"
        seen.write_text("before")
        self.bench.environment["PHRASE"] = "a-phrase-of-sixteen"
        self.project.secrets[SHOP] = [{"name": "phrase", "method": "env", "arguments": ["PHRASE"]}]
        locked = {"secrets": {"phrase": "phrase"}, "phrase": "phrase"}
        first = self.bench.add(self.project, "a", [{"name": "one", "content": "first"}], outputs={"seen": "string"},
                               given={"seen": f'file("{seen}")'}, **locked)
        self.bench.add(self.project, "b", [{"name": "two", "content": "second"}], stage="010", reads={"up": (first.id, "seen")}, **locked)
        self.apply()
        for path in self.bench.states():
            self.assertIn("encrypted_data", path.read_text())
        self.assertEqual({name: r["verdict"] for name, r in self.drift(code=0).items()}, {"a": "same", "b": "same"})
        (one,) = [id for id, (name, _) in self.bench.objects().items() if name == "one"]
        self.happen(op="update", id=one, name="one", content="other")
        seen.write_text("after")
        roots = self.drift(code=5)
        self.assertEqual({name: r["verdict"] for name, r in roots.items()}, {"a": "drifted", "b": "same"})
        self.assertEqual((len(roots["a"]["objects"]), [o["name"] for o in roots["a"]["outputs"]]), (1, ["seen"]))
        told = [p for p in (self.bench.project / ".space").rglob("*") if p.is_file() and b'"resources":' in p.read_bytes()]
        self.assertEqual(told, [], "a state in clear")

    def test_a_state_that_somebody_has_locked(self):
        for name in "ab":
            self.bench.add(self.project, name, [{"name": name, "content": "first"}])
        self.apply()
        path = next(path for path in self.bench.states() if path.name == "a.tfstate")
        told = path.with_name(f".{path.name}.lock.info")  # as tofu's local backend locks
        told.write_text(json.dumps({"ID": "i", "Operation": "OperationTypeApply", "Who": "ann@box", "Created": "2026-01-02T03:04:05Z"}))
        # A process of its own: here the lock would go with the first descriptor of that file that is closed.
        with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            self.assertEqual(holder.stdout.readline(), b"held\n")
            roots = self.drift(code=75)
            holder.stdin.close()
        told.unlink()
        self.assertEqual({name: r["verdict"] for name, r in roots.items()}, {"a": "failed", "b": "same"})
        self.assertIn("ann@box", roots["a"]["reason"])
        self.assertEqual({r["verdict"] for r in self.drift(code=0).values()}, {"same"})

    @unittest.skipUnless(support.has_failpoints(support.space()), "this build has no failpoints")
    def test_nobody_flies_between_what_is_read_and_what_is_looked_at(self):
        """With a second before each time that a lock is taken: who gave it up in between would let an apply in."""
        self.bench.add(self.project, "a", [{"name": "one", "content": "first"}])
        self.apply()
        looks = self.bench.start("drift", "sandbox", environment={"SPACE_FAILPOINT": "lock.open:sleep"})
        lock, flown = self.bench.project / f".space/locks/{SHOP}.lock", []
        while looks.poll() is None and json.loads(lock.read_text() or "{}").get("pid") != looks.pid:
            time.sleep(0.001)
        while looks.poll() is None:
            code = self.bench.run("apply", "sandbox", "--auto-approve", "--refresh").returncode
            if looks.poll() is None:
                flown.append(code)
        self.assertEqual(looks.returncode, 0, looks.communicate())
        self.assertEqual(set(flown), {75})


if __name__ == "__main__":
    support.main()
