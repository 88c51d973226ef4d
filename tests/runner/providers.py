#!/usr/bin/env python3
"""A mission with a real provider plugin, compiled by spacec and flown by space from a filesystem mirror.

usage: providers.py [PATH-OF-SPACE]      spacec lies beside it
"""

import json
import os
import pathlib
import re
import subprocess

import provider
import support

WIDTH = 6 if support.FULL else 3  # procedures of the last stage: their `init` run at once

PROGRAM = f'''project "plugins" {{
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}}

environment "sandbox" {{
  kind  = "sandbox"
  facts = {{ account = "play" }}
}}

provider "simple" {{
  source  = "{provider.SOURCE}"
  version = "{provider.VERSION}"
}}

remote "local" "state" {{
}}

space "here" {{
  remote = remote.state
  region = "home"

  provider "simple" {{
    i_depend_on = "${{flight.facts.account}}-default"
  }}
  provider "simple" "spare" {{
    i_depend_on = "spare"
  }}
}}

mission "things" {{
  environments = [environment.sandbox]
  spaces       = [space.here]

  variable "size" {{
    type    = string
    default = "small"
  }}

  provider "simple" "late" {{
    i_depend_on = procedure.first.id # a configuration that is known once stage 000 has flown
  }}

  stage "000" {{
    procedure "first" {{
      resource "simple_resource" "this" {{
        value    = "first-${{var.size}}"
        provider = simple.spare
      }}
      output "id" {{
        type  = string
        value = simple_resource.this.id
      }}
    }}
  }}

  stage "010" {{
    procedure "late" {{
      resource "simple_resource" "this" {{
        value    = procedure.first.id
        provider = simple.late
      }}
      output "value" {{
        type  = string
        value = simple_resource.this.value
      }}
    }}
    procedure "module" {{
      source    = "./modules/pair"
      inputs    = {{ value = procedure.first.id }}
      providers = {{ simple = provider.simple, simple.other = provider.simple.late }}
      output "values" {{
        type = list(string)
      }}
    }}
    procedure "many" {{
      for_each = toset([{", ".join(f'"k{i}"' for i in range(WIDTH))}])
      resource "simple_resource" "this" {{
        value = instance.key
      }}
    }}
  }}
}}
'''

MODULE = f'''terraform {{
  required_providers {{
    simple = {{
      source                = "{provider.SOURCE}"
      configuration_aliases = [simple.other]
    }}
  }}
}}

variable "value" {{
  type = string
}}

resource "simple_resource" "one" {{
  value = var.value
}}

resource "simple_resource" "two" {{
  value    = "two"
  provider = simple.other
}}

output "values" {{
  value = [simple_resource.one.value, simple_resource.two.value]
}}
'''

ROOTS = WIDTH + 3
FLIGHT = "sandbox/here/things"


