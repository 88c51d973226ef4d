#!/usr/bin/env python3
"""Holds spacec's evaluation of expressions against tofu's, case by case: value, type, sensitivity, failure.

    eval_vs_tofu.py --tofu TOFU --eval-lines BUILD/tests/eval_lines [--update] [--expressions FILE]
    eval_vs_tofu.py --tofu TOFU --eval-lines BUILD/tests/eval_lines --generate 2000 --seed 7
    eval_vs_tofu.py --tofu TOFU --eval-lines BUILD/tests/eval_lines --numbers 1000 --seed 7
    eval_vs_tofu.py --tofu TOFU --eval-lines BUILD/tests/eval_lines --pairs

Asks `tofu console` about every line of tests/corpus/eval/expressions.txt and compares. --update stores tofu's answers
in answers.jsonl, which the unit test reads where there is no tofu. Cases in known.txt differ on purpose.

Of generated ones it asks about ten times as many where SPACE_TEST_FULL is set.
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


def known_differences():
    """Expressions that differ on purpose, with the reason: the comment above them in known.txt."""
    known, reason = {}, ""
    for line in (CORPUS / "known.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            reason = line[2:]
        elif line:
            known[line] = reason
    return known


class Console:
    """Asks `tofu console` many things in few processes: a line that it refuses ends one.

    It reads line by line, so what has several lines stands in a file beside, as a local value.
    """

    def __init__(self, tofu, folder):
        self.tofu = tofu
        self.syntax = {}  # of expressions that have several lines
        self.work = pathlib.Path(folder) / "work"
        shutil.copytree(CORPUS / "files", self.work)
        config = pathlib.Path(folder) / "rc"
        config.write_text("")
        self.environment = dict(os.environ, TF_CLI_CONFIG_FILE=str(config), CHECKPOINT_DISABLE="1", NO_COLOR="1")

    def is_syntax(self, expression):
        """One broken local value would break them all."""
        if expression not in self.syntax:
            run = subprocess.run([self.tofu, "fmt", "-"], input=f"x = {expression}\n", capture_output=True, text=True,
                                 env=self.environment, check=False)
            self.syntax[expression] = run.returncode == 0
        return self.syntax[expression]

    def ask(self, expressions, wrap="{}"):
        locals_, asked = [], []
        for i, expression in enumerate(expressions):
            if "\n" in expression and not self.is_syntax(expression):
                asked.append("no syntax")  # refused as it would be
                continue
            asked.append(wrap.format(f"local.line{i}" if "\n" in expression else expression))
            if "\n" in expression:
                locals_.append(f"  line{i} = {expression}\n")
        (self.work / "locals.tf").write_text("locals {\n" + "".join(locals_) + "}\n", encoding="utf-8")
        answers = []
        while len(answers) < len(asked):
            rest = asked[len(answers):]
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
        tried = [f'base64encode(nonsensitive(jsonencode(try([{expression}], "ERR"))))' for expression in expressions]
        answers = []
        for value in console.ask(tried):
            if value is None:
                answers.append({"failed": True})
                continue
            answer = {"json": None if value == UNKNOWN else base64.b64decode(json.loads(value)).decode("utf-8")}
            answers.append({"failed": True} if answer["json"] == '"ERR"' else answer)

        def fine():
            return [i for i, answer in enumerate(answers) if "failed" not in answer]

        # Without `try`, which forgets the type and the marks of what is not known yet.
        chosen = fine()
        for i, text in zip(chosen, console.ask([expressions[i] for i in chosen], "type({})")):
            if text is None:
                answers[i] = {"failed": True}
                continue
            try:
                answers[i]["type"] = tofu_type(text)
            except (AttributeError, IndexError, ValueError):
                answers[i]["type"] = "?"  # the console does not quote names of attributes
        chosen = fine()
        for i, text in zip(chosen, console.ask([expressions[i] for i in chosen], "issensitive(jsonencode([{}]) == null)")):
            answers[i]["sensitive"] = text == "true"  # of what is unknown it is not null, and no more is asked
        return answers


def ask_spacec(eval_lines, expressions, flags=()):
    run = subprocess.run([eval_lines, str(CORPUS / "files"), *flags], input="".join(f"{e}\0" for e in expressions),
                         capture_output=True, text=True, check=True)
    answers, literals = [], []
    for line in run.stdout.split("\n")[:-1]:  # no other end of a line: strings hold those
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


def says_more(theirs, own):
    """Of what is unknown: where tofu's type is `dynamic`, spacec's may say what it will be."""
    if theirs == "dynamic":
        return True
    if isinstance(theirs, list) and isinstance(own, list) and len(theirs) == len(own):
        return all(says_more(a, b) for a, b in zip(theirs, own))
    if isinstance(theirs, dict) and isinstance(own, dict) and theirs.keys() == own.keys():
        return all(says_more(theirs[key], own[key]) for key in theirs)
    return theirs == own


def without_quoting(type_):
    """The console quotes no name of an attribute, so what is in one cannot be told from what is around it."""
    if isinstance(type_, dict):
        return {re.sub(r"\\+[nrt]?|[^A-Za-z0-9]", "", name): without_quoting(inner) for name, inner in type_.items()}
    return [without_quoting(inner) for inner in type_] if isinstance(type_, list) else type_


def is_same(theirs, own):
    if theirs.get("failed") or own.get("failed"):
        return theirs.get("failed") == own.get("failed")
    if theirs["json"] != own["json"] or theirs["sensitive"] != own["sensitive"]:
        return False
    if theirs["type"] in ("?", own["type"]) or without_quoting(theirs["type"]) == without_quoting(own["type"]):
        return True
    return own["json"] is None and says_more(theirs["type"], own["type"])


# Of generated expressions: what tofu takes and should not, and what it has no types for.
NEGATIVE = re.compile(r"cidrsubnet\(.*-")  # a negative number makes an address of another network
INFINITE = re.compile(r" / |log\(|pow\(")
UNTYPED = re.compile(r"to(map|set|list)\(.*var\.u")  # it forgets the type of the elements
FORGOTTEN = re.compile(r"var\.u.*sensitive|sensitive.*var\.u")  # and that what it does not know yet is a secret
NOT_NULL = re.compile(r"var\.u.*(==|!=)|(==|!=).*var\.u")  # it knows of some unknown values what they are not
NO_NULL_SPLAT = re.compile(r"var\.u.*\[\*\]")
SET_MERGED = re.compile(r"merge\(null")  # behind a null `merge` takes a set
UNTOUCHED = re.compile(r"\.\.\.\)")  # before it expands what is unknown it evaluates no other argument
INVALID = re.compile(r"urldecode\(")  # a string there can be no UTF-8


def is_close(theirs, own):
    """Of a power with a broken exponent tofu's last digits follow from the processor: with or without fused multiplication."""
    try:
        (a,), (b,) = json.loads(theirs), json.loads(own)
        return abs(a - b) <= 1e-14 * abs(a)
    except (TypeError, ValueError):
        return False


