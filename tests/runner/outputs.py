#!/usr/bin/env python3
"""Outputs on their way from one procedure to another, with real tofu: any text, any size, types and nulls, and where sensitive
ones may lie.

usage: outputs.py [PATH-OF-SPACE [PATH-OF-QUICK_TOFU]]
"""

import hashlib
import json
import os
import random
import signal
import stat
import time
import unicodedata
import unittest

import fixtures
import quick
import support

UP, DOWN = "sandbox/one/shop/000/up", "sandbox/one/shop/010/down"
CANARY = "canary-5b1e-first\n  second \"line\" of ${it} & <more>\\"
INNER = "canary-9c44-inside"
DATA = 'resource "terraform_data" "it" {\n  input = "x"\n}\n'


def output_blocks(values, sensitive=()):
    return "\n".join(f'output "{n}" {{\n  value = {v}\n' + ("  sensitive = true\n" if n in sensitive else "") + "}\n"
                     for n, v in sorted(values.items()))


def random_text(rng):
    """Up to 40 characters out of what has gone wrong somewhere: templates, quotes, controls, separators, every plane."""
    pieces = ["${", "%{", "$${", "%%{", "}", '"', "\\", "\n", "\r", "\t", "'", "`", "<", ">", "&", "\u2028", "\u2029", "\u0085", "\ufeff",
              "\ufffd", "\u0000", "\u0001", "\b", "\f", "\x1b[2J", "\x7f", "e\u0301", "\u1e9b\u0323", "\U0001f468\u200d\U0001f469", "EOT\n",
              "null", "${var.x}", "\\u0041", "\\n", "/*", "#", "//", "=", " ", ""]
    text = ""
    for _ in range(rng.randrange(40)):
        if rng.random() < 0.5:
            text += rng.choice(pieces)
        else:
            code = rng.choice((rng.randrange(0x20, 0x7f), rng.randrange(0x80, 0x800), rng.randrange(0x800, 0xd800),
                               rng.randrange(0xe000, 0x10000), rng.randrange(0x10000, 0x110000)))
            text += chr(code)
    return text


