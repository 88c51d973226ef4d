#!/usr/bin/env python3
"""Module interfaces as spacec reads them, against tofu's: module_interface.py --interface-lines FILE [--tofu FILE]

Each feature is written in five ways: `.tf`, `.tofu` (beside a `.tf` of its name, which it shadows), `.tf.json`,
`.tofu.json`, and an override file over a module that says something else. Each cell of the printed matrix is equal to
what `tofu show -json -module=DIR` tells, or refused by both. What tofu does not tell there (types of outputs, nullable, const, validation,
places, versions of tofu) is compared with what stands beside the feature. Without tofu, the second half alone.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import tofu_runs

FORMS = (".tf", ".tofu", ".tf.json", ".tofu.json", "override", "override.json")

# name, HCL, JSON, the base that an override is laid over, and what tofu does not tell: paths in interface_lines' answer.
FEATURES = []


def feature(name, hcl, in_json, base, **untold):
    FEATURES.append((name, hcl.strip() + "\n", json.dumps(in_json, indent=2) + "\n", base.strip() + "\n", untold))


def variable(name, hcl, in_json, **untold):
    feature(f"variable: {name}", f'variable "v" {{\n{hcl}\n}}', {"variable": {"v": in_json}}, 'variable "v" {\n}',
            **{f"variables.v.{key}": value for key, value in untold.items()})


def output(name, hcl, in_json, base='output "o" {\n  value = 0\n}', more=None, **untold):
    head = more or ("", {})
    feature(f"output: {name}", f'{head[0]}\noutput "o" {{\n{hcl}\n}}', {**head[1], "output": {"o": in_json}},
            head[0] + "\n" + base, **{f"outputs.o.{key}": value for key, value in untold.items()})


variable("nothing", "", {}, nullable=True, const=False, validation=False)
variable("type", "  type = list(string)", {"type": "list(string)"})
variable("object with defaults", '  type = object({ a = string, b = optional(number, 3) })',
         {"type": "object({ a = string, b = optional(number, 3) })"})
variable("type of old", "  type = map", {"type": "map"})
variable("default", '  default = { a = [1, "x", null, true], "b c" = "$${d}" }',
         {"default": {"a": [1, "x", None, True], "b c": "${d}"}})
variable("default converted", '  type    = set(string)\n  default = [2, 1, 1]', {"type": "set(string)", "default": [2, 1, 1]})
variable("default filled", '  type    = object({ a = optional(number, 3) })\n  default = {}',
         {"type": "object({ a = optional(number, 3) })", "default": {}})
variable("default null", "  default = null", {"default": None})
variable("number of many digits", "  default = 0.1234567890123456789012345678901234567890",
         {"default": "N"})
variable("nullable", '  nullable = false', {"nullable": False}, nullable=False)
variable("sensitive", '  sensitive = true', {"sensitive": True})
variable("sensitive as a string", '  sensitive = "true"', {"sensitive": "true"})
variable("ephemeral", '  ephemeral = true', {"ephemeral": True})
variable("const", '  const = true\n  default = 1', {"const": True, "default": 1}, const=True)
variable("deprecated", '  deprecated = "use w"', {"deprecated": "use w"})
variable("description", '  description = "d \\u00e9 \\"q\\" $${x}"', {"description": "d é \"q\" ${x}"})
variable("validation", '  validation {\n    condition     = var.v != 1\n    error_message = "no"\n  }',
         {"validation": {"condition": "${var.v != 1}", "error_message": "no"}}, validation=True)

output("literal", "  value = 1", {"value": 1}, type="number")
output("string", '  value = "x"', {"value": "x"}, type="string")
output("template", '  value = "<${1 + 1}>"', {"value": "<${1 + 1}>"}, type="string")
output("escaped template", '  value = "$${x}"', {"value": "$${x}"}, type="string")
output("escapes", '  value = "\\u00e9 \\"${upper("a")}\\""', {"value": "é \"${upper(\"a\")}\""}, type="string")
output("tuple", '  value = [1, "x", true]', {"value": [1, "x", True]}, type=["tuple", ["number", "string", "bool"]])
output("object", '  value = { a = "x", b = [] }', {"value": {"a": "x", "b": []}},
       type=["object", {"a": "string", "b": ["tuple", []]}])
output("keys", '  value = { "${upper("a")}" = 1 }', {"value": {"${upper(\"a\")}": 1}}, type=["object", {"A": "number"}])
VARIABLE = ('variable "v" {\n  type = object({ a = list(number), b = optional(string) })\n}',
            {"variable": {"v": {"type": "object({ a = list(number), b = optional(string) })"}}})
output("variable", '  value = var.v', {"value": "${var.v}"}, more=VARIABLE,
       type=["object", {"a": ["list", "number"], "b": "string"}])
output("attribute of a variable", '  value = var.v.a', {"value": "${var.v.a}"}, more=VARIABLE, type=["list", "number"])
output("function", '  value = length(var.v.a)', {"value": "${length(var.v.a)}"}, more=VARIABLE, type="number")
output("for", '  value = [for x in var.v.a : "${x}"]', {"value": "${[for x in var.v.a : \"${x}\"]}"}, more=VARIABLE,
       type="dynamic")
LOCAL = ('locals {\n  l = upper("a")\n  m = [local.l]\n}', {"locals": {"l": "${upper(\"a\")}", "m": ["${local.l}"]}})
output("local", '  value = local.m', {"value": "${local.m}"}, more=LOCAL, type=["tuple", ["string"]])
SENSITIVE = ('variable "v" {\n  type      = string\n  sensitive = true\n}',
             {"variable": {"v": {"type": "string", "sensitive": True}}})
output("sensitive by what it reads", '  value = "a${var.v}"', {"value": "a${var.v}"}, more=SENSITIVE,
       type="string", marks=[True, False])
CALL = ('module "m" {\n  source = "./inner"\n}', {"module": {"m": {"source": "./inner"}}})
output("of a module", '  value = module.m.names', {"value": "${module.m.names}"}, more=CALL, type=["list", "string"])
output("of a resource", '  value = terraform_data.t.id', {"value": "${terraform_data.t.id}"},
       more=('resource "terraform_data" "t" {}', {"resource": {"terraform_data": {"t": {}}}}), type="dynamic")
output("sensitive", '  value = 1\n  sensitive = true', {"value": 1, "sensitive": True}, type="number", marks=[True, False])
output("ephemeral", '  value = 1\n  ephemeral = true', {"value": 1, "ephemeral": True}, marks=[False, True])
output("deprecated", '  value = 1\n  deprecated = "gone"', {"value": 1, "deprecated": "gone"})
output("description", '  value = 1\n  description = "d"', {"value": 1, "description": "d"})

feature("required_providers", '''
terraform {
  required_providers {
    random = {
      source  = "example/random"
      version = "~> 3.1"
    }
  }
}''', {"terraform": {"required_providers": {"random": {"source": "example/random", "version": "~> 3.1"}}}},
        'terraform {\n  required_providers {\n    random = "1.0.0"\n  }\n}')
feature("version alone", 'terraform {\n  required_providers {\n    random = "3.1.0"\n  }\n}',
        {"terraform": {"required_providers": {"random": "3.1.0"}}},
        'terraform {\n  required_providers {\n    random = { source = "a/random" }\n  }\n}')
feature("configuration_aliases", '''
terraform {
  required_providers {
    null = {
      source                = "hashicorp/null"
      configuration_aliases = [null.b, null.a]
    }
  }
}''', {"terraform": {"required_providers": {"null": {
    "source": "hashicorp/null", "configuration_aliases": ["null.b", "null.a"]}}}},
        'terraform {\n  required_providers {\n    null = {\n    }\n  }\n}', **{"providers.null.aliases": ["a", "b"]})
feature("providers of blocks", '''
resource "null_resource" "r" {}
resource "aws_thing" "r" {
  provider = amazon.west
}
data "http" "d" {}
ephemeral "vault_token" "e" {}
resource "terraform_data" "t" {}
''', {"resource": {"null_resource": {"r": {}}, "aws_thing": {"r": {"provider": "amazon.west"}}, "terraform_data": {"t": {}}},
      "data": {"http": {"d": {}}}, "ephemeral": {"vault_token": {"e": {}}}},
        'resource "null_resource" "r" {}\nresource "aws_thing" "r" {}\ndata "http" "d" {}\n'
        'ephemeral "vault_token" "e" {}\nresource "terraform_data" "t" {}')
feature("required_version", 'terraform {\n  required_version = ">= 1.8"\n}', {"terraform": {"required_version": ">= 1.8"}},
        'variable "v" {}', tofu=[">= 1.8"])
feature("module calls", '''
module "a" {
  source  = "example.com/x/y/z"
  version = "1.2.3"
}
module "b" {
  source = "git::https://example.com/x.git?ref=0123456789012345678901234567890123456789"
}''', {"module": [{"a": {"source": "example.com/x/y/z", "version": "1.2.3"}},
                  {"b": [{"source": "git::https://example.com/x.git?ref=0123456789012345678901234567890123456789"}]}]},
        'module "a" {\n  source = "example.com/p/q/r"\n}\nmodule "b" {\n  source = "./inner"\n}')
feature("comments and arrays", 'variable "a" {}\nvariable "b" {}\n',
        [{"//": "a comment", "variable": {"a": {"//": "another"}}}, {"variable": [{"b": {}}]}],
        'variable "a" {}\nvariable "b" {}\n')


REFUSED_IN_OVERRIDES = "variable: validation"
INNER = 'output "names" {\n  value = tolist(["a"])\n}\n'
WRONG = 'this is no "file" of tofu\n'


def write(folder, form, hcl, in_json, base):
    folder.mkdir(parents=True)
    (folder / "inner").mkdir()
    (folder / "inner" / "main.tf").write_text(INNER)
    in_json = in_json.replace('"default": "N"', '"default": 0.1234567890123456789012345678901234567890')
    if form == ".tofu":
        (folder / "main.tf").write_text(WRONG)
    if form == ".tofu.json":
        (folder / "main.tf.json").write_text(WRONG)
    if form.startswith("override"):
        (folder / "main.tf").write_text(base)
        (folder / ("a_override.tf.json" if form == "override.json" else "override.tf")).write_text(
            in_json if form == "override.json" else hcl)
    else:
        (folder / f"main{form}").write_text(in_json if form.endswith("json") else hcl)


def read(text):
    """Numbers as they are written: a float would hide digits."""
    return json.loads(text, parse_float=str)


def full_name(provider, name):
    source = provider["source"] or f"hashicorp/{name}"
    return source if source.count("/") == 2 else f"registry.opentofu.org/{source}"


def constraint(text):
    return text.replace(" ", "").lstrip("=")


def told(answer):
    """Of interface_lines' answer, what tofu tells too."""
    def kept(item, names):
        return {name: item[name] for name in names if item.get(name) not in (False, "", None)} | (
            {"default": read(item["default"])} if "default" in item else {})
    variables = {}
    for name, item in answer["variables"].items():
        variables[name] = kept(item, ("required", "sensitive", "ephemeral", "description", "deprecated"))
        if item["type"] != "dynamic":
            variables[name]["type"] = item["type"]
    return {
        "variables": variables,
        "outputs": {name: kept(item, ("sensitive", "ephemeral", "description", "deprecated"))
                    for name, item in answer["outputs"].items()},
        "calls": {name: (item["source"], constraint(item["version"])) for name, item in answer["calls"].items()},
        "providers": {(name, full_name(item, name), constraint(item["version"]))
                      for name, item in answer["providers"].items()},
    }


