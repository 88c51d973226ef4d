"""`spacec affected` in a real git repository: exactly what means something else than at the base, and what reads that."""

import json
import os
import re
import shutil
import unittest

import support
from support import Case

PROJECT = '''project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}
environment "nonprod" {
  kind  = "nonprod"
  facts = { account = "test" }
}
environment "prod" {
  kind         = "prod"
  promote_from = environment.nonprod
  facts        = { account = "live" }
}
secret "token" {
  from_env = "TOKEN"
}
remote "local" "state" {
  folder = "state/${flight.facts.account}"
}
remote "local" "safe" {
  folder = "safe/${flight.facts.account}"
  encryption "pbkdf2" {
    passphrase = secret.token
  }
}
space "east" {
  remote = remote.state
  region = "eu-east"
}
space "safe" {
  remote = remote.safe
  region = "eu-north"
}
policy "care" {
  environments = [environment.prod]
  deny "loss" {
    when    = contains(change.actions, "delete")
    message = "nothing goes"
  }
}
'''

WEB = '''mission "web" {
  spaces = [space.east]
  variable "size" {
    type   = number
    varies = "size"
  }
  /// What it is called.
  variable "title" {
    type    = string
    default = "web"
  }
  stage "000" {
    procedure "net" {
      source = "./modules/net"
      inputs = {
        title = var.title
      }
      output "id" { type = string }
      output "zone" { type = string }
      output "note" { type = string }
    }
  }
  stage "010" {
    procedure "host" {
      resource "terraform_data" "host" {
        input = {
          net  = procedure.net.id
          size = var.size
        }
      }
      resource "terraform_data" "apart" {
        input = file("./motd.txt")
      }
      output "name" {
        type  = string
        value = terraform_data.host.output.net
      }
      output "label" {
        type  = string
        value = "of ${flight.namespace}"
      }
    }
    procedure "zone" {
      resource "terraform_data" "zone" {
        input = procedure.net.zone
      }
    }
  }
  stage "020" {
    procedure "check" {
      resource "terraform_data" "check" {
        input = procedure.host.name
      }
    }
    procedure "sign" {
      resource "terraform_data" "sign" {
        input = [procedure.host.label]
      }
    }
  }
  export "name" {
    type  = string
    value = procedure.host.name
  }
}
'''

VALUES = '''values "web" "nonprod" {
  size = 1
}
values "web" "prod" {
  size = 9
}
'''

VAULT = '''mission "vault" {
  spaces = [space.safe]
  stage "000" {
    procedure "key" {
      resource "terraform_data" "key" {
        input = "key"
      }
    }
  }
}
'''

INDEX = '''mission "index" {
  spaces = [space.east]
  stage "000" {
    procedure "entry" {
      resource "terraform_data" "entry" {
        input = mission.web.name
      }
    }
  }
}
'''

NET = '''variable "title" {
  type = string
}

resource "terraform_data" "net" {
  input = var.title
}

# Zones live apart.
resource "terraform_data" "zone" {
  input = templatefile("${path.module}/zone.tpl", { zone = "a" })
}

output "id" {
  value = terraform_data.net.id
}

output "zone" {
  value = terraform_data.zone.output
}

output "note" {
  value = "made by hand"
}
'''

GIT = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
       "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


def both(*procedures):
    """The procedures of both environments."""
    return {f"{environment}/{'safe' if procedure.startswith('vault') else 'east'}/{procedure}"
            for environment in ("nonprod", "prod") for procedure in procedures}


