"""The same program gives the same bytes: on two paths, in another order, in one file, on another day."""

import os
import pathlib
import random
import re
import shutil
import unittest

import support
from support import Case

BLOCK = re.compile(r"(?ms)^(?:(?:#|///)[^\n]*\n)*[a-z_]+(?: \"[^\"\n]*\")* \{.*?^\}\n")


class Determinism(Case):
    def build(self, folder):
        self.spacec("build", ".", folder=folder)
        return support.tree(folder / "out")

    def examples(self):
        return [path.name for path in sorted((support.ROOT / "examples").iterdir()) if path.is_dir()]

    def test_two_paths(self):
        for name in self.examples():
            here = self.build(self.copy_example(name, f"a/{name}"))
            there = self.build(self.copy_example(name, f"quite/another/and much longer/{name}-b"))
            self.assertEqual(here.keys(), there.keys())
            for path, content in here.items():
                self.assertEqual(content, there[path], f"{name}: {path}")
            self.assertGreater(len(here), 8)

    def test_another_locale_day_and_user(self):
        name = "first-mission"
        here = self.build(self.copy_example(name, "a"))
        folder = self.copy_example(name, "b")
        for path in folder.rglob("*"):
            os.utime(path, (1, 1))
        other = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Chatham", "USER": "somebody", "HOME": str(self.folder)}
        self.spacec("build", ".", folder=folder, environment=other)
        self.assertEqual(here, support.tree(folder / "out"))

    def test_nothing_of_the_machine_is_in_it(self):
        for name in self.examples():
            folder = self.copy_example(name, f"c/{name}")
            for path, (content, _) in self.build(folder).items():
                self.assertNotIn(str(self.folder).encode(), content, path)
                self.assertNotIn(os.uname().nodename.encode(), content, path)

    def comparable(self, built):
        """Without what names places in the sources: maps, digests of them, lines that name a file."""
        kept = {}
        for path, (content, executable) in built.items():
            if path.startswith("maps/") or path == "run-plan.json":
                continue
            lines = [line.split(',"file":"')[0] for line in content.decode().split("\n")]
            kept[path] = ("\n".join(line for line in lines if ".space" not in line), executable)
        return kept

    def test_shuffled_and_merged(self):
        for name in self.examples():
            plain = self.comparable(self.build(self.copy_example(name, f"d/{name}")))
            folder = self.copy_example(name, f"e/{name}")
            blocks = []
            for path in sorted(folder.glob("*.space")):
                found = BLOCK.findall(path.read_text())
                self.assertTrue(found)
                blocks += found
                path.unlink()
            random.Random(2026).shuffle(blocks)
            (folder / "all.space").write_text("\n".join(blocks))
            merged = self.comparable(self.build(folder))
            self.assertEqual(plain.keys(), merged.keys())
            for path, content in plain.items():
                self.assertEqual(content, merged[path], f"{name}: {path}")


class SameCode(Case):
    def test_promoted_environments_are_the_same_roots(self):
        """But for backend.tf and terraform.tfvars a recursive diff of two trees prints nothing."""
        folder = self.copy_example("first-mission")
        self.spacec("build", ".", folder=folder)
        staging, prod = (support.tree(folder / "out" / name) for name in ("staging", "prod"))
        self.assertEqual(staging.keys(), prod.keys())
        differing = {pathlib.PurePath(path).name for path in staging if staging[path] != prod[path]}
        self.assertLessEqual(differing, {"backend.tf", "terraform.tfvars"})
        self.assertTrue(differing)
        shutil.rmtree(folder)


if __name__ == "__main__":
    unittest.main(verbosity=1)
