#!/usr/bin/env python3
"""Holds conversion of values to types against tofu's: each type × each value, as a variable with that default.

    convert_vs_tofu.py --tofu TOFU --convert-lines BUILD/tests/convert_lines

tofu says of all defaults at once which do not fit; of the rest `tofu console` prints value and type.
"""
import argparse
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from eval_vs_tofu import tofu_type, without_quoting

PRIMITIVE = ["string", "number", "bool"]
TYPES = PRIMITIVE + ["any"] + [f"{kind}({inner})" for kind in ("list", "set", "map") for inner in [*PRIMITIVE, "any", "list(string)", "set(number)", "map(bool)"]] + [
    "object({})", "object({ a = string })", "object({ a = number, b = bool })", "object({ a = optional(string) })",
    'object({ a = optional(string, "d"), b = optional(number, 7) })', "object({ a = object({ b = optional(list(string), [\"z\"]) }) })",
    "object({ a = any })", "tuple([])", "tuple([string])", "tuple([number, bool])", "tuple([any, string])",
    "list(object({ a = string, b = optional(number) }))", "map(object({ a = optional(bool, true) }))", "set(object({ a = number }))",
    "list(tuple([string, number]))", "map(list(any))", "object({ a = set(string), b = optional(map(number), {}) })",
]
VALUES = [
    "null", '""', '"a"', '"0"', '"1"', '"-0"', '"007"', '"1.50"', '"1e3"', '" 1"', '"0x10"', '"true"', '"false"', '"True"', '"TRUE"', '"1_000"', '"e\\u0301"', '"."', '"1."', '".5"', '"+1"',
    "0", "1", "-1", "1.5", "-0", "1e-30", "1e30", "0.1", "123456789012345678901234567890", "9007199254740993", "0.30000000000000000000000000000000000001", "1e100", "true", "false",
    "[]", "[1]", '["a"]', '["1", "2"]', '["b", "a", "b"]', "[true, false]", '[1, "a"]', '[1, "1"]', "[null]", '[null, "a"]', '["a", null]', "[[]]", '[["a"]]', '[["a", 1]]', '[["1"], ["2", "3"]]', "[1, 2, 3]", '[[1, 2], ["a"]]',
    "{}", "{ a = 1 }", '{ a = "x" }', '{ a = "1", b = "true" }', "{ a = 1, b = 2 }", "{ a = null }", "{ a = null, b = null }", "{ b = 1 }", "{ a = {} }", '{ a = { b = ["q"] } }', "{ a = { b = null } }", '{ a = ["x", "y"] }', '{ a = ["x"], b = { c = 1 } }',
    "[{}]", "[{ a = 1 }]", '[{ a = "x", b = 2 }, { a = "y" }]', "[{ a = 1, c = 2 }]", "[{ a = true }, { a = 1 }]", "{ a = { a = true }, b = {} }", "{ a = [1], b = [] }", '{ "x y" = 1 }', '{ a = 1, "b" = "2" }',
]


def variables(pairs, names):
    return "".join(f'variable "{name}" {{\n  type    = {pair[0]}\n  default = {pair[1]}\n}}\n' for name, pair in zip(names, pairs))


class Tofu:
    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)
        config = self.folder / "rc"
        config.write_text("disable_checkpoint = true\n")
        self.environment = dict(os.environ, TF_CLI_CONFIG_FILE=str(config), CHECKPOINT_DISABLE="1", NO_COLOR="1")

    def run(self, *words, text=None):
        return subprocess.run([self.program, f"-chdir={self.folder}", *words], input=text, capture_output=True, text=True, env=self.environment, check=False)

    def ask(self, pairs):
        """Of each pair: None where the default does not fit, else (JSON of [value], type)."""
        names = [f"v{i}" for i in range(len(pairs))]
        main = self.folder / "main.tf"
        main.write_text(variables(pairs, names), encoding="utf-8")
        said = json.loads(self.run("validate", "-json").stdout)
        bad = set()
        for diagnostic in said["diagnostics"]:
            if diagnostic["severity"] == "error":
                assert diagnostic["summary"] == "Invalid default value for variable", diagnostic
                bad.add((diagnostic["range"]["start"]["line"] - 1) // 4)  # four lines a variable
        kept = [i for i in range(len(pairs)) if i not in bad]
        main.write_text(variables([pairs[i] for i in kept], [names[i] for i in kept]), encoding="utf-8")
        text = "".join(f'base64encode(jsonencode([var.v{i}]))\n"@@"\ntype(var.v{i})\n"@@"\n' for i in kept)
        # Warnings (of attributes that it drops) stand before the first answer.
        answered = self.run("console", "-input=false", text='"@@"\n' + text)
        blocks = [block.strip("\n") for block in answered.stdout.split('"@@"\n')[1:-1]]
        assert len(blocks) == 2 * len(kept), (answered.stdout[-500:], answered.stderr)
        answers = [None] * len(pairs)
        for at, i in enumerate(kept):
            answers[i] = (base64.b64decode(json.loads(blocks[2 * at])).decode(), tofu_type(blocks[2 * at + 1]))
        return answers


def ask_spacec(convert_lines, pairs):
    run = subprocess.run([convert_lines], input="".join(f"{type_}\n{value}\0" for type_, value in pairs), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.split("\n")[:-1]]
    return [None if "errors" in answer else (answer["json"], answer["of"]) for answer in answers]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tofu", help="by default what SPACE_TOFU names")
    parser.add_argument("--convert-lines", required=True)
    options = parser.parse_args()
    program = options.tofu or os.environ.get("SPACE_TOFU")
    if not program:
        print("skipped: neither --tofu nor SPACE_TOFU names a tofu")
        return 1 if os.environ.get("CI") else 77
    pairs = [(type_, value) for type_ in TYPES for value in VALUES]
    with tempfile.TemporaryDirectory() as folder:
        tofu = Tofu(program, folder)
        # A type at a time: a console looks at every variable for each line.
        theirs = [answer for at in range(0, len(pairs), len(VALUES)) for answer in tofu.ask(pairs[at:at + len(VALUES)])]
    own = ask_spacec(options.convert_lines, pairs)
    assert len(own) == len(theirs) == len(pairs)
    bad = 0
    for pair, a, b in zip(pairs, theirs, own):
        same = a == b if a is None or b is None else a[0] == b[0] and without_quoting(a[1]) == without_quoting(b[1])
        if not same:
            bad += 1
            print(f"{pair[1]} as {pair[0]}\n  tofu:   {a}\n  spacec: {b}")
    fit = sum(answer is not None for answer in theirs)
    print(f"{len(pairs)} conversions ({len(TYPES)} types × {len(VALUES)} values), {fit} fit and {len(pairs) - fit} do not, {bad} differ")
    assert fit > 300 and len(pairs) - fit > 300, "the list has lost one side"
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