class Repository(Case):
    def setUp(self):
        super().setUp()
        if shutil.which("git") is None:
            self.fail("there is no git") if os.environ.get("CI") else self.skipTest("there is no git")
        for path, text in {"spaces/project.space": PROJECT, "spaces/web.space": WEB, "spaces/index.space": INDEX,
                           "spaces/values.space": VALUES, "spaces/vault.space": VAULT, "spaces/motd.txt": "hello\n",
                           "spaces/modules/net/main.tf": NET, "spaces/modules/net/zone.tpl": "zone ${zone}\n",
                           "spaces/modules/net/README.md": "# Net\n"}.items():
            self.write(path, text)
        self.git("init", "-q", "-b", "main")
        self.git("config", "commit.gpgsign", "false")
        self.spacec("build")
        self.write(".gitignore", "out\n")
        self.commit("base")

    def git(self, *words, folder=None):
        code, out, err = support.run("git", *words, folder=folder or self.folder, environment=GIT)
        self.assertEqual(code, 0, f"git {words}\n{out}\n{err}")
        return out.strip()

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def edit(self, path, old, new):
        text = (self.folder / path).read_text()
        self.assertIn(old, text)
        self.write(path, text.replace(old, new))

    def affected(self, *words, base="main", folder=None):
        out, _ = self.spacec("affected", "--base", base, "--json", *words, folder=folder)
        found = json.loads(out)
        self.assert_schema(found)
        return found

    def assert_schema(self, found):
        try:
            import jsonschema
        except ImportError:
            self.assertFalse(os.environ.get("CI"), "python3-jsonschema is not here")
            return
        schema = json.loads((support.ROOT / "docs/affected.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(found)

    def assert_affected(self, *words, base="main", folder=None, **wanted):
        """Exactly these, by status."""
        found = self.affected(*words, base=base, folder=folder)
        got = {}
        for one in found["procedures"]:
            got.setdefault(one["status"], set()).add(one.get("target", one["flight"] + "/" + one["procedure"]))
        self.assertEqual(got, wanted)
        return found

    def reasons(self, found, target):
        one = next(one for one in found["procedures"] if one.get("target") == target)
        return [(reason["cause"], reason.get("name"), reason.get("argument"), reason.get("file"))
                for reason in one["reasons"]]


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
        self.assertEqual(self.reasons(found, "prod/safe/vault/key"), [("secret", "secret__token", None, None)])

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


class Bases(Repository):
    def test_the_working_tree_is_what_is_compared_and_nothing_is_written(self):
        self.write("spaces/blog.space", INDEX.replace('"index"', '"blog"'))      # untracked
        self.edit("spaces/values.space", "size = 9", "size = 10")
        self.git("add", "spaces/values.space")                                   # in the index alone
        self.edit("spaces/values.space", "size = 10", "size = 9")
        before = support.tree(self.folder)
        self.assert_affected(added=both("blog/entry"))
        self.assertEqual(support.tree(self.folder), before)

    def test_in_a_folder_of_the_repository(self):
        inner = self.folder / "infra" / "here"
        inner.mkdir(parents=True)
        self.git("mv", "spaces", "infra/here/spaces")
        self.commit("moved")
        self.write("infra/here/spaces/motd.txt", "good day\n")
        self.assert_affected(base="HEAD", folder=inner, changed=both("web/host"))
        self.assert_affected("infra/here/spaces", base="HEAD", changed=both("web/host"))
        self.assert_affected("../infra/here/spaces", base="HEAD", folder=self.folder / "infra", changed=both("web/host"))
        self.assert_affected(str(inner / "spaces"), base="HEAD", changed=both("web/host"))

    def test_a_tag_a_commit_and_where_a_branch_began(self):
        self.git("tag", "-a", "-m", "one", "v1")
        first = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "-b", "mine")
        self.edit("spaces/values.space", "size = 9", "size = 10")
        self.commit("mine")
        self.git("checkout", "-q", "main")
        self.write("spaces/motd.txt", "good day\n")
        self.commit("theirs")
        self.git("checkout", "-q", "mine")
        mine = {"prod/east/web/check", "prod/east/index/entry"}
        for base in ("v1", first, first[:12], "main~1", "main..."):
            found = self.assert_affected(base=base, changed={"prod/east/web/host"}, downstream=mine)
            self.assertEqual(found["base"], {"revision": base, "commit": first})
        self.assert_affected(base="main", changed=both("web/host"), downstream=mine)

    def test_a_base_without_a_program(self):
        self.git("checkout", "-q", "--orphan", "empty")
        self.git("rm", "-rfq", "--cached", ".")
        self.write("NOTE", "x\n")
        self.git("add", "NOTE")
        self.git("commit", "-q", "-m", "no program")
        found = self.affected(base="empty")
        self.assertEqual({one["status"] for one in found["procedures"]}, {"added"})
        self.assertEqual(len(found["procedures"]), 14)

    def test_a_base_that_does_not_compile(self):
        self.edit("spaces/web.space", "procedure.host.label", "procedure.host.lable")
        self.commit("broken")
        self.edit("spaces/web.space", "procedure.host.lable", "procedure.host.label")
        out, err = self.spacec("affected", "--base", "HEAD", code=1)
        self.assertEqual(out, "")
        self.assertIn("error: the program at `HEAD` does not compile: 1 error", err)
        self.assertIn("lable", err)
        self.edit("spaces/web.space", "procedure.host.label", "procedure.host.labl")
        out, err = self.spacec("affected", "--base", "HEAD~1", code=1)
        self.assertIn("labl", err)

    def test_mistakes(self):
        _, err = self.spacec("affected", "--base", "mian", code=2)
        self.assertIn("git knows no revision `mian`\n  = help: did you mean `main`?", err)
        self.spacec("affected", "--base", "--help-me", code=2)
        self.spacec("affected", "--base", "main", "--json", "--targets", code=2)
        self.spacec("affected", code=2)
        _, err = support.run(support.SPACEC, "affected", "--base", "main", folder=self.folder,
                             environment={"PATH": str(self.folder)})[1:]
        self.assertIn("there is no `git` in PATH", err)
        shutil.rmtree(self.folder / ".git")
        _, err = self.spacec("affected", "--base", "main", code=4,
                             environment={"GIT_CEILING_DIRECTORIES": str(self.folder.parent)})
        self.assertIn("not a git repository", err)

    def test_a_shallow_clone_says_so(self):
        self.edit("spaces/values.space", "size = 9", "size = 10")
        self.commit("more")
        self.git("clone", "-q", "--depth", "1", f"file://{self.folder}", "shallow")
        first = self.git("rev-parse", "HEAD~1")
        _, err = self.spacec("affected", "--base", first, folder=self.folder / "shallow", code=2)
        self.assertIn("this clone is shallow", err)

    def test_links_modes_and_submodules_in_the_tree(self):
        (self.folder / "spaces/motd.txt").unlink()
        self.write("texts/hello", "hello\n")
        os.symlink("../texts/hello", self.folder / "spaces/motd.txt")
        os.symlink("spaces", self.folder / "by-link")
        tool = self.write("spaces/modules/net/tool.sh", "#!/bin/sh\n")
        self.edit("spaces/modules/net/main.tf", '"made by hand"', '"made by ${path.module}"')
        other = self.folder / "other"
        other.mkdir()
        self.git("init", "-q", folder=other)
        self.git("commit", "-q", "--allow-empty", "-m", "x", folder=other)
        self.commit("links")
        self.assert_affected(base="HEAD")
        self.assert_affected("by-link", base="HEAD")
        self.write("texts/hello", "good day\n")
        self.assert_affected(base="HEAD", changed=both("web/host"))
        self.git("checkout", "-q", ".")
        # The module says where it lies: any file in it may be read then, or run.
        tool.chmod(0o755)
        self.assert_affected(base="HEAD", changed=both("web/net"))

    def test_git_runs_nothing_of_the_repository(self):
        trap = self.write("trap", f"#!/bin/sh\ntouch {self.folder}/ran\ncat\n")
        trap.chmod(0o755)
        self.write(".gitattributes", "*.space filter=trap diff=trap\n*.txt filter=trap\n")
        for name in ("core.fsmonitor", "filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "core.pager"):
            self.git("config", name, str(trap))
        hooks = self.folder / ".git" / "hooks"
        hooks.mkdir(exist_ok=True)
        for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
            shutil.copy(trap, hooks / name)
        self.assert_affected()
        self.assertFalse((self.folder / "ran").exists())


class Remote(Repository):
    """A module from elsewhere: pinned by its digest, its copy ignored by git."""

    def test_another_commit_and_another_pin(self):
        tofu = self.need_tofu()
        upstream = self.folder / "upstream"
        upstream.mkdir()
        self.git("init", "-q", "-b", "main", folder=upstream)
        self.write("upstream/main.tf", 'output "made" {\n  value = "one"\n}\n')
        self.git("add", ".", folder=upstream)
        self.git("commit", "-q", "-m", "one", folder=upstream)
        first = self.git("rev-parse", "HEAD", folder=upstream)
        self.write("upstream/main.tf", 'output "made" {\n  value = "two"\n}\n')
        self.git("commit", "-qam", "two", folder=upstream)
        second = self.git("rev-parse", "HEAD", folder=upstream)
        self.write(".gitignore", "out\n.space\nupstream\n")
        self.write("spaces/far.space", f'''mission "far" {{
  spaces = [space.east]
  stage "000" {{
    procedure "away" {{
      source = "git::file://{upstream}?ref={first}"
      output "made" {{ type = string }}
    }}
  }}
  stage "010" {{
    procedure "near" {{
      resource "terraform_data" "near" {{
        input = procedure.away.made
      }}
    }}
  }}
}}
''')
        self.spacec("restore", "--tofu", tofu)
        self.commit("far")
        self.assert_affected(base="HEAD")
        self.edit("spaces/far.space", first, second)
        self.spacec("restore", "--tofu", tofu)  # and the copy that the base pins is gone
        self.assert_affected(base="HEAD", changed=both("far/away"), downstream=both("far/near"))
        self.git("checkout", "-q", ".")
        lock = (self.folder / "spaces/spaces.modules.lock").read_text()
        self.write("spaces/spaces.modules.lock", re.sub("h1:(.)", lambda at: "h1:" + ("B" if at[1] == "A" else "A"), lock))
        _, err = self.spacec("affected", "--base", "HEAD", code=1)
        self.assertIn("SPC4018", err)


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