class Outputs(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.project = fixtures.Project(self.bench.project)

    def tearDown(self):
        self.bench.close()

    def run_ok(self, *arguments, **kwargs):
        done = self.bench.run(*arguments, **kwargs)
        self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr[-3000:])
        return done.stdout

    def apply(self, *arguments):
        return self.run_ok("apply", "sandbox", "--auto-approve", *arguments)

    def pair(self, given, types, sensitive=(), body=DATA, files=None, taken=None):
        """`up` gives each output as an expression, `down` takes all and gives them again."""
        self.up = self.project.add("sandbox/one/shop", "000", "up", body=body, outputs=types, sensitive=sensitive)
        self.up.output_text = output_blocks(given, sensitive)
        self.up.files = dict(files or {})
        self.down = self.project.add("sandbox/one/shop", "010", "down", reads={f"v_{n}": (UP, n) for n in types}, body=DATA,
                                     outputs={n: t for n, t in types.items()} if taken is None else {n: "string" for n in taken},
                                     types={f"v_{n}": t for n, t in types.items()},
                                     sensitive=[*sensitive, *(f"v_{n}" for n in sensitive)])
        self.down.output_text = output_blocks({n: f"var.v_{n}" for n in types} if taken is None else taken, sensitive)
        self.project.write()

    def read(self, *arguments):
        outputs = json.loads(self.run_ok("output", "sandbox", "--json", *arguments))
        return ({n: o.get("value") for n, o in outputs[root].items()} for root in (UP, DOWN))

    def test_any_text_arrives_as_it_left(self):
        seed = int(os.environ.get("SPACE_TEST_SEED", "1"))
        rng = random.Random(seed)
        values = {f"o{n:03d}": random_text(rng) for n in range(500)}
        wanted = {n: unicodedata.normalize("NFC", v) for n, v in values.items()}  # as tofu has every text
        self.pair({n: f'local.values["{n}"]' for n in values}, {n: "string" for n in values},
                  body=DATA + 'locals {\n  values = jsondecode(file("${path.module}/values.json"))\n}\n',
                  files={"values.json": json.dumps(values)})
        self.assertIn("applied         2", self.apply())
        up, down = self.read()
        for name, value in wanted.items():
            self.assertEqual(up[name], value, f"{name}, seed {seed}")
            self.assertEqual(down[name], value, f"{name}, seed {seed}")
        self.assertIn("unchanged       2  (2 not looked at)", self.apply())

    def test_a_huge_one_goes_through(self):
        text = ('a"${b}\u2028' * 1_000_000)[:8_000_000 - 7]
        text += "\u00e4" * ((8 << 20) - len(text.encode())) if len(text.encode()) < 8 << 20 else ""
        self.pair({"big": 'file("${path.module}/big.txt")'}, {"big": "string"}, files={"big.txt": text},
                  taken={"digest": "sha256(var.v_big)", "size": "length(var.v_big)"})
        self.assertGreaterEqual(len(text.encode()), 8 << 20)
        self.apply()
        _, down = self.read()
        self.assertEqual(down["digest"], hashlib.sha256(text.encode()).hexdigest())

    def test_numbers_keep_their_digits(self):
        numbers = ["12345678901234567890.123456789", "-0.1", "1e30", "9007199254740993"]
        self.pair({f"n{i}": n for i, n in enumerate(numbers)}, {f"n{i}": "number" for i in range(len(numbers))})
        self.apply()
        text = self.run_ok("output", "sandbox", "--json")
        for digits in ("12345678901234567890.123456789", "-0.1", "1000000000000000000000000000000", "9007199254740993"):
            self.assertEqual(text.count(f'"value":{digits}}}'), 2, (digits, text))

    def test_collections_arrive_whole(self):
        self.pair({"o": '{ a = [1, null], b = { "${"k"}" = "v\\"" } }', "s": 'toset(["b", "a"])'},
                  {"o": "dynamic", "s": ["set", "string"]})
        self.apply()
        up, down = self.read()
        self.assertEqual(down, {"o": {"a": [1, None], "b": {"k": 'v"'}}, "s": ["a", "b"]})
        self.assertEqual(up, down)

    def map_outputs(self, root, line):
        """A source map that says of each output block where it comes from."""
        text = (self.bench.project / "out" / root.id / "outputs.tf").read_text()
        rows, begin = [], 0
        (self.bench.project / "main.space").write_text("one\n  output = two\n")
        for block in text.split("\n\n"):
            rows.append([begin, begin + len(block), 0, 4, 18, line, 3, 2])
            begin += len(block) + 2
        path = self.bench.project / "out/maps/sandbox/one/shop.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"schema": "space.source-map/1", "sources": ["main.space"], "files": {f"{root.id}/outputs.tf": rows}}))

    def test_null_missing_and_wrong_ones_are_named_with_their_place(self):
        for given, kind, words in ((("null", "string"), "null", "output `o` of `sandbox/one/shop/000/up` is null"),
                                   ((None, "string"), "missing", "output `o` of `sandbox/one/shop/000/up` is missing"),
                                   (('"abc"', "number"), "wrong", "output `o` of `sandbox/one/shop/000/up` is not what is declared: ")):
            with self.subTest(kind):
                self.tearDown()
                self.setUp()
                value, declared = given
                self.up = self.project.add("sandbox/one/shop", "000", "up", body=DATA, outputs={"o": declared})
                self.up.output_text = output_blocks({"o": value} if value else {"other": "1"})
                self.project.write()
                self.map_outputs(self.up, 2)
                done = self.bench.run("apply", "sandbox", "--auto-approve")
                self.assertEqual(done.returncode, 21, done.stdout + done.stderr)
                self.assertIn(words, done.stdout)
                if value:
                    self.assertIn("--> main.space:2:3", done.stdout)
                    self.assertIn("output = two", done.stdout)

    def test_one_that_is_not_as_declared_any_more_does_not_reach_its_reader(self):
        self.pair({"o": '"12"'}, {"o": "string"})
        self.apply()
        self.up.outputs = self.down.outputs = {"o": ["list", "string"]}  # as if the code had changed since
        self.down.types = {"v_o": ["list", "string"]}
        self.project.write()
        deferred = self.run_ok("plan", DOWN)
        self.assertIn("known after stage 000", deferred)
        failed = self.bench.run("apply", DOWN, "--auto-approve")
        self.assertEqual(failed.returncode, 20, failed.stdout)
        self.assertIn("output `o` of `sandbox/one/shop/000/up`, which is not what is declared", failed.stdout)

    def test_one_that_is_still_sensitive_where_it_lies_is_not_shown(self):
        self.pair({"o": f"{json.dumps(INNER)}"}, {"o": "string"}, sensitive=("o",))
        self.apply()
        self.up.sensitive = self.down.sensitive = ()
        self.down.output_text = output_blocks({"o": "var.v_o"})
        self.project.write()
        shown = self.run_ok("plan", DOWN)
        self.assertNotIn("canary", shown)
        self.assertIn("known after stage 000", shown)

    # Sensitive outputs: in states, in the project's own files and in the program's memory, nowhere else.

    def sensitive_pair(self, down=DATA):
        self.pair({"text": "local.canary.text", "tree": "local.canary.tree"}, {"text": "string", "tree": "dynamic"}, ("text", "tree"),
                  body=DATA + 'locals {\n  canary = jsondecode(file("${path.module}/canary.json"))\n}\n',
                  files={"canary.json": json.dumps({"text": CANARY, "tree": {"a": [INNER], "n": 1}})})
        self.down.body = down
        self.project.write()

    def assert_nowhere(self, *shown):
        for text in shown:
            self.assertNotIn("canary", text)
        for path in self.bench.project.rglob("*"):
            if path.is_file() and path.suffix != ".tfstate" and path.name != "canary.json" and not path.name.endswith(".tfstate.backup"):
                self.assertNotIn(b"canary-", path.read_bytes(), path)

    def test_sensitive_ones_lie_in_states_alone(self):
        self.sensitive_pair()
        planned = self.run_ok("plan", "sandbox")
        applied = self.apply("--json", "--report", "report.json")
        self.assert_nowhere(planned, applied)
        again = self.run_ok("plan", "sandbox", "--refresh", "--why")
        text, shown = self.run_ok("output", "sandbox"), self.run_ok("output", "sandbox", "--json")
        self.assertIn("text = (sensitive)", text)
        self.assert_nowhere(again, text, shown)
        up, down = self.read("--reveal")
        self.assertEqual(up, {"text": CANARY, "tree": {"a": [INNER], "n": 1}})
        self.assertEqual(up, down)
        destroyed = self.run_ok("destroy", "sandbox", "--auto-approve")
        self.assert_nowhere(destroyed)

    def test_sensitive_ones_are_nowhere_after_failures(self):
        failing = DATA.replace('  input = "x"\n', '  input = "x"\n\n  lifecycle {\n    precondition {\n      condition     = var.v_text == ""\n'
                               '      error_message = "It is ${length(var.v_text)} long."\n    }\n  }\n')
        self.sensitive_pair(down=failing)
        failed = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(failed.returncode, 20, failed.stdout)
        self.assert_nowhere(failed.stdout)
        late = DATA + 'resource "terraform_data" "bad" {\n  input = var.v_text\n\n  provisioner "local-exec" {\n    command = "exit 3"\n  }\n}\n'
        self.down.body = late
        self.project.write()
        failed = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(failed.returncode, 21, failed.stdout)
        self.assert_nowhere(failed.stdout)

    def test_what_a_provisioner_says_of_them_is_scrubbed(self):
        saying = ('resource "terraform_data" "it" {\n  provisioner "local-exec" {\n    command     = "printf %s \\"$IT\\" >&2; exit 3"\n'
                  '    environment = {\n      IT = nonsensitive(var.v_text)\n    }\n  }\n}\n'
                  'output "deep" {\n  value = "${nonsensitive(var.v_tree).a[0]}!"\n}\n')
        self.sensitive_pair(down=saying)
        self.run_ok("apply", UP, "--auto-approve")
        planned = self.run_ok("plan", "sandbox")
        self.assertIn("(secret)!", planned)
        failed = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(failed.returncode, 21, failed.stdout)
        self.assertIn("(secret)", failed.stdout)
        self.assert_nowhere(planned, failed.stdout)


