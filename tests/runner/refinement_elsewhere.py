#!/usr/bin/env python3
"""An apply bound to a review while somebody else is at work, with real tofu and the laboratory's provider, whose world is a file:
what was changed or removed between the review and the apply stops it, and so does an apply of others, on a remote too.

usage: refinement_elsewhere.py [PATH-OF-SPACE]
"""

import json
import pathlib
import sys
import unittest

import fixtures
import support

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "lab"))
import fault_provider  # noqa: E402
import http_backend  # noqa: E402
import lab  # noqa: E402

NOT_REVIEWED = 16


class Elsewhere(unittest.TestCase):
    def setUp(self):
        self.bench = lab.Bench()
        self.addCleanup(self.bench.close)
        self.project = fixtures.Project(self.bench.project)

    def run_space(self, *arguments, code=0):
        done = self.bench.run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def applied_and_reviewed(self):
        """Two objects; the content of the first goes from `old` to `new` in what is reviewed."""
        root = self.bench.add(self.project, "a", [{"name": "one", "content": "old"}, {"name": "other"}])
        self.project.write()
        self.run_space("apply", "sandbox", "--auto-approve")
        root.body = lab.body(self.bench.world_file, [{"name": "one", "content": "new"}, {"name": "other"}])
        self.project.write()
        self.run_space("preview", "sandbox", "--save", "review.json")

    def happen(self, name, op, content=""):
        """Somebody else does that."""
        found = next(key for key, (of, _) in self.bench.objects().items() if of == name)
        with self.bench.world_file.open("a") as world:
            world.write(json.dumps({"op": op, "id": found, "name": name, "content": content}) + "\n")

    def stopped(self):
        """What was told of an apply that has changed nothing."""
        before = self.bench.world_file.read_bytes()
        told = self.run_space("apply", "sandbox", "--reviewed", "review.json", code=NOT_REVIEWED)
        self.assertEqual(self.bench.world_file.read_bytes(), before)
        return told

    def contents(self):
        return {name: content for name, content in self.bench.objects().values()}

    def test_the_leaf_that_changes_was_changed_elsewhere(self):
        self.applied_and_reviewed()
        self.happen("one", "update", "odd")
        told = self.stopped()
        self.assertIn("a value is not the reviewed one", told)
        self.assertIn('reviewed at `content`: "old" before; now: "odd" before', told)
        # It is reviewed as it is now, and that goes through: the code corrects it.
        self.run_space("preview", "sandbox", "--save", "review.json")
        self.assertIn("applied", self.run_space("apply", "sandbox", "--reviewed", "review.json"))
        self.assertEqual(self.contents()["one"], "new")

    def test_it_is_so_already(self):
        self.applied_and_reviewed()
        self.happen("one", "update", "new")
        self.assertIn("a reviewed change is not there any more", self.stopped())

    def test_another_object_was_changed(self):
        self.applied_and_reviewed()
        self.happen("other", "update", "odd")
        told = self.stopped()
        self.assertIn("another change than the reviewed one", told)
        self.assertIn("fault_object.o1", told)
        self.assertIn("reviewed: no change; now: update", told)

    def test_an_object_is_gone(self):
        self.applied_and_reviewed()
        self.happen("one", "delete")
        self.assertIn("reviewed: update; now: create", self.stopped())

    def test_what_the_code_ignores_is_told_and_goes_through(self):
        root = self.bench.add(self.project, "a", [{"name": "one", "content": "old"}, {"name": "other"}])
        self.project.write()
        self.run_space("apply", "sandbox", "--auto-approve")
        root.body = lab.body(self.bench.world_file, [{"name": "one", "content": "old", "delay": 1}, {"name": "other"}])
        root.body = root.body.replace('  delay = 1\n', '  delay = 1\n\n  lifecycle {\n    ignore_changes = [content]\n  }\n')
        self.assertIn("ignore_changes", root.body)
        self.project.write()
        self.run_space("preview", "sandbox", "--save", "review.json")
        self.happen("one", "update", "odd")
        told = self.run_space("apply", "sandbox", "--reviewed", "review.json")
        self.assertIn("something was changed elsewhere since it was reviewed", told)
        self.assertEqual(self.contents()["one"], "odd")

    def apply_of_others_stops(self, root, environment=None):
        """Somebody applies another content, and the old one again: all values are as they were, and the state is not."""
        self.bench.environment.update(environment or {})

        def write(content):
            root.body = lab.body(self.bench.world_file, [{"name": "one", "content": content}])
            self.project.write()

        write("old")
        self.run_space("apply", "sandbox", "--auto-approve")
        write("new")
        self.run_space("preview", "sandbox", "--save", "review.json")
        for content in ("other", "old"):
            write(content)
            self.run_space("apply", "sandbox", "--auto-approve")
        write("new")
        told = self.stopped()
        self.assertIn("somebody has applied it since it was reviewed", told)
        self.assertIn("its state has serial", told)
        self.run_space("preview", "sandbox", "--save", "review.json")
        self.assertIn("applied", self.run_space("apply", "sandbox", "--reviewed", "review.json"))
        self.assertEqual(self.contents()["one"], "new")

    def on_http(self):
        backend = http_backend.Backend()
        self.addCleanup(backend.close)
        self.apply_of_others_stops(self.bench.add(self.project, "a", [], http=backend.url))
        self.assertEqual(backend.locks(), {})

    def in_an_encrypted_state(self):
        self.project.secrets["sandbox/one/shop"] = [{"name": "phrase", "method": "env", "arguments": ["PHRASE"]}]
        root = self.bench.add(self.project, "a", [], secrets={"phrase": "phrase"}, phrase="phrase")
        self.apply_of_others_stops(root, {"PHRASE": "a phrase of sixteen letters"})
        self.assertIn("encrypted_data", self.bench.states()[0].read_text())

    def test_an_apply_of_others(self):
        for kind in (self.on_http, self.in_an_encrypted_state) if support.FULL else (self.on_http,):  # a key takes a second, each time
            with self.subTest(kind.__name__):
                self.setUp()
                kind()

    def test_a_newer_plugin_is_not_the_reviewed_one(self):
        """Without a lock file tofu takes the newest; a fresh root meets it at its first apply."""
        self.bench.add(self.project, "a", [{"name": "one"}])
        self.project.write()
        self.run_space("preview", "sandbox", "--save", "review.json")
        fault_provider.mirror(self.bench.folder / "mirror", "1.0.1")
        told = self.run_space("apply", "sandbox", "--reviewed", "review.json", code=NOT_REVIEWED)
        self.assertIn("its plan is made by other plugins than the reviewed one", told)
        self.assertIn(f"provider `{fault_provider.SOURCE}` is of version 1.0.1 now, and 1.0.0 was reviewed", told)
        self.assertEqual(self.bench.objects(), {})
        self.run_space("preview", "sandbox", "--save", "review.json")
        self.run_space("apply", "sandbox", "--reviewed", "review.json")
        self.assertEqual(self.contents(), {"one": ""})


if __name__ == "__main__":
    support.main()
