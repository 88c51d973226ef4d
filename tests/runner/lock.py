#!/usr/bin/env python3
"""`space lock`, with a real registry of this machine and a mirror; and runs that a lock file holds.

usage: lock.py [PATH-OF-SPACE]      spacec lies beside it
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import provider
import registry
import support

KEYS = 24  # procedures whose `init` run at once
LOCK = ".terraform.lock.hcl"
OTHER = ("other", "example.test/tests/other", "~> 1.0")


def program(*providers, keys=2):
    """`providers`: (name, source, constraint). One stage whose procedures use all of them; the space is confined to the first."""
    blocks = "".join(f'provider "{name}" {{\n  source  = "{source}"\n  version = "{constraint}"\n}}\n\n' for name, source, constraint in providers)
    configured = "".join(f'  provider "{name}" {{\n    i_depend_on = "x"\n' + ("" if i == 0 else "    regional    = false\n") + "  }\n"
                         for i, (name, *_) in enumerate(providers))
    used = "".join(f'      resource "simple_resource" "{name}" {{\n        provider = {name}\n        value    = instance.key\n      }}\n'
                   for name, *_ in providers)
    keyed = ", ".join(f'"k{i:02}"' for i in range(keys))
    return f'''project "locks" {{
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}}

environment "sandbox" {{
  kind = "sandbox"
}}

{blocks}remote "local" "state" {{
}}

space "here" {{
  remote = remote.state
  region = "home"
{configured}}}

mission "things" {{
  environments = [environment.sandbox]
  spaces       = [space.here]

  stage "000" {{
    procedure "many" {{
      for_each = toset([{keyed}])
{used}    }}
  }}
}}
'''


class Locked(support.unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        self.bench.project.mkdir()

    def write(self, *providers, keys=2):
        (self.bench.project / "main.space").write_text(program(*providers, keys=keys))
        self.build()

    def build(self):
        spacec = pathlib.Path(support.space()).parent / "spacec"
        done = subprocess.run([spacec, "build", "."], cwd=self.bench.project, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def lock_text(self):
        return (self.bench.project / LOCK).read_text()

    def ok(self, *words, code=0, **how):
        done = self.bench.run(*words, **how)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def assert_clean(self):
        """Nothing of a lock is left but its result."""
        self.assertFalse((self.bench.project / ".space/lock").exists())


class WithRegistry(Locked):
    """Providers come from a registry."""

    PLUGIN = b"nobody runs it"  # None: the real one

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="space-registry-")
        cls.addClassCleanup(folder.cleanup)
        cls.registry = registry.Registry(folder.name)
        cls.addClassCleanup(cls.registry.close)

    def setUp(self):
        super().setUp()
        self.registry.begin(self.PLUGIN)
        self.bench.environment["SSL_CERT_FILE"] = str(self.registry.certificate)

    def simple(self, constraint):
        return "simple", self.registry.source, constraint

    def store(self):
        return pathlib.Path(self.bench.environment["HOME"]) / ".cache/space"

    def assert_store_is_whole(self, packages):
        """Every plugin there is is one that runs; nothing is left of fetching."""
        plugins = [path for path in (self.store() / "plugins").rglob("*") if path.is_file() and path.name.startswith("terraform-provider")]
        self.assertEqual([len(path.read_bytes()) for path in plugins], [len(self.registry.plugin)] * len(plugins))
        self.assertEqual(len(plugins), packages)


class Published(WithRegistry):
    def test_versions_stay_until_they_are_asked_to_move(self):
        self.registry.versions = ["1.0.0"]
        self.write(self.simple("~> 1.0"))
        self.ok("lock")
        self.registry.versions = ["1.0.0", "1.1.0"]
        self.assertIn("is as it was", self.ok("lock"))
        self.assertIn("1.0.0 -> 1.1.0", self.ok("lock", "--upgrade"))
        self.assertIn('"1.1.0"', self.lock_text())

    def test_a_constraint_that_the_locked_version_does_not_fit(self):
        self.write(self.simple("1.0.0"))
        self.ok("lock")
        before = self.lock_text()
        self.registry.versions = ["1.0.0", "1.1.0"]
        self.write(self.simple("1.1.0"))
        self.assertIn("space lock --upgrade", self.ok("lock", code=14))
        self.assertEqual(self.lock_text(), before)
        self.assert_clean()
        self.ok("lock", "--upgrade")

    def test_what_is_not_needed_goes(self):
        other = f"{self.registry.host}/tests/other"
        self.write(self.simple("~> 1.0"))
        self.ok("lock")
        text = self.lock_text() + f'\nprovider "{other}" {{\n  version = "2.0.0"\n  hashes = [\n    "h1:AAAA=",\n  ]\n}}\n'
        (self.bench.project / LOCK).write_text(text)
        self.assertIn(f"- {other} 2.0.0", self.ok("lock"))
        self.assertNotIn(other, self.lock_text())

    def test_platforms_are_a_setting(self):
        self.write(self.simple("~> 1.0"))
        self.ok("lock", "--platform", "linux_amd64")
        self.assertEqual(len(re.findall('"h1:', self.lock_text())), 1)
        self.assertIn("hash more", self.ok("lock", environment={"SPACE_LOCK_PLATFORMS": "linux_arm64, linux_amd64"}))
        text = self.ok("lock", "--platform", "plan9_amd64", code=14)
        self.assertIn("SPACE_LOCK_PLATFORMS", text)
        self.assertIn("is no platform", self.ok("lock", "--platform", "../x", code=2))

    def test_a_registry_that_is_away(self):
        self.write(self.simple("~> 1.0"))
        self.ok("lock")
        before = self.lock_text()
        self.bench.environment["SSL_CERT_FILE"] = "/dev/null"
        self.ok("lock", code=14)
        self.assertEqual(self.lock_text(), before)
        self.assert_clean()

    def test_killed_anywhere_the_lock_file_is_the_old_one_or_the_new(self):
        self.write(self.simple("~> 1.0"))
        self.ok("lock", "--platform", "linux_amd64")
        before = self.lock_text()
        self.registry.pause = 0.2
        for i in range(12 if support.FULL else 5):
            running = self.bench.start("lock")
            time.sleep(0.15 + 0.35 * i)
            running.send_signal(signal.SIGKILL)
            running.communicate()
            found = self.lock_text()
            self.assertEqual(found[:len(before) // 4], before[:len(before) // 4])
            self.assertIn(len(re.findall('"h1:', found)), (1, len(registry.PLATFORMS)))
        self.registry.pause = 0
        self.wait_for_children()
        self.ok("lock")
        self.assertEqual(len(re.findall('"h1:', self.lock_text())), len(registry.PLATFORMS))
        self.assert_clean()

    def wait_for_children(self):
        """tofu outlives its runner; another lock waits for nobody, and says so."""
        for _ in range(600):
            if self.bench.run("lock").returncode != 75:
                return
            time.sleep(0.05)

    def test_two_at_once(self):
        self.write(self.simple("~> 1.0"))
        self.registry.pause = 0.5
        first = self.bench.start("lock")
        while not self.registry.fetched:
            time.sleep(0.01)
        self.assertIn("another `space lock`", self.ok("lock", code=75))
        out, _ = first.communicate()
        self.assertEqual(first.returncode, 0, out)


class Flown(WithRegistry):
    PLUGIN = None

    def test_all_platforms_once(self):
        self.write(self.simple("~> 1.0"))
        text = self.ok("lock")
        self.assertIn(f"+ {self.registry.source} 1.0.0", text)
        locked = self.lock_text()
        self.assertEqual(len(re.findall('"h1:', locked)), len(registry.PLATFORMS))
        self.assertEqual(len(re.findall('"zh:', locked)), len(registry.PLATFORMS))
        self.assertEqual(sorted(platform for _, platform in self.registry.fetched), sorted(registry.PLATFORMS))
        self.assert_clean()
        self.assertIn("is as it was", self.ok("lock"))
        self.assertEqual(self.lock_text(), locked)
        self.build()
        self.assertIn("applied         2", self.ok("apply", "sandbox", "--auto-approve"))
        emitted = self.bench.project / "out/sandbox/here/things/000/many--k00" / LOCK
        self.assertEqual(emitted.read_text(), locked)

    def test_cold_inits_at_once(self):
        """One fetches, the others wait for it: whatever the number, the package comes once and each root gets it whole."""
        for attempt in (0, 1, 2) if support.FULL else (1,):
            with self.subTest(attempt=attempt):
                self.registry.fetched.clear()
                self.bench.environment["HOME"] = str(self.bench.folder / f"home-{attempt}")
                self.write(self.simple("~> 1.0"), keys=KEYS)
                if attempt > 0:  # first without a lock file
                    self.ok("lock", "--platform", "linux_amd64", "--platform", "linux_arm64")
                    self.build()
                    self.registry.fetched.clear()
                shutil.rmtree(self.bench.project / ".space", ignore_errors=True)
                text = self.ok("plan", "sandbox", "--parallel", str(KEYS), timeout=400)
                self.assertIn(f"planned         {KEYS}", text)
                self.assertEqual(len(self.registry.fetched), 1)
                self.assert_store_is_whole(1)

    def wait_for_orphans(self):
        """tofu outlives the runner that was killed, and writes on."""
        mark = str(self.bench.folder).encode()

        def is_ours(process):
            try:
                return mark in (process / "environ").read_bytes()
            except OSError:
                return False

        for _ in range(600):
            if not any(is_ours(process) for process in pathlib.Path("/proc").glob("[0-9]*")):
                return
            time.sleep(0.1)
        self.fail("what a killed runner left does not end")

    def test_killed_while_it_fetches(self):
        self.write(self.simple("~> 1.0"), keys=4)
        self.ok("lock", "--platform", "linux_amd64", "--platform", "linux_arm64")
        self.build()
        self.registry.pause = 0.4
        for i in range(10 if support.FULL else 5):
            running = self.bench.start("plan", "sandbox", "--parallel", "8")
            time.sleep(0.2 + 0.2 * i)
            running.send_signal(signal.SIGKILL)
            running.communicate()
            packages = len(list((self.store() / "plugins").rglob("terraform-provider-*")))
            self.assertLessEqual(packages, 1)
            self.assert_store_is_whole(packages)
            if packages:
                break
        self.registry.pause = 0
        self.wait_for_orphans()
        left = list((self.store() / "fetching").iterdir())
        for folder in left:
            os.utime(folder, (time.time() - 2 * 86400,) * 2)
        self.assertIn("applied         4", self.ok("apply", "sandbox", "--auto-approve", "--parallel", "8"))
        self.assert_store_is_whole(1)
        self.assertEqual([folder.name for folder in left if folder.exists()], [])


class Mirrored(Locked):
    """Providers lie in a mirror; whoever asks the network must fail."""

    def setUp(self):
        super().setUp()
        self.mirror = provider.mirror(self.bench.folder / "mirror")
        self.bench.environment.update(SPACE_PROVIDER_MIRROR=str(self.mirror), HTTP_PROXY="http://127.0.0.1:9",
                                      HTTPS_PROXY="http://127.0.0.1:9")
        self.simple = ("simple", provider.SOURCE, "~> 1.0")

    def test_the_platforms_that_it_has(self):
        self.write(self.simple)
        self.ok("lock")
        self.assertEqual(len(re.findall('"h1:', self.lock_text())), 1)
        self.assertIn("not available", re.sub(r"\s+", " ", self.ok("lock", "--platform", "darwin_arm64", "--platform", "linux_amd64", code=14)))
        self.build()
        self.assertIn("applied         2", self.ok("apply", "sandbox", "--auto-approve"))

    def test_one_that_it_does_not_have_is_asked_for_elsewhere(self):
        self.write(self.simple, OTHER)
        self.assertIn("tests/other", self.ok("lock", code=14))
        self.assertFalse((self.bench.project / LOCK).exists())

    def test_a_lock_file_without_package_hashes_is_refused(self):
        self.write(self.simple)
        self.ok("lock")
        whole = self.lock_text()
        for name, text in (("archives alone", re.sub(r"h1:[^\"]*", "zh:" + "0" * 64, whole)),
                           ("nothing at all", re.sub(r'    "h1:[^\n]*\n', "", whole))):
            with self.subTest(name):
                (self.bench.project / LOCK).write_text(text)
                self.build()
                for command in (("plan", "sandbox"), ("apply", "sandbox", "--auto-approve")):
                    said = self.ok(*command, code=14)
                    self.assertIn("without an `h1:` hash", said)
                    self.assertIn("`space lock`", said)
                self.assertEqual(self.bench.states(), [])
                self.assertFalse((self.bench.project / ".space/data").exists())
        (self.bench.project / LOCK).write_text(re.sub(r"h1:[^\"]*", "zh:" + "0" * 64, whole))
        self.ok("lock")
        self.build()
        self.ok("plan", "sandbox")

    def test_one_of_two_that_is_not_locked(self):
        other = self.mirror / "example.test/tests/other"
        shutil.copytree(self.mirror / provider.SOURCE, other)
        for plugin in [path for path in other.rglob("terraform-provider-simple") if path.is_file()]:
            plugin.rename(plugin.with_name("terraform-provider-other"))
        self.write(self.simple)
        self.ok("lock")
        self.write(self.simple, OTHER)
        self.assertIn("is not locked", self.ok("plan", "sandbox", code=14))
        self.assertIn("+ example.test/tests/other 1.0.0", self.ok("lock"))
        self.build()
        self.assertIn("applied         2", self.ok("apply", "sandbox", "--auto-approve"))

    def test_nothing_to_lock(self):
        (self.bench.project / "main.space").write_text(program().replace(
            "      for_each", '      resource "terraform_data" "it" {\n      }\n      for_each'))
        self.build()
        self.assertIn("nothing to lock", self.ok("lock"))
        self.assertFalse((self.bench.project / LOCK).exists())


if __name__ == "__main__":
    support.main()
