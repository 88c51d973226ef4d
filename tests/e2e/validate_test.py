"""What `spacec check` accepts, `tofu validate` accepts, but for kinds that are listed (docs/testing.md). Three ways: whole programs
(typed_program.py), each of their roots; many bodies by the schemas of providers (schema_bodies.py), good ones and such with one mistake, in
one root; and mistakes by name (seeded_errors.py), each in a root of its own.

Sampled; with SPACE_TEST_FULL (`scripts/test --full`) hundreds of roots. SPACE_TEST_SEED chooses others.
"""

import collections
import concurrent.futures
import json
import os
import random
import re
import shutil
import unittest

import plugins
import schema_index
import seeded_errors
import support
from schema_bodies import SLIPS, Bodies
from support import FULL, SEED, Programs
from typed_program import SCOPE, VALUES, VARIABLES, TypedProgram, head

WHOLE, BATCHES, BLOCKS = (50, 40, 40) if FULL else (3, 5, 40)
PART = 1 if FULL else 5  # of the mistakes by name, one in so many
# What is said beside: deprecated, which tofu warns of too; no lock file; a secret in clear, another region: laws that tofu does not have.
NO_REFUSAL = {"SPC4037", "SPC4014", "SPC3053", "SPC5008"}
# What no schema says: a provider's own rules, in its own words.
OWN_RULES = re.compile(r"^(Invalid Attribute (Value|Combination)|Configuration Read Error|Missing Configuration for Required Attribute|Conflicting configuration arguments)\b")


def mission(body):
    """A mission with one procedure that has all variables and this body."""
    text = 'mission "web" {\n  environments = [environment.sandbox]\n  spaces       = [space.here]\n'
    text += "".join(f'  variable "{name}" {{\n    type = {kind}\n  }}\n' for name, kind in VARIABLES.items())
    reads = "".join(f"          {text},\n" for text, _ in SCOPE)
    text += f'  stage "000" {{\n    procedure "one" {{\n      resource "terraform_data" "reads" {{\n        input = [\n{reads}        ]\n      }}\n{body}    }}\n  }}\n}}\n'
    return text + 'values "web" {\n' + "".join(f"  {name} = {value}\n" for name, value in VALUES.items()) + "}\n"


EACH_PROVIDER = '''resource "hcloud_network" "first" {
  name     = "x"
  ip_range = "10.0.0.0/8"
}
resource "null_resource" "first" {
}
resource "random_id" "first" {
  byte_length = 1
}
resource "incus_project" "first" {
  name = "x"
}
'''
ROOT = "out/sandbox/here/web/000/one"


class Tofu(Programs):
    def setUp(self):
        super().setUp()
        self.tofu = self.need_tofu()
        try:
            mirror = plugins.mirror(self.folder / "mirror")
        except plugins.go_program.Unavailable as problem:
            if os.environ.get("CI"):
                self.fail(f"the providers cannot be built: {problem}")
            self.skipTest(f"the providers cannot be built: {problem}")
        self.environment = support.tofu_environment(self.folder)
        (self.folder / "cli.tofurc").write_text(f'disable_checkpoint = true\nprovider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')

    def init(self, root):
        (root / ".terraform.lock.hcl").unlink(missing_ok=True)
        code, out, err = support.run(self.tofu, "init", "-backend=false", "-input=false", "-no-color", folder=root, environment=self.environment)
        self.assertEqual(code, 0, f"{root}\n{out}\n{err}")

    def validate(self, root):
        """tofu's errors: (line in main.tf, words)."""
        _, out, err = support.run(self.tofu, "validate", "-json", "-no-color", folder=root, environment=self.environment)
        try:
            said = json.loads(out)["diagnostics"]
        except (json.JSONDecodeError, KeyError):
            self.fail(f"{root}\n{out}\n{err}")
        return [(one.get("range", {}).get("start", {}).get("line"), f'{one["summary"]}: {one["detail"]}') for one in said if one["severity"] == "error"]

    def ours(self, folder):
        """Our refusals: (line, words)."""
        _, found = self.findings(folder)
        return [(item["primary"]["range"]["start"]["line"] if item["primary"] else None, f'{item["code"]} {item["message"]}')
                for item in found if item["code"] not in NO_REFUSAL]


class WholePrograms(Tofu):
    def test_every_root(self):
        roots = 0
        for n in range(WHOLE):
            files = TypedProgram(f"{SEED} {n}").files()
            folder = self.place(files)
            said = f"program {n}\n{files['main.space']}"
            self.assertEqual(self.ours(folder), [], said)
            self.spacec("build", ".", folder=folder)
            found = sorted(path.parent for path in (folder / "out").rglob("terraform.tf"))
            roots += len(found)
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                for root, errors in zip(found, pool.map(self.judge, found)):
                    errors = [words for _, words in errors if not OWN_RULES.match(words)]
                    self.assertEqual(errors, [], f"{root.relative_to(folder)}\n{(root / 'main.tf').read_text()}\n{said}")
        self.assertGreaterEqual(roots, 6 * WHOLE)
        print(f"{roots} roots of {WHOLE} programs: check takes all, and so does tofu validate")

    def judge(self, root):
        self.init(root)
        return self.validate(root)


