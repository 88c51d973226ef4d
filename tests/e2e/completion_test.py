"""What bash completes: the generated script is sourced, and bash's own completion function is asked."""

import re
import shutil
import subprocess
import unittest

import support
from support import Case

ASK = """
source "$1"
complete -p "$2" >/dev/null || exit 9
COMP_WORDS=("${@:2}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_"$2"
printf '%s\\n' "${COMPREPLY[@]}"
"""


class Completion(Case):
    def script(self, program, shell):
        command = self.spacec if program == "spacec" else self.space
        out, _ = command("completion", shell)
        return self.write(f"{program}.{shell}", out)

    def offered(self, script, *words):
        ended = subprocess.run(["bash", "--norc", "-c", ASK, "ask", str(script), *words], cwd=self.folder, text=True,
                               capture_output=True, timeout=60, check=False)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        return ended.stdout.split()

    def test_commands_options_and_their_words(self):
        script = self.script("spacec", "bash")
        self.assertEqual(self.offered(script, "spacec", "che"), ["check"])
        self.assertIn("restore", self.offered(script, "spacec", ""))
        self.assertEqual(self.offered(script, "spacec", "build", "--ou"), ["--out"])
        self.assertNotIn("--out", self.offered(script, "spacec", "check", "--"))
        self.assertEqual(self.offered(script, "spacec", "check", "--color", "a"), ["always", "auto"])
        self.assertEqual(self.offered(script, "spacec", "check", "--diagnostics", ""), ["json", "sarif", "text"])
        self.assertEqual(self.offered(script, "spacec", "schema", ""), ["add", "list"] + [
            word for word in self.offered(script, "spacec", "schema", "-")])
        self.assertEqual(self.offered(script, "spacec", "schema", "add", "--ver"), ["--version"])

    def test_files_where_an_option_takes_one(self):
        script = self.script("spacec", "bash")
        self.write("elsewhere/x", "")
        self.assertEqual(self.offered(script, "spacec", "build", "--out", "else"), ["elsewhere"])

    def test_the_runner(self):
        script = self.script("space", "bash")
        self.assertEqual(self.offered(script, "space", "pl"), ["plan"])
        self.assertEqual(self.offered(script, "space", "plan", "--rep"), ["--report"])
        self.assertEqual(self.offered(script, "space", "apply", "--color", "n"), ["never"])
        self.assertEqual(self.offered(script, "space", "tofu", "w"), ["which"])

    def test_every_command_is_offered(self):
        for program in ("spacec", "space"):
            script = self.script(program, "bash")
            _, out, _ = support.run(support.BIN / program, "--help", folder=self.folder)
            listed = re.findall(r"^  ([a-z]+)  ", out[out.lower().index("subcommands:"):], re.M)
            self.assertGreater(len(listed), 5)
            offered = self.offered(script, program, "")
            self.assertEqual([word for word in offered if not word.startswith("-")], listed)

    def test_other_shells_read_theirs(self):
        for program in ("spacec", "space"):
            for shell in ("zsh", "fish"):
                script = self.script(program, shell)
                text = script.read_text()
                self.assertIn("completion", text)
                if shutil.which(shell):
                    ended = subprocess.run([shell, "-n", str(script)], capture_output=True, timeout=60, check=False)
                    self.assertEqual((ended.returncode, ended.stderr), (0, b""))

    def test_another_shell_is_a_usage_error(self):
        _, err = self.spacec("completion", "tcsh", code=2)
        self.assertIn("bash", err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
