#!/usr/bin/env python3
"""Runs the HCL project's own cases for expressions, out of the Go module cache, against spacec. Nothing of them is copied.

    eval_hcl_spec.py --eval-lines BUILD/tests/eval_lines [--hcl FOLDER] [--tofu TOFU]

specsuite: what stands under `result` in a `.t` file must be what spacec makes of the `.hcl` beside it. The fuzzers' seeds
must parse. The inputs of hclsyntax's own tests, where they bring no variables, must evaluate as tofu's console does. Each
case that is left out is printed with the reason. FOLDER is by default where `go mod download` has the module that tofu uses;
that is asked once and kept in the cache outside the checkout.
"""
import argparse
import decimal
import json
import os
import pathlib
import re
import sys
import tempfile

import eval_vs_tofu

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import go_program  # noqa: E402

MODULE = "github.com/opentofu/hcl/v2@v2.20.2-0.20251021132045-587d123c2828"
GO = "1.26"  # what tofu is built with
LEGACY = re.compile(r"\.\*|\.\d")


def module_folder():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "space/test-modules"
    folder = cache / MODULE
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        environment = {**os.environ, "GOFLAGS": "-mod=mod -modcacherw", "GOWORK": "off"}
        try:
            go = go_program.find(pathlib.Path(scratch), GO, environment)
            environment["GOMODCACHE"] = str(cache)
            go_program.step((go, "mod", "download", MODULE), "/", environment)
        except go_program.Unavailable as problem:
            print(problem)
            return None
    return folder


def numbers(text):
    return json.loads(text, parse_float=decimal.Decimal, parse_int=decimal.Decimal)


def as_object(body):
    """A body of arguments and blocks is written as an object; a label of a block becomes part of its name."""
    body = re.sub(r'^(\s*)(\w+) "([^"]*)" \{', r'\1"\2/\3" = {', body, flags=re.M)
    return re.sub(r"^(\s*)(\w+) \{", r"\1\2 = {", body, flags=re.M)


def nested(value):
    """{"equality/==": x} is {"equality": {"==": x}}."""
    out = {}
    for name, inner in value.items():
        block, slash, label = name.partition("/")
        if slash:
            out.setdefault(block, {})[label] = inner
        else:
            out[name] = inner
    return out


def block_of(text, name):
    """The value of an argument or block `name` at the start of a line, as text."""
    found = re.search(rf"^{name}\b\s*=?\s*", text, re.M)
    if not found:
        return None
    rest = text[found.end():]
    if not rest.startswith("{"):
        return rest.split("\n", 1)[0]
    return rest[:re.search(r"^\}", rest, re.M).end()]


def spec_cases(folder):
    """(name, expression of the input, expression of the result), and what is left out with the reason."""
    cases, skipped = [], []
    for case in sorted((folder / "specsuite/tests").rglob("*.hcl")):
        name = str(case.relative_to(folder / "specsuite/tests"))
        text = case.read_text(encoding="utf-8")
        expected = case.with_suffix(".t").read_text(encoding="utf-8")
        wanted = block_of(expected, "result")
        if name.startswith("structure") or name == "empty.hcl":
            skipped.append((name, "is about bodies and holds no expression"))
        elif wanted is None:
            skipped.append((name, "expects no value"))
        elif name.startswith("comments"):
            cases.append((name, f"[\n{text}\n\"ok\"][0]", wanted))
        else:
            # Variables of the case become names of `for`, so that not a byte of the case itself changes.
            variables = block_of(case.with_suffix(".hcldec").read_text(encoding="utf-8"), "variables") or ""
            names = re.findall(r'^\s*(\w+)\s*=\s*("[^"]*")$', variables, re.M)
            expression = f"{{\n{as_object(text)}\n}}"
            for variable, value in names:
                expression = f"[for {variable} in [{value}] : {expression}][0]"
            cases.append((name, expression, wanted))
    return cases, skipped


