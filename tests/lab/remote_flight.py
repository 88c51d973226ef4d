"""One flight over two stages, whatever the remote: what tests of remotes share."""

import json
import pathlib
import shutil
import subprocess
import threading

import lab
import support

PASSWORD = "canary-of-the-state-7f3a9c"
SECRET_OUTPUT = "canary-of-an-output-51bb2d"
PROGRAM = '''project "case" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}

environment "sandbox" {
  kind  = "sandbox"
  facts = { account = "play" }
}

secret "password" {
  from_env = "STATE_PASSWORD"
}

REMOTE
space "here" {
  remote = remote.state
  region = "home"
}

mission "web" {
  environments = [environment.sandbox]
  spaces       = [space.here]
  variable "wait" {
    type = string
  }
  stage "000" {
    procedure "first" {
      resource "terraform_data" "this" {
        input            = flight.namespace
        triggers_replace = [var.wait]
        provisioner "local-exec" {
          command = var.wait
        }
      }
      output "name" {
        type  = string
        value = terraform_data.this.output
      }
      output "hidden" {
        type      = string
        sensitive = true
        value     = sensitive("SECRET_OUTPUT")
      }
    }
  }
  stage "010" {
    procedure "second" {
      resource "terraform_data" "this" {
        input = procedure.first.name
      }
      output "seen" {
        type      = string
        sensitive = true
        value     = "${terraform_data.this.output} and ${sha256(procedure.first.hidden)}"
      }
    }
    procedure "many" {
      for_each = toset(["a", "b", "c", "d"])
      resource "terraform_data" "this" {
        input = "${procedure.first.name} ${instance.key}"
      }
    }
  }
}

values "web" {
  wait = "WAIT"
}
'''


ROOTS = 6


