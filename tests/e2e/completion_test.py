"""What the shells complete: each generated script is read by its shell, and the shell is asked what it offers: bash by its
completion function, fish by `complete -C`, zsh at a prompt of its own on a pseudo-terminal, as a person would."""

import os
import pty
import re
import select
import shutil
import subprocess
import time
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


# Each word that zsh would offer goes into a file, with a line behind the last.
ZSH = r"""
PROMPT='ready> '
unsetopt beep
autoload -Uz compinit && compinit -u -D
source "$SCRIPT"
compadd() {
  local -a offered
  builtin compadd -O offered "$@"
  print -rl -- $offered >> "$OFFERED"
  builtin compadd "$@"
}
ask() { : > "$OFFERED"; zle complete-word; print -r -- "-- end" >> "$OFFERED"; zle kill-whole-line }
zle -N ask
bindkey '^T' ask
"""


class Zsh:
    """An interactive zsh on a pseudo-terminal. Waits for what it writes, never for a time alone."""

    def __init__(self, folder, script):
        self.offered_file = folder / "offered"
        (folder / ".zshrc").write_text(ZSH)
        environment = {**os.environ, "ZDOTDIR": str(folder), "SCRIPT": str(script), "OFFERED": str(self.offered_file),
                       "TERM": "dumb", "HOME": str(folder)}
        self.process, self.terminal = self.start(folder, environment)
        self.wait_for("ready> ")

    @staticmethod
    def start(folder, environment):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(["zsh", "-i"], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
                                   start_new_session=True)
        os.close(theirs)
        return process, ours

    def wait_for(self, text=None):
        """Until `text` is shown; without it, until what is offered is written."""
        shown, end = "", time.monotonic() + 60
        while time.monotonic() < end:
            if text is None and self.offered_file.exists() and "-- end" in self.offered_file.read_text():
                return
            if select.select([self.terminal], [], [], 0.05)[0]:
                shown += os.read(self.terminal, 4096).decode(errors="replace")
            if text is not None and text in shown:
                return
        raise AssertionError(f"zsh shows {shown!r}")

    def offered(self, line):
        self.offered_file.unlink(missing_ok=True)
        os.write(self.terminal, (line + "\x14").encode())
        self.wait_for()
        return [word for word in self.offered_file.read_text().splitlines() if word != "-- end"]

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


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

    def needs(self, shell):
        if shutil.which(shell):
            return
        if os.environ.get("CI"):
            self.fail(f"{shell} is missing")
        self.skipTest(f"{shell} is missing")

    def test_fish(self):
        self.needs("fish")
        for program, asked in (("spacec", {"spacec che": ["check"], "spacec schema ": ["add", "list"],
                                           "spacec build --ou": ["--out"], "spacec check --ou": [],
                                           "spacec check --color a": ["always", "auto"],
                                           "spacec build --out else": ["elsewhere/"]}),
                               ("space", {"space pl": ["plan"], "space apply --color n": ["never"],
                                          "space tofu w": ["which"], "space plan --rep": ["--report"]})):
            script = self.script(program, "fish")
            self.write("elsewhere/x", "")
            for line, wanted in asked.items():
                ended = subprocess.run(["fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', str(script), line],
                                       cwd=self.folder, text=True, capture_output=True, timeout=60, check=False,
                                       env={**os.environ, "HOME": str(self.folder)})
                self.assertEqual((ended.returncode, ended.stderr), (0, ""), line)
                self.assertEqual([word.split("\t")[0] for word in ended.stdout.splitlines()], wanted, line)

    def test_zsh(self):
        self.needs("zsh")
        for program, asked in (("spacec", {"spacec che": ["check"], "spacec build --ou": ["--out"],
                                           "spacec check --color a": ["always", "auto"],
                                           "spacec schema add --ver": ["--version"],
                                           "spacec build --out else": ["elsewhere"]}),
                               ("space", {"space pl": ["plan"], "space apply --color n": ["never"],
                                          "space tofu w": ["which"], "space plan --rep": ["--report"]})):
            self.write("elsewhere/x", "")
            zsh = Zsh(self.folder, self.script(program, "zsh"))
            self.addCleanup(zsh.close)
            for line, wanted in asked.items():
                self.assertEqual(sorted(set(zsh.offered(line))), wanted, line)

    def test_another_shell_is_a_usage_error(self):
        _, err = self.spacec("completion", "tcsh", code=2)
        self.assertIn("bash", err)


if __name__ == "__main__":
    unittest.main(verbosity=1)
