"""Running tofu for gates: nothing of the caller's environment reaches it, and nothing of it reaches the network."""

import os
import pathlib
import subprocess

NOWHERE = "http://127.0.0.1:9"  # the discard port: a connection is refused at once


def environment(scratch, cli_config=None, plugins=None):
    """`scratch`: a folder for what tofu keeps; `plugins`: a file system mirror of providers."""
    config = pathlib.Path(cli_config) if cli_config else pathlib.Path(scratch) / "tofurc"
    if not cli_config:
        mirror = f'provider_installation {{\n  filesystem_mirror {{\n    path = "{plugins}"\n  }}\n}}\n' if plugins else ""
        config.write_text(mirror)
    return {
        "PATH": os.environ.get("PATH", ""), "HOME": str(scratch), "TF_CLI_CONFIG_FILE": str(config),
        "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", "HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE,
        "AWS_EC2_METADATA_DISABLED": "true", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_MAX_ATTEMPTS": "1",
    }


def run(tofu, arguments, folder, env, timeout=120):
    """(exit code, all output); 124 where it took too long."""
    try:
        done = subprocess.run([str(tofu), *arguments, "-no-color"], cwd=folder, env=env, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as late:
        return 124, "".join(part.decode() if isinstance(part, bytes) else part or "" for part in (late.stdout, late.stderr))
    return done.returncode, done.stdout + done.stderr


# What tofu says when it does not take a backend block, before it asks anybody.
REFUSED = ("Unsupported argument", "Unsupported block type", "Missing required argument", "Unsupported backend type",
           "Incorrect attribute value type", "Inappropriate value for attribute", "Invalid expression", "Invalid backend",
           "Variables not allowed", "Function calls not allowed")


def backend_refusals(tofu, block, folder, env):
    """The lines in which tofu refuses a `backend "x" { … }` block."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "backend.tf").write_text(f"terraform {{\n{block}\n}}\n")
    _, output = run(tofu, ["init", "-input=false"], folder, env, timeout=10)
    lines = output.splitlines()
    return [line.strip() + next((" " + later.strip() for later in lines[i + 1:] if later.strip().startswith("on ")), "")
            for i, line in enumerate(lines) if any(words in line for words in REFUSED)]
