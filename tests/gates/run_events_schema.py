#!/usr/bin/env python3
"""Holds events to docs/run-events.schema.json: every kind with every verdict, as the C++ writer makes them. What the schema must
refuse is shown to it too, so that it cannot grow loose.

usage: run_events_schema.py PROGRAM-THAT-WRITES-THEM
"""

import json
import pathlib
import subprocess
import sys

import common

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import json_schemas  # noqa: E402


def breakings(ended, started):
    """Name and event, each wrong in one way."""
    yield "another version", json_schemas.broken(ended, lambda e: e.update(schema="space.events/2"))
    yield "an unknown event", json_schemas.broken(ended, lambda e: e.update(event="root-lost"))
    yield "an unknown verdict", json_schemas.broken(ended, lambda e: e.update(verdict="fine"))
    yield "an end without a verdict", json_schemas.broken(ended, lambda e: e.pop("verdict"))
    yield "a begin with a verdict", json_schemas.broken(started, lambda e: e.update(verdict="applied"))
    yield "a begin without its step", json_schemas.broken(started, lambda e: e.pop("detail"))
    yield "no root", json_schemas.broken(started, lambda e: e.pop("root"))
    yield "a root of four parts", json_schemas.broken(started, lambda e: e.update(root="a/b/c/d"))
    yield "a negative duration", json_schemas.broken(ended, lambda e: e.update(duration_ms=-1))
    yield "a field that nobody named", json_schemas.broken(ended, lambda e: e.update(secret="x"))
    yield "a place without its line", json_schemas.broken(ended, lambda e: e["diagnostics"][0].pop("line"))
    yield "an unknown severity", json_schemas.broken(ended, lambda e: e["diagnostics"][0].update(severity="fatal"))


def main(arguments):
    checked = json_schemas.validator("run-events.schema.json")
    lines = subprocess.run([arguments[1]], capture_output=True, check=True, text=True).stdout.splitlines()
    events = [json.loads(line) for line in lines]
    findings = json_schemas.event_problems(lines)
    named = checked.schema["properties"]["event"]["enum"], checked.schema["$defs"]["verdict"]["enum"]
    for what, wanted, written in (("event", named[0], {e["event"] for e in events}),
                                  ("verdict", named[1], {e["verdict"] for e in events if "verdict" in e})):
        findings += [f"the schema names the {what} `{word}`, which nothing writes" for word in wanted if word not in written]
    ended = next(e for e in events if e["event"] == "root-finished" and e.get("diagnostics"))
    started = next(e for e in events if e["event"] == "root-started")
    findings += [f"the schema takes {name}" for name, wrong in breakings(ended, started) if checked.is_valid(wrong)]
    return common.report("run_events_schema", findings)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
