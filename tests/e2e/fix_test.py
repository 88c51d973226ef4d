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
