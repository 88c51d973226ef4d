"""The fault provider (provider/, in Go), built once into the cache: `mirror(folder)` lays it out as a filesystem mirror.

`fault_object` is one object of a world log, a file that the provider's `world` names. Its `mode` strikes at the operation
that `when` names, after `delay` milliseconds: see world/fault.go for the modes.
"""

import hashlib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "runner")]
import built_plugin  # noqa: E402
import go_program  # noqa: E402

SOURCE, VERSION = "example.test/tests/fault", "1.0.0"


def built(name, package):
    """A program of the laboratory's Go module; another one as soon as a source differs."""
    digest = hashlib.sha256()
    for path in sorted([HERE / "go.mod", HERE / "go.sum", *(HERE / "world").glob("*.go"), *(HERE / package).glob("*.go")]):
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
    version = re.search(r"^go ([0-9.]+)$", (HERE / "go.mod").read_text(), re.MULTILINE)[1]

    def build(go, _scratch, environment, made):
        environment["GOFLAGS"] += " -mod=readonly"
        go_program.step((go, "build", "-trimpath", "-ldflags", "-s -w", "-o", made, "./" + package), HERE, environment)

    return built_plugin.built(name, digest.hexdigest()[:16], version, build)


def mirror(folder, version=VERSION):
    return built_plugin.place(built("terraform-provider-fault", "provider"), SOURCE, version, folder)
