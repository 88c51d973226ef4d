#!/usr/bin/env python3
"""Refined types: spacec's verdict on a text is tofu's on the condition that spacec emits: refined_vs_tofu.py SPACEC [TOFU]

For each refined type, texts that are meant to fit and texts that are not. spacec judges each as the default of a variable. The
condition is taken from the `validation` of a generated root, and tofu evaluates it over the same texts. All three must agree.
"""

import argparse
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import tofu_runs

GOOD = {
    "cidr": ["10.0.0.0/8", "10.1.2.3/32", "0.0.0.0/0", "192.168.0.0/16", "192.168.1.77/24", "255.255.255.255/32", "1.2.3.4/1",
             "010.0.0.1/24", "1.2.3.4/032", "::/0", "::1/128", "fd00::/8", "fe80::1/64", "2001:db8::/32", "2001:DB8::/32",
             "1:2:3:4:5:6:7:8/127", "::ffff:1.2.3.4/96", "::ffff:1.2.3.4/128", "::ffff:0:0/96", "64:ff9b::1.2.3.4/96", "1::/16",
             "0:0:0:0:0:0:0:1/128"],
    "ip": ["10.0.0.1", "0.0.0.0", "255.255.255.255", "1.2.3.4", "010.0.0.1", "001.002.003.004", "127.0.0.1", "::", "::1", "1::",
           "fd00::1:2", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "2001:db8::8a2e:370:7334", "2001:DB8::A", "fe80::1", "1::8",
           "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4", "0:0:0:0:0:0:0:0", "64:ff9b::1.2.3.4"],
    "hostname": ["example.com", "a", "a-b.c", "example.com.", "www.example.org", "localhost", "x1", "1x", "1", "1.2.3.4", "A.B.C",
                 "xn--bcher-kva.example", "a--b", "0-0", "a" * 63, ".".join(["a" * 63] * 3), ".".join(["abcdefghi"] * 25),
                 ".".join(["a" * 63] * 3 + ["a" * 61]), "a.b.c.d.e.f.g", "web-1.prod.internal", "Z9.", "0.0"],
    "url": ["https://example.com/x?y", "pg+ssl://h", "http://[::1]:80/", "https://example.com", "ftp://a/b", "s3://bucket/key",
            "https://user:pass@host/", "https://host:8443", "http://a?b", "http://a#b", "x://y", "a.b-c+d1://h",
            "https://example.com/%20", "https://例え.jp/é", "https://example.com/a/../b", "http://a/'", "http://a/{b}", "git+ssh://h/x",
            "HTTP://EXAMPLE.COM", "http://a/://b", "http://a/\\b", "redis://localhost:6379/0"],
    "port": ["0", "1", "22", "80", "443", "8080", "65535", "65534", "1024", "49152", "3306", "5432", "6379", "1e3", "80.0", "2.2e1",
             "10000", "53", "123", "389", "636"],
    "duration": ["90s", "1h30m", "1.5h", "-5ms", "0", "10\u00b5s", "10\u03bcs", "10us", "1ns", "+1s", "-0", "+0", "1.s", ".5s",
                 "1h1h", "2562047h", "2562047h47m16.854775807s", "-2562047h47m16.854775808s", "0.000000000000000000000000001h",
                 "9223372036854775807ns", "1m0.5s", "007s", "3.14159265358979323846264338327950288s"],
    "percent": ["0", "1", "50", "100", "99.5", "0.1", "1e1", "1e2", "12.5", "33.333333333333333333333333333333", "100.0", "1e-9",
                "75", "25", "10", "5", "90", "95", "99", "99.99999999999999999999"],
    "semver": ["1.4.0", "2.0.0-rc.1", "1.0.0+build.5", "0.0.0", "0.0.1", "10.20.30", "1.0.0-alpha", "1.0.0-0", "1.0.0-0a", "1.0.0--",
               "1.0.0-a.b.c", "1.0.0-1.2", "1.0.0-rc.1+b.1", "1.0.0+001", "1.0.0+-", "999999999999.0.0", "1.0.0-x-y-z.4", "1.2.3-01a",
               "1.2.3+a-b", "1.2.3--1", "1.2.3-A0"],
    "json": ["{}", "[]", "1", "-1.5e3", "null", "true", "\"a\"", "{\"a\": [1]}", " [1] ", "[1, [2, {\"b\": null}]]", "\"\\u00e9\"",
             "\"\\ud83d\\ude00\"", "0", "-0", "1E+2", "{\"\": 0}", "\t{}\n", "\"é\"", "[true, false]", "{\"a\": 1, \"b\": 2}",
             "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\ud800\"", "1.0000000000000000000000000001"],
}
BAD = {
    "cidr": ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "/8", "10.0.0.0/-1", "10.0.0.0/8 ", " 10.0.0.0/8", "10.0.0.0/8/8",
             "256.0.0.0/8", "x/8", "fd00::/129", "fd00:::/8", "1:2:3/8", "g::/8", "10.0.0.0/+8", "10.0.0.0/0x8", "10.0.0.0/255.0.0.0",
             "fe80::1%eth0/64", "10.0.0.0.0/8", "10.0.0.0/8a", "10.0.0.0\n/8", "1::2::3/64", "12345::/16", "10.0.0.0/99999999999"],
    "ip": ["", "10.0.0", "10.0.0.256", "1:2:3", "1::2::3", "g::", "1:2:3:4:5:6:7:8:9", "10.0.0.1/32", "10.0.0.1/", "::1/128", "a",
           "fe80::1%eth0", "10.0.0.1 ", " 10.0.0.1", "1.2.3.4.5", "1..2.3", "-1.2.3.4", "0x1.2.3.4", "[::1]", "1.2.3.4:80", ":::",
           "1:2:3:4:5:6:7:1.2.3.4", "12345::", "::1.2.3", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "1.2.3.", "/0", "10.0.0.1/0"],
    "hostname": ["", "-a", "a-", "a..b", "a_b", "a b", ".", ".a", "a.-b", "a.b-", "a" * 64, "b." + "a" * 64, "a..", "é", "a.é", "a\n",
                 "a/b", "a:80", "http://a", ".".join(["a" * 63] * 4), ".".join(["a" * 63] * 3 + ["a" * 61]) + ".", "*.a", "a@b", "a,b",
                 "a.b. ", "\u0130"],
    "url": ["", "example.com", "https://", "://x", "https://a b", "https:///x", "http:/x", "http:x", "1a://b", "http://?a", "http://#a",
            "http://:80", "ht tp://a", "http://a\n", "http://a\t", "http://<a>", "http://a\"b", "/a/b", "mailto:a@b", "a_b://c", " http://a",
            "http://a ", "http://a>", "-a://b", "é://b", "http://\u007f"],
    "port": ["-1", "65536", "70000", "1.5", "0.5", "-0.5", "65535.5", "1e5", "1e9", "-80", "99999", "1e100", "80.1", "65536.0", "-1e3",
             "100000", "123456", "3.14", "443.000001", "-65535", "1e-3"],
    "duration": ["", "90", "s", "1d", "1h 30m", ".", "-", "+", "00", "1.2.3s", "1 s", "s1", "1S", "1H", "1min", "1hour", "--1s", "+-1s",
                 "1e3s", "2562048h", "-2562048h", "2562047h47m16.854775808s", "-2562047h47m16.854775809s", ".s", "1h-30m", "0x1s",
                 "9223372036854775808ns", "99999999999999999999s", "P1D", "1\u00b5", "1h30", " 1h", "1h "],
    "percent": ["-1", "101", "100.1", "-0.1", "1e3", "1e100", "100.00000000000000000001", "-50", "200", "1000", "-1e-9", "255", "110",
                "150", "-100", "120.5", "400", "-99", "500", "999"],
    "semver": ["", "1", "1.4", "01.0.0", "1.0.0-", "v1.0.0", "1.0.0-01", "1.0.0+", "1.00.0", "1.0.00", "1.0.0.0", "1.0", "a.b.c", "1.0.x",
               "1.0.0-a..b", "1.0.0-a_b", "1.0.0+a+b", " 1.0.0", "1.0.0 ", "-1.0.0", "1.0.0-é", "1..0", "~> 1.0", "1.0.0-a.01", "1.0.0-+b",
               "1.0.0\n", "1,0,0"],
    "json": ["", "{a: 1}", "[1,]", "[1", "{", "'a'", "01", "1.", ".5", "+1", "NaN", "undefined", "True", "{\"a\"}", "{\"a\":}", "[1 2]",
             "\"\\x\"", "\"\n\"", "// a\n1", "1 2", "{\"a\": 1,}", "\"a", "nul", "-", "\"\\u12\"", "[] []", "\ufeff{}", "1e", "\u00a01"],
}
NUMBERS = ("port", "percent")
PROJECT = '''project "refined" {
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}
environment "test" {
  kind = "nonprod"
}
remote "local" "state" {
}
space "here" {
  remote = remote.state
  region = "home"
}
'''


