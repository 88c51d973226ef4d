"""The command line of spacec: exit codes, what goes to which stream, hints."""

import json
import shutil
import unittest
from xml.etree import ElementTree

import support
from support import PROGRAM, Case


class Usage(Case):
    def test_mistakes_are_usage_errors_with_the_nearest_word(self):
        for words, hint in [(["biuld"], "`build`"), (["check", "--colr", "never"], "`--color`"),
                            (["check", "--color", "pink"], "pink"), (["explain", "stage-ordr"], "stage-order"),
                            (["build", "--print", "syntaks"], "syntax"), (["eval"], "EXPR"), (["schema"], "`add` and `list`"), (["schema", "ad"], "`add`"),
                            (["check", "--colr=never"], "`spacec check --help`"), ([], "`check`")]:
            out, err = self.spacec(*words, code=2)
            self.assertIn(hint, err)
            self.assertEqual(out, "")

    def test_a_wrong_path_gets_its_neighbour(self):
        self.write("spaces/main.space", PROGRAM)
        _, err = self.spacec("check", "spacs", code=2)
        self.assertIn("did you mean `spaces`?", err)

    def test_without_a_default_folder_it_says_what_works(self):
        self.write("infra/main.space", PROGRAM)
        _, err = self.spacec("check", code=2)
        self.assertIn("`spacec check .`", err)

    def test_version_names_what_is_pinned(self):
        out, _ = self.spacec("--version")
        for word in ("commit", "edition 2026", "contract 1.0", "tofu 1.12.6"):
            self.assertIn(word, out)


class Check(Case):
    def test_fine(self):
        self.write("spaces/main.space", PROGRAM)
        out, err = self.spacec("check")
        self.assertEqual(out, "")
        self.assertEqual(err, "checked 1 procedure in 1 flight: no problem\n")

    def test_diagnostics_for_people_and_for_machines(self):
        self.write("spaces/main.space", PROGRAM.replace("remote.state", "remote.stat"))
        out, err = self.spacec("check", code=1)
        self.assertEqual(out, "")
        self.assertIn("spaces/main.space:16:18", err)
        self.assertIn("1 error", err)
        out, _ = self.spacec("check", "--diagnostics", "json", code=1)
        records = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([record["kind"] for record in records], ["diagnostic", "summary"])
        self.assertEqual(records[0]["code"], "SPC1010")
        self.assertEqual(records[-1]["errors"], 1)
        out, _ = self.spacec("check", "--diagnostics", "sarif", code=1)
        self.assertEqual(json.loads(out)["version"], "2.1.0")

    def test_colours_only_where_asked_for(self):
        self.write("spaces/main.space", PROGRAM.replace("remote.state", "remote.stat"))
        _, err = self.spacec("check", code=1)
        self.assertNotIn("\x1b", err)
        _, err = self.spacec("check", "--color", "always", code=1)
        self.assertIn("\x1b", err)

    def test_every_phase_prints(self):
        self.write("spaces/main.space", PROGRAM)
        for phase in ("syntax", "program", "resolved", "checked", "lowered", "emitted"):
            out, _ = self.spacec("check", f"--print={phase}")
            self.assertIn("web" if phase != "syntax" else "mission", out)
            self.assertNotIn(str(self.folder), out)


class Build(Case):
    def test_build_check_and_build_again(self):
        self.write("spaces/main.space", PROGRAM)
        _, err = self.spacec("build", "--check", code=3)
        self.assertIn("is stale", err)
        self.assertFalse((self.folder / "out").exists())
        self.spacec("build")
        before = support.tree(self.folder / "out")
        self.spacec("build", "--check")
        _, err = self.spacec("build")
        # A build right after another one may find its inputs too fresh to trust their times; it writes nothing either way.
        self.assertRegex(err, "up to date|wrote 0 files, removed 0")
        self.assertEqual(before, support.tree(self.folder / "out"))

    def test_what_was_edited_or_added_by_hand_is_put_right(self):
        self.write("spaces/main.space", PROGRAM)
        self.spacec("build")
        before = support.tree(self.folder / "out")
        main = self.folder / "out/sandbox/here/web/000/one/main.tf"
        main.write_text("# edited\n")
        self.write("out/sandbox/here/web/000/one/extra.tf", "# extra\n")
        self.write("out/old/here/gone/000/one/main.tf", "# gone\n")
        self.spacec("build", "--check", code=3)
        self.spacec("build")
        self.assertEqual(before, support.tree(self.folder / "out"))

    def test_errors_write_nothing(self):
        self.write("spaces/main.space", PROGRAM)
        self.spacec("build")
        before = support.tree(self.folder / "out")
        self.write("spaces/main.space", PROGRAM.replace("flight.namespace", "flight.nmespace"))
        _, err = self.spacec("build", code=1)
        self.assertIn("nothing was written", err)
        self.assertEqual(before, support.tree(self.folder / "out"))

    def test_another_folder_and_the_same_roots(self):
        self.write("spaces/main.space", PROGRAM)
        self.spacec("build")
        self.spacec("build", "--out", "elsewhere")
        self.assertEqual(support.tree(self.folder / "out"), support.tree(self.folder / "elsewhere"))


