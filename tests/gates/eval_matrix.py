#!/usr/bin/env python3
"""The printed matrix: each function, operator and construct × value, null, unknown, sensitive, wrong type, wrong count, edge.

    eval_matrix.py --tofu TOFU --eval-lines BUILD/tests/eval_lines [--update] [--row NAME]

Every cell holds cases in which spacec's answer is tofu's: value, type, marks, failure. A cell without a case fails, but
where eval_matrix_rows.py says why it cannot be; such a reason fails where a case shows that it can. What a cell
claims is held against tofu's own answer: a value is known and no secret, a wrong type is refused. --update stores tofu's
answers in tests/corpus/eval/matrix.jsonl, which the unit test reads where there is no tofu.
"""
import argparse
import json
import os
import pathlib
import re
import sys

import eval_vs_tofu
from eval_matrix_constructs import CONSTRUCTS
from eval_matrix_rows import FUNCTIONS

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STORED = eval_vs_tofu.CORPUS / "matrix.jsonl"
COLUMNS = ["value", "null", "unknown", "sensitive", "type", "count", "edge"]
ROWS = {**FUNCTIONS, **CONSTRUCTS}
UNKNOWN = {"string": ["var.us"], "number": ["var.un"], "bool": ["var.ub"], "list": ["var.ul"], "set": ["toset(var.ul)", "var.ul"],
           "map": ["var.um"], "any": ["var.us", "var.ul", "var.um", "var.uo"]}
WRONG = {"string": ["[]", "{}"], "number": ['"x"', "[]", "true"], "bool": ['"x"', "[]"], "list": ['"x"', "{}", "1"], "set": ['"x"', "{}"],
         "map": ['"x"', "[1]"], "any": ['"x"', "1", "[]", "{}", "[1]"]}


def signatures():
    text = (ROOT / "core/eval/defs/functions.def").read_text(encoding="utf-8")
    found = {}
    for name, parameters, variadic in re.findall(r'^SPACE_FUNCTION\("(\w+)", "[^"]*", "([^"]*)", "([^"]*)"\)', text, re.M):
        kinds = [re.match(r"\w+", part.split(":")[1].strip()).group() for part in parameters.split(",") if part]
        found[name] = (kinds, re.match(r"\w+", variadic.split(":")[1].strip()).group() if variadic else None)
    return found


def derived(name, arguments, kinds, variadic):
    """The cases that follow from a signature: each argument in turn replaced by what the column says."""
    def call(values):
        return f"{name}({', '.join(values)})"

    cases = {column: [] for column in COLUMNS}
    cases["value"].append(call(arguments))
    for i, argument in enumerate(arguments):
        kind = kinds[i] if i < len(kinds) else variadic

        def put(value):
            return call(arguments[:i] + [value] + arguments[i + 1:])

        cases["null"].append(put("null"))
        cases["unknown"] += [put(value) for value in UNKNOWN[kind] + ["var.ua"]]
        if not argument.startswith("sensitive("):
            cases["sensitive"] += [put(f"sensitive({argument})"), put(f"sensitive({UNKNOWN[kind][0]})")]
        else:
            cases["sensitive"] += [call(arguments)]
        cases["type"] += [put(value) for value in WRONG[kind]]
    cases["count"].append(call(arguments[:max(len(kinds) - 1, 0)]) if kinds else call([]))
    if not variadic:
        cases["count"].append(call(arguments + ["1"]))
    return cases


def matrix():
    """(row, column, expression), each once, in order."""
    known, out = signatures(), []
    if known.keys() != FUNCTIONS.keys():
        sys.exit(f"functions without a row, or the other way about: {sorted(known.keys() ^ FUNCTIONS.keys())}")
    for name, row in ROWS.items():
        made = derived(name, row["arguments"], *known[name]) if row["arguments"] is not None else {c: [] for c in COLUMNS}
        for column in COLUMNS:
            for expression in dict.fromkeys(made[column] + row["cases"][column]):
                out.append((name, column, expression))
    return out


def shows(column, expression, answer):
    """Whether tofu's answer is what the column is about."""
    failed = answer.get("failed", False)
    if column == "value":
        return not failed and answer["json"] is not None and not answer["sensitive"]
    if column == "null":
        return "null" in expression
    if column == "unknown":
        return "var.u" in expression
    if column == "sensitive":
        return "sensitive(" in expression
    if column in ("type", "count"):
        return failed
    return True


