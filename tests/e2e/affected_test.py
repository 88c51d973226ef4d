"""`spacec affected` in a real git repository: exactly what means something else than at the base, and what reads that."""

import unittest

from affected_program import INDEX, VAULT, Repository, both


class Meaning(Repository):
    def test_nothing(self):
        self.assert_affected()
        out, _ = self.spacec("affected", "--base", "main")
        self.assertRegex(out, r"^nothing is affected since main \([0-9a-f]{12}\)\n$")

    def test_layout_comments_order_and_descriptions_do_not_count(self):
        self.edit("spaces/vault.space", '      resource "terraform_data" "key" {\n        input = "key"\n',
                  '      # A key.\n      resource "terraform_data" "key" {\n\n        input = ("\\u006bey") // so\n')
        self.edit("spaces/web.space", "What it is called", "How it is called")
        self.edit("spaces/web.space", "          net  = procedure.net.id\n          size = var.size\n",
                  "          size = var.size\n          net  = procedure.net.id\n")
        self.edit("spaces/web.space", '"of ${flight.namespace}"', '("of ${flight.namespace}")')
        text = (self.folder / "spaces/modules/net/main.tf").read_text()
        head, rest = text.split("# Zones live apart.\n")
        self.write("spaces/modules/net/main.tf", head.replace("input = var.title", "input   =   var.title"))
        self.write("spaces/modules/net/zones.tf", "/* another file */\n" + rest)
        self.edit("spaces/modules/net/README.md", "# Net", "# The net")
        whole = (self.folder / "spaces/web.space").read_text() + (self.folder / "spaces/index.space").read_text()
        (self.folder / "spaces/index.space").unlink()
        self.write("spaces/web.space", "# All of it.\n\n" + whole)
        self.assert_affected()
        # It is another text all the same: the build is not the same.
        self.spacec("build", "--check", code=3)

    def test_a_resource_reaches_what_reads_it(self):
        self.edit("spaces/modules/net/main.tf", "input = var.title", "input = upper(var.title)")
        found = self.assert_affected(changed=both("web/net"), downstream=both("web/host", "web/check", "index/entry"))
        self.assertEqual(self.reasons(found, "prod/east/web/net"),
                         [("code", "terraform_data.net", None, "modules/net/main.tf")])
        outputs = {one["target"]: one["outputs"] for one in found["procedures"]}
        self.assertEqual(outputs["prod/east/web/net"], ["id"])
        self.assertEqual(outputs["prod/east/web/host"], ["name"])

    def test_another_resource_reaches_others(self):
        self.edit("spaces/modules/net/zone.tpl", "zone", "the zone")
        found = self.assert_affected(changed=both("web/net"), downstream=both("web/zone"))
        self.assertEqual(self.reasons(found, "prod/east/web/net"), [("file", "modules/net/zone.tpl", None, None)])

    def test_an_output_that_nobody_reads_reaches_nobody(self):
        self.edit("spaces/modules/net/main.tf", "made by hand", "made by a machine")
        self.assert_affected(changed=both("web/net"))

    def test_an_expression_of_one_output(self):
        self.edit("spaces/web.space", '"of ${flight.namespace}"', '"from ${flight.namespace}"')
        found = self.assert_affected(changed=both("web/host"), downstream=both("web/sign"))
        self.assertEqual(self.reasons(found, "nonprod/east/web/host"), [("code", "output.label", None, "web.space")])

    def test_a_value_of_one_environment(self):
        self.edit("spaces/values.space", "size = 9", "size = 10")
        found = self.assert_affected(changed={"prod/east/web/host"},
                                     downstream={"prod/east/web/check", "prod/east/index/entry"})
        self.assertEqual(self.reasons(found, "prod/east/web/host"), [("value", "size", None, None)])
        self.assertEqual([one["id"] for one in found["flights"]], ["prod/east/index", "prod/east/web"])

    def test_an_input(self):
        self.edit("spaces/web.space", "title = var.title\n", "title = lower(var.title)\n")
        found = self.assert_affected(changed=both("web/net"), downstream=both("web/host", "web/check", "index/entry"))
        self.assertEqual(self.reasons(found, "prod/east/web/net"), [("code", "module.this", "title", "web.space")])

    def test_a_file_that_is_read(self):
        self.write("spaces/motd.txt", "good day\n")
        found = self.assert_affected(changed=both("web/host"))
        self.assertEqual(self.reasons(found, "prod/east/web/host"), [("file", "motd.txt", None, None)])

    def test_where_a_secret_comes_from(self):
        self.edit("spaces/project.space", '"TOKEN"', '"OTHER_TOKEN"')
        found = self.assert_affected(changed=both("vault/key"))
        self.assertEqual(self.reasons(found, "prod/safe/vault/key"), [("secret", "token", None, None)])

    def test_a_policy(self):
        self.edit("spaces/project.space", '"delete"', '"update"')
        everything = both("web/net", "vault/key", "web/host", "web/zone", "web/check", "web/sign", "index/entry")
        prod = {one for one in everything if one.startswith("prod/")}
        found = self.assert_affected(changed=prod)
        self.assertEqual(self.reasons(found, "prod/safe/vault/key"), [("policy", "care.loss", None, None)])
        # In other words: it is the same rule.
        self.edit("spaces/project.space", '    when    = contains(change.actions, "update")\n    message = "nothing goes"\n',
                  '    message = "nothing goes"\n    when = (contains(change.actions, "delete"))\n')
        self.assert_affected()
        self.edit("spaces/project.space", "[environment.prod]", "[environment.prod, environment.nonprod]")
        self.assert_affected(changed=everything - prod)

    def test_a_fact_counts_where_it_is_read(self):
        self.edit("spaces/project.space", 'region = "eu-east"', 'region = "eu-west"')
        self.assert_affected()
        self.commit("elsewhere")
        self.edit("spaces/web.space", '"of ${flight.namespace}"', '"of ${flight.region}"')
        self.assert_affected(base="HEAD", changed=both("web/host"), downstream=both("web/sign"))

    def test_where_states_are_kept(self):
        self.edit("spaces/project.space", "    passphrase = secret.token\n",
                  "    passphrase = secret.token\n    fallback   = true\n")
        found = self.assert_affected(changed=both("vault/key"))
        self.assertEqual(self.reasons(found, "prod/safe/vault/key"), [("state", "terraform.encryption", None, "vault.space")])

    def test_new_and_gone_procedures(self):
        self.edit("spaces/web.space", '    procedure "sign" {\n      resource "terraform_data" "sign" {',
                  '    procedure "seal" {\n      resource "terraform_data" "seal" {')
        self.write("spaces/gone.space",
                   'removed {\n  from    = mission.web.procedure.sign\n  destroy = false\n}\n')
        found = self.assert_affected(added=both("web/seal"), removed=both("web/sign"))
        self.assertEqual(found["targets"], ["nonprod/east/web/seal", "prod/east/web/seal"])

    def test_a_farewell(self):
        (self.folder / "spaces/index.space").write_text('removed {\n  from    = mission.index\n  destroy = true\n}\n')
        found = self.assert_affected(added=both("@index/entry"), removed=both("index/entry"))
        self.assertEqual(self.reasons(found, "prod/east/@index/entry"), [("farewell", "index/east/entry", None, None)])

    def test_a_rename_that_keeps_its_state(self):
        self.edit("spaces/web.space", 'procedure "host" {', 'procedure "server" {')
        text = (self.folder / "spaces/web.space").read_text().replace("procedure.host", "procedure.server")
        self.write("spaces/web.space", text.replace(
            "  export", "  moved {\n    from = procedure.host\n    to   = procedure.server\n  }\n  export"))
        found = self.affected()
        moved = {one["target"]: one.get("moved_from") for one in found["procedures"] if one["status"] == "moved"}
        self.assertEqual(moved, {f"{environment}/east/web/server": f"{environment}/east/web/010/host"
                                 for environment in ("nonprod", "prod")})
        # Its readers call their variables by its name: their code is another, what they read is not.
        others = {one["target"] for one in found["procedures"] if one["status"] != "moved"}
        self.assertEqual(others, both("web/check", "web/sign"))
        self.assertEqual({one["status"] for one in found["procedures"]}, {"moved", "changed"})

    def test_another_stage_moves_no_state(self):
        text = (self.folder / "spaces/web.space").read_text()
        self.write("spaces/web.space", text.replace('stage "020"', 'stage "030"'))
        found = self.assert_affected(moved=both("web/check", "web/sign"))
        self.assertEqual(found["procedures"][0]["moved_from"], "nonprod/east/web/020/check")

    def test_a_new_mission_and_one_that_is_gone(self):
        self.write("spaces/blog.space", INDEX.replace('"index"', '"blog"'))
        found = self.assert_affected(added=both("blog/entry"))
        self.assertEqual({one["status"] for one in found["flights"]}, {"added"})


class Targets(Repository):
    def test_targets_are_taken_by_plan(self):
        self.need_tofu()
        self.edit("spaces/values.space", "size = 9", "size = 10")
        self.write("spaces/blog.space", VAULT.replace('"vault"', '"blog"').replace("safe", "east"))
        out, _ = self.spacec("affected", "--base", "main", "--targets")
        targets = out.splitlines()
        self.assertEqual(set(targets), both("blog/key") | {f"prod/east/{one}" for one in ("web/host", "web/check", "index/entry")})
        self.spacec("build")
        for target in targets:
            self.space("plan", target)

    def test_text_says_why(self):
        self.edit("spaces/values.space", "size = 9", "size = 10")
        out, _ = self.spacec("affected", "--base", "main")
        commit = self.git("rev-parse", "HEAD")[:12]
        self.assertEqual(out, f'''affected since main ({commit}): 1 changed, 2 downstream

prod/east/index
  000
    entry: downstream
      reads `name` of prod/east/web/010/host

prod/east/web
  010
    host: changed
      `var.size` has another value
  020
    check: downstream
      reads `name` of prod/east/web/010/host
''')


if __name__ == "__main__":
    unittest.main(verbosity=1)