class Arguments(threading.Thread):
    """Looks at the argument lists of all processes until `over`."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.over = set(), threading.Event()

    def run(self):
        while not self.over.wait(0.005):
            for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    self.seen.add(path.read_bytes())
                except OSError:
                    pass  # it has ended


class Flight:
    """A mixin for a test case. `start()` brings the class's server up and gives the remote's block; `states()` is what the server
    has, by address below the environment."""

    WAYS_TO_NAME_THE_HOLDER = (r"locked by [^ ]+@[^ ]+", r"since 20\d\d-")

    @classmethod
    def setUpClass(cls):
        cls.remote = cls.start()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.bench = lab.Bench()
        self.addCleanup(self.bench.close)
        self.bench.environment["STATE_PASSWORD"] = PASSWORD
        self.bench.project.mkdir()
        self.printed = ""
        self.build()

    def build(self, wait="true"):
        text = PROGRAM.replace("REMOTE", self.remote).replace("WAIT", wait).replace("SECRET_OUTPUT", SECRET_OUTPUT)
        (self.bench.project / "main.space").write_text(text)
        spacec = pathlib.Path(support.space()).parent / "spacec"
        done = subprocess.run([spacec, "build", "."], cwd=self.bench.project, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def run_space(self, *arguments, code=0):
        done = self.bench.run(*arguments)
        self.printed += done.stdout + done.stderr
        self.assertEqual(done.returncode, code, done.stdout + done.stderr + getattr(self.server, "told", str)())
        return done.stdout + done.stderr

    def test_flight(self):
        looked = Arguments()
        looked.start()
        self.assertIn("deferred", self.run_space("plan", "sandbox"))
        self.assertEqual(self.previewed(), [["create"]] * ROOTS)
        self.assertIn(f"applied         {ROOTS}  +{ROOTS} ~0 -0", self.run_space("apply", "sandbox", "--reviewed", "review.json", "--parallel", "6"))
        self.assertIn(f"unchanged       {ROOTS}", self.run_space("apply", "sandbox", "--auto-approve", "--parallel", "6"))
        self.assertEqual(self.previewed(), [[]] * ROOTS)
        self.assertIn(f"same            {ROOTS}", self.run_space("drift", "sandbox"))
        self.check_outputs()
        states = self.states()
        self.assertEqual(sorted(states), self.addresses())
        self.assertTrue(all(len(state["resources"]) == 1 for state in states.values()))
        self.build(wait="sleep 0")
        self.assertEqual(self.previewed(), [["replace"]] + [["update"]] * (ROOTS - 1))  # nobody knows yet that they stay as they are
        self.assertIn("applied         1", self.run_space("apply", "sandbox", "--reviewed", "review.json", "--parallel", "6"))
        self.assertIn(f"destroyed       {ROOTS}", self.run_space("destroy", "sandbox", "--auto-approve"))
        self.assertFalse(any(state["resources"] for state in self.states().values()))
        looked.over.set()
        looked.join()
        self.check_secrets(looked.seen)

    def previewed(self):
        """What each procedure would do, in the plan's order, and no lock is left of it. Kept in review.json."""
        told = self.bench.run("preview", "sandbox", "--json", "--save", "review.json")
        self.printed += told.stdout + told.stderr
        self.assertEqual(told.returncode, 0, told.stderr)
        return [[change["action"] for change in root.get("objects", [])] for root in json.loads(told.stdout)["roots"]]

    def addresses(self):
        return [f"web/here/{name}" for name in ("first", "many--a", "many--b", "many--c", "many--d", "second")]

    def check_outputs(self):
        told = self.bench.run("output", "sandbox", "--json", "--reveal")
        self.assertEqual(told.returncode, 0, told.stderr)
        outputs = json.loads(told.stdout)
        self.assertEqual(outputs["sandbox/here/web/000/first"]["name"]["value"], "web--here")
        self.assertEqual(outputs["sandbox/here/web/000/first"]["hidden"]["value"], SECRET_OUTPUT)
        self.assertRegex(outputs["sandbox/here/web/010/second"]["seen"]["value"], "^web--here and [0-9a-f]{64}$")
        self.assertNotIn(SECRET_OUTPUT, self.run_space("output", "sandbox"))

    def check_secrets(self, arguments):
        """The state's credentials are nowhere; the output, which stands in the program, in nothing of a run."""
        for path in self.bench.project.rglob("*"):
            if path.is_file() and path.name != "main.space":
                text = path.read_bytes()
                self.assertNotIn(PASSWORD.encode(), text, path)
                if ".space" in path.parts:
                    self.assertNotIn(SECRET_OUTPUT.encode(), text, path)
        for word in (PASSWORD, SECRET_OUTPUT):
            self.assertNotIn(word, self.printed)
            self.assertFalse([it for it in arguments if word.encode() in it])
        self.assertTrue([it for it in arguments if b"apply" in it], "nobody was looked at")

    def test_a_second_applier_is_told_who_holds_the_lock(self):
        over = self.bench.folder / "over"
        self.build(wait=f"until test -e {over}; do sleep 0.1; done")
        other = self.bench.folder / "other"
        shutil.copytree(self.bench.project, other)  # another checkout: no lock of ours is shared
        first = self.bench.start("apply", "sandbox/here/web/first", "--auto-approve")
        self.bench.wait_for(lambda: any(b'"provision_start"' in path.read_bytes() for path in self.bench.streams()))
        done = subprocess.run(self.bench.command("apply", "sandbox/here/web/first", "--auto-approve"), cwd=other, env=self.bench.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        over.touch()
        output, _ = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0, output)
        self.assertEqual(done.returncode, 75, said)
        for pattern in self.WAYS_TO_NAME_THE_HOLDER:
            self.assertRegex(said, pattern)
        after = subprocess.run(self.bench.command("apply", "sandbox/here/web/first", "--auto-approve"), cwd=other, env=self.bench.environment,
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.assertEqual(after.returncode, 0, after.stdout + after.stderr)
        self.assertIn("unchanged", after.stdout)
        self.run_space("destroy", "sandbox", "--auto-approve")