def literal(name, text):
    """The text as `.space` and tofu both write it."""
    if name in NUMBERS:
        return text
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    quoted = "".join(escapes.get(c) or (c if c.isprintable() else f"\\u{ord(c):04x}") for c in text)
    return '"' + quoted.replace("${", "$${").replace("%{", "%%{") + '"'


def mission(variables):
    """[(name, type, literal)] as a mission that reads them all."""
    blocks = "".join(f'  variable "{name}" {{\n    type    = {kind}\n    default = {text}\n  }}\n' for name, kind, text in variables)
    reads = ", ".join(f"var.{name}" for name, _, _ in variables)
    return (f'{PROJECT}mission "m" {{\n  spaces = [space.here]\n{blocks}  stage "000" {{\n    procedure "one" {{\n'
            f'      resource "terraform_data" "this" {{\n        input = [{reads}]\n      }}\n    }}\n  }}\n}}\n')


def our_verdicts(spacec, folder, cases):
    """[bool]: does spacec take the text? Every finding must be the one that refuses a refined text."""
    (folder / "spaces").mkdir(parents=True)
    text = mission([(f"v{i}", name, literal(name, text)) for i, (name, text, _) in enumerate(cases)])
    (folder / "spaces" / "main.space").write_text(text)
    lines = [line for line, content in enumerate(text.split("\n"), 1) if content.startswith("    default = ")]
    run = subprocess.run([spacec, "check", "--diagnostics=json", "spaces"], cwd=folder, capture_output=True, text=True, check=False)
    refused = set()
    for found in map(json.loads, run.stdout.splitlines()):
        if found["kind"] != "diagnostic":
            continue
        if found["code"] != "SPC2013":
            raise SystemExit(f"refined_vs_tofu: spacec says something else: {json.dumps(found)[:600]} {run.stderr[:300]}")
        refused.add(found["primary"]["range"]["start"]["line"])
    if run.returncode not in (0, 1):
        raise SystemExit(f"refined_vs_tofu: spacec ended with {run.returncode}: {run.stderr}")
    return [line not in refused for line in lines]


