#!/usr/bin/env python3
"""Real tofu takes what spacec emits: emitted_roots.py TOFU OUT [OUT...] [--spacec FILE] [--plugins DIR] [--jobs N]

Every text is as `tofu fmt` leaves it, every root validates (those with equal code once), every backend block is accepted.
With `--spacec`, each OUT is a project instead, which is built first. `--plugins` is a file system mirror with the providers
that the roots require; without it, a root whose provider cannot be had is a warning. It works on copies. TOFU may be `-`:
what SPACE_TOFU names.
"""

import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import common
import tofu_runs


def roots_of(out):
    return sorted(path.parent for path in out.rglob("terraform.tf") if "modules" not in path.relative_to(out).parts[:1])


def code_of(root):
    """Equal for two roots that validate alike: all code but where the state lies."""
    digest = hashlib.sha256(str(len(root.parts)).encode())
    for path in sorted(root.glob("*.tf")):
        if path.name != "backend.tf":
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def backend_of(root):
    """The backend block's text; emitted with two spaces before it, so that its end is easily found."""
    found = re.search(r'^  backend "[a-z0-9]+" \{(\}|.*?^  \})$', (root / "backend.tf").read_text(), re.M | re.S)
    return found.group(0) if found else None


def check_layout(tofu, out, env):
    code, output = tofu_runs.run(tofu, ["fmt", "-check", "-recursive", "-diff"], out, env)
    # A module's files are the user's own: only what we wrote counts.
    changed = [line for line in output.splitlines() if re.match(r"\S+\.(tf|tfvars)$", line) and not line.startswith("modules/")]
    if code not in (0, 3) and not changed:
        return [f"`tofu fmt` ended with {code}: {output.strip()}"]
    return [f"{name}: `tofu fmt` would change it" for name in changed]


def check_root(tofu, root, name, env):
    code, output = tofu_runs.run(tofu, ["init", "-backend=false", "-input=false"], root, env)
    if code == 0:
        code, output = tofu_runs.run(tofu, ["validate"], root, env)
    return [] if code == 0 else [f"{name}: {output.strip()}"]


def check(tofu, out, scratch, env, jobs):
    """(findings, how many distinct roots, how many distinct backends)"""
    findings = check_layout(tofu, out, env)
    roots = roots_of(out)
    if not roots:
        return ["it holds no root"], 0, 0
    by_code = {code_of(root): root for root in reversed(roots)}
    backends = {}
    for root in roots:
        block = backend_of(root)
        if block is None:
            findings.append(f"{root.relative_to(out)}/backend.tf has no backend block")
        else:
            # The address differs everywhere and decides nothing here.
            backends.setdefault(re.sub(r'= "[^"]*"', '= "x"', block), (block, root.relative_to(out)))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for found in pool.map(lambda root: check_root(tofu, root, root.relative_to(out), env), by_code.values()):
            findings += found
        numbered = list(enumerate(backends.values()))
        for found in pool.map(lambda item: [f"{item[1][1]}/backend.tf: {line}" for line in tofu_runs.backend_refusals(
                tofu, item[1][0], scratch / f"backend-{item[0]}", env)], numbered):
            findings += found
    return findings, len(by_code), len(backends)


def copy_of(options, project, scratch):
    """The copy of an output folder, or of one that is built from a copy of the project."""
    copy = scratch / "out"
    if not options.spacec:
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".terraform"))
        return copy
    shutil.copytree(project, scratch / "project", ignore=shutil.ignore_patterns("out", ".space", ".terraform"))
    built = subprocess.run([str(options.spacec.resolve()), "build", "."], cwd=scratch / "project", capture_output=True,
                           text=True, check=False)
    if built.returncode != 0:
        raise RuntimeError(f"`spacec build` ended with {built.returncode}: {built.stderr.strip()}")
    (scratch / "project/out").rename(copy)
    return copy


UNAVAILABLE = "Failed to resolve provider packages"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tofu")
    parser.add_argument("out", type=pathlib.Path, nargs="+")
    parser.add_argument("--spacec", type=pathlib.Path)
    parser.add_argument("--plugins", type=pathlib.Path)
    parser.add_argument("--cli-config", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    tofu = os.environ.get("SPACE_TOFU") if options.tofu == "-" else options.tofu
    if not tofu:
        print("no tofu: SPACE_TOFU names none")
        return 1 if os.environ.get("CI") else 77
    findings, warnings = [], []
    for out in options.out:
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            env = tofu_runs.environment(scratch, options.cli_config, options.plugins and options.plugins.resolve())
            try:
                copy = copy_of(options, out, scratch)
            except RuntimeError as error:
                findings.append(f"{out}: {error}")
                continue
            found, roots, backends = check(pathlib.Path(tofu).resolve(), copy, scratch, env, options.jobs)
        print(f"{out}: {roots} distinct roots, {backends} distinct backends")
        for finding in found:
            missing = UNAVAILABLE in finding and not (options.plugins or options.cli_config)
            (warnings if missing else findings).append(f"{out}: {finding.splitlines()[0] if missing else finding}")
    return common.report("emitted roots", findings, warnings)


if __name__ == "__main__":
    sys.exit(main())
