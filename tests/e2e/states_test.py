"""States for ever: `spaces.lock`, renames, farewells, and states that were there before.

What a fix of `--diagnostics json` says is what an editor would do; here the test does it.
"""

import json
import os
import pathlib
import shutil
import subprocess
import unittest

import support
from support import PROGRAM, Case, apply_fix

LOCK = "spaces.lock"

MODULE = '''variable "cidr" {
  type = string
}
resource "terraform_data" "vpc" {
  input = var.cidr
}
resource "terraform_data" "subnet" {
  count = 2
  input = "${var.cidr} ${count.index}"
}
module "label" {
  for_each = toset(["a", "b"])
  source   = "./label"
  text     = each.key
}
output "id" {
  value = terraform_data.vpc.output
}
'''

LABEL = '''variable "text" {
  type = string
}
resource "terraform_data" "this" {
  input = var.text
}
'''

ADOPTING = PROGRAM[:PROGRAM.index('mission "web"')].replace('remote "local" "state" {\n',
                                                            'remote "local" "state" {\n  folder = "live"\n') + '''mission "base" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  stage "000" {
    procedure "vpc" {
      source = "./modules/vpc"
      inputs = { cidr = "10.0.0.0/16" }
      output "id" { type = string }
    }
  }
}
'''


class Lock(Case):
    def setUp(self):
        super().setUp()
        self.write("main.space", PROGRAM)

    def states(self):
        lines = [json.loads(line) for line in (self.folder / LOCK).read_text().splitlines()]
        self.assertEqual(lines[0], {"format": "space.lock/1"})
        return {line["state"]: line for line in lines if "state" in line}

    def rename(self, old, new):
        path = self.folder / "main.space"
        path.write_text(path.read_text().replace(old, new))

    def findings(self, code=1):
        out, _ = self.spacec("check", ".", "--diagnostics", "json", code=code)
        return [one for one in map(json.loads, out.splitlines()) if one["kind"] == "diagnostic"]

    def test_a_build_locks_what_is_new_and_a_check_refuses_it(self):
        _, err = self.spacec("build", "--check", ".", code=3)
        self.assertIn("would lock sandbox/here/web/one", err)
        self.assertFalse((self.folder / LOCK).exists())
        _, err = self.spacec("build", ".")
        self.assertIn("wrote `spaces.lock`, which is new: 1 new state; commit it", err)
        self.assertEqual(self.states()["sandbox/here/web/one"]["address"], "web/here/one")
        before = (self.folder / LOCK).read_bytes()
        self.spacec("build", "--check", ".")
        _, err = self.spacec("build", ".")
        self.assertNotIn(LOCK, err)
        self.assertEqual((self.folder / LOCK).read_bytes(), before)
        (self.folder / LOCK).unlink()
        self.spacec("build", "--check", ".", code=3)
        self.spacec("build", ".")
        self.assertEqual((self.folder / LOCK).read_bytes(), before)

    def test_a_stamp_notices_another_lock(self):
        self.spacec("build", ".")
        self.spacec("build", ".")
        lock = self.folder / LOCK
        lock.write_text(lock.read_text().replace("web/here/one", "web/here/two"))
        _, err = self.spacec("build", ".", code=1)
        self.assertIn("SPC5013", err)

    def test_a_renamed_procedure_gets_its_moved_block_and_keeps_its_state(self):
        self.spacec("build", ".")
        self.rename('procedure "one"', 'procedure "first"')
        before = support.tree(self.folder / "out")
        _, err = self.spacec("build", ".", code=1)
        for words in ("SPC5014", "moved {", "from = procedure.one", "to   = procedure.first", "in mission `web`"):
            self.assertIn(words, err)
        self.assertEqual(support.tree(self.folder / "out"), before)
        [found] = self.findings()
        apply_fix(self.folder, found, "`moved`")
        self.spacec("fmt", "--check", ".")
        _, err = self.spacec("build", ".")
        self.assertIn("wrote `spaces.lock`: 1 renamed; commit it", err)
        self.assertEqual(self.states()["sandbox/here/web/first"]["address"], "web/here/one")
        self.assertNotIn("sandbox/here/web/one", self.states())
        backend = (self.folder / "out/sandbox/here/web/000/first/backend.tf").read_text()
        self.assertIn("web/here/one.tfstate", backend)
        # Its work is done, and the block says so itself.
        self.assertEqual([one["code"] for one in self.findings(code=0)], ["SPC5023"])

    def test_a_renamed_procedure_plans_no_change(self):
        self.need_tofu()
        self.spacec("build", ".")
        self.space("apply", "sandbox", "--auto-approve")
        self.rename('procedure "one"', 'procedure "first"')
        apply_fix(self.folder, self.findings()[0], "`moved`")
        self.spacec("build", ".")
        out, err = self.space("plan", "sandbox", "--refresh")
        self.assertIn("unchanged", out + err)
        self.assertEqual(self.previewed(), {"unchanged"})
        self.assertNotRegex(out + err, r"[1-9]\d* to add|\+[1-9]|[1-9]\d* added")

    def test_what_is_removed_is_destroyed_and_then_forgotten(self):
        self.need_tofu()
        self.rename("    }\n  }\n}\n", '''    }
  }
  stage "010" {
    procedure "two" {
      resource "terraform_data" "this" {
        input = "two"
      }
    }
    procedure "three" {
      resource "terraform_data" "this" {
        input = "three"
      }
    }
  }
}
''')
        self.spacec("build", ".")
        self.space("apply", "sandbox", "--auto-approve")
        text = (self.folder / "main.space").read_text()
        self.write("main.space", text[:text.index('  stage "010"')] + "}\n")
        found = self.findings()
        self.assertEqual([one["code"] for one in found], ["SPC5014", "SPC5014"])
        apply_fix(self.folder, found[1], "`removed`")
        apply_fix(self.folder, found[0], "`removed`")
        self.spacec("build", ".")
        self.assertIn("sandbox/here/web/two", self.states())
        root = self.folder / "out/sandbox/here/@web/000/two"
        flights = json.loads((self.folder / "out/run-plan.json").read_text())["flights"]
        self.assertEqual([flight["id"] for flight in flights if flight.get("farewell")], ["sandbox/here/@web"])
        self.assertEqual(sorted(path.name for path in root.iterdir()), ["backend.tf", "terraform.tf"])
        state = self.folder / ".space/state/sandbox/web/here/two.tfstate"
        self.assertEqual(len(json.loads(state.read_text())["resources"]), 1)
        leaving = {root: [(o["address"], o["action"]) for o in part.get("objects", [])] for root, part in self.preview().items()}
        gone = [("terraform_data.this", "delete")]
        self.assertEqual(leaving, {"sandbox/here/web/000/one": [], "sandbox/here/@web/000/two": gone, "sandbox/here/@web/000/three": gone})
        self.space("apply", "sandbox", "--auto-approve")
        self.assertEqual(json.loads(state.read_text())["resources"], [])
        self.assertEqual(len(json.loads((state.parent / "one.tfstate").read_text())["resources"]), 1)
        self.rename("destroy = true", "destroy = false")
        _, err = self.spacec("build", ".")
        self.assertIn("2 forgotten", err)
        self.assertEqual(list(self.states()), ["sandbox/here/web/one"])
        self.assertFalse((self.folder / "out/sandbox/here/@web").exists())

    def test_the_last_mission_leaves_too(self):
        self.need_tofu()
        self.spacec("build", ".")
        self.space("apply", "sandbox", "--auto-approve")
        state = self.folder / ".space/state/sandbox/web/here/one.tfstate"
        self.assertEqual(len(json.loads(state.read_text())["resources"]), 1)
        self.write("main.space", PROGRAM[:PROGRAM.index('mission "web"')])
        [found] = self.findings()
        self.assertIn("`mission.web`", found["message"])
        apply_fix(self.folder, found, "`removed`")
        self.spacec("fmt", "--check", ".")
        self.spacec("build", ".")
        self.space("plan", "sandbox/here/@web/000/one")
        self.assertEqual([part["changes"] for part in self.preview().values()],
                         [{"add": 0, "change": 0, "remove": 1, "import": 0}])
        self.space("apply", "sandbox", "--auto-approve")
        self.assertEqual(json.loads(state.read_text())["resources"], [])

    def test_lines_of_two_branches_merge_in_any_order(self):
        self.spacec("build", ".")
        one = (self.folder / LOCK).read_text()
        self.rename('mission "web"', 'mission "shop"')
        (self.folder / LOCK).unlink()
        self.spacec("build", ".")
        other = (self.folder / LOCK).read_text()
        self.write("web.space", PROGRAM[PROGRAM.index('mission "web"'):])
        merged = one + other.split("\n", 1)[1]
        self.write(LOCK, merged)
        self.spacec("build", ".")
        self.assertEqual((self.folder / LOCK).read_text(), other + one.split("\n", 1)[1])


