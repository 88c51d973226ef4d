"""What the parts of scripts/bench share: where the programs are, how a command is timed, how it is said that one failed."""

import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPACEC, SPACE = ROOT / "build/bin/spacec", ROOT / "build/bin/space"


def fail(message, help_text=""):
    print(f"error: {message}", file=sys.stderr)
    if help_text:
        print(f"  = help: {help_text}", file=sys.stderr)
    sys.exit(1)


def say(text):
    print(text, file=sys.stderr, flush=True)


def timed(command, folder, environment=None, log=None):
    """Seconds and peak memory in MiB."""
    with open(log or os.devnull, "ab") as out:
        begun = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], cwd=folder, env=environment, stdout=out, stderr=out)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        tail = pathlib.Path(log).read_text(errors="replace")[-3000:] if log else ""
        fail(f"`{' '.join(map(str, command))}` ended with {child.returncode}", tail)
    return seconds, usage.ru_maxrss / 1024


def fastest_of(runs, action):
    """What else the machine does only ever adds: the fastest run says most. Short ones are run for a second or more."""
    results = [action() for _ in range(runs)]
    while sum(result[0] for result in results) < 1 and len(results) < 10 * runs:
        results.append(action())
    return min(result[0] for result in results), max(result[1] for result in results)