def seeds(folder):
    """The fuzzers' inputs: expressions, templates, traversals."""
    out = []
    for seed in sorted((folder / "hclsyntax/fuzz/testdata/fuzz").rglob("*.*")):
        kind = seed.parent.name.removeprefix("FuzzParse")
        literal = re.search(r'\[\]byte\((".*")\)', seed.read_text(encoding="utf-8"))
        if literal and kind != "Config":
            text = json.loads(literal.group(1))
            out.append((f"{seed.parent.name}/{seed.name}", text if kind != "Template" else f"<<SEED\n{text}\nSEED\n"))
    return out


def go_inputs(folder):
    """The inputs of hclsyntax's table tests that need no variable."""
    found, with_variables = [], 0
    for name, template in (("expression_test.go", False), ("expression_template_test.go", True)):
        text = (folder / "hclsyntax" / name).read_text(encoding="utf-8")
        for literal, context in re.findall(r'^\t\t\{\n\t\t\t(`[^`]*`|"(?:[^"\\\n]|\\.)*"),[^\n]*\n\t\t\t(nil,|&hcl)', text, re.M):
            if context != "nil,":
                with_variables += 1
                continue
            source = literal[1:-1] if literal[0] == "`" else json.loads(literal)
            found.append(f"<<INPUT\n{source}\nINPUT\n" if template else source.lstrip("\n"))
    return list(dict.fromkeys(found)), with_variables


def is_name_unknown(why):
    return any(words in why for words in ("nothing is called", "there is no function", "has no attribute"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--eval-lines", required=True)
    parser.add_argument("--hcl", type=pathlib.Path)
    parser.add_argument("--tofu", help="by default what SPACE_TOFU names")
    options = parser.parse_args()
    folder = options.hcl or module_folder()
    tofu = options.tofu or os.environ.get("SPACE_TOFU")
    if not folder or not tofu:
        print("skipped: there is no HCL module (no --hcl, and it cannot be fetched), or no tofu (neither --tofu nor SPACE_TOFU)")
        return 1 if os.environ.get("CI") else 77
    bad = []
    cases, skipped = spec_cases(folder)
    answers, _ = eval_vs_tofu.ask_spacec(options.eval_lines, [text for _, *both in cases for text in both])
    for (name, *_), got, wanted in zip(cases, answers[::2], answers[1::2]):
        if got.get("failed") or wanted.get("failed"):
            bad.append(f"{name}: {got.get('why') or wanted.get('why')}")
            continue
        own, spec = numbers(got["json"])[0], numbers(wanted["json"])[0]
        if (nested(own) if isinstance(own, dict) else own) != spec:
            bad.append(f"{name}:\n  spec:   {spec}\n  spacec: {own}")
    parsed = seeds(folder)
    for (name, text), answer in zip(parsed, eval_vs_tofu.ask_spacec(options.eval_lines, [text for _, text in parsed])[0]):
        if LEGACY.search(text):
            skipped.append((name, "legacy splat: `.space` takes `[*]`"))
            if not answer.get("failed"):
                bad.append(f"{name}: legacy syntax passes")
        elif answer.get("failed") and not all(map(is_name_unknown, answer["why"])):
            bad.append(f"{name}: {answer['why']}")
    inputs, with_variables = go_inputs(folder)
    skipped += [("hclsyntax/*_test.go", f"{with_variables} inputs bring variables of their own")]
    theirs = eval_vs_tofu.ask_tofu(tofu, inputs)
    own, _ = eval_vs_tofu.ask_spacec(options.eval_lines, inputs)
    for text, answer, ours in zip(inputs, theirs, own):
        if LEGACY.search(text) and ours.get("failed"):
            skipped.append((repr(text), "legacy index or splat: `.space` takes `[0]` and `[*]`"))
        elif not eval_vs_tofu.is_same(answer, ours):
            bad.append(f"{text!r}\n  tofu:   {json.dumps(answer, ensure_ascii=False)}\n  spacec: {json.dumps(ours, ensure_ascii=False)}")
    for name, why in skipped:
        print(f"left out: {name}: {why}")
    for finding in bad:
        print(finding)
    done = len(cases) + len(parsed) + len(inputs)
    print(f"{len(cases)} of specsuite, {len(parsed)} seeds, {len(inputs)} inputs of hclsyntax: {done - len(bad)} passed, {len(bad)} failed")
    return 1 if bad or not (cases and parsed and inputs) else 0


if __name__ == "__main__":
    sys.exit(main())