class Committed(Case):
    def test_what_is_committed_here_is_what_a_build_writes(self):
        for path in ("examples/first-mission", "examples/existing-module", "spaces"):
            committed = support.ROOT / path
            target = self.folder / pathlib.Path(path).name
            shutil.copytree(committed, target, ignore=shutil.ignore_patterns("out", ".space"))
            self.spacec("build", ".", folder=target)
            self.assertEqual((target / LOCK).read_bytes(), (committed / LOCK).read_bytes(), path)


class Adopt(Case):
    """Old roots as Terragrunt leaves them: the module is the root, its resources lie at the top of the state."""

    def setUp(self):
        super().setUp()
        self.tofu = self.need_tofu()
        self.write("modules/vpc/main.tf", MODULE)
        self.write("modules/vpc/label/main.tf", LABEL)
        self.write("main.space", ADOPTING)
        self.state = self.folder / "live/eu/vpc/terraform.tfstate"
        old = self.folder / "old"
        (old / "label").mkdir(parents=True)
        (old / "main.tf").write_text(MODULE)
        (old / "label/main.tf").write_text(LABEL)
        self.state.parent.mkdir(parents=True)
        (old / "backend.tf").write_text(f'terraform {{\n  backend "local" {{\n    path = "{self.state}"\n  }}\n}}\n')
        self.run_tofu(old, "init", "-input=false")
        self.run_tofu(old, "apply", "-input=false", "-auto-approve", "-var", "cidr=10.0.0.0/16")

    def run_tofu(self, folder, *words):
        environment = {**os.environ, **support.tofu_environment(self.folder), "TF_DATA_DIR": str(self.folder / "data")}
        ended = subprocess.run([self.tofu, *words, "-no-color"], cwd=folder, env=environment, text=True, timeout=300,
                               capture_output=True, check=False)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        return ended.stdout

    def plan(self):
        root = self.folder / "out/sandbox/here/base/000/vpc"
        self.run_tofu(root, "init", "-input=false", "-reconfigure")
        return self.run_tofu(root, "plan", "-input=false")

    def objects(self):
        return {(one.get("module", ""), one["type"], one["name"], len(one["instances"]),
                 one["instances"][0]["attributes"]["id"]) for one in json.loads(self.state.read_text())["resources"]}

    def test_a_wrapped_root_plans_no_change(self):
        _, err = self.spacec("adopt", "sandbox/here/base/vpc", "eu/vpc/terraform.tfstate", ".")
        self.assertIn("wrote 3 `moved` blocks into `main.space`", err)
        self.spacec("fmt", "--check", ".")
        self.spacec("build", ".")
        self.assertIn("Plan: 0 to add, 0 to change, 0 to destroy.", self.plan())
        before = self.objects()
        self.space("apply", "sandbox", "--auto-approve")
        after = self.objects()
        self.assertEqual({one[4] for one in before}, {one[4] for one in after})
        self.assertTrue(all(one[0].startswith("module.this") for one in after))
        self.assertIn("No changes.", self.plan())
        # They have done their work; nothing changes when they go.
        text = (self.folder / "main.space").read_text()
        self.write("main.space", text[:text.index("      moved {")] + "    }\n  }\n}\n")
        self.spacec("build", ".")
        self.assertIn("No changes.", self.plan())

    def test_without_the_blocks_everything_is_made_anew(self):
        self.spacec("adopt", "sandbox/here/base/vpc", "eu/vpc/terraform", ".")
        self.write("main.space", ADOPTING)
        self.spacec("build", ".")
        self.assertIn("Plan: 5 to add, 0 to change, 5 to destroy.", self.plan())

    def test_what_tofu_printed_is_taken_too(self):
        pulled = self.run_tofu(self.folder / "old", "state", "pull")
        self.write("pulled.json", pulled)
        _, err = self.spacec("adopt", "sandbox/here/base/vpc", "eu/vpc/terraform.tfstate", ".", "--state", "pulled.json")
        self.assertIn("`module.label`, `terraform_data.subnet` and `terraform_data.vpc`", err)
        _, err = self.spacec("adopt", "sandbox/here/base/vpc", "eu/vpc/terraform.tfstate", ".", "--state", "-", text=pulled.encode())
        self.assertNotIn("wrote", err)

    def test_an_address_that_was_there_before_is_named(self):
        self.spacec("build", ".")
        _, err = self.spacec("adopt", "sandbox/here/base/vpc", "eu/vpc/terraform.tfstate", ".")
        self.assertIn("it was at `base/here/vpc`", err)
        self.spacec("build", ".")
        [line] = [line for line in (self.folder / LOCK).read_text().splitlines() if '"state"' in line]
        self.assertEqual(json.loads(line)["address"], "eu/vpc/terraform")

    def test_mistakes_write_nothing(self):
        self.write("empty.json", "")
        self.write("other.json", '{"version":3,"lineage":"x","resources":[]}')
        for words, said in [(["sandbox/here/base/vcp", "x"], "did you mean `sandbox/here/base/vpc`?"),
                            (["sandbox/here/base/vpc", "eu/none"], "there is no state at `live/eu/none.tfstate`"),
                            (["sandbox/here/base/vpc", "../vpc"], "is no address of a state"),
                            (["sandbox/here/base/vpc", "/vpc"], "is no address of a state"),
                            (["sandbox/here/base/vpc", "x", "--state", "empty.json"], "it is no state"),
                            (["sandbox/here/base/vpc", "x", "--state", "other.json"], "version 3")]:
            _, err = self.spacec("adopt", *words[:2], ".", *words[2:], code=1)
            self.assertIn(said, err)
            self.assertFalse((self.folder / LOCK).exists())
            self.assertEqual((self.folder / "main.space").read_text(), ADOPTING)


