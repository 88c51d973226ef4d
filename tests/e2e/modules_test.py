"""Local modules in out/modules: every byte and who may run it, noticed when either changes. And what they keep of what is
sensitive: tofu refuses a root's output that carries it and does not say so."""

import json
import os
import unittest
import unittest.mock

import support
from support import PROGRAM, Case

MODULE = '''resource "terraform_data" "this" {
  provisioner "local-exec" {
    command = "${path.module}/scripts/hello"
  }
}
'''


class Modes(Case):
    def setUp(self):
        super().setUp()
        body = PROGRAM[PROGRAM.index('      resource "terraform_data"'):PROGRAM.index('      output "name"')]
        output = PROGRAM[PROGRAM.index('      output "name"'):PROGRAM.index("    }\n  }\n}\n")]
        program = PROGRAM.replace(body + output, '      source = "./modules/hello"\n')
        self.assertIn("source = ", program)
        self.write("main.space", program)
        self.write("modules/hello/main.tf", MODULE)
        self.script = self.write("modules/hello/scripts/hello", "#!/bin/sh\ntouch \"$TMPDIR/was-run\"\n")
        self.script.chmod(0o755)

    def build(self):
        self.spacec("build", ".")
        return support.tree(self.folder / "out")

    def copies(self, tree):
        """Path in the module -> may be run; and the one folder that they lie in."""
        found = {path.split("/", 2)[2]: executable for path, (_, executable) in tree.items() if path.startswith("modules/")}
        folders = {path.split("/")[1] for path in tree if path.startswith("modules/")}
        self.assertEqual(len(folders), 1)
        return found, folders.pop()

    def modes(self, tree):
        return {file["path"]: file["mode"] for file in json.loads(tree["run-plan.json"][0])["files"]}

    def test_a_script_may_still_be_run(self):
        tree = self.build()
        copies, folder = self.copies(tree)
        self.assertEqual(copies, {"main.tf": False, "scripts/hello": True})
        modes = self.modes(tree)
        self.assertEqual(set(modes), set(tree) - {"run-plan.json"})
        self.assertEqual(modes[f"modules/{folder}/scripts/hello"], "0755")
        self.assertEqual(modes[f"modules/{folder}/main.tf"], "0644")
        self.assertEqual(tree[f"modules/{folder}/scripts/hello"][0], self.script.read_bytes())

    def test_local_exec_runs_it(self):
        self.need_tofu()
        self.build()
        with unittest.mock.patch.dict(os.environ, TMPDIR=str(self.folder)):
            self.space("apply", "sandbox", "--auto-approve")
        self.assertTrue((self.folder / "was-run").exists())

    def test_the_bit_alone_is_a_change(self):
        before = self.build()
        _, folder = self.copies(before)
        self.spacec("build", "--check", ".")
        self.script.chmod(0o644)
        self.spacec("build", "--check", ".", code=3)
        after = self.build()
        copies, other = self.copies(after)
        self.assertEqual(copies, {"main.tf": False, "scripts/hello": False})
        self.assertNotEqual(folder, other)
        self.spacec("build", "--check", ".")
        self.script.chmod(0o755)
        self.assertEqual(self.build(), before)

    def test_the_bit_in_out_is_held_too(self):
        _, folder = self.copies(self.build())
        copy = self.folder / "out/modules" / folder / "scripts/hello"
        copy.chmod(0o644)
        self.spacec("build", "--check", ".", code=3)
        self.build()
        self.assertTrue(os.access(copy, os.X_OK))

    def test_other_bits_of_the_mode_are_the_machines_own(self):
        before = self.build()
        self.script.chmod(0o700)
        (self.folder / "modules/hello/main.tf").chmod(0o664)
        self.assertEqual(self.build(), before)

    def test_a_link_stands_for_the_file_it_leads_to(self):
        target = self.write("elsewhere/hello", self.script.read_text())
        target.chmod(0o755)
        before = self.build()
        self.script.unlink()
        self.script.symlink_to("../../../elsewhere/hello")
        self.assertEqual(self.build(), before)
        target.chmod(0o644)
        self.spacec("build", "--check", ".", code=3)
        target.chmod(0o755)
        target.write_text("#!/bin/sh\nexit 0\n")
        self.spacec("build", "--check", ".", code=3)


OUTPUTS = ("plain", "through", "known", "uncovered")


class Carried(Case):
    def setUp(self):
        super().setUp()
        begin = PROGRAM.index('      resource "terraform_data"')
        outputs = "".join(f'      output "{name}" {{ type = string }}\n' for name in OUTPUTS)
        program = PROGRAM[:begin] + f'''      source = "./modules/outer"
      inputs = {{ plain = sensitive("p"), hidden = sensitive(flight.namespace) }}
{outputs}    }}
  }}
  stage "010" {{
    procedure "two" {{
      module "inner" {{
        source = "./modules/inner"
        value  = procedure.one.known
        hidden = procedure.one.plain
      }}
      output "value" {{
        type      = string
        sensitive = true
        value     = module.inner.value
      }}
    }}
  }}
}}
'''
        self.write("main.space", program)
        self.write("modules/outer/main.tf", '''variable "plain" {
  type = string
}
variable "hidden" {
  type      = string
  sensitive = true
}
module "inner" {
  source = "../inner"
  value  = var.hidden
}
output "plain" {
  value = "p-${var.plain}"
}
output "through" {
  value = module.inner.value
}
output "known" {
  value = "a constant"
}
output "uncovered" {
  value = nonsensitive(var.plain)
}
''')
        self.write("modules/inner/main.tf", '''variable "value" {
  type = string
}
variable "hidden" {
  type      = string
  default   = ""
  sensitive = true
}
output "value" {
  value = "${var.value}${var.hidden}"
}
''')

    def test_tofu_takes_every_output(self):
        self.need_tofu()
        self.spacec("build", ".")
        text = (self.folder / "out/sandbox/here/web/000/one/outputs.tf").read_text()
        hidden = [name for name in OUTPUTS
                  if "sensitive" in text.split(f'output "{name}"')[1].split("}")[0]]
        self.assertEqual(hidden, ["plain", "through"])
        self.assertEqual(self.previewed(), {"changes"})
        self.space("apply", "sandbox", "--auto-approve")
        self.assertEqual(self.previewed(), {"unchanged"})


if __name__ == "__main__":
    unittest.main(verbosity=1)
