"""`spacec fix`: what it mends, that the second run has nothing to do, and what it leaves alone."""

import json
import subprocess
import unittest

import support
from support import PROGRAM, Case

WRONG = PROGRAM.replace("spaces       =", "space        =").replace("flight.namespace", "local.nmae") + '''
locals {
  name = "web"
}
'''


class Fix(Case):
    def test_a_dry_run_prints_a_diff_that_applies(self):
        path = self.write("spaces/main.space", WRONG)
        out, err = self.spacec("fix", "--dry-run", code=3)
        self.assertIn("would mend 2 places in 1 file", err)
        self.assertEqual(path.read_text(), WRONG)
        self.assertIn("-  space        = [space.here]\n+  spaces        = [space.here]\n", out)
        patched = subprocess.run(["patch", "-p0", "-i", "-"], cwd=self.folder, input=out, text=True, capture_output=True,
                                 check=False)
        self.assertEqual(patched.returncode, 0, patched.stdout)
        by_patch = path.read_text()
        self.write("spaces/main.space", WRONG)
        self.spacec("fix")
        self.assertEqual(path.read_text(), by_patch)

    def test_twice_is_once_and_the_program_is_good(self):
        path = self.write("spaces/main.space", WRONG)
        out, err = self.spacec("fix")
        self.assertEqual(out, "spaces/main.space\n")
        self.assertIn("mended 2 places in 1 file", err)
        once = path.read_bytes()
        self.assertIn(b"local.name", once)
        _, err = self.spacec("fix")
        self.assertIn("mended 0 places in 0 files", err)
        self.assertEqual(path.read_bytes(), once)
        self.spacec("check")
        self.spacec("fix", "--dry-run")

    def test_what_needs_a_person_stays(self):
        text = PROGRAM.replace("remote.state", "remote.nothing_like_it")
        path = self.write("spaces/main.space", text)
        _, err = self.spacec("fix")
        self.assertIn("mended 0 places", err)
        self.assertEqual(path.read_text(), text)

    def test_two_that_are_as_near_are_not_chosen_between(self):
        text = PROGRAM.replace("flight.namespace", "local.nam") + '\nlocals {\n  nama = 1\n  name = 1\n}\n'
        path = self.write("spaces/main.space", text)
        self.spacec("fix")
        self.assertEqual(path.read_text(), text)

    def test_legacy_syntax_and_text_around_it(self):
        text = PROGRAM.replace("terraform_data.this.output", "[terraform_data.this.output].0 # as it was")
        path = self.write("spaces/main.space", text)
        self.spacec("fix")
        self.assertIn("[terraform_data.this.output][0] # as it was", path.read_text())

    def test_it_mends_until_the_program_is_good(self):
        wrong = (PROGRAM.replace("spaces       =", "spaces       = [\"space.here\"] #")
                 .replace("flight.namespace", "uper(var.nmae)")
                 .replace("  stage", "  variable \"name\" {\n    type    = \"string\"\n    default = 'web'\n  }\n  stage", 1))
        path = self.write("spaces/main.space", wrong)
        rounds = 0
        while "mended 0 places" not in self.spacec("fix")[1]:
            rounds += 1
            self.assertLess(rounds, 5)
        self.assertGreater(rounds, 1)  # what does not parse comes first
        text = path.read_text()
        self.assertIn('default = "web"', text)
        self.assertIn("type    = string", text)
        self.assertIn("upper(var.name)", text)
        self.assertIn("[space.here]", text)
        self.spacec("check")

    def test_a_reference_in_a_template_stands_alone(self):
        path = self.write("spaces/main.space", PROGRAM.replace("= remote.state", '= "${remote.state}"'))
        self.spacec("fix")
        self.assertEqual(path.read_text(), PROGRAM)

    def test_no_module_file_is_touched(self):
        module = self.write("spaces/modules/one/main.tf", 'variable "a" {\n  type = strng\n}\n')
        before = module.read_text()
        body = PROGRAM[:PROGRAM.index("  stage")] + """  stage "000" {
    procedure "one" {
      source = "./modules/one"
      inputs = { a = "x" }
    }
  }
}
"""
        self.write("spaces/main.space", body)
        self.spacec("check", code=1)
        self.assertIn("mended 0 places", self.spacec("fix")[1])
        self.assertEqual(module.read_text(), before)

    def test_fixes_stand_in_json_and_sarif(self):
        self.write("spaces/main.space", WRONG)
        out, _ = self.spacec("check", "--diagnostics", "json", code=1)
        fixes = [fix for line in out.splitlines() for fix in json.loads(line).get("fixes", [])]
        self.assertEqual({fix["applicability"] for fix in fixes}, {"machine-applicable"})
        self.assertEqual(sorted(edit["text"] for fix in fixes for edit in fix["edits"]), [".name", "spaces"])
        out, _ = self.spacec("check", "--diagnostics", "sarif", code=1)
        results = json.loads(out)["runs"][0]["results"]
        texts = [change["insertedContent"]["text"] for result in results for fix in result["fixes"]
                 for artifact in fix["artifactChanges"] for change in artifact["replacements"]]
        self.assertEqual(sorted(texts), [".name", "spaces"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