class Leftovers(unittest.TestCase):
    """A runner that is killed cannot take its files away; the next one does."""

    def setUp(self):
        self.bench = quick.Bench()

    def tearDown(self):
        self.bench.close()

    def files_with_canary(self):
        runs = self.bench.project / ".space/runs"
        return [path for path in runs.rglob("*") if path.is_file() and b"canary-" in path.read_bytes()]

    def kill_in(self, told, moment):
        project = fixtures.Project(self.bench.project)
        for flight in ("sandbox/one/shop", "sandbox/two/other"):
            project.secrets[flight] = [{"name": "s", "method": "env", "arguments": ["CANARY"], "as_file": True},
                                       {"name": "t", "method": "env", "arguments": ["CANARY"]}]
            project.add(flight, "000", "p", secrets={"a": "s", "b": "t"}, outputs={"id": "string"}, body=f"# quick {told}\n")
        project.write()
        self.bench.environment["CANARY"] = "canary-1d7a-secret"
        runner = self.bench.start("apply", "sandbox", "--auto-approve")
        end = time.monotonic() + 30
        while not all(any((self.bench.project / ".space/runs").glob(f"*/sandbox/*/*/000/p/{name}")) for name in moment):
            self.assertLess(time.monotonic(), end, f"{moment} did not come")
            time.sleep(0.02)
        runner.send_signal(signal.SIGKILL)
        runner.communicate()
        return project

    def check_next_run(self, project, target):
        left = self.files_with_canary()
        self.assertTrue(left)
        for path in left:
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)
            for folder in path.parents:
                if folder == self.bench.project:
                    break
                self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700, folder)
        for root in project.roots:
            root.body = "# quick\n"
        project.write()
        done = self.bench.run("plan", target)
        self.assertEqual(self.files_with_canary(), [], done.stdout + done.stderr)

    def test_a_kill_while_it_plans(self):
        self.check_next_run(self.kill_in("plan_ms=2000", ["inputs.tfvars.json", "plan.out"]), "sandbox")

    def test_of_a_flight_that_is_not_flown_again(self):
        project = self.kill_in("plan_ms=500", ["inputs.tfvars.json", "plan.out"])
        while support.children_with(str(self.bench.project)):  # what still works there may need it
            time.sleep(0.02)
        self.check_next_run(project, "sandbox/two/other")

    def test_a_kill_while_it_applies(self):
        project = self.kill_in("apply_ms=500", ["apply.out"])
        self.check_next_run(project, "sandbox")

    def test_a_plan_leaves_nothing_either(self):
        project = fixtures.Project(self.bench.project)
        project.secrets["sandbox/one/shop"] = [{"name": "s", "method": "env", "arguments": ["CANARY"], "as_file": True}]
        project.add("sandbox/one/shop", "000", "p", secrets={"a": "s"}, outputs={"id": "string"}, body="# quick\n")
        project.add("sandbox/one/shop", "000", "q", secrets={"a": "s"}, outputs={"id": "string"}, body="# quick fail=plan\n")
        project.write()
        self.bench.run("plan", "sandbox", environment={"CANARY": "canary-1d7a-secret"})
        names = {p.name for p in (self.bench.project / ".space/runs").rglob("*")}
        self.assertIn("plan.out", names)
        self.assertEqual(names & {"plan.tfplan", "inputs.tfvars.json", "secrets", "output.out"}, set())


if __name__ == "__main__":
    support.main()