def is_same(theirs, own, row):
    if row["own"] == "refused":
        return bool(own.get("failed"))
    if bool(theirs.get("failed")) != bool(own.get("failed")):
        return row["own"] == "planned"  # the console cannot run it at all
    if row["own"] == "deferred" and not own.get("failed"):  # what only tofu runs has a type here, and no value
        theirs = {**theirs, "json": None}
    return eval_vs_tofu.is_same(theirs, own)


def differing(cases, theirs, own, rows):
    """The cases in which the two differ, each expression once."""
    found = {}
    for name, column, expression in cases:
        if not is_same(theirs[expression], own[expression], rows[name]):
            found.setdefault(expression, (name, column))
    return found


def tabulate(cases, theirs, rows):
    """The table's lines, what is wrong with it, how many cells are full, and which cannot be, by reason."""
    cells = {}
    for name, column, expression in cases:
        cell = cells.setdefault((name, column), [0, 0])
        cell[0] += 1
        cell[1] += shows(column, expression, theirs[expression])
    lines, findings, reasons, full = [f"{'':18}" + "".join(f"{column:>11}" for column in COLUMNS)], [], {}, 0
    for name, row in rows.items():
        shown = ""
        for column in COLUMNS:
            count, showing = cells.get((name, column), (0, 0))
            reason = row["not"].get(column)
            if reason:
                reasons.setdefault(reason, []).append(f"{name} × {column}")
                shown += f"{'-':>11}"
                if showing:
                    findings.append(f"{name} × {column} cannot be, it says, and a case shows it")
            elif not showing:
                shown += f"{'EMPTY':>11}"
                findings.append(f"{name} × {column} has no case that shows it")
            else:
                full += 1
                shown += f"{count:>11}"
        lines.append(f"{name:18}{shown}")
    return lines, findings, full, reasons


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tofu", help="by default what SPACE_TOFU names")
    parser.add_argument("--eval-lines", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--row", help="this row alone, each of its cases printed")
    options = parser.parse_args()
    cases = [case for case in matrix() if options.row in (None, case[0])]
    expressions = list(dict.fromkeys(case[2] for case in cases))
    tofu = options.tofu or os.environ.get("SPACE_TOFU")
    if not tofu:
        print("skipped: neither --tofu nor SPACE_TOFU names a tofu")
        return 1 if os.environ.get("CI") else 77
    theirs = dict(zip(expressions, eval_vs_tofu.ask_tofu(tofu, expressions)))
    deferred = {expression for name, _, expression in cases if ROWS[name]["own"] in ("deferred", "planned")}
    unasked = {expression for name, _, expression in cases if ROWS[name]["own"] in ("refused", "planned")}
    own = {}
    for flags, chosen in (([], [e for e in expressions if e not in deferred]), (["--deferred"], [e for e in expressions if e in deferred])):
        answers, _ = eval_vs_tofu.ask_spacec(options.eval_lines, chosen, flags)
        own.update(zip(chosen, answers))
    on_purpose = eval_vs_tofu.known_differences()
    rows = {name: row for name, row in ROWS.items() if options.row in (None, name)}
    differ = differing(cases, theirs, own, rows)
    wrong = {expression: where for expression, where in differ.items() if expression not in on_purpose}
    for expression, (name, column) in wrong.items():
        print(f"{name}, {column}: {expression!r}\n  tofu:   {json.dumps(theirs[expression], ensure_ascii=False)}\n"
              f"  spacec: {json.dumps(own[expression], ensure_ascii=False)}")
    lines, findings, full, reasons = tabulate(cases, theirs, rows)
    findings += [f"{expression} is in known.txt, and equal" for expression in expressions if expression in on_purpose and expression not in differ]
    for line in lines:
        print(line)
    for reason, which in sorted(reasons.items()):
        print(f"cannot be, {reason}: {', '.join(which)}")
    for finding in findings:
        print(finding)
    bad = len(wrong) + len(findings)
    if options.update and not options.row:
        with STORED.open("w", encoding="utf-8") as out:
            for expression in expressions:
                if expression in on_purpose or expression in unasked:
                    continue
                answer = {"expression": expression, **theirs[expression]}
                if expression in deferred and not answer.get("failed"):
                    answer["json"] = None  # another one each time, for some
                if expression in deferred:
                    answer["deferred"] = True
                out.write(json.dumps(answer, ensure_ascii=False, sort_keys=True) + "\n")
    print(f"{len(rows)} rows, {full} cells, {sum(map(len, reasons.values()))} that cannot be, {len(expressions)} cases: {bad} wrong, "
          f"{len(differ) - len(wrong)} differ on purpose")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