class Providers(support.unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        self.bench.environment["SPACE_PROVIDER_MIRROR"] = str(provider.mirror(self.bench.folder / "mirror"))
        # Whoever asks the network for a provider must fail.
        self.bench.environment.update(HTTP_PROXY="http://127.0.0.1:9", HTTPS_PROXY="http://127.0.0.1:9")
        (self.bench.project / "modules/pair").mkdir(parents=True)
        (self.bench.project / "modules/pair/main.tf").write_text(MODULE)
        (self.bench.project / "main.space").write_text(PROGRAM)

    def build(self):
        spacec = pathlib.Path(support.space()).parent / "spacec"
        done = subprocess.run([spacec, "build", "."], cwd=self.bench.project, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stderr

    def run_ok(self, *arguments):
        done = self.bench.run(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def apply(self):
        return self.run_ok("apply", "sandbox", "--auto-approve", "--parallel", "8")

    def out(self, path):
        return (self.bench.project / "out" / FLIGHT / path).read_text()

    def outputs(self):
        return {root: {name: it["value"] for name, it in given.items()}
                for root, given in json.loads(self.run_ok("output", "sandbox", "--json")).items()}

    def preview(self):
        """STAGE/PROCEDURE -> its part of the preview."""
        return {r["root"].removeprefix(FLIGHT + "/"): r for r in json.loads(self.run_ok("preview", "sandbox", "--json"))["roots"]}

    def fly(self):
        """Plan, apply, apply again, destroy; what must hold with a lock file and without. What all roots have alike is one block in a
        preview; a plugin whose configuration is not known yet is not started for it."""
        self.assertIn("deferred", self.run_ok("plan", "sandbox"))
        fresh = self.preview()
        self.assertEqual({name for name, r in fresh.items() if r["verdict"] == "deferred"}, {"010/late", "010/module"})
        self.assertEqual(fresh["010/late"]["deferred"], [{"address": "", "after": "stage 000",
                                                          "why": "provider `simple` is configured from `procedure__first__id`"}])
        self.assertEqual(fresh["010/many--k0"]["objects"][0]["action"], "create")
        self.assertIn(f"applied         {ROOTS}", self.apply())
        outputs = self.outputs()
        first = outputs[f"{FLIGHT}/000/first"]["id"]
        self.assertTrue(first)
        self.assertEqual(outputs[f"{FLIGHT}/010/late"]["value"], first)
        self.assertEqual(outputs[f"{FLIGHT}/010/module"]["values"], [first, "two"])
        self.assertIn(f"unchanged       {ROOTS}  ({ROOTS} not looked at)", self.apply())
        self.assertEqual({r["verdict"] for r in self.preview().values()}, {"unchanged"})
        looked_at = self.run_ok("apply", "sandbox", "--auto-approve", "--refresh")
        self.assertIn(f"unchanged       {ROOTS}\n", looked_at)
        state = self.bench.state("sandbox/things/here/module")
        used = {resource["name"]: resource["provider"] for resource in state["resources"]}
        self.assertEqual(used["one"], f'provider["{provider.SOURCE}"]')
        self.assertEqual(used["two"], f'provider["{provider.SOURCE}"].late')
        emitted = {path.name for path in (self.bench.project / "out").rglob("*")}
        self.assertNotIn(".terraform", emitted)
        self.assertIn(f"destroyed       {ROOTS}", self.run_ok("destroy", "sandbox", "--auto-approve"))
        left = [path for path in self.bench.states() if json.loads(path.read_text())["resources"]]
        self.assertEqual(left, [])

    def test_roots_are_configured_as_the_program_says(self):
        self.build()
        first = self.out("000/first/providers.tf")
        self.assertIn('alias       = "spare"', first)
        self.assertNotIn("late", first)  # else it would read its own output
        self.assertIn("var.flight__facts__account", first)
        late = self.out("010/late/providers.tf")
        self.assertIn("i_depend_on = var.procedure__first__id", late)
        self.assertNotIn("spare", late)
        many = self.out("010/many--k0/providers.tf")
        self.assertEqual(many.count("provider \"simple\""), 1)

    def test_without_a_lock_file(self):
        self.assertIn("warning[SPC4014]", self.build())
        self.fly()

    def test_with_a_committed_lock_file(self):
        self.bench.project.joinpath(".terraform.lock.hcl").write_text(self.lock())
        self.assertNotIn("SPC4014", self.build())
        self.assertIn("h1:", self.out("010/many--k0/.terraform.lock.hcl"))
        before = self.out("000/first/.terraform.lock.hcl")
        self.fly()
        self.assertEqual(self.out("000/first/.terraform.lock.hcl"), before)

    def test_a_plugin_that_the_lock_file_does_not_know_is_not_run(self):
        lock = re.sub(r'h1:[^"]*', "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", self.lock())
        self.bench.project.joinpath(".terraform.lock.hcl").write_text(lock)
        self.build()
        done = self.bench.run("apply", "sandbox", "--auto-approve")
        self.assertEqual(done.returncode, 20, done.stdout + done.stderr)
        self.assertIn("checksum", done.stdout)
        self.assertEqual(self.bench.states(), [])

    def test_a_change_reaches_the_configuration_that_reads_it(self):
        self.build()
        self.apply()
        (self.bench.project / "main.space").write_text(PROGRAM.replace('"small"', '"large"'))
        self.build()
        roots = self.preview()
        self.assertEqual({name for name, r in roots.items() if r["verdict"] != "unchanged"}, {"000/first"})
        self.assertEqual(roots["000/first"]["objects"][0]["leaves"], [
            {"path": "value", "before": {"value": "first-small"}, "after": {"value": "first-large"}}])
        text = self.apply()
        self.assertIn("~1", text)
        self.assertIn(f"{FLIGHT}/010/many--k0  not looked at", text)

    def test_a_mirror_that_is_not_there(self):
        self.build()
        self.bench.environment["SPACE_PROVIDER_MIRROR"] = str(self.bench.folder / "nowhere")
        done = self.bench.run("plan", "sandbox")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("there is no such folder", done.stderr)

    def lock(self):
        """What `tofu providers lock` writes for this mirror."""
        folder = self.bench.folder / "lock"
        folder.mkdir()
        (folder / "main.tf").write_text(f'terraform {{\n  required_providers {{\n    simple = {{\n      source  = "{provider.SOURCE}"\n'
                                        f'      version = "{provider.VERSION}"\n    }}\n  }}\n}}\n')
        (folder / "tofu.rc").write_text("")
        environment = {**os.environ, "TF_CLI_CONFIG_FILE": str(folder / "tofu.rc"), "CHECKPOINT_DISABLE": "1"}
        mirror = self.bench.environment["SPACE_PROVIDER_MIRROR"]
        done = subprocess.run([support.tofu(), "providers", "lock", "-no-color", f"-fs-mirror={mirror}"], cwd=folder, env=environment,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return (folder / ".terraform.lock.hcl").read_text()


if __name__ == "__main__":
    support.main()