class BesideASource(Case):
    """tofu's own blocks beside a module: what they name is in `module.this`."""

    def test_import_moved_and_check(self):
        self.need_tofu()
        body = PROGRAM[PROGRAM.index('      resource "terraform_data"'):PROGRAM.index("    }\n  }\n}\n")]
        self.write("modules/two/main.tf", 'resource "terraform_data" "first" {\n  input = "x"\n}\n'
                                          'resource "terraform_data" "there" {\n}\n'
                                          'output "name" {\n  value = terraform_data.first.output\n}\n')
        self.write("main.space", PROGRAM.replace(body, '''      source = "./modules/two"
      output "name" { type = string }
      import {
        to = module.this.terraform_data.there
        id = "as-it-was"
      }
      check "named" {
        assert {
          condition     = module.this.name == "y"
          error_message = "it is called x"
        }
      }
'''))
        self.spacec("build", ".")
        self.assertIn("import {", (self.folder / "out/sandbox/here/web/000/one/imports.tf").read_text())
        out, err = self.space("apply", "sandbox", "--auto-approve")
        self.assertIn("it is called x", out + err)
        state = self.folder / ".space/state/sandbox/web/here/one.tfstate"
        ids = {one["name"]: one["instances"][0]["attributes"]["id"] for one in json.loads(state.read_text())["resources"]
               if one["type"] == "terraform_data"}
        self.assertEqual(ids["there"], "as-it-was")
        # The module calls it otherwise now; `moved` beside the source says so from outside.
        module = self.folder / "modules/two/main.tf"
        module.write_text(module.read_text().replace('"first"', '"main"').replace("data.first", "data.main"))
        text = (self.folder / "main.space").read_text()
        self.write("main.space", text.replace("      import {\n", """      moved {
        from = module.this.terraform_data.first
        to   = module.this.terraform_data.main
      }
      import {
"""))
        self.spacec("build", ".")
        self.space("apply", "sandbox", "--auto-approve")
        after = {one["name"]: one["instances"][0]["attributes"]["id"] for one in json.loads(state.read_text())["resources"]
                 if one["type"] == "terraform_data"}
        self.assertEqual(after, {"main": ids["first"], "there": "as-it-was"})


if __name__ == "__main__":
    unittest.main(verbosity=1)
