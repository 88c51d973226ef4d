"""What the end-to-end tests share: the two programs, tofu, private folders, and one way to run a command.

SPACE_BIN is the folder with spacec and space; SPACE_TOFU a tofu of the pinned version (else `space tofu which` says one).
Where CI is set nothing is skipped: what is missing fails.
"""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("SPACE_BIN", ROOT / "build" / "bin"))
FULL = bool(os.environ.get("SPACE_TEST_FULL"))  # every full count
SEED = int(os.environ.get("SPACE_TEST_SEED", "1"))  # of generated programs
SPACEC, SPACE = BIN / "spacec", BIN / "space"


def run(*command, folder, environment=None, text=None, limit=300):
    """(exit code, standard output, standard error), all decoded; a command that hangs fails the test."""
    given = {**os.environ, "NO_COLOR": "1", **(environment or {})}
    ended = subprocess.run([str(word) for word in command], cwd=folder, env=given, input=text, capture_output=True,
                           timeout=limit, check=False)
    return ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace")


def tree(folder):
    """Relative path -> (bytes, may be executed), links not followed."""
    folder = pathlib.Path(folder)
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = ("link", os.readlink(path))
        elif path.is_file():
            found[str(path.relative_to(folder))] = (path.read_bytes(), os.access(path, os.X_OK))
    return found


def find_tofu():
    if os.environ.get("SPACE_TOFU"):
        return os.environ["SPACE_TOFU"]
    if SPACE.exists():
        code, out, _ = run(SPACE, "tofu", "which", folder=ROOT)
        if code == 0:
            return out.strip().splitlines()[-1]
    return None


def tofu_environment(folder):
    config = pathlib.Path(folder) / "cli.tofurc"
    config.write_text("disable_checkpoint = true\n")
    return {"TF_CLI_CONFIG_FILE": str(config), "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}


def apply_fix(folder, diagnostic, title):
    """The edits of the one fix with this title, made in their files; from behind, so that offsets stay good."""
    fix = [one for one in diagnostic["fixes"] if title in one["title"]][0]
    for edit in sorted(fix["edits"], key=lambda one: -one["range"]["start"]["byte"]):
        path = folder / edit["file"]
        text = path.read_bytes()
        begin, end = edit["range"]["start"]["byte"], edit["range"]["end"]["byte"]
        path.write_bytes(text[:begin] + edit["text"].encode() + text[end:])


class Case(unittest.TestCase):
    """A test with a private folder. It is removed, unless SPACE_TEST_KEEP is set."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="space-e2e-"))
        if not os.environ.get("SPACE_TEST_KEEP"):
            self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def copy_example(self, name, to="example"):
        target = self.folder / to
        shutil.copytree(ROOT / "examples" / name, target, ignore=shutil.ignore_patterns("out", ".space"))
        return target

    def write(self, path, text):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def need_tofu(self):
        tofu = find_tofu()
        if tofu is None:
            if os.environ.get("CI"):
                self.fail("there is no tofu, and CI is set: `space tofu install` brings it")
            self.skipTest("there is no tofu: `space tofu install` brings it")
        return tofu

    def spacec(self, *words, folder=None, code=0, **more):
        got, out, err = run(SPACEC, *words, folder=folder or self.folder, **more)
        self.assertEqual(got, code, f"spacec {' '.join(map(str, words))}\n{out}\n{err}")
        return out, err

    def space(self, *words, folder=None, code=0, **more):
        tofu = find_tofu()
        environment = {"PATH": os.pathsep.join([str(pathlib.Path(tofu).parent), os.environ["PATH"]])} if tofu else {}
        got, out, err = run(SPACE, *words, folder=folder or self.folder, environment=environment, **more)
        self.assertEqual(got, code, f"space {' '.join(map(str, words))}\n{out}\n{err}")
        return out, err

    def preview(self, target="sandbox", **more):
        """Root -> its part of the preview."""
        return {part["root"]: part for part in json.loads(self.space("preview", target, "--json", **more)[0])["roots"]}

    def previewed(self, target="sandbox", **more):
        """Every verdict of a preview."""
        return {part["verdict"] for part in self.preview(target, **more).values()}


class Programs(Case):
    """Tests over generated programs: one folder, written anew for each."""

    def place(self, files):
        folder = self.folder / "program"
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in files.items():
            self.write(f"program/{path}", text)
        return folder

    def check(self, program):
        return self.findings(self.place(program.files()))

    def findings(self, folder):
        code, out, err = run(SPACEC, "check", ".", "--diagnostics", "json", folder=folder)
        lines = [json.loads(line) for line in (out + err).splitlines() if line.startswith("{")]
        # Nothing reads much of what a rule has made: lints are not what is asked.
        return code, [line for line in lines if line["kind"] == "diagnostic" and line["category"] != "lints"]


# What a program needs before its first mission.
HEAD = '''project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}

environment "sandbox" {
  kind  = "sandbox"
  facts = { account = "play" }
}

remote "local" "state" {
}

space "here" {
  remote = remote.state
  region = "home"
}

'''

PROGRAM = HEAD + '''mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  stage "000" {
    procedure "one" {
      resource "terraform_data" "this" {
        input = flight.namespace
      }
      output "name" {
        type  = string
        value = terraform_data.this.output
      }
    }
  }
}
'''

# A body with one warning, SPC4031: `trigger` is no argument. A build also warns of the lock file that is not there.
WARNED = PROGRAM.replace('mission "web"', '''provider "null" {
  source  = "hashicorp/null"
  version = "3.3.1"
}

mission "web"''').replace('''      output''', '''      resource "null_resource" "that" {
        trigger = {}
      }
      output''')
