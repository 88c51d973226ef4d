"""`spacec affected` and git: which revision, which files, what it runs, what it says where there is none."""

import os
import re
import shutil
import unittest

import support
from affected_program import INDEX, Repository, both


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
        # Git calls its folder by another name: the base would be read from the disk, and nothing would differ.
        os.symlink(self.folder, self.folder.with_name(self.folder.name + "-link"))
        self.addCleanup(os.unlink, self.folder.with_name(self.folder.name + "-link"))
        for path in (f"{self.folder}-link/spaces", f"../{self.folder.name}-link/spaces"):
            _, err = self.spacec("affected", "--base", "main", path, code=2)
            self.assertIn("is not in the repository at", err)
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


if __name__ == "__main__":
    unittest.main(verbosity=1)