class Levels(Case):
    """A body with a warning: `trigger` is no argument (SPC4031)."""

    WARNED = support.WARNED

    def test_a_denied_warning_is_an_error_and_a_build_writes_nothing(self):
        self.write("spaces/main.space", self.WARNED)
        _, err = self.spacec("check")
        self.assertIn("warning[SPC4031]", err)
        for words in (["SPC4031"], ["unknown-body-argument"], ["warnings"], ["SPC4015", "--deny", "SPC4031"]):
            _, err = self.spacec("check", "--deny", *words, code=1)
            self.assertIn("error[SPC4031]", err)
            _, err = self.spacec("build", "--deny", *words, code=1)
            self.assertIn("nothing was written", err)
            self.assertFalse((self.folder / "out").exists())
        self.spacec("check", "--deny", "SPC4015")

    def test_what_is_allowed_is_not_said_and_a_stamp_knows_for_whom(self):
        self.write("spaces/main.space", self.WARNED)
        _, err = self.spacec("check", "--allow", "SPC4031", "--allow", "no-lock-file")
        self.assertIn("no problem", err)
        self.spacec("check", "--deny", "warnings", "--allow", "SPC4031")
        self.write("spaces/.terraform.lock.hcl", "# as tofu writes it\n")
        self.spacec("build", "--allow", "SPC4031")
        _, err = self.spacec("build", "--deny", "SPC4031", code=1)
        self.assertIn("error[SPC4031]", err)
        _, err = self.spacec("build")
        self.assertIn("warning[SPC4031]", err)

    def test_the_command_line_wins_over_the_project(self):
        def with_level(level):
            self.write("spaces/main.space", self.WARNED.replace("\n}", f'\n  lint = {{ SPC4031 = "{level}" }}\n}}', 1))
        with_level("error")
        self.spacec("check", code=1)
        self.spacec("check", "--allow", "SPC4031")
        with_level("off")
        _, err = self.spacec("check", "--deny", "warnings")
        self.assertIn("no problem", err)
        self.spacec("check", "--deny", "SPC4031", code=1)
        with_level("warn")
        self.spacec("check", "--deny", "warnings", code=1)

    def test_levels_that_cannot_be_are_usage_errors(self):
        self.write("spaces/main.space", PROGRAM)
        for words, said in [(["--allow", "SPC3001"], "stays one"), (["--allow", "stage-order"], "stays one"),
                            (["--allow", "SPC5008"], "with a reason alone"), (["--allow", "SPC5008"], "# spacec:allow"),
                            (["--deny", "SPC4131"], "did you mean"), (["--allow", "no-lok-file"], "`no-lock-file`"),
                            (["--allow", "warnings"], "`warnings` is no diagnostic"),
                            (["--deny", "warning"], "`warnings`"),
                            (["--deny", "SPC4014", "--allow", "no-lock-file"], "both")]:
            for command in ("check", "build"):
                out, err = self.spacec(command, *words, code=2)
                self.assertIn(said, err)
                self.assertEqual(out, "")
        self.assertFalse((self.folder / "out").exists())


