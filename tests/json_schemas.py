"""Holds JSON to the schemas in docs/. There they are open, for readers pass over what they do not know; here each is closed, so
that nothing is written that they do not name."""

import copy
import json
import os
import pathlib
import sys

DOCS = pathlib.Path(__file__).resolve().parents[1] / "docs"


def need_jsonschema():
    try:
        import jsonschema
    except ImportError:
        if os.environ.get("CI"):
            sys.exit("there is no python3-jsonschema here, and CI needs it")
        print("skipped: python3-jsonschema is not here")
        sys.exit(77)
    return jsonschema


def closed(schema):
    """The schema with `additionalProperties: false` wherever properties are named; in `if` and `then` nothing is closed."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: value if key in ("if", "then", "else", "required", "enum", "const") else closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        made["additionalProperties"] = False
    return made


def validator(name):
    jsonschema = need_jsonschema()
    schema = json.loads((DOCS / name).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(closed(schema))


def problems(value, checked, name):
    return [f"{name}: {error.json_path}: {error.message[:300]}" for error in sorted(checked.iter_errors(value), key=str)]


def event_problems(lines):
    """Of the events of a run, each by itself."""
    checked = validator("run-events.schema.json")
    return [problem for number, line in enumerate(lines, 1) for problem in problems(json.loads(line), checked, f"event {number}")]


def report_problems(text):
    """Of a report; its ends are events."""
    report = json.loads(text)
    found = problems(report, validator("run-report.schema.json"), "report")
    return found + event_problems(json.dumps(event) for event in [report["run"], *report["roots"]])


def broken(value, change):
    """A copy that is wrong in one way."""
    wrong = copy.deepcopy(value)
    change(wrong)
    return wrong
