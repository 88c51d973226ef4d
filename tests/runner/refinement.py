#!/usr/bin/env python3
"""An apply that is bound to what was reviewed, with real tofu: `space preview --save FILE`, `space apply --reviewed FILE`. What was
reviewed goes through, with its unknowns filled; anything else is not applied, is told, and keeps back what depends on it.

usage: refinement.py [PATH-OF-SPACE]
"""

import json
import os
import pathlib
import sys
import unittest

import fixtures
import support
import terminal

sys.path.insert(0, str(support.ROOT / "tests"))
import json_schemas  # noqa: E402

SHOP = "sandbox/one/shop"
NOT_REVIEWED = 16
CANARY = "canary-77ab-of-a-secret"
COUNTED = 'resource "terraform_data" "it" {\n  input = var.up\n}\n\nresource "terraform_data" "many" {\n  count = length(var.up)\n}\n'


class Refinement(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)

    def run_space(self, *arguments, code=0, **kwargs):
        done = self.bench.run(*arguments, **kwargs)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def review(self, target="sandbox", **kwargs):
        self.run_space("preview", target, "--save", "review.json", **kwargs)
        document = json.loads((self.bench.project / "review.json").read_text())
        self.assertEqual(json_schemas.problems(document, json_schemas.validator("reviewed.schema.json"), "review"), [])
        return document["reviewed"]

    def apply(self, target="sandbox", code=0, **kwargs):
        return self.run_space("apply", target, "--reviewed", "review.json", code=code, **kwargs)

    def chain(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a", values={"size": "1"}, given={"seen": "var.size"})
        second = project.add(SHOP, "010", "b", reads={"up": (first.id, "id"), "seen": (first.id, "seen")})
        project.add(SHOP, "020", "c", reads={"up": (second.id, "id")})
        project.write()
        return project

    def reviewed_change(self):
        """The chain, applied, and a review of what another size makes of it."""
        project = self.chain()
        self.review()
        self.apply()
        project.roots[0].values["size"] = "2"
        project.write()
        self.review()

    def state_file(self, procedure):
        return next(pathlib.Path(self.bench.project, ".space/state").rglob(f"{procedure}.tfstate"))

    def edit_state(self, procedure, change, serial=0):
        """As somebody would who does not go through space."""
        path = self.state_file(procedure)
        state = json.loads(path.read_text())
        change(state)
        state["serial"] += serial
        path.write_text(json.dumps(state))

    def objects(self):
        return {p.stem: {r["name"]: r["instances"] for r in json.loads(p.read_text())["resources"]}
                for p in pathlib.Path(self.bench.project, ".space/state").rglob("*.tfstate")}

    def test_what_was_reviewed_goes_through(self):
        project = self.chain()
        self.review()
        told = self.apply()
        self.assertIn("applied         3  +3", told)
        journal = next(pathlib.Path(self.bench.project, ".space/journal").rglob("*.jsonl"))
        records = [json.loads(line) for line in journal.read_text().splitlines()]
        digest = json.loads((self.bench.project / "review.json").read_text())["sha256"]
        self.assertEqual([r["reviewed"] for r in records if r["kind"] == "run-begun"], [digest])
        self.assertEqual(len({r["plan"] for r in records if r["kind"] == "step-begun" and r["step"] == "apply"}), 3)
        # Again, and after a review of nothing to do.
        self.assertIn("unchanged       3", self.apply())
        self.review()
        self.assertIn("unchanged       3", self.apply())
        self.assertIn("unchanged       3", self.apply(code=0))
        # In place, with a known value that goes on; and replaced, with an unknown one.
        project.roots[0].values["size"] = "2"
        project.write()
        self.review()
        self.assertIn("applied         2  +0 ~2", self.apply())
        project.roots[0].body = 'resource "terraform_data" "it" {\n  input = var.size\n  triggers_replace = "now"\n}\n'
        project.write()
        self.review()
        self.assertIn("+1 ~1 -1", self.apply())

    def test_what_it_is_made_of_must_be_as_reviewed(self):
        project = self.chain()
        self.review()
        project.roots[1].body = 'resource "terraform_data" "it" {\n  input = "other"\n}\n'
        project.write()
        told = self.apply(code=NOT_REVIEWED)
        self.assertIn(f"`{SHOP}/010/b` is not what was reviewed: file `main.tf` differs", told)
        self.assertIn("space preview", told)
        self.assertFalse((self.bench.project / ".space/state").exists())
        project.add(SHOP, "020", "d")
        project.write()
        self.assertIn("differs", self.apply(code=NOT_REVIEWED))
        self.review(f"{SHOP}/000")
        self.assertIn(f"is a review of `{SHOP}/000`, not of `sandbox`", self.apply(code=NOT_REVIEWED))

    def test_what_the_run_plan_says_must_be_as_reviewed(self):
        # None of this stands in the files of a root.
        project = self.chain()
        other = project.add(SHOP, "000", "other", secrets={"word": "word"}, outputs={"id": "string"})
        project.secrets[SHOP] = [{"name": "word", "method": "env", "arguments": ["WORD"]}]
        project.write()
        environment = {"WORD": "one-of-two", "ANOTHER": "one-of-two"}
        self.review(environment=environment)
        project.roots[1].reads["up"] = (other.id, "id")  # unknown then, as the other one
        project.write()
        told = self.apply(code=NOT_REVIEWED, environment=environment)
        self.assertIn(f"`{SHOP}/010/b` is not what was reviewed: what the run plan says of it differs", told)
        project.roots[1].reads["up"] = (project.roots[0].id, "id")
        project.secrets[SHOP][0]["arguments"] = ["ANOTHER"]
        project.write()
        self.assertIn(f"`{SHOP}/000/other` is not what was reviewed", self.apply(code=NOT_REVIEWED, environment=environment))
        project.secrets[SHOP][0]["arguments"] = ["WORD"]
        project.roots.remove(other)
        project.write()
        self.assertIn(f"`{SHOP}/000/other` was reviewed, and is not here any more", self.apply(code=NOT_REVIEWED, environment=environment))
        self.assertFalse((self.bench.project / ".space/state").exists())

    def test_a_file_that_was_changed_is_refused(self):
        self.chain()
        self.review()
        path = self.bench.project / "review.json"
        path.write_text(path.read_text().replace('"action":"create"', '"action":"update"', 1))
        self.assertIn("it was changed since it was saved", self.apply(code=NOT_REVIEWED))
        path.write_text("{}")
        self.apply(code=NOT_REVIEWED)
        path.unlink()
        self.apply(code=NOT_REVIEWED)

    def test_another_state_stops_and_keeps_back_what_depends_on_it(self):
        self.reviewed_change()
        self.edit_state("a", lambda state: None, serial=1)
        told = self.apply(code=NOT_REVIEWED)
        self.assertIn("had 1 when it was reviewed", told)
        self.assertIn(f"skipped        {SHOP}/010/b", told)
        self.assertIn("space preview sandbox --save review.json", told)
        self.assertIn("space apply sandbox --reviewed review.json", told)
        self.assertEqual(self.objects()["a"]["it"][0]["attributes"]["input"]["value"], "a:1")
        self.review()
        self.assertIn("applied         2", self.apply())

    def test_another_value_before_and_an_object_that_is_gone(self):
        self.reviewed_change()

        def other(state):
            state["resources"][0]["instances"][0]["attributes"]["input"]["value"] = "9"
            state["resources"][0]["instances"][0]["attributes"]["output"]["value"] = "9"

        self.edit_state("a", other)
        told = self.apply(code=NOT_REVIEWED)
        self.assertIn("a value is not the reviewed one", told)
        self.assertIn('reviewed at `input`: "a:1" before; now: "9" before', told)
        self.edit_state("a", lambda state: state["resources"].clear())
        told = self.apply(code=NOT_REVIEWED)
        self.assertIn("another change than the reviewed one", told)
        self.assertIn("reviewed: update; now: create", told)

    def test_what_was_deferred_is_reviewed_when_it_is_known(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a")
        project.add(SHOP, "010", "b", reads={"up": (first.id, "id")}, body=COUNTED, outputs={"id": "string"})
        project.write()
        reviewed = self.review()
        self.assertEqual(reviewed["procedures"][1]["deferred"], ["terraform_data.many"])
        told = self.apply(code=NOT_REVIEWED)
        self.assertIn(f"applied        {SHOP}/000/a", told)
        self.assertIn("nothing could be reviewed of it, and now it is known", told)
        self.assertNotIn("b", self.objects())
        self.review()
        self.assertIn("+37", self.apply())

    def test_sensitive_values_are_sealed_and_compared(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a", secrets={"word": "word"}, given={"seen": "var.word"}, sensitive=("seen",))
        project.add(SHOP, "010", "b", reads={"up": (first.id, "seen")}, sensitive=("up", "seen"), outputs={"id": "string"})
        project.secrets[SHOP] = [{"name": "word", "method": "env", "arguments": ["WORD"]}]
        project.write()
        environment = {"WORD": CANARY}
        self.review(environment=environment)
        self.assertNotIn(CANARY, (self.bench.project / "review.json").read_text())
        told = self.apply(environment={"WORD": "another"}, code=NOT_REVIEWED)
        self.assertIn("(sensitive)", told)
        self.assertIn("applied         2", self.apply(environment=environment))
        for path in pathlib.Path(self.bench.project, ".space/runs").rglob("*"):
            if path.is_file():
                self.assertNotIn(CANARY.encode(), path.read_bytes(), path)
        # What is sealed with a key that is gone cannot be compared.
        self.review(environment=environment)
        os.unlink(next(pathlib.Path(self.bench.project, ".space").glob("*key*")))
        self.assertIn("sealed with another key", self.apply(environment=environment, code=NOT_REVIEWED))

    def test_what_is_marked_as_sensitive_is_hidden_where_a_provider_shows_it_without_a_mark(self):
        # `output` of a terraform_data has no mark in its state, whatever `input` has.
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a", values={"word": "first-9f31-word"}, body='resource "terraform_data" "it" {\n  input = var.word\n}\n',
                            outputs={"id": "string", "word": "string"}, given={"word": "var.word"}, sensitive=["word"])
        project.add(SHOP, "010", "b", reads={"up": (first.id, "word")}, body='resource "terraform_data" "it" {\n  input = var.up\n}\n', sensitive=["up", "seen"])
        project.write()
        self.run_space("apply", "sandbox", "--auto-approve")
        first.values["word"] = "second-9f31-word"
        project.write()
        self.review()
        page = self.bench.project / "page.html"
        told = self.run_space("preview", "sandbox", "--html", str(page)) + self.run_space("preview", "sandbox", "--json")
        told += page.read_text() + (self.bench.project / "review.json").read_text()
        self.assertIn("terraform_data.it", told)
        self.assertNotIn("9f31-word", told)
        self.assertNotIn("9f31-word", self.apply())

    def test_a_bound_flight_that_fails_goes_on_with_the_same_review(self):
        project = self.chain()
        stop = self.bench.project / "stop"
        stop.touch()
        project.roots[1].body = ('resource "terraform_data" "it" {\n  input = var.up\n\n  provisioner "local-exec" {\n'
                                 f'    command = "test ! -e {stop}"\n  }}\n}}\n')
        project.write()
        self.review()
        self.assertIn(f"applied        {SHOP}/000/a", self.apply(code=21))
        stop.unlink()
        self.run_space("resolve", f"{SHOP}", "--reason", "looked at it")
        # b left a tainted object, which nobody has reviewed; a was applied as reviewed, and stays.
        told = self.apply(code=NOT_REVIEWED)
        self.assertIn("unchanged       1", told)
        self.assertIn(f"failed-clean   {SHOP}/010/b", told)
        self.review()
        self.assertIn("applied         2", self.apply())

    def at_a_terminal(self, answer, code, meanwhile=lambda: None):
        """`space apply sandbox`, answered once it asks; all that was to be read."""
        shown = terminal.Terminal(self.bench.command("apply", "sandbox"), self.bench.project, self.bench.environment, 120, 40)
        try:
            shown.wait(lambda: any(line.startswith("Only `yes` goes on:") for line in shown.screen()), "the question")
            meanwhile()
            shown.type(answer, "Enter")
            self.assertEqual(shown.wait_for_end(), code, "\n".join(shown.all_lines()))
            return "\n".join(shown.all_lines())
        finally:
            shown.close()

    def test_at_a_terminal_the_yes_is_to_what_is_shown(self):
        project = self.chain()
        told = self.at_a_terminal("no", 1)
        self.assertIn("+ terraform_data.it  will be created", told)
        self.assertIn("not approved: nothing was changed", told)
        self.assertFalse((self.bench.project / ".space/state").exists())
        self.assertIn("applied         3", self.at_a_terminal("yes", 0))
        project.roots[0].values["size"] = "2"
        project.write()
        # Somebody else is quicker than the answer.
        told = self.at_a_terminal("yes", NOT_REVIEWED, lambda: self.edit_state("a", lambda state: None, serial=1))
        self.assertIn("had 1 when it was reviewed", told)
        self.assertIn("next: `space apply sandbox`", told)
        self.assertIn("applied         2", self.at_a_terminal("yes", 0))


if __name__ == "__main__":
    terminal.need_tmux()
    support.main()
