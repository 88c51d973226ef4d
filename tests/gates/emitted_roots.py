#!/usr/bin/env python3
"""Real tofu takes what spacec emits: emitted_roots.py TOFU OUT [OUT...] [--plugins DIR] [--cli-config FILE] [--jobs N]

Every text is as `tofu fmt` leaves it, every root validates (those with equal code once), every backend block is accepted.
`--plugins` is a file system mirror with the providers that the roots require. It works on a copy; OUT stays as it is.
"""

import argparse
import concurrent.futures
import hashlib
import pathlib
import re
import shutil
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
    findings = check_layout(tofu, out, env)
    roots = roots_of(out)
    if not roots:
        return [f"{out} holds no root"], 0, 0
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tofu", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path, nargs="+")
    parser.add_argument("--plugins", type=pathlib.Path)
    parser.add_argument("--cli-config", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    findings = []
    for out in options.out:
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            copy = scratch / "out"
            shutil.copytree(out, copy, ignore=shutil.ignore_patterns(".terraform"))
            env = tofu_runs.environment(scratch, options.cli_config, options.plugins and options.plugins.resolve())
            found, roots, backends = check(options.tofu.resolve(), copy, scratch, env, options.jobs)
        print(f"{out}: {roots} distinct roots, {backends} distinct backends")
        findings += [f"{out}: {finding}" for finding in found]
    return common.report("emitted roots", findings)


if __name__ == "__main__":
    sys.exit(main())