class Fmt(Case):
    UGLY = 'locals {\n a=1\n    longer   = 2 # why\n}\n'
    NICE = 'locals {\n  a      = 1\n  longer = 2 # why\n}\n'

    def test_write_check_diff_and_filter(self):
        path = self.write("spaces/main.space", self.UGLY)
        out, _ = self.spacec("fmt", "--check", code=3)
        self.assertEqual(out, "spaces/main.space\n")
        out, _ = self.spacec("fmt", "--diff", code=3)
        self.assertIn("-    longer   = 2 # why\n", out)
        self.assertIn("+  longer = 2 # why\n", out)
        self.assertEqual(path.read_text(), self.UGLY)
        out, _ = self.spacec("fmt", "-", text=self.UGLY.encode())
        self.assertEqual(out, self.NICE)
        self.spacec("fmt")
        self.assertEqual(path.read_text(), self.NICE)
        self.spacec("fmt", "--check")

    def test_a_diff_applies(self):
        lines = [f"  v{number} = {number}\n" for number in range(60)]
        text = "locals {\n" + "".join(lines) + "}\n"
        for number in (0, 17, 18, 40, 59):
            text = text.replace(f"  v{number} = {number}\n", f"   v{number}   =   {number}\n")
        path = self.write("spaces/main.space", text)
        out, _ = self.spacec("fmt", "--diff", code=3)
        patch = self.write("change.patch", out)
        code, _, err = support.run("git", "apply", "-p0", patch, folder=self.folder)
        self.assertEqual(code, 0, err)
        patched = path.read_text()
        self.write("spaces/main.space", text)
        self.spacec("fmt")
        self.assertEqual(path.read_text(), patched)

    def test_a_syntax_error_leaves_the_file(self):
        path = self.write("spaces/main.space", "locals {\n a=\n}\n")
        _, err = self.spacec("fmt", code=1)
        self.assertIn("SPC0001", err)
        self.assertEqual(path.read_text(), "locals {\n a=\n}\n")


class Others(Case):
    def test_explain(self):
        out, _ = self.spacec("explain", "SPC3001")
        for name in ("spc3001", "3001", "stage-order"):
            self.assertEqual(self.spacec("explain", name)[0], out)
        for section in ("## Wrong", "## Why", "## Right"):
            self.assertIn(section, out)
        out, _ = self.spacec("explain")
        self.assertIn("SPC3001  stage-order", out)

    def test_eval(self):
        for words, wanted in [(["1 + 2"], "3"), (["[for x in var.xs : upper(x)]", "--var", 'xs=["a"]'], '["A"]'),
                              (['"${1 < 2 ? "a" : "b"}"'], '"a"'), (["var.a.b", "--var", 'a={"b":null}'], "null")]:
            out, _ = self.spacec("eval", *words)
            self.assertEqual(out, wanted + "\n")
        _, err = self.spacec("eval", "1 / 0", code=1)
        self.assertIn("SPC2004", err)
        _, err = self.spacec("eval", "[var.xs, name]", "--var", "xs=1", code=1)
        self.assertIn("SPC1011", err)
        self.assertIn("--var name=JSON", err)
        _, err = self.spacec("eval", "var.x", "--var", "x=text", code=2)
        self.assertIn("--var 'x=\"text\"'", err)

    def test_the_page_of_a_mission(self):
        self.write("spaces/main.space", PROGRAM + PROGRAM[PROGRAM.index("mission"):].replace('"web"', '"api"'))
        out, _ = self.spacec("docs", "--mission", "web")
        self.spacec("build")
        web, api = ((self.folder / f"out/docs/{name}.md").read_text() for name in ("web", "api"))
        self.assertEqual(out, web)
        out, _ = self.spacec("docs")
        self.assertEqual(out, api + "\n" + web)
        _, err = self.spacec("docs", "--mission", "wbe", code=2)
        self.assertIn("did you mean `web`?", err)

    def test_a_drawing_where_graphviz_is_and_what_works_where_not(self):
        self.write("spaces/main.space", PROGRAM)
        _, err = self.spacec("graph", "--format", "svg", code=4, environment={"PATH": str(self.folder)})
        self.assertIn("there is no `dot` in PATH", err)
        fake = self.write("bin/dot", "#!/bin/sh\necho broken >&2\nexit 3\n")
        fake.chmod(0o755)
        _, err = self.spacec("graph", "--format", "svg", code=4, environment={"PATH": f"{fake.parent}:/usr/bin:/bin"})
        self.assertIn("`dot` failed: broken", err)
        if shutil.which("dot"):
            out, _ = self.spacec("graph", "--format", "svg")
            self.assertEqual(ElementTree.fromstring(out).tag, "{http://www.w3.org/2000/svg}svg")
            self.assertIn("sandbox/here/web", out)

    def test_graph(self):
        second = PROGRAM.rstrip()[:-1] + '''  stage "010" {
    procedure "two" {
      resource "terraform_data" "this" {
        input = procedure.one.name
      }
    }
  }
}
'''
        self.write("spaces/main.space", second)
        out, _ = self.spacec("graph", "--format", "json")
        graph = json.loads(out)
        self.assertEqual(graph["flights"][0]["roots"][1]["reads"], ["sandbox/here/web/000/one"])
        out, _ = self.spacec("graph")
        self.assertIn('"sandbox/here/web/000/one" -> "sandbox/here/web/010/two";', out)
        out, _ = self.spacec("graph", "--format", "mermaid")
        self.assertIn("r0 --> r1", out)


if __name__ == "__main__":
    unittest.main(verbosity=1)
