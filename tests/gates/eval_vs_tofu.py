#!/usr/bin/env python3
"""Holds spacec's evaluation of expressions against tofu's, case by case: value, type, sensitivity, failure.

    eval_vs_tofu.py --tofu TOFU --eval-lines BUILD/tests/eval_lines [--update] [--expressions FILE]
    eval_vs_tofu.py --tofu TOFU --eval-lines BUILD/tests/eval_lines --generate 2000 --seed 7

Asks `tofu console` about every line of tests/corpus/eval/expressions.txt and compares. --update stores tofu's answers
in answers.jsonl, which the unit test reads where there is no tofu. Cases in known.txt differ on purpose.
"""
import argparse
import base64
import difflib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import eval_generator

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "eval"
UNKNOWN = "(known after apply)"


def read_lines(path):
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def tofu_type(text):
    """The type that the console prints, as cty's JSON: tuple([number,string,]) is ["tuple",["number","string"]]."""
    position = 0

    def skip():
        nonlocal position
        while position < len(text) and text[position] in " \n":
            position += 1

    def take(wanted):
        nonlocal position
        if not text.startswith(wanted, position):
            raise ValueError(f"no {wanted} at {position} in {text}")
        position += len(wanted)

    def read():
        nonlocal position
        skip()
        word = re.match(r"[a-z]+", text[position:]).group()
        position += len(word)
        if word in ("string", "number", "bool", "dynamic"):
            return word
        take("(")
        if word in ("list", "set", "map"):
            inner = read()
            position += text[position] == ","
            skip()
            take(")")
            return [word, inner]
        if word == "tuple":
            take("[")
            parts = []
            skip()
            while text[position] != "]":
                parts.append(read())
                position += text[position] == ","
                skip()
            take("])")
            return ["tuple", parts]
        take("{")
        attributes = {}
        skip()
        while text[position] != "}":
            end = text.index(": ", position)
            name = text[position:end]
            position = end + 2
            attributes[json.loads(name) if name.startswith('"') else name] = read()
            position += text[position] == ","
            skip()
        take("})")
        return ["object", attributes]

    return read()


class Console:
    """Asks `tofu console` many things in few processes: a line that it refuses ends one."""

    def __init__(self, tofu, folder):
        self.tofu = tofu
        self.work = pathlib.Path(folder) / "work"
        shutil.copytree(CORPUS / "files", self.work)
        config = pathlib.Path(folder) / "rc"
        config.write_text("")
        self.environment = dict(os.environ, TF_CLI_CONFIG_FILE=str(config), CHECKPOINT_DISABLE="1", NO_COLOR="1")

    def ask(self, lines):
        answers = []
        while len(answers) < len(lines):
            rest = lines[len(answers):]
            text = "".join(f'{line}\n"@@"\n' for line in rest)
            run = subprocess.run([self.tofu, f"-chdir={self.work}", "console", "-input=false"], input=text,
                                 capture_output=True, text=True, env=self.environment, check=False)
            done = re.split(r'^"@@"\n', run.stdout, flags=re.M)[:-1]
            answers += [block.rstrip("\n") for block in done]
            if len(done) < len(rest):
                answers.append(None)
        return answers


def ask_tofu(tofu, expressions):
    with tempfile.TemporaryDirectory() as folder:
        console = Console(tofu, folder)
        encoded = [f'jsonencode(try([{expression}], "ERR"))' for expression in expressions]
        values = console.ask([f"base64encode(nonsensitive({line}))" for line in encoded])
        sensitive = console.ask([f"issensitive({line})" for line in encoded])
        answers = []
        for value, mark in zip(values, sensitive):
            if value is None:
                answers.append({"failed": True})
                continue
            answer = {"json": None, "sensitive": mark == "true"}
            if value != UNKNOWN:
                answer["json"] = base64.b64decode(json.loads(value)).decode("utf-8")
            answers.append({"failed": True} if answer["json"] == '"ERR"' else answer)
        fine = [i for i, answer in enumerate(answers) if "failed" not in answer]
        # Without `try`, which has no type while something is unknown.
        for i, text in zip(fine, console.ask([f"type({expressions[i]})" for i in fine])):
            if text is None:
                answers[i] = {"failed": True}
            else:
                try:
                    answers[i]["type"] = tofu_type(text)
                except (AttributeError, IndexError, ValueError):
                    answers[i]["type"] = "?"  # the console does not quote names of attributes
        return answers