def conditions(spacec, folder):
    """Refined type -> the condition that spacec emits for `var.v`."""
    (folder / "spaces").mkdir(parents=True)
    (folder / "spaces" / "main.space").write_text(mission([(name, name, literal(name, GOOD[name][0])) for name in GOOD]))
    run = subprocess.run([spacec, "build", "spaces"], cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"refined_vs_tofu: spacec build: {run.stderr}")
    text = next(folder.glob("out/**/variables.tf")).read_text()
    found = {}
    for name in GOOD:
        block = text[text.index(f'variable "{name}" {{'):]
        found[name] = re.search(r"^ *condition *= (.*)$", block, re.M).group(1)
    return found


def tofu_verdicts(tofu, folder, env, condition, name, texts):
    """[bool]: what tofu makes of a condition for each text."""
    folder.mkdir()
    over = ", ".join(literal(name, text) for text in texts)
    body = re.sub(rf"\bvar\.{name}\b", "item", condition)
    expression = f"base64encode(jsonencode([for item in [{over}] : {body}]))"
    run = subprocess.run([tofu, "console", "-no-color"], input=expression + "\n", cwd=folder, env=env, capture_output=True, text=True,
                         check=False)
    if run.returncode != 0:
        raise SystemExit(f"refined_vs_tofu: tofu does not evaluate the condition of {name}: {run.stdout}{run.stderr}")
    return json.loads(base64.b64decode(json.loads(run.stdout)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spacec")
    parser.add_argument("tofu", nargs="?", default=os.environ.get("SPACE_TOFU"))
    arguments = parser.parse_args()
    if not arguments.tofu:
        print("refined_vs_tofu: skipped: SPACE_TOFU names no tofu")
        return 1 if os.environ.get("CI") else 77
    spacec = str(pathlib.Path(arguments.spacec).resolve())
    cases = [(name, text, fits) for name in GOOD for fits, texts in ((True, GOOD[name]), (False, BAD[name])) for text in texts]
    findings = [f"{name}: only {len(texts)} texts" for table in (GOOD, BAD) for name, texts in table.items() if len(texts) < 20]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        env = tofu_runs.environment(scratch)
        ours = our_verdicts(spacec, scratch / "ours", cases)
        emitted = conditions(spacec, scratch / "emitted")
        theirs = []
        for name in GOOD:
            theirs += tofu_verdicts(arguments.tofu, scratch / name, env, emitted[name], name, GOOD[name] + BAD[name])
    for (name, text, fits), our, their in zip(cases, ours, theirs, strict=True):
        if not fits == our == their:
            findings.append(f"{name} {text!r}: meant to {'fit' if fits else 'be refused'}, spacec says {our}, tofu {their}")
    for finding in findings:
        print(finding)
    print(f"refined_vs_tofu: {len(cases)} texts of {len(GOOD)} types, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
