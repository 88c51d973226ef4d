#!/usr/bin/env python3
"""`space preview`: one plan of a whole target, with real tofu: fresh, applied, changed and mixed missions, over stages and over
missions, and what cannot be planned yet.

usage: preview.py [PATH-OF-SPACE]
"""

import json

import fixtures
import previewing
import support
from previewing import DESK, SHOP

COUNTED = ('resource "terraform_data" "it" {\n  input = var.up\n}\n\nresource "terraform_data" "many" {\n  count = length(var.up)\n'
           '  input = count.index\n}\n\nresource "terraform_data" "after" {\n  input = length(terraform_data.many)\n}\n')


class Preview(previewing.Case):
    def test_a_fresh_mission_plans_whole(self):
        self.chain()
        roots = self.preview()
        self.assertEqual({r["verdict"] for r in roots.values()}, {"changes"})
        self.assertEqual(self.leaf(roots["shop/000/p0-000"], "terraform_data.it", "input")["after"], {"value": "p0-000:0.0"})
        self.assertEqual(self.leaf(roots["shop/020/p2-001"], "terraform_data.it", "input")["after"], {"unknown": True})
        cause = roots["shop/010/p1-000"]["objects"][0]["because_of"]
        self.assertEqual([(c["root"], c["output"], c["variable"]) for c in cause], [(f"{SHOP}/000/p0-000", "id", "up")])
        self.assertFalse((self.bench.project / ".space/state").exists())

    def test_an_applied_mission_is_empty_and_an_upstream_change_shows_downstream(self):
        project = self.chain()
        self.apply()
        self.assertEqual(set(self.verdicts().values()), {"unchanged"})
        project.roots[0].body = 'resource "terraform_data" "it" {\n  input = var.size\n  triggers_replace = "now"\n}\n'
        project.write()
        roots = self.preview()
        # p1-000 is changed in place: its id stays, so nothing reaches stage 020.
        self.assertEqual({n for n, r in roots.items() if r["verdict"] == "unchanged"}, {"shop/000/p0-001", "shop/010/p1-001", "shop/020/p2-000", "shop/020/p2-001"})
        self.assertEqual(roots["shop/000/p0-000"]["objects"][0]["action"], "replace")
        changed = roots["shop/010/p1-000"]["objects"][0]
        self.assertEqual((changed["address"], changed["action"]), ("terraform_data.it", "update"))
        cause = changed["because_of"][0]
        self.assertEqual((cause["root"], cause["output"], cause["after"]), (f"{SHOP}/000/p0-000", "id", {"unknown": True}))
        self.assertEqual(cause["before"]["value"], self.bench.state("sandbox/shop/one/p0-000")["outputs"]["id"]["value"])
        text = self.run_ok("preview", "sandbox")
        self.assertIn("because output `id` of 000/p0-000 changes", text)
        self.assertIn("unchanged p1-001", text)

    def test_what_stays_known_does_not_follow_from_what_is_unknown(self):
        project = fixtures.Project(self.bench.project)
        made = project.add(SHOP, "000", "made", body='resource "terraform_data" "it" {\n  triggers_replace = var.size\n}\n', values={"size": "1"},
                           outputs={"id": "string"}, given={"id": "terraform_data.it.id"})
        given = project.add(SHOP, "000", "given", values={"size": "1"}, outputs={"seen": "string"}, given={"seen": "var.size"})
        project.add(SHOP, "010", "each", reads={"id": (made.id, "id"), "seen": (given.id, "seen")}, outputs={},
                    body='resource "terraform_data" "it" {\n  for_each = { made = var.id, given = var.seen }\n  input    = each.value\n}\n')
        project.write()
        self.apply()
        made.values["size"] = given.values["size"] = "2"
        project.write()
        objects = {o["address"]: o for o in self.preview()["shop/010/each"]["objects"]}
        self.assertEqual([c["output"] for c in objects['terraform_data.it["given"]']["because_of"]], ["seen"])
        self.assertIn("id", [c["output"] for c in objects['terraform_data.it["made"]']["because_of"]])

    def test_how_many_there_are_is_known_where_they_are_not(self):
        project = fixtures.Project(self.bench.project)
        many = project.add(SHOP, "000", "many", values={"size": "1"}, outputs={"ids": ["list", "string"]},
                           body='resource "terraform_data" "it" {\n  count            = var.size\n  triggers_replace = var.size\n}\n',
                           given={"ids": "terraform_data.it[*].id"})
        project.add(SHOP, "010", "amount", reads={"ids": (many.id, "ids")}, outputs={}, types={"ids": ["list", "string"]},
                    body='resource "terraform_data" "it" {\n  input = length(var.ids)\n}\n')
        project.write()
        self.apply()
        many.values["size"] = "2"
        project.write()
        (amount,) = self.preview()["shop/010/amount"]["objects"]
        self.assertEqual([c["output"] for c in amount["because_of"]], ["ids"])

    def test_known_values_go_through(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a", values={"size": "1"}, given={"seen": "var.size"})
        second = project.add(SHOP, "010", "b", reads={"up": (first.id, "seen")})
        project.add(DESK, "000", "c", reads={"up": (second.id, "id")})
        project.after[DESK] = [SHOP]
        project.write()
        self.apply()
        first.values["size"] = "2"
        project.write()
        roots = self.preview()
        leaf = self.leaf(roots["shop/010/b"], "terraform_data.it", "input")
        self.assertEqual((leaf["before"], leaf["after"]), ({"value": "b:1"}, {"value": "b:2"}))
        self.assertEqual(roots["desk/000/c"]["verdict"], "unchanged")
        self.assertEqual(roots["shop/000/a"]["outputs"], [{"name": "seen", "action": "update", "before": {"value": "1"}, "after": {"value": "2"}}])

    def test_over_missions_and_mixed(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a")
        project.write()
        self.apply()
        new = project.add(SHOP, "010", "b", reads={"up": (first.id, "id")})
        project.add(DESK, "000", "c", reads={"up": (new.id, "id")})
        project.after[DESK] = [SHOP]
        project.write()
        roots = self.preview()
        self.assertEqual({n: r["verdict"] for n, r in roots.items()}, {"shop/000/a": "unchanged", "shop/010/b": "changes", "desk/000/c": "changes"})
        self.assertEqual([*roots], ["shop/000/a", "shop/010/b", "desk/000/c"])
        known = self.bench.state("sandbox/shop/one/a")["outputs"]["id"]["value"]
        self.assertEqual(self.leaf(roots["shop/010/b"], "terraform_data.it", "input")["after"], {"value": f"b:{known}"})
        self.assertEqual(self.leaf(roots["desk/000/c"], "terraform_data.it", "input")["after"], {"unknown": True})

    def test_a_target_alone_takes_what_it_reads_from_states(self):
        project = self.chain()
        only = self.preview("sandbox/one/shop/010/p1-000")
        self.assertEqual([*only], ["shop/010/p1-000"])
        self.assertEqual(self.leaf(only["shop/010/p1-000"], "terraform_data.it", "input")["after"], {"unknown": True})
        self.assertEqual(only["shop/010/p1-000"]["because_of"][0]["root"], f"{SHOP}/000/p0-000")
        self.apply()
        self.assertEqual(self.verdicts("sandbox/one/shop/010/p1-000"), {"shop/010/p1-000": "unchanged"})
        # Upstream is not part of the target: an apply of the target alone would not change it either.
        project.roots[0].body = 'resource "terraform_data" "it" {\n  input = var.size\n  triggers_replace = "now"\n}\n'
        project.write()
        self.assertEqual(self.verdicts("sandbox/one/shop/010/p1-000"), {"shop/010/p1-000": "unchanged"})

    def test_an_unknown_count_is_deferred_and_the_rest_is_planned(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a")
        second = project.add(SHOP, "010", "b", reads={"up": (first.id, "id")}, body=COUNTED,
                             outputs={"id": "string", "n": "number"}, given={"n": "terraform_data.after.output"})
        project.add(SHOP, "020", "c", reads={"up": (second.id, "n")}, types={"up": "number"})
        project.add(SHOP, "020", "d", reads={"up": (second.id, "id")})
        project.write()
        roots = self.preview()
        b = roots["shop/010/b"]
        self.assertEqual([c["address"] for c in b["objects"]], ["terraform_data.it"])
        self.assertEqual({d["address"] for d in b["deferred"]}, {"terraform_data.many", "terraform_data.after"})
        self.assertEqual({d["after"] for d in b["deferred"]}, {"stage 000"})
        self.assertEqual(roots["shop/020/c"]["verdict"], "deferred")
        self.assertEqual(roots["shop/020/d"]["verdict"], "changes")
        self.assertEqual(roots["shop/000/a"]["outputs"][0]["name"], "id")
        text = self.run_ok("preview", "sandbox")
        self.assertIn("? terraform_data.many deferred: known after stage 000  (count = length(var.up))", text)
        self.apply("sandbox/one/shop/000")
        roots = self.preview()
        self.assertNotIn("deferred", roots["shop/010/b"])
        self.assertEqual(len(roots["shop/010/b"]["objects"]), 38)
        self.apply()
        self.assertEqual(set(self.verdicts().values()), {"unchanged"})

    def test_a_count_that_nothing_else_makes_known_fails_here_too(self):
        project = fixtures.Project(self.bench.project)
        bad = project.add(SHOP, "000", "a", body=COUNTED.replace("length(var.up)", "length(terraform_data.it.id)").replace("var.up", '"x"'))
        project.add(SHOP, "010", "b", reads={"up": (bad.id, "id")})
        project.add(SHOP, "000", "c")
        project.write()
        whole = self.whole(code=20)
        roots = {r["procedure"]: r for r in whole["roots"]}
        self.assertEqual(roots["a"]["verdict"], "failed")
        self.assertEqual(roots["a"]["diagnostics"][0]["summary"], "Invalid count argument")
        self.assertEqual(roots["b"]["verdict"], "deferred")
        self.assertEqual(roots["c"]["verdict"], "changes")

    def test_an_error_is_that_of_its_procedure_and_the_others_are_planned(self):
        project = self.chain()
        broken = project.roots[0]
        broken.body = ('resource "terraform_data" "it" {\n  input = var.size\n\n  lifecycle {\n    precondition {\n      condition     = var.size == "never"\n'
                       '      error_message = "The size is wrong."\n    }\n  }\n}\n')
        project.write()
        (self.bench.project / "main.space").write_text("first\n  size = wrong here\n")
        begin = broken.body.index("var.size ==")
        path = self.bench.project / f"out/maps/{SHOP}.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"schema": "space.source-map/1", "sources": ["main.space"],
                                    "files": {f"{broken.id}/main.tf": [[begin - 5, begin + 40, 0, 8, 15, 2, 3, 0]]}}))
        whole = self.whole(code=20)
        roots = {r["procedure"]: r for r in whole["roots"]}
        self.assertEqual(roots["p0-000"]["verdict"], "failed")
        diagnostic = roots["p0-000"]["diagnostics"][0]
        self.assertIn("The size is wrong.", diagnostic["detail"])
        self.assertEqual((diagnostic["file"], diagnostic["line"], diagnostic["column"]), ("main.space", 2, 3))
        self.assertEqual(roots["p1-000"]["verdict"], "deferred")
        self.assertEqual(roots["p1-001"]["verdict"], "changes")

    def test_moved_removed_replaced_and_gone(self):
        project = fixtures.Project(self.bench.project)
        one = project.add(SHOP, "000", "a", body='resource "terraform_data" "it" {\n  input = "x"\n}\n\nresource "terraform_data" "old" {\n}\n\n'
                          'resource "terraform_data" "many" {\n  for_each = toset(["k \\"1\\"", "l"])\n}\n\nresource "terraform_data" "kept" {\n}\n')
        project.add(SHOP, "010", "b", reads={"up": (one.id, "seen")})
        project.write()
        self.apply()
        one.body = ('resource "terraform_data" "it" {\n  input = "x"\n}\n\nresource "terraform_data" "new" {\n}\n\nmoved {\n  from = terraform_data.old\n'
                    '  to   = terraform_data.new\n}\n\nresource "terraform_data" "many" {\n  for_each = toset(["l"])\n}\n\nremoved {\n'
                    '  from = terraform_data.kept\n\n  lifecycle {\n    destroy = false\n  }\n}\n')
        project.write()
        a = self.preview()["shop/000/a"]
        seen = {(c["address"], c["action"], c.get("previous_address"), c.get("reason")) for c in a["objects"]}
        self.assertEqual(seen, {("terraform_data.new", "move", "terraform_data.old", None),
                                ('terraform_data.many["k \\"1\\""]', "delete", None, "delete_because_each_key"),
                                ("terraform_data.kept", "forget", None, "delete_because_no_resource_config")})

    def test_imports_are_lifted(self):
        project = fixtures.Project(self.bench.project)
        text = 'import {\n  to = terraform_data.it\n  id = "the-id"\n}\n'
        project.add(SHOP, "000", "a", imports=[("terraform_data.it", text)])
        project.add(SHOP, "000", "b", values={"which": "other"}, imports=[("terraform_data.it", text.replace('"the-id"', "var.which"))])
        project.write()
        roots = self.preview()
        self.assertEqual([(c["address"], c["importing"]) for c in roots["shop/000/a"]["objects"]], [("terraform_data.it", "the-id")])
        self.assertEqual(roots["shop/000/b"]["verdict"], "apart")
        self.assertIn("its import of `terraform_data.it`", roots["shop/000/b"]["reason"])

    def test_an_object_that_left_its_state_is_made_again(self):
        project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a")
        project.add(SHOP, "010", "b", reads={"up": (first.id, "seen")})
        project.write()
        self.apply()
        path = self.bench.project / ".space/state/sandbox/shop/one/a.tfstate"
        state = json.loads(path.read_text())
        state["resources"] = []
        state["serial"] += 1
        path.write_text(json.dumps(state))
        roots = self.preview()
        self.assertEqual([c["action"] for c in roots["shop/000/a"]["objects"]], ["create"])
        self.assertEqual([c["action"] for c in roots["shop/010/b"]["objects"]], ["update"])

    def test_a_procedure_that_is_unchanged_is_held_to_its_own_plan(self):
        # spacec refuses a body that stores where its root lies; whatever else makes the joint plan differ shows in the same way.
        project = fixtures.Project(self.bench.project)
        odd = project.add(SHOP, "000", "a", values={"size": "1"}, body='resource "terraform_data" "it" {\n  input = "${path.module} ${var.size}"\n}\n')
        project.add(SHOP, "010", "b", reads={"up": (odd.id, "id")})
        project.write()
        self.apply()
        roots = self.preview()
        self.assertEqual(roots["shop/000/a"]["verdict"], "apart")
        self.assertIn("planned by itself it is `unchanged`", roots["shop/000/a"]["reason"])
        self.assertNotIn("objects", roots["shop/000/a"])
        self.assertEqual(roots["shop/010/b"]["verdict"], "unchanged")
        odd.values["size"] = "2"
        project.write()
        self.assertEqual(self.preview()["shop/000/a"]["verdict"], "changes")

    def test_what_an_apply_would_refuse_is_refused_here(self):
        project = fixtures.Project(self.bench.project)
        project.add(SHOP, "000", "null", outputs={"gone": "string"}, given={"gone": "null"})
        project.add(SHOP, "000", "type", outputs={"list": ["list", "string"]}, given={"list": '"a text"'})
        warned = project.add(SHOP, "000", "warned", body='resource "terraform_data" "it" {\n  input = "y"\n}\n\ncheck "never" {\n  assert {\n'
                             '    condition     = terraform_data.it.input == "x"\n    error_message = "One is not two."\n  }\n}\n')
        torn = project.add(SHOP, "000", "torn", body='resource "terraform_data" {\n}\n')
        project.add(SHOP, "010", "behind", reads={"up": (torn.id, "id")})
        left = project.add(SHOP, "000", "left")
        project.add(SHOP, "010", "reader", reads={"up": (left.id, "id")})
        project.write()
        (self.bench.project / "out" / left.id / "errored.tfstate").write_text("{}")
        roots = {r["procedure"]: r for r in self.whole(code=20)["roots"]}
        self.assertEqual({n: r["verdict"] for n, r in roots.items()},
                         {"null": "failed", "type": "failed", "warned": "changes", "left": "failed", "reader": "changes",
                          "torn": "failed", "behind": "changes"})
        self.assertEqual(roots["torn"]["reason"], "Missing name for resource")
        self.assertEqual(roots["behind"]["because_of"][0]["after"], {"unknown": True})
        self.assertEqual(roots["null"]["reason"], "output `gone` would be null, and is not optional")
        self.assertIn("would not be what is declared", roots["type"]["reason"])
        self.assertIn("errored.tfstate", roots["left"]["reason"])
        self.assertIn("One is not two.", roots["warned"]["diagnostics"][0]["detail"])
        self.assertEqual((roots["warned"]["diagnostics"][0]["severity"], warned.id in roots["warned"]["diagnostics"][0]["generated_file"]), ("warning", True))
        for name in ("null", "type", "left"):  # `torn` changes nothing: code 20
            done = self.bench.run("apply", f"{SHOP}/{name}", "--auto-approve")
            self.assertEqual(done.returncode, 21, done.stdout + done.stderr)

    def test_the_page_stands_by_itself(self):
        project = self.chain()
        project.roots[0].values["size"] = "<script>alert(1)</script>&"
        project.write()
        page = self.bench.project / "page.html"
        self.run_ok("preview", "sandbox", "--html", str(page))
        text = page.read_text()
        self.assertIn("default-src 'none'", text)
        self.assertIn("&lt;script&gt;", text.replace("\\u003c", "&lt;").replace("\\u003e", "&gt;"))
        for word in ("<script", "http://", "https://", "<link", "<img"):
            self.assertNotIn(word, text)
        self.assertEqual(text.count("<details"), text.count("</details>"))
        self.assertEqual(page.stat().st_mode & 0o777, 0o644)


if __name__ == "__main__":
    support.main()