def ask_spacec(eval_lines, expressions):
    run = subprocess.run([eval_lines, str(CORPUS / "files")], input="\n".join(expressions) + "\n", capture_output=True,
                         text=True, check=True)
    answers, literals = [], []
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        if "errors" in answer:
            answers.append({"failed": True, "why": answer["errors"]})
        else:
            answers.append({key: answer[key] for key in ("json", "sensitive", "type")})
            if "hcl" in answer:
                literals.append(answer["hcl"])
    return answers, literals


def check_literals(tofu, literals):
    """What is written as HCL must be what `tofu fmt` leaves alone."""
    text = "".join(f"x{i} = {literal}\n\n" for i, literal in enumerate(literals))
    run = subprocess.run([tofu, "fmt", "-"], input=text, capture_output=True, text=True, check=True,
                         env=dict(os.environ, TF_CLI_CONFIG_FILE="/dev/null"))
    if run.stdout == text:
        return 0
    sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), run.stdout.splitlines(True), "spacec", "tofu fmt"))
    return 1


def fits(theirs, own):
    """Where one says less of the type of what is unknown: `dynamic` there fits anything."""
    if theirs == "dynamic":
        return True
    if isinstance(theirs, list) and isinstance(own, list) and len(theirs) == len(own):
        return all(fits(a, b) for a, b in zip(theirs, own))
    if isinstance(theirs, dict) and isinstance(own, dict) and theirs.keys() == own.keys():
        return all(fits(theirs[key], own[key]) for key in theirs)
    return theirs == own


def is_same(theirs, own):
    if theirs.get("failed") or own.get("failed"):
        return theirs.get("failed") == own.get("failed")
    if theirs["json"] != own["json"]:
        return False
    if own["json"] is None:  # `try` drops the marks of what is unknown
        return theirs["type"] == "?" or fits(theirs["type"], own["type"]) or fits(own["type"], theirs["type"])
    return theirs["sensitive"] == own["sensitive"] and theirs["type"] in ("?", own["type"])


# Of generated expressions: what tofu alone can say of unknown values, and where it is wrong.
BEYOND = [
    re.compile(r"to(map|set)\(var\."),  # tofu forgets the type of the elements
    re.compile(r"cidrsubnet\("),       # a negative number of a subnet makes an address of another network
    re.compile(r"var\.\w+ \? "),       # and in which range a number is
    re.compile(r"== null\)|!= null"),  # tofu knows of many unknown values that they are not null
]


def is_beyond(expression, theirs, own):
    if theirs.get("failed") and own.get("json", 0) is None:
        return True  # a type that cannot fit, of a value that is not known yet
    return any(pattern.search(expression) for pattern in BEYOND)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tofu", help="by default what SPACE_TOFU names")
    parser.add_argument("--eval-lines", required=True)
    parser.add_argument("--expressions", type=pathlib.Path, default=CORPUS / "expressions.txt")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--generate", type=int, help="ask about so many expressions from --seed instead")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tofu_program = options.tofu or os.environ.get("SPACE_TOFU")
    if not tofu_program:
        print("skipped: neither --tofu nor SPACE_TOFU names a tofu")
        return 1 if os.environ.get("CI") else 77
    options.tofu = tofu_program
    expressions = read_lines(options.expressions)
    if options.generate:
        expressions = eval_generator.generate(options.generate, options.seed)
    known = set(read_lines(CORPUS / "known.txt"))
    tofu = ask_tofu(options.tofu, expressions)
    ours, literals = ask_spacec(options.eval_lines, expressions)
    assert len(tofu) == len(ours) == len(expressions), (len(tofu), len(ours), len(expressions))
    bad = check_literals(options.tofu, literals)
    beyond = 0
    for expression, theirs, own in zip(expressions, tofu, ours):
        same = is_same(theirs, own)
        if options.generate and not same and is_beyond(expression, theirs, own):
            beyond += 1
            continue
        if bool(same) == (expression in known):
            bad += 1
            print(f"{expression}\n  tofu:   {json.dumps(theirs, ensure_ascii=False)}\n"
                  f"  spacec: {json.dumps(own, ensure_ascii=False)}" + ("\n  (in known.txt, and equal)" if same else ""))
    if options.update:
        with (CORPUS / "answers.jsonl").open("w", encoding="utf-8") as out:
            for expression, answer in zip(expressions, tofu):
                if expression in known:
                    continue
                answer.pop("why", None)
                out.write(json.dumps({"expression": expression, **answer}, ensure_ascii=False, sort_keys=True) + "\n")
    print(f"{len(expressions)} expressions, {bad} differ, {len(known) + beyond} differ on purpose")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