def told_by_tofu(answer):
    module = answer.get("root_module", {})
    providers = set()
    for item in answer.get("provider_config", {}).values():
        if not item["full_name"].startswith("terraform.io/builtin/"):
            providers.add((item["name"], item["full_name"], constraint(item.get("version_constraint", ""))))
    return {
        "variables": module.get("variables", {}),
        "outputs": {name: {key: value for key, value in item.items() if key != "depends_on"}
                    for name, item in module.get("outputs", {}).items()},
        "calls": {name: (item["source"], constraint(item.get("version_constraint", "")))
                  for name, item in module.get("module_calls", {}).items()},
        "providers": providers,
    }


def at(answer, path):
    for name in path.split("."):
        answer = answer[name]
    return answer


def places(answer, folder):
    """Each place names the file, and the text that stands there is the name."""
    for kind in ("variables", "outputs", "calls"):
        for name, item in answer[kind].items():
            file, line, column, text = item["place"].split(":", 3)
            written = (folder / file).read_text().splitlines()[int(line) - 1][int(column) - 1:]
            if text != name or not written.startswith(name):
                yield f"{kind} {name} stands at {item['place']}"


def differences(ours, theirs):
    for key in theirs:
        if ours[key] != theirs[key]:
            yield f"{key}: spacec reads {ours[key]}, tofu {theirs[key]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interface-lines", required=True)
    parser.add_argument("--tofu", default=os.environ.get("SPACE_TOFU"))
    arguments = parser.parse_args()
    if not arguments.tofu and os.environ.get("CI"):
        print("SPACE_TOFU is not set, and CI is")
        return 1

    findings, cells = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch)
        env = tofu_runs.environment(scratch)
        names = []
        for number, (_, hcl, in_json, base, _) in enumerate(FEATURES):
            for form in FORMS:
                names.append(f"m{number}{form}")
                write(root / names[-1], form, hcl, in_json, base)
        lines = subprocess.run([arguments.interface_lines, scratch, *names], capture_output=True, text=True,
                               check=True).stdout.splitlines()
        answers = dict(zip(names, map(read, lines), strict=True))
        print(f"{'':30}" + "".join(f"{form:>15}" for form in FORMS))
        for number, (name, _, _, _, untold) in enumerate(FEATURES):
            row = f"{name:30}"
            for form in FORMS:
                folder = f"m{number}{form}"
                ours, wrong = answers[folder], []
                refused = name == REFUSED_IN_OVERRIDES and form.startswith("override")
                if ours["errors"]:
                    wrong = [] if refused else ours["errors"]
                else:
                    wrong += places(ours, root / folder)
                    wrong += [f"{path} is {at(ours, path)}, not {value}" for path, value in untold.items()
                              if at(ours, path) != value]
                    wrong += ["spacec takes it"] if refused else []
                if arguments.tofu:
                    shown = subprocess.run([arguments.tofu, "show", "-json", f"-module={folder}"], cwd=scratch, env=env,
                                           capture_output=True, text=True, check=False)
                    if refused:
                        wrong += [] if shown.returncode else ["tofu takes it"]
                    elif shown.returncode != 0:
                        wrong.append(f"tofu refuses it: {shown.stderr.strip()}")
                    elif not ours["errors"]:
                        wrong += differences(told(ours), told_by_tofu(read(shown.stdout)))
                cells += 1
                row += f"{'differs' if wrong else 'refused' if refused else 'equal':>15}"
                findings += [f"{name}, {form}: {it}" for it in wrong]
            print(row)
    for finding in findings:
        print(finding)
    print(f"{cells} cells, {len(findings)} differences" + ("" if arguments.tofu else ", tofu not asked"))
    if findings:
        return 1
    return 0 if arguments.tofu else 77


if __name__ == "__main__":
    sys.exit(main())
