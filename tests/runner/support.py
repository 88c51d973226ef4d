"""What the runner's tests share: where the programs are, a clean environment, states on disk, the last line."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FULL = bool(os.environ.get("SPACE_TEST_FULL"))


def space():
    """The program under test: the first argument, or the newest of the usual build folders."""
    if len(sys.argv) > 1 and os.path.exists(sys.argv[1]):
        return os.path.abspath(sys.argv[1])
    for folder in ("build/dev/bin", "build/bin", "build/release/bin"):
        if (ROOT / folder / "space").exists():
            return str(ROOT / folder / "space")
    sys.exit("there is no `space` to test: build it, or give its path")


def is_sanitized():
    """Whether the program under test is built with AddressSanitizer, whose shadow counts as memory."""
    return b"__asan_init" in pathlib.Path(space()).read_bytes()


def missions(full, sampled):
    """How many generated missions a test flies. Whether what is said is true is shown by the build that is shipped; the sanitizers,
    under which each run takes many times as long, look at a tenth."""
    if not FULL:
        return sampled
    return full // 10 if is_sanitized() else full


def has_failpoints(program):
    """Whether a program is built with them (core/base/failpoint.h)."""
    return b"SPACE_FAILPOINT" in pathlib.Path(program).read_bytes()


def tofu():
    found = os.environ.get("SPACE_TOFU") or shutil.which("tofu")
    if found:
        return os.path.abspath(found)
    asked = subprocess.run([space(), "tofu", "which"], capture_output=True, text=True, check=False)
    if asked.returncode == 0:
        return asked.stdout.strip()
    if os.environ.get("CI"):
        sys.exit("there is no tofu here, and CI needs it")
    print("skipped: there is no tofu here (SPACE_TOFU, PATH or `space tofu install`)")
    sys.exit(77)


def children_with(word):
    """Processes whose command line or working folder holds `word`: what a killed tofu left of its children."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            told = (entry / "cmdline").read_bytes().decode(errors="replace") + os.readlink(entry / "cwd")
        except OSError:  # it has ended
            continue
        if word in told:
            found.append(int(entry.name))
    return found


class Bench:
    """A scratch folder with tofu in PATH and an own cache; `run` calls space in the project."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="space-test-"))
        (self.folder / "bin").mkdir()
        (self.folder / "bin/tofu").symlink_to(self.program())
        self.project = self.folder / "project"
        self.environment = {"PATH": f"{self.folder}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}

    def program(self):
        return tofu()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments):
        return [space(), *arguments]

    def run(self, *arguments, timeout=120, environment=None, stdin=subprocess.DEVNULL):
        return subprocess.run(self.command(*arguments), cwd=self.project, env={**self.environment, **(environment or {})},
                              stdin=stdin, capture_output=True, text=True, timeout=timeout, check=False)

    def start(self, *arguments, environment=None, **kwargs):
        return subprocess.Popen(self.command(*arguments), cwd=self.project, env={**self.environment, **(environment or {})}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **kwargs)

    def state(self, address):
        return json.loads((self.project / f".space/state/{address}.tfstate").read_text())

    def states(self):
        return sorted((self.project / ".space/state").rglob("*.tfstate"))

    def lock_infos(self):
        return sorted((self.project / ".space/state").rglob("*.lock.info"))


def main():
    """Runs the tests of the calling module; the last line is `N passed, N failed`."""
    program = unittest.main(argv=[sys.argv[0], "-v"], exit=False)
    result = program.result
    bad = len({getattr(test, "test_case", test) for test, _ in result.failures + result.errors})  # of subtests, the test
    print(f"{result.testsRun - bad} passed, {bad} failed", flush=True)
    sys.exit(1 if bad or result.testsRun == 0 else 0)
