"""A real provider plugin for tests, `simple`: built from tofu's own sources as `space tofu install` builds tofu, once, into the
cache outside the checkout. It has one resource, `simple_resource` (`value`, computed `id`), and one argument, `i_depend_on`.

`mirror(folder)` lays it out as a filesystem mirror. Where it cannot be built a test is skipped; where CI is set it fails.
"""

import fcntl
import os
import pathlib
import re
import shutil
import sys
import tempfile

import support

sys.path.insert(0, str(support.ROOT / "tests"))
import go_program  # noqa: E402

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
    made = scratch / plugin.name
    try:
        go = go_program.find(scratch, go_version, environment)
        go_program.step((go, "get", f"{PACKAGE}@v{version}"), module, environment)
        go_program.step((go, "build", "-trimpath", "-ldflags", "-s -w", "-o", made, PACKAGE), module, environment)
    except go_program.Unavailable as problem:
        text = f"the test provider cannot be built: {problem}"
        if os.environ.get("CI"):
            sys.exit(text)
        print(f"skipped: {text}")
        sys.exit(77)
    plugin.parent.mkdir(exist_ok=True)
    made.rename(plugin)
