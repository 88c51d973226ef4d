"""Providers for `tofu validate`: hashicorp/random itself, built from the Go module proxy, and a plugin that serves schemas as they
are compiled in (described_provider) for those that cannot be had. Built once, into the cache outside the checkout.

In: a folder. Out: a filesystem mirror in it, for the SOURCES below.
"""

import hashlib
import json
import os
import pathlib
import shutil
import sys

import schema_index
import support

sys.path.insert(0, str(support.ROOT / "tests"))
import go_program  # noqa: E402

GO = "1.26"
PLUGIN_GO = "v0.31.0"
# Its sources call themselves terraform-providers/…, and their tags are no versions of a Go module: a commit stands for 3.9.0.
RANDOM, RANDOM_AT = "github.com/terraform-providers/terraform-provider-random", "v1.3.2-0.20260824155315-e1092b0cfc07"
BUILT = {"hashicorp/random": "random"}
DESCRIBED = ["hetznercloud/hcloud", "lxc/incus", "hashicorp/null"]
SOURCES = [*BUILT, *DESCRIBED]
MAIN = pathlib.Path(__file__).resolve().parent / "described_provider" / "main.go"


def _make(scratch):
    folder, go, environment = go_program.module(
        scratch, GO, f"require (\n\tgithub.com/hashicorp/terraform-plugin-go {PLUGIN_GO}\n\t{RANDOM} v0.0.0\n)\n\n"
                     f"replace {RANDOM} => github.com/hashicorp/terraform-provider-random {RANDOM_AT}\n")
    shutil.copy2(MAIN, folder)
    made = []
    for name, package in (("described", "."), ("random", RANDOM)):
        made.append(scratch / name)
        go_program.step((go, "build", "-trimpath", "-ldflags", "-s -w", "-o", made[-1], package), folder, environment)
    return made


def mirror(folder):
    """HOST/NAMESPACE/TYPE/VERSION/PLATFORM below `folder`; returns it. Raises go_program.Unavailable."""
    key = hashlib.sha256(f"{GO} {PLUGIN_GO} {RANDOM_AT}".encode() + MAIN.read_bytes()).hexdigest()[:16]
    described, random = go_program.once(f"described-{key}", ["described", "random"], _make)
    for source in SOURCES:
        version, data = schema_index.read(source)
        package = pathlib.Path(folder) / "registry.opentofu.org" / source / version / go_program.platform()
        package.mkdir(parents=True)
        program = package / f"terraform-provider-{source.split('/')[1]}"
        built = random if source in BUILT else described
        try:
            os.link(built, program)
        except OSError:  # another disk
            shutil.copy2(built, program)
        if source in DESCRIBED:
            program.with_name(program.name + ".json").write_text(json.dumps(data))
    return pathlib.Path(folder)
