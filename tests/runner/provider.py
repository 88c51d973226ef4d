"""A real provider plugin for tests, `simple`: built from tofu's own sources as `space tofu install` builds tofu, once, into the
cache outside the checkout. It has one resource, `simple_resource` (`value`, computed `id`), and one argument, `i_depend_on`.

`mirror(folder)` lays it out as a filesystem mirror. Where it cannot be built a test is skipped; where CI is set it fails.
"""

import re
import sys

import support

sys.path.insert(0, str(support.ROOT / "tests"))
import built_plugin  # noqa: E402
import go_program  # noqa: E402

SOURCE, VERSION = "example.test/tests/simple", "1.0.0"
PACKAGE = "github.com/opentofu/opentofu/internal/provider-simple-v6/main"
INSTALLER = support.ROOT / "runner/tofu/install.cpp"


def mirror(folder):
    """HOST/NAMESPACE/TYPE/VERSION/PLATFORM with the plugin in it, below `folder`; returns `folder`."""
    version, go_version, replace = _recipe()

    def build(go, scratch, environment, made):
        module = scratch / "module"
        module.mkdir()
        (module / "go.mod").write_text(f"module space.local/provider\n\ngo {go_version}.0\n\nreplace {replace}\n")
        environment["GOFLAGS"] += " -mod=mod"
        go_program.step((go, "get", f"{PACKAGE}@v{version}"), module, environment)
        go_program.step((go, "build", "-trimpath", "-ldflags", "-s -w", "-o", made, PACKAGE), module, environment)

    return built_plugin.place(built_plugin.built("terraform-provider-simple", version, go_version, build), SOURCE, VERSION, folder)


def _recipe():
    """(version of tofu, Go that it wants, its `replace`), from the one place that knows them."""
    row = re.search(r'k_known\{\{\s*\{"([^"]+)", "([^"]+)",\s*((?:"[^"]*"\s*)+)\}', INSTALLER.read_text())
    if row is None:
        sys.exit(f"{INSTALLER.name} no longer says how tofu is built where this test reads it")
    return row[1], row[2], "".join(re.findall(r'"([^"]*)"', row[3]))
