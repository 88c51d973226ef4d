"""A real provider plugin for tests, `simple`: built from tofu's own sources as `space tofu install` builds tofu, once, into the
cache outside the checkout. It has one resource, `simple_resource` (`value`, computed `id`), and one argument, `i_depend_on`.

`mirror(folder)` lays it out as a filesystem mirror. Where it cannot be built a test is skipped; where CI is set it fails.
"""

import os
import pathlib
import re
import shutil
import sys

import support

sys.path.insert(0, str(support.ROOT / "tests"))
import go_program  # noqa: E402

SOURCE, VERSION = "example.test/tests/simple", "1.0.0"
PACKAGE = "github.com/opentofu/opentofu/internal/provider-simple-v6/main"
INSTALLER = support.ROOT / "runner/tofu/install.cpp"


def mirror(folder):
    """HOST/NAMESPACE/TYPE/VERSION/PLATFORM with the plugin in it, below `folder`; returns `folder`."""
    plugin = _built()
    package = pathlib.Path(folder) / SOURCE / VERSION / go_program.platform()
    package.mkdir(parents=True)
    try:
        os.link(plugin, package / plugin.name)
    except OSError:  # another disk
        shutil.copy2(plugin, package)
    return pathlib.Path(folder)


def _recipe():
    """(version of tofu, Go that it wants, its `replace`), from the one place that knows them."""
    row = re.search(r'k_known\{\{\s*\{"([^"]+)", "([^"]+)",\s*((?:"[^"]*"\s*)+)\}', INSTALLER.read_text())
    if row is None:
        sys.exit(f"{INSTALLER.name} no longer says how tofu is built where this test reads it")
    return row[1], row[2], "".join(re.findall(r'"([^"]*)"', row[3]))


def _built():
    version, go_version, replace = _recipe()

    def make(scratch):
        module, go, environment = go_program.module(scratch, go_version, f"replace {replace}")
        made = scratch / "plugin"
        go_program.step((go, "get", f"{PACKAGE}@v{version}"), module, environment)
        go_program.step((go, "build", "-trimpath", "-ldflags", "-s -w", "-o", made, PACKAGE), module, environment)
        return [made]

    try:
        return go_program.once(version, ["terraform-provider-simple"], make)[0]
    except go_program.Unavailable as problem:
        text = f"the test provider cannot be built: {problem}"
        if os.environ.get("CI"):
            sys.exit(text)
        print(f"skipped: {text}")
        sys.exit(77)
