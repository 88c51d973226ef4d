"""`cmake --install`: what it puts where, and that both programs work from there, without the checkout."""

import os
import re
import shutil
import unittest

import support
from support import Case, run


class Install(Case):
    def setUp(self):
        super().setUp()
        build = support.BIN.resolve().parent
        code, out, err = run("cmake", "--install", build, "--prefix", self.folder / "usr", folder=self.folder)
        self.assertEqual(code, 0, out + err)
        # Only what was installed is in PATH, and nothing of the caller's settings is left.
        self.home = self.folder / "home"
        self.home.mkdir()
        self.environment = {"PATH": f"{self.folder}/usr/bin:/usr/bin:/bin", "HOME": str(self.home)}

    def here(self, *words, folder=None, code=0):
        program = shutil.which(words[0], path=self.environment["PATH"])
        self.assertEqual(program, str(self.folder / "usr/bin" / words[0]))
        got, out, err = run(program, *words[1:], folder=folder or self.folder, environment=self.environment)
        self.assertEqual(got, code, f"{words}\n{out}\n{err}")
        return out

    def test_two_programs_and_the_licence(self):
        installed = support.tree(self.folder / "usr")
        self.assertEqual({path: executable for path, (_, executable) in installed.items()},
                         {"bin/space": True, "bin/spacec": True, "share/doc/space/LICENSE": False})
        for path, (content, _) in installed.items():
            self.assertNotIn(os.fsencode(support.ROOT), content, path)

    def test_versions(self):
        commit = r"\(commit ([0-9a-f]{12}(, with changes)?|unknown)\)"
        self.assertRegex(self.here("spacec", "--version"),
                         rf"\Aspacec \d+\.\d+\.\d+ {commit}\nedition 2026\ncontract 1\.0\ntofu 1\.12\.6\n\Z")
        self.assertRegex(self.here("space", "--version"),
                         rf"\Aspace \d+\.\d+\.\d+ {commit}\nrun plan space\.run-plan/1\ntofu 1\.12\.6\n\Z")

    def test_a_project_is_checked_built_and_looked_at(self):
        project = self.copy_example("first-mission")
        self.here("spacec", "check", ".", folder=project)
        self.here("spacec", "build", ".", folder=project)
        self.assertIn("sandbox", self.here("space", "status", folder=project))
        built = support.tree(project / "out")
        other = self.copy_example("first-mission", "other")
        self.spacec("build", ".", folder=other)
        self.assertEqual(built, support.tree(other / "out"))

    def test_pages_and_help_come_along(self):
        self.assertIn("## Wrong", self.here("spacec", "explain", "SPC3001"))
        text = self.here("space", "--help")
        for command in ("plan", "apply", "destroy", "output", "status", "exec", "tofu"):
            self.assertTrue(re.search(rf"^\s+{command}\b", text, re.MULTILINE), text)


if __name__ == "__main__":
    unittest.main(verbosity=1)