class BodiesBySchema(Tofu):
    """Many blocks in one root: each has tofu's verdict and ours."""

    def test_blocks(self):
        folder = self.place({"main.space": head() + mission(EACH_PROVIDER), ".terraform.lock.hcl": "# none\n"})
        self.spacec("build", ".", folder=folder)
        self.init(folder / ROOT)
        main = (folder / ROOT / "main.tf").read_text()
        data = [schema_index.read(source)[1] for source in plugins.SOURCES]
        verdicts, strict = collections.Counter(), collections.Counter()
        for batch in range(BATCHES):
            chosen = random.Random(f"{SEED} {batch}")
            bodies = Bodies(chosen, data, SCOPE)
            blocks = {f"r{n}": bodies.resource(f"r{n}", chosen.choice(SLIPS) if n % 2 else "none") for n in range(BLOCKS)}
            self.write("program/main.space", head() + mission("".join(text for text, _ in blocks.values())))
            ours = self.by_block((folder / "main.space").read_text(), self.ours(folder))
            theirs, unasked = self.theirs(folder / ROOT / "main.tf", main, blocks)
            for name, (text, slip) in blocks.items():
                if name in unasked:
                    continue
                refused = [words for words in theirs.get(name, []) if not OWN_RULES.match(words)]
                self.assertTrue(ours.get(name) or not refused, f"batch {batch}, {slip}: check takes it, and tofu says {refused}\n{text}")
                verdicts[bool(ours.get(name)), bool(refused)] += 1
                strict[slip] += bool(ours.get(name)) and not theirs.get(name)
        self.assertGreater(verdicts[False, False], BATCHES * BLOCKS // 3)
        self.assertGreater(verdicts[True, True], BATCHES * 5)
        print(f"{sum(verdicts.values())} bodies by schema: both take {verdicts[False, False]}, both refuse {verdicts[True, True]}, check alone refuses {verdicts[True, False]}"
              f" ({', '.join(f'{slip} {count}' for slip, count in sorted(strict.items()) if count)})")

    def theirs(self, path, main, blocks):
        """Some errors hide others: what is refused goes, and the rest is asked again. What reads what went is not asked."""
        left, refused, unasked = dict(blocks), {}, set()
        while True:
            text = main + "".join(text for text, _ in left.values()).replace("flight.namespace", "local.flight.namespace")
            path.write_text(text)
            found = self.by_block(text, self.validate(path.parent))
            if not found:
                return refused, unasked
            for name, words in found.items():
                gone = re.match(r'Reference to undeclared resource: There is no managed resource "\w+" "(\w+)" ', words[0])
                if gone and gone[1] in {*refused, *unasked}:
                    unasked.add(name)
                else:
                    refused[name] = words
                del left[name]

    def by_block(self, text, findings):
        starts, current = {}, None
        for at, line in enumerate(text.split("\n"), 1):
            found = re.match(r'resource "\w+" "(r\d+)"', line)
            current = found[1] if found else current
            starts[at] = current
        made = collections.defaultdict(list)
        for line, words in findings:
            self.assertIsNotNone(starts.get(line), f"outside of the blocks: {words}")
            made[starts[line]].append(words)
        return made


class SeededErrors(Tofu):
    """Each kind of mistake in a root of its own: what tofu refuses, check refuses, or it stands among what is not said."""

    def files(self, block, call):
        body = EACH_PROVIDER + f'module "seed" {{\n  source = "./modules/app"\n  {call}\n}}\n{block}'
        return {"main.space": head() + mission(body), "modules/app/main.tf": seeded_errors.MODULE, ".terraform.lock.hcl": "# none\n"}

    def test_kinds(self):
        folder = self.place(self.files("", seeded_errors.CALL))
        self.assertEqual(self.ours(folder), [])
        self.spacec("build", ".", folder=folder)
        root = folder / ROOT
        self.init(root)
        self.assertEqual(self.validate(root), [])
        main = (root / "main.tf").read_text()
        written = 'name   = "x"'
        self.assertEqual(main.count(f"\n  {written}\n"), 1, main)
        kinds = [(kind, block, seeded_errors.CALL) for kind, block in seeded_errors.BLOCKS.items()]
        kinds += [(kind, "", call) for kind, call in seeded_errors.MODULE_CALLS.items()]
        kinds = [one for at, one in enumerate(kinds) if at % PART == SEED % PART or one[0] in seeded_errors.UNSAID]

        def theirs(job):
            at, (_, block, call) = job
            own = root.parent / f"seed{at}"
            shutil.copytree(root, own, symlinks=True)
            (own / "main.tf").write_text(main.replace(f"\n  {written}\n", f"\n  {call}\n") + block)
            said = self.validate(own)
            shutil.rmtree(own)
            return [words for _, words in said]

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            judged = list(pool.map(theirs, enumerate(kinds)))
        shutil.rmtree(folder / "out")
        verdicts = collections.Counter()
        for (kind, block, call), said in zip(kinds, judged):
            for path, text in self.files(block, call).items():
                self.write(f"program/{path}", text)
            ours = [words for _, words in self.ours(folder)]
            verdicts[bool(ours), bool(said)] += 1
            if kind in seeded_errors.UNSAID:
                self.assertTrue(said and not ours, f"{kind}: no longer among what is not said\n{ours}\n{said}")
            else:
                self.assertTrue(ours or not said, f"{kind}: check takes it, and tofu says {said}\n{block}{call}")
        print(f"{len(kinds)} kinds of mistakes: both refuse {verdicts[True, True]}, check alone {verdicts[True, False]}, neither {verdicts[False, False]},"
              f" tofu alone {verdicts[False, True]}, which are listed")


if __name__ == "__main__":
    unittest.main()
