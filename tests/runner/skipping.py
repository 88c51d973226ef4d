#!/usr/bin/env python3
"""What is not looked at again, and why the rest is: one thing changes at a time, with real tofu.

usage: skipping.py [PATH-OF-SPACE]
"""

import json
import shutil
import sys
import unittest
import urllib.request

import fixtures
import support

sys.path.insert(0, str(support.ROOT / "tests/lab"))
import http_backend  # noqa: E402

ROOT = "sandbox/one/shop/000/p"
BODY = '''module "m" {
  source = "../../../../../modules/m-1"
}

resource "terraform_data" "it" {
  input = "${var.size}-${nonsensitive(sha256(var.token))}-${module.m.x}"
}
'''


class Skipping(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bench = support.Bench()
        cls.bench.environment["TOKEN"] = "s3cret-value"
        project = fixtures.Project(cls.bench.project)
        project.secrets["sandbox/one/shop"] = [{"name": "token", "method": "env", "arguments": ["TOKEN"]}]
        project.add("sandbox/one/shop", "000", "p", values={"size": "small"}, secrets={"token": "token"}, body=BODY)
        cls.out = cls.bench.project / "out"
        cls.module = cls.out / "modules/m-1/main.tf"
        cls.module.parent.mkdir(parents=True)
        cls.module.write_text('output "x" {\n  value = 1\n}\n')
        project.write()
        cls.edit_plan(modules=["m-1"])
        done = cls.bench.run("apply", "sandbox", "--auto-approve")
        assert done.returncode == 0, done.stdout + done.stderr
        cls.state = cls.bench.states()[0]
        cls.last = cls.bench.project / f".space/last/{ROOT}.json"

    @classmethod
    def tearDownClass(cls):
        cls.bench.close()

    @classmethod
    def edit_plan(cls, **fields):
        path = cls.out / "run-plan.json"
        plan = json.loads(path.read_text())
        plan["roots"][0].update(fields)
        path.write_text(json.dumps(plan))

    def line(self, *more, **kwargs):
        done = self.bench.run("plan", "sandbox", "--why", *more, **kwargs)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return next(line for line in done.stdout.splitlines() if ROOT in line)

    def settle(self):
        self.line()
        self.assertIn("not looked at", self.line())

    def check(self, words, *more, **kwargs):
        """With the one thing changed it is looked at, and the reason is that thing."""
        line = self.line(*more, **kwargs)
        self.assertNotIn("not looked at", line)
        self.assertIn(f"because {words}", line)

    def setUp(self):
        self.settle()
        self.before = {p: p.read_bytes() for p in [*self.out.rglob("*"), self.state, self.last] if p.is_file()}

    def tearDown(self):
        for path in [p for p in self.out.rglob("*") if p.is_file() and p not in self.before]:
            path.unlink()
        for path, data in self.before.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        self.settle()

    def edit_state(self, **fields):
        state = json.loads(self.state.read_text())
        state.update(fields)
        self.state.write_text(json.dumps(state, indent=2))

    def test_nothing(self):
        runs = set((self.bench.project / ".space/runs").iterdir())
        self.assertIn("not looked at", self.line())
        self.assertEqual([list(p.rglob("*")) for p in set((self.bench.project / ".space/runs").iterdir()) - runs], [])  # no process

    def test_a_file(self):
        path = self.out / ROOT / "main.tf"
        path.write_text(path.read_text() + "# more\n")
        self.check("file `main.tf` is not what it was")

    def test_files_that_tofu_would_take_in(self):
        for name, text in (("x.auto.tfvars", 'size = "small"\n'), ("x_override.tf", ""), ("main.tofu", BODY)):
            with self.subTest(name):
                path = self.out / ROOT / name
                path.write_text(text)
                self.check(f"file `{name}` is not what it was")
                path.unlink()
                self.settle()

    def test_a_module(self):
        self.module.write_text(self.module.read_text() + "# more\n")
        self.check("module `m-1` is not what it was")

    def test_a_file_beside_a_module(self):
        (self.module.parent / "more.tf").write_text("")
        self.check("module `m-1` is not what it was")

    def test_an_input(self):
        plan = json.loads((self.out / "run-plan.json").read_text())
        for variable in plan["roots"][0]["variables"]:
            if variable["name"] == "size":
                variable["value"] = "large"
        (self.out / "run-plan.json").write_text(json.dumps(plan))
        self.check("input `size` is not what it was")

    def test_a_secret(self):
        self.check("input `token` is not what it was", environment={"TOKEN": "another-value"})
        self.assertNotIn("s3cret", self.last.read_text())

    def test_what_is_passed_of_the_environment(self):
        self.check("environment variable `TZ` is not what it was", environment={"TZ": "UTC"})
        self.settle()
        self.assertIn("not looked at", self.line(environment={"NOT_PASSED": "x"}))

    def test_another_tofu_of_the_same_version(self):
        link = self.bench.folder / "bin/tofu"
        target = link.resolve()
        link.unlink()
        shutil.copy2(target, link)
        try:
            self.check("tofu is not what it was")
        finally:
            link.unlink()
            link.symlink_to(target)

    def test_where_providers_come_from(self):
        mirror = self.bench.folder / "mirror"
        mirror.mkdir(exist_ok=True)
        self.check("the CLI configuration is not what it was", environment={"SPACE_PROVIDER_MIRROR": str(mirror)})

    def test_which_providers_tofu_picked(self):
        lock = self.bench.project / f".space/data/{ROOT}/space-lock.hcl"
        had = lock.read_bytes() if lock.exists() else None
        lock.write_text("# another one\n")
        try:
            self.check("the lock file of its providers is not what it was")
        finally:
            lock.unlink()
            if had is not None:
                lock.write_bytes(had)

    def test_where_the_state_lies(self):
        state = json.loads((self.out / "run-plan.json").read_text())["roots"][0]["state"]
        self.edit_plan(state={**state, "address": "elsewhere"})
        self.check("the remote is not what it was")

    def test_the_state(self):
        state = json.loads(self.state.read_text())
        for words, fields in ((f"its state has serial {state['serial'] + 1}", {"serial": state["serial"] + 1}),
                              ("its state is another one, of lineage x-y", {"lineage": "x-y"}),
                              ("its state was changed without a new serial", {"terraform_version": "1.12.5"})):
            with self.subTest(words):
                self.edit_state(**fields)
                self.check(words)
                self.state.write_bytes(self.before[self.state])
                self.settle()
        self.state.unlink()
        self.check("its state is gone")

    def test_what_can_never_be_known(self):
        self.edit_plan(never_skip=["calls `timestamp`"])
        self.check("it is never known to be unchanged: calls `timestamp`")
        self.check("it is never known to be unchanged: calls `timestamp`")

    def test_asked_for(self):
        self.check("`--refresh` looks at everything", "--refresh")

    def test_what_is_remembered(self):
        self.last.unlink()
        self.check("no end of it is known here")
        self.settle()
        last = json.loads(self.last.read_text())
        self.last.write_text(json.dumps({**last, "verdict": "failed-partial"}))
        self.check("its last end was no good one: failed-partial")
        self.settle()
        self.last.write_text(self.last.read_text()[:-20])
        self.check("no end of it is known here")


class Encrypted(unittest.TestCase):
    def test_tofu_is_asked_for_the_state_and_no_plan_is_made(self):
        bench = support.Bench()
        try:
            project = fixtures.Project(bench.project)
            root = project.add("sandbox/one/shop", "000", "p", values={"size": "small"})
            project.write()
            (bench.project / f"out/{root.id}/encryption.tf").write_text(
                'terraform {\n  encryption {\n    key_provider "pbkdf2" "k" {\n      passphrase = "a-phrase-of-sixteen"\n    }\n'
                '    method "aes_gcm" "m" {\n      keys = key_provider.pbkdf2.k\n    }\n    state {\n      method   = method.aes_gcm.m\n'
                '      enforced = true\n    }\n  }\n}\n')
            for expected in ("applied         1", "unchanged       1  (1 not looked at)"):
                done = bench.run("apply", "sandbox", "--auto-approve")
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertIn(expected, done.stdout)
            self.assertNotIn("terraform_data", bench.states()[0].read_text())
            newest = max((bench.project / ".space/runs").iterdir())
            self.assertEqual({p.name for p in newest.rglob("*") if p.is_file()} - {"ended"}, {"look.err"})
            self.assertNotIn("small", "".join(p.read_text() for p in (bench.project / ".space/runs").rglob("*") if p.is_file()
                                              and p.name in ("look.out", "pull.out")))
            state = json.loads(bench.run("exec", "sandbox", "--", "state", "pull").stdout)
            self.assertEqual(state["serial"], 1)
        finally:
            bench.close()


class Remote(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        self.backend = http_backend.Backend()
        self.addCleanup(self.backend.close)
        project = fixtures.Project(self.bench.project)
        first = project.add("sandbox/one/shop", "000", "p", values={"size": "small"}, http=self.backend.url)
        project.add("sandbox/one/shop", "010", "q", reads={"up": (first.id, "id")}, http=self.backend.url)
        project.write()

    def fly(self, *arguments):
        """What it said, and what it asked of the remote."""
        before = len(self.backend.journal)
        done = self.bench.run(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout, sorted((it.verb, it.path) for it in self.backend.journal[before:])

    def test_one_read_each_and_no_plan(self):
        self.fly("apply", "sandbox", "--auto-approve")
        paths = sorted(self.backend.states())
        text, asked = self.fly("apply", "sandbox", "--auto-approve")
        self.assertIn("unchanged       2  (2 not looked at)", text)
        self.assertEqual(asked, [("GET", path) for path in paths])
        newest = max((self.bench.project / ".space/runs").iterdir())
        self.assertEqual({p.name for p in newest.rglob("*") if p.is_file()} - {"ended"}, {"look.err"})
        asked_all = self.fly("apply", "sandbox", "--auto-approve", "--refresh")[1]
        self.assertIn(("LOCK", paths[0]), asked_all)

    def test_a_state_that_others_have_changed(self):
        self.fly("apply", "sandbox", "--auto-approve")
        path = next(it for it in self.backend.states() if it.endswith("/p"))
        state = self.backend.states()[path]
        state["serial"] += 1
        change = urllib.request.Request(self.backend.url + path, data=json.dumps(state).encode(), method="POST")
        urllib.request.urlopen(change, timeout=10).close()
        text, _ = self.fly("plan", "sandbox", "--why")
        self.assertRegex(text, rf"unchanged +{ROOT} .*because its state has serial {state['serial']}")
        self.assertRegex(text, r"unchanged +sandbox/one/shop/010/q  not looked at")


if __name__ == "__main__":
    support.main()
