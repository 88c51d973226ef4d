"""Programs in Go that tests need (provider plugins, a tofu that plays scenarios): built once into the cache outside the
checkout, and laid out as a filesystem mirror. Where one cannot be built a test is skipped; where CI is set it fails.
"""

import os
import pathlib
import shutil
import sys

import go_program


def built(name, key, go_version, build):
    """The program `name` in the cache, made by `build(go, scratch, environment, made)` where `key` is not there yet."""

    def make(scratch):
        environment = {**os.environ, "GOFLAGS": "-modcacherw", "CGO_ENABLED": "0", "GOWORK": "off"}
        made = scratch / name
        build(go_program.find(scratch, go_version, environment), scratch, environment, made)
        return [made]

    try:
        return go_program.once(key, [name], make)[0]
    except go_program.Unavailable as problem:
        unavailable(f"`{name}` cannot be built: {problem}")


def unavailable(text):
    """Ends the test program: nothing is skipped in CI."""
    if os.environ.get("CI"):
        sys.exit(text)
    print(f"skipped: {text}")
    sys.exit(77)


def place(plugin, source, version, folder):
    """HOST/NAMESPACE/TYPE/VERSION/PLATFORM with the plugin in it, below `folder`; returns `folder`."""
    package = pathlib.Path(folder) / source / version / go_program.platform()
    package.mkdir(parents=True)
    try:
        os.link(plugin, package / plugin.name)
    except OSError:  # another disk
        shutil.copy2(plugin, package)
    return pathlib.Path(folder)