def is_beyond(expression, theirs, own):
    """Why the two may differ, each with what must be true of the answers then; nothing else is let through."""
    why = " ".join(own.get("why", []))
    failed = own.get("failed", False)
    unknown = not failed and own["json"] is None
    nothing = unknown and own["type"] == "dynamic"  # a branch that is not taken failed
    if theirs.get("failed"):
        return False
    return bool(
        NEGATIVE.search(expression) and ("not negative" in why or "does not take this sensitive" in why or nothing)
        or INFINITE.search(expression) and ("zero" in why or "finite" in why or "does not take this sensitive" in why or nothing)
        or UNTYPED.search(expression) and ("one type" in why or "does not fit" in why)
        or FORGOTTEN.search(expression) and unknown and own["sensitive"] and not theirs["sensitive"]
        or NOT_NULL.search(expression) and unknown and own["type"] == "bool" and theirs["json"] in ("[true]", "[false]")
        or "pow(" in expression and not failed and is_close(theirs["json"], own["json"])
        or NO_NULL_SPLAT.search(expression) and nothing and theirs["json"] is None and theirs["type"][0] == "tuple"
        or SET_MERGED.search(expression) and "a map or an object is required" in why
        or UNTOUCHED.search(expression) and failed and theirs["json"] is None and theirs["type"] == "dynamic"
        or INVALID.search(expression) and "no UTF-8" in why)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tofu", help="by default what SPACE_TOFU names")
    parser.add_argument("--eval-lines", required=True)
    parser.add_argument("--expressions", type=pathlib.Path, default=CORPUS / "expressions.txt")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--generate", type=int, help="ask about so many expressions from --seed instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--numbers", type=int, help="likewise about so many of numbers alone")
    parser.add_argument("--pairs", action="store_true", help="ask what two values of any types are together")
    options = parser.parse_args()
    tofu_program = options.tofu or os.environ.get("SPACE_TOFU")
    if not tofu_program:
        print("skipped: neither --tofu nor SPACE_TOFU names a tofu")
        return 1 if os.environ.get("CI") else 77
    options.tofu = tofu_program
    expressions = read_lines(options.expressions)
    times = 10 if os.environ.get("SPACE_TEST_FULL") else 1
    if options.generate:
        expressions = eval_generator.generate(options.generate * times, options.seed)
    if options.numbers:
        expressions = eval_generator.numbers(options.numbers * times, options.seed)
    if options.pairs:
        expressions = eval_generator.pairs()
    is_generated = options.generate or options.numbers or options.pairs
    known = set(known_differences())
    tofu = ask_tofu(options.tofu, expressions)
    ours, literals = ask_spacec(options.eval_lines, expressions)
    assert len(tofu) == len(ours) == len(expressions), (len(tofu), len(ours), len(expressions))
    bad = check_literals(options.tofu, literals)
    purposely = beyond = 0
    for expression, theirs, own in zip(expressions, tofu, ours):
        same = is_same(theirs, own)
        if is_generated and not same and is_beyond(expression, theirs, own):
            beyond += 1
            continue
        purposely += expression in known and not same
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
    print(f"{len(expressions)} expressions, {bad} differ, {purposely + beyond} differ on purpose")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
