#!/usr/bin/env python3
"""Holds run plans to docs/run-plan.schema.json: the one that the C++ writer makes of everything it knows, and any that are
named. What the schema must refuse is shown to it too, so that it cannot grow loose.

usage: run_plan_schema.py PROGRAM-THAT-WRITES-ONE [RUN-PLAN…]
"""

import copy
import json
import pathlib
import subprocess
import sys

import common


def breakings(plan):
    """Name and run plan, each wrong in one way."""
    def broken(name, change):
        wrong = copy.deepcopy(plan)
        change(wrong)
        return name, wrong
    with_variables = next(i for i, r in enumerate(plan["roots"]) if r.get("variables"))
    yield broken("another version", lambda p: p.update(schema="space.run-plan/2"))
    yield broken("no roots", lambda p: p.pop("roots"))
    yield broken("an unknown kind", lambda p: p["environments"][0].update(kind="moon"))
    yield broken("a root without a state", lambda p: p["roots"][0].pop("state"))
    yield broken("an id of four parts", lambda p: p["roots"][0].update(id="a/b/c/d"))
    yield broken("two sources of a variable", lambda p: p["roots"][with_variables]["variables"][0].update(value=1, secret="x"))
    yield broken("a farewell that is no word of yes or no", lambda p: p["flights"][0].update(farewell="@"))
    yield broken("a type that is none", lambda p: p["roots"][with_variables]["variables"][0].update(type=["bag", "string"]))
    yield broken("a mode without its zero", lambda p: p["files"][0].update(mode="644"))
    yield broken("a short digest", lambda p: p["files"][0].update(sha256="abc"))


def main(arguments):
    try:
        import jsonschema
    except ImportError:
        print("skipped: python3-jsonschema is not here")
        return 77
    schema = json.loads((common.ROOT / "docs/run-plan.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    findings = []
    written = subprocess.run([arguments[1]], capture_output=True, check=True).stdout
    plans = {"the writer's own": written, **{path: pathlib.Path(path).read_bytes() for path in arguments[2:]}}
    for name, text in plans.items():
        for error in sorted(validator.iter_errors(json.loads(text)), key=str):
            findings.append(f"{name}: {error.json_path}: {error.message[:200]}")
    for name, wrong in breakings(json.loads(written)):
        if validator.is_valid(wrong):
            findings.append(f"the schema takes {name}")
    return common.report("run_plan_schema", findings)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
