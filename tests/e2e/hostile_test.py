"""Bad input: a clear diagnostic, exit 1, nothing outside `out/` written, no crash, within seconds."""

import os
import pathlib
import time
import unittest

import support
from support import PROGRAM, Case

SECONDS = 60  # each, on a loaded machine; alone it is a few


class Hostile(Case):
    def refuse(self, text, code="SPC0", more=()):
        """Checks and builds, and gives the diagnostics."""
        if text is not None:
            self.write("spaces/main.space", text)
        before = support.tree(self.folder)
        begun = time.monotonic()
        for words in (["check"], ["build"], ["fmt", "--check"]):
            got, out, err = support.run(support.SPACEC, *words, *more, folder=self.folder, limit=120)
            if words[0] == "fmt" and not code.startswith("SPC0"):
                continue
            self.assertEqual(got, 1, f"{words}: {got}\n{err[-2000:]}")
            self.assertIn(f"[{code}", err)
            self.assertNotIn("internal error", err)
            self.assertLess(len(err), 200_000, "a diagnostic must stay readable")
        self.assertLess(time.monotonic() - begun, 3 * SECONDS)
        self.assertEqual(before, support.tree(self.folder), "something was written")
        return err

    def test_ten_megabytes_on_one_line(self):
        self.refuse("locals { x = [" + "1, " * 3_400_000 + "\n")

    def test_ten_megabytes_of_one_word(self):
        self.refuse("a" * 10_000_000)

    def test_a_hundred_thousand_brackets(self):
        for bracket in ("(", "[", "{", "[{", "f("):
            self.refuse("locals {\n  x = " + bracket * 100_000 + "\n}\n")

    def test_brackets_that_close(self):
        self.refuse("locals {\n  x = " + "(" * 100_000 + "1" + ")" * 100_000 + "\n}\n", code="SPC0009")

    def test_blocks_in_blocks(self):
        self.refuse("a {\n" * 100_000)

    def test_long_chains(self):
        self.refuse(PROGRAM + "locals {\n  x = " + "-" * 20_000 + "1\n}\n", code="SPC0009")
        self.refuse(PROGRAM + "locals {\n  x = " + "!" * 20_000 + "true\n}\n", code="SPC0009")
        self.refuse(PROGRAM + "locals {\n  x = " + "true ? 1 : " * 20_000 + "2\n}\n", code="SPC0009")

    def test_templates_in_templates(self):
        self.refuse('locals {\n  x = ' + '"${' * 20_000 + "\n}\n")

    def test_what_is_never_closed(self):
        self.refuse("locals {\n  x = <<EOT\n" + "text\n" * 1000, code="SPC0005")
        self.refuse('locals {\n  x = "abc\n}\n', code="SPC0004")
        self.refuse("/* " + "text\n" * 1000, code="SPC0006")

    def test_no_text(self):
        self.refuse(b"locals {\n  x = \"\xff\xfe\"\n}\n", code="SPC0010")
        self.refuse(b"locals {\n  x = 1\0\n}\n", code="SPC0011")
        self.refuse(bytes(range(256)) * 40)
        self.refuse(PROGRAM.encode("utf-16"))

    def test_names_that_lead_away(self):
        for name in ("../evil", "/etc", "a/b", "..", "con", "a\\\\b", "${1}", "x" * 300):
            self.refuse(PROGRAM.replace('mission "web"', f'mission "{name}"'), code="SPC")

    def test_unreadable(self):
        self.write("spaces/main.space", PROGRAM)
        os.symlink("nowhere.space", self.folder / "spaces/broken.space")
        self.refuse(None, code="SPC9002")

    def test_a_folder_called_like_a_file(self):
        (self.folder / "spaces/odd.space").mkdir(parents=True)
        self.write("spaces/main.space", PROGRAM)
        self.spacec("check")

    def test_what_is_no_file_or_folder(self):
        self.write("spaces/main.space", PROGRAM)
        os.mkfifo(self.folder / "pipe")
        _, err = self.spacec("check", "spaces", "pipe", code=1)
        self.assertIn("error[SPC9002]: cannot read `pipe`: it is neither a file nor a folder", err)
        self.spacec("check", "spaces", "nowhere/main.space", code=2)

    def test_a_folder_that_cannot_be_listed(self):
        """Its path is longer than the system takes: that stops root too."""
        self.write("spaces/main.space", PROGRAM)
        name = "d" * 250
        here = os.open(self.folder / "spaces", os.O_RDONLY)
        for _ in range(20):
            os.mkdir(name, dir_fd=here)
            here, outer = os.open(name, os.O_RDONLY, dir_fd=here), here
            os.close(outer)
        os.close(here)
        _, err = self.spacec("check", code=1)
        self.assertIn("error[SPC9002]: cannot read `spaces/" + name, err)

    def test_no_permission(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        self.write("spaces/main.space", PROGRAM).chmod(0)
        self.refuse(None, code="SPC9002")


class Links(Case):
    """A link in out/ must lead nothing out of it."""

    def setUp(self):
        super().setUp()
        self.write("spaces/main.space", PROGRAM)
        self.outside = self.folder / "outside"
        self.outside.mkdir()
        (self.outside / "kept.tf").write_text("kept\n")

    def refused(self):
        before = support.tree(self.outside)
        code, _, err = support.run(support.SPACEC, "build", folder=self.folder)
        self.assertEqual(before, support.tree(self.outside), "something outside of out/ was written or removed")
        return code, err

    def test_a_folder_that_is_a_link(self):
        (self.folder / "out/sandbox").mkdir(parents=True)
        os.symlink(self.outside, self.folder / "out/sandbox/here")
        code, err = self.refused()
        self.assertIn(code, (0, 1), err)
        if code == 0:
            self.assertFalse((self.folder / "out/sandbox/here").is_symlink())

    def test_out_itself_is_a_link(self):
        os.symlink(self.outside, self.folder / "out")
        code, err = self.refused()
        self.assertEqual(code, 1, err)
        self.assertIn("link", err)

    def test_a_file_that_is_a_link(self):
        self.spacec("build")
        main = self.folder / "out/sandbox/here/web/000/one/main.tf"
        main.unlink()
        os.symlink(self.outside / "kept.tf", main)
        code, err = self.refused()
        self.assertIn(code, (0, 1), err)
        if code == 0:
            self.assertFalse(pathlib.Path(main).is_symlink())

    def test_a_link_that_is_not_ours_is_taken_away_alone(self):
        self.spacec("build")
        os.symlink(self.outside, self.folder / "out/stray")
        code, err = self.refused()
        self.assertIn(code, (0, 1), err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
