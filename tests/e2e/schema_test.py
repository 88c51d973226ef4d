"""`spacec schema`: schemas taken in from a file and from a root, named, and used by `check` before those compiled in."""

import json
import unittest

from support import HEAD, Case, tofu_environment

PROGRAM = HEAD + """provider "acme" {
  source  = "acme/acme"
  version = "~> 1.0"
}

mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  stage "000" {
    procedure "one" {
      resource "acme_thing" "this" {
        siz = 1
      }
    }
  }
}
"""
SCHEMAS = {"format_version": "1.0", "provider_schemas": {"example.org/acme/acme": {"resource_schemas": {
    "acme_thing": {"version": 0, "block": {"attributes": {"size": {"type": "number", "required": True}}}}}}}}


class Schema(Case):
    def test_from_a_file(self):
        self.write("spaces/main.space", PROGRAM.replace("acme/acme", "example.org/acme/acme"))
        self.write("schemas.json", json.dumps(SCHEMAS))
        _, err = self.spacec("check")
        self.assertNotIn("SPC4031", err)
        _, err = self.spacec("schema", "add", "schemas.json", "--version", "1.4.2")
        path = "spaces/.space/schemas/example.org/acme/acme/1.4.2.schema"
        self.assertEqual(err, f"wrote {path}\n")
        self.assertEqual((self.folder / path).read_text(),
                         "space.schema/1 example.org/acme/acme 1.4.2\nr acme_thing {size=rN}\n")
        out, _ = self.spacec("schema", "list")
        self.assertIn(f"example.org/acme/acme 1.4.2 {path}\n", out)
        self.assertIn("hashicorp/null 3.3.1 compiled in\n", out)
        _, err = self.spacec("check")
        self.assertIn("warning[SPC4031]: `acme_thing` has no argument `siz`", err)
        self.assertIn("of example.org/acme/acme 1.4.2 as its schemas describe it", err)

    def test_what_cannot_be_taken_in(self):
        self.write("schemas.json", json.dumps(SCHEMAS))
        self.write("other.json", "{}")
        _, err = self.spacec("schema", "add", "none.json", code=2)
        self.assertIn("cannot read `none.json`", err)
        _, err = self.spacec("schema", "add", "schemas.json", code=1)
        self.assertIn("no version is known for `example.org/acme/acme`", err)
        _, err = self.spacec("schema", "add", "other.json", "--version", "1.0.0", code=1)
        self.assertIn("it is not what `tofu providers schema -json` prints", err)
        self.spacec("schema", code=2)
        self.assertFalse((self.folder / ".space").exists())

    def test_from_a_root(self):
        tofu = self.need_tofu()
        environment = {**tofu_environment(self.folder), "SPACE_TOFU": tofu}
        self.write("root/main.tf", 'resource "terraform_data" "a" {\n}\n')
        _, err = self.spacec("schema", "add", "root", code=1, environment=environment)
        self.assertIn("`root` has no provider but tofu's own", err)
        self.write("root/main.tf", "resource {\n")
        _, err = self.spacec("schema", "add", "root", code=4, environment=environment)
        self.assertIn("`tofu providers schema -json` ended with 1 in `root`", err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
