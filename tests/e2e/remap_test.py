"""`spacec remap`: what the real tofu says of a generated root, led back to the `.space` file that it comes from."""

import json
import unittest

import support
from support import PROGRAM, Case

ROOT = "out/sandbox/here/web/000/one"


class Remap(Case):
    def test_validate_and_plan_of_the_real_tofu(self):
        tofu = self.need_tofu()
        ignored = "        lifecycle { ignore_changes = [nowhere] }"
        self.write("spaces/main.space", PROGRAM.replace("        input = flight.namespace\n", f"        input = flight.namespace\n{ignored}\n"))
        self.spacec("build")
        environment = support.tofu_environment(self.folder)
        root = self.folder / ROOT
        support.run(tofu, "init", "-backend=false", "-input=false", folder=root, environment=environment)
        _, found, _ = support.run(tofu, "validate", "-json", folder=root, environment=environment)
        said = json.loads(found)["diagnostics"]
        self.assertEqual(len(said), 1, found)
        out, _ = self.spacec("remap", ROOT, text=found.encode())
        line = 1 + (self.folder / "spaces/main.space").read_text().splitlines().index(ignored)
        self.assertIn(f"error: {said[0]['summary']}\n --> main.space:{line}:", out)
        self.assertIn(f"({ROOT}/main.tf:", out)
        out, _ = self.spacec("remap", ROOT, "--format", "json", text=found.encode())
        record = json.loads(out)
        self.assertEqual((record["file"], record["line"]), ("main.space", line))
        self.assertTrue(record["generated_file"].startswith(ROOT))
        lines = "".join(json.dumps({"@level": "info", "type": "version"}) + "\n" + json.dumps(
            {"type": "diagnostic", "diagnostic": one}) + "\n" for one in said)
        self.assertEqual(self.spacec("remap", ROOT, "--format", "json", text=lines.encode())[0], out)

    def test_what_is_about_no_place_is_said_too(self):
        self.write("spaces/main.space", PROGRAM)
        self.spacec("build")
        out, _ = self.spacec("remap", ROOT, text=b'{"diagnostics":[{"severity":"warning","summary":"odd","detail":"so"}]}')
        self.assertEqual(out, "warning: odd\nso\n\n")

    def test_mistakes(self):
        self.write("spaces/main.space", PROGRAM)
        _, err = self.spacec("remap", "elsewhere", code=2, text=b"{}")
        self.assertIn("is no root below `out`", err)
        _, err = self.spacec("remap", ROOT, code=1, text=b"{}")
        self.assertIn("`spacec build` writes it", err)
        self.spacec("build")
        _, err = self.spacec("remap", ROOT, code=1, text=b"Error: not JSON")
        self.assertIn("standard input is not what", err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
