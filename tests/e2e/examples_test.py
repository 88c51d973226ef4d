"""Every example: formatted, built, its roots accepted by tofu, flown in its sandbox, looked at, and taken down again."""

import json
import pathlib
import unittest

import support
from support import Case

EXAMPLES = {"first-mission": 14, "existing-module": 2}  # roots in the sandbox


class Examples(Case):
    def test_all_are_listed(self):
        found = {path.name for path in (support.ROOT / "examples").iterdir() if path.is_dir()}
        self.assertEqual(found, set(EXAMPLES))

    def test_formatted(self):
        tofu = self.need_tofu()
        found = [path for top in ("examples", "spaces") for path in (support.ROOT / top).rglob("*.space") if path.is_file()]
        self.assertGreater(len(found), 8)
        for path in sorted(found):
            text = path.read_bytes()
            for command in ([support.SPACEC, "fmt", "-"], [tofu, "fmt", "-"]):
                code, out, err = support.run(*command, folder=self.folder, text=text,
                                             environment=support.tofu_environment(self.folder))
                self.assertEqual((code, out), (0, text.decode()), f"{path}: {err}")

    def test_spaces_build(self):
        self.spacec("build", support.ROOT / "spaces", "--out", self.folder / "out", folder=support.ROOT)
        self.assertTrue((self.folder / "out/run-plan.json").exists())

    def test_roots_are_plain_tofu(self):
        tofu = self.need_tofu()
        environment = support.tofu_environment(self.folder)
        for name in EXAMPLES:
            folder = self.copy_example(name, name)
            self.spacec("build", ".", folder=folder)
            code, out, err = support.run(tofu, "fmt", "-check", "-recursive", "-diff", "out", folder=folder, environment=environment)
            self.assertEqual(code, 0, out + err)
            for terraform in sorted((folder / "out/sandbox").rglob("terraform.tf")):
                root = terraform.parent
                code, out, err = support.run(tofu, "init", "-backend=false", "-input=false", folder=root, environment=environment)
                self.assertEqual(code, 0, f"{root}: {out}{err}")
                code, out, err = support.run(tofu, "validate", folder=root, environment=environment)
                self.assertEqual(code, 0, f"{root}: {out}{err}")


class Flights(Case):
    def fly(self, name, fresh):
        """`fresh`: the verdicts of a preview before anything was applied."""
        self.need_tofu()
        folder = self.copy_example(name)
        self.spacec("build", ".", folder=folder)
        built = support.tree(folder / "out")
        self.assertEqual(self.previewed(folder=folder), fresh)
        self.space("apply", "sandbox", "--auto-approve", folder=folder)
        states = self.states(folder)
        self.assertEqual(len(states), EXAMPLES[name])
        for path, state in states.items():
            self.assertTrue(state["resources"] or state["outputs"], path)

        outputs = json.loads(self.space("output", "sandbox", "--json", folder=folder)[0])
        self.assertTrue(outputs)

        self.space("apply", "sandbox", "--auto-approve", folder=folder)
        self.assertEqual(states, self.states(folder), "a second apply must change nothing")
        self.assertEqual(self.previewed(folder=folder), {"unchanged"})
        self.assertEqual(built, support.tree(folder / "out"), "a flight must leave out/ as it was built")

        self.space("destroy", "sandbox", "--auto-approve", folder=folder)
        for path, state in self.states(folder).items():
            self.assertEqual(state["resources"], [], path)
        return outputs

    def states(self, folder):
        found = {}
        for path in sorted(pathlib.Path(folder, ".space", "state").rglob("*.tfstate")):
            found[str(path)] = json.loads(path.read_text())
        return found

    def test_first_mission(self):
        text = json.dumps(self.fly("first-mission", {"changes", "deferred"}))  # `firewall` is made for each subnet
        for wanted in ("north.sandbox.example.org", "shop:dev on 2 servers in eu-north", "10.20.1.11"):
            self.assertIn(wanted, text)

    def test_existing_module(self):
        outputs = json.dumps(self.fly("existing-module", {"changes"}))
        self.assertIn("https://web--main-app-web-lb.internal:443", outputs)


class Refusals(Case):
    def test_only_a_sandbox_is_applied(self):
        self.need_tofu()
        folder = self.copy_example("existing-module")
        self.spacec("build", ".", folder=folder)
        code, _, err = support.run(support.SPACE, "apply", "prod", "--auto-approve", folder=folder)
        self.assertNotEqual(code, 0)
        self.assertIn("sandbox", err)
        self.assertFalse((folder / ".space" / "state").exists())


if __name__ == "__main__":
    unittest.main(verbosity=1)
