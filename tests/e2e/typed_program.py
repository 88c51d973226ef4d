"""Whole programs from a seed, richer in types than generated_program.py: variables of every kind and every refined type, outputs, exports
and inputs of modules that are wired into each other, bodies by schemas, keys, secrets, and tofu's own blocks beside them.

In: a seed. Out: files of a program that spacec takes without a word; tofu must take each of its roots.
"""

import random

import plugins
import schema_index
from schema_bodies import Bodies
from support import HEAD
from typed_expression import Expressions

VARIABLES = {"string": "string", "number": "number", "bool": "bool", "strings": "list(string)", "numbers": "list(number)", "labels": "map(string)",
             "words": "set(string)", "thing": "object({ a = string, b = optional(number) })", "things": "list(object({ a = string, b = number }))",
             "deep": "map(list(number))"}
TYPES = {"string": "string", "number": "number", "bool": "bool", "strings": ["list", "string"], "numbers": ["list", "number"], "labels": ["map", "string"],
         "words": ["set", "string"], "thing": ["object", {"a": "string", "b": "number"}], "things": ["list", ["object", {"a": "string", "b": "number"}]],
         "deep": ["map", ["list", "number"]]}
SCOPE = [(f"var.{name}", kind) for name, kind in TYPES.items()] + [("flight.namespace", "string")]
VALUES = {"string": '"s"', "number": "2", "bool": "true", "strings": '["a", "b"]', "numbers": "[1, 2]", "labels": '{ k = "v" }', "words": '["w"]',
          "thing": '{ a = "x" }', "things": '[{ a = "x", b = 1 }]', "deep": "{ k = [1] }"}

# name -> (type and rules, value)
REFINED = {
    "net": ("type = cidr", '"10.0.0.0/8"'), "address": ("type = ip", '"10.0.0.1"'), "host": ("type = hostname", '"a.example.org"'), "where": ("type = url", '"https://example.org/x"'),
    "port": ("type = port", "443"), "after": ("type = duration", '"1h30m"'), "share": ("type = percent", "12.5"), "release": ("type = semver", '"1.2.3-rc.1"'),
    "text": ("type = json", '"{\\"a\\":[1]}"'), "size": ("type = number\n    min = 1\n    max = 9", "3"), "level": ('type = string\n    one_of = ["a", "b"]', '"a"'),
    "tag": ('type = string\n    pattern = "^[a-z]+$"', '"abc"'), "pair": ("type = tuple([string, optional(number)])".replace("optional(number)", "number"), '["a", 1]'),
    "nets": ("type = list(object({ net = cidr, via = optional(ip), ports = optional(set(port), [80]) }))", '[{ net = "10.0.0.0/8" }, { net = "fd00::/8", via = "fd00::1", ports = [1, 2] }]'),
    "named": ("type = map(type.node)", '{ a = { name = "x" } }'), "maybe": ("type = string\n    default = null", None), "never": ("type = string\n    nullable = false\n    default = \"x\"", None),
    "odd": ('type = number\n    validation {\n      condition     = var.odd % 2 == 1\n      error_message = "It is ${var.odd}."\n    }', "3"),
}
NODE = 'type "node" {\n  name = string\n  size = optional(number, 1)\n  tags = optional(map(string), {})\n}\n\n'

MODULE = '''variable "name" {
  type = string
}

variable "many" {
  type    = list(object({ a = string, b = optional(number, 1) }))
  default = []
}

variable "limits" {
  type     = map(number)
  default  = {}
  nullable = false
}

variable "words" {
  type    = set(string)
  default = []
}

variable "anything" {
  type    = any
  default = null
}

variable "token" {
  type      = string
  sensitive = true
  default   = null
}

module "inner" {
  source = "./inner"
  name   = var.name
}

resource "terraform_data" "this" {
  for_each = var.words
  input    = [var.many, var.limits, var.anything, each.key]
}

output "name" {
  value = module.inner.upper
}

output "many" {
  value = var.many
}

output "sum" {
  value = length(var.limits)
}

output "token" {
  value     = var.token
  sensitive = true
}
'''
INNER = 'variable "name" {\n  type = string\n}\n\noutput "upper" {\n  value = upper(var.name)\n}\n'
INPUTS = {"name": "string", "many": ["list", ["object", {"a": "string", "b": "number"}, ["b"]]], "limits": ["map", "number"], "words": ["set", "string"], "anything": "dynamic"}

# What has no region and no secret that would have to stand in clear: laws that tofu does not have.
PLAIN = {"random_id", "random_integer", "random_pet", "random_shuffle", "random_string", "random_uuid", "null_resource", "incus_network", "incus_profile", "incus_project",
         "incus_instance", "incus_network_lb", "incus_storage_pool", "incus_network_acl", "hcloud_network", "hcloud_firewall", "hcloud_placement_group", "hcloud_zone_rrset",
         "hcloud_load_balancer_service", "hcloud_network_route"}


def head(more="", sources=plugins.SOURCES):
    text = HEAD[:HEAD.index('space "here"')]
    for source in sources:
        text += f'provider "{source.split("/")[1]}" {{\n  source  = "{source}"\n  version = "{schema_index.read(source)[0]}"\n}}\n\n'
    text += 'secret "token" {\n  from_env = "TOKEN"\n}\n\n' + NODE + 'space "here" {\n  remote = remote.state\n  region = "home"\n'
    return text + "".join(f'  provider "{source.split("/")[1]}" {{\n    regional = false\n  }}\n' for source in sources) + "}\n\n" + more


def type_text(kind):
    if isinstance(kind, str):
        return kind
    if kind[0] == "object":
        optional = kind[2] if len(kind) > 2 else []
        return "object({ " + ", ".join(f"{name} = " + (f"optional({type_text(inner)})" if name in optional else type_text(inner)) for name, inner in kind[1].items()) + " })"
    return f"{kind[0]}({type_text(kind[1])})"


def indented(text, by):
    return "".join(" " * by + line + "\n" for line in text.split("\n") if line)


class TypedProgram:
    def __init__(self, seed):
        self.random = random.Random(seed)
        data = [schema_index.read(source)[1] for source in plugins.SOURCES]
        self.data = [{**one, "Resources": {name: it for name, it in one["Resources"].items() if name in PLAIN}} for one in data]
        self.given = []  # what later stages read: (reference, type)

    def files(self):
        text = head() + self.web() + self.shop()
        text += 'values "web" {\n' + "".join(f"  {name} = {value}\n" for name, value in VALUES.items())
        text += "".join(f"  {name} = {value}\n" for name, (_, value) in REFINED.items() if value) + "}\n"
        return {"main.space": text, ".terraform.lock.hcl": "# none\n", "modules/app/main.tf": MODULE, "modules/app/inner/main.tf": INNER}

    def expression(self, kind, scope, depth=3):
        return Expressions(self.random, scope).of(kind, depth)

    def bodies(self, scope, count):
        bodies = Bodies(self.random, self.data, scope)
        return bodies, "".join(bodies.resource(f"r{n}")[0] for n in range(count))

    def output(self, name, kind, value, more=""):
        return f'output "{name}" {{\n  type = {type_text(kind)}\n  value = {value}\n{more}}}\n'

    def first(self):
        """A body in place, and outputs of many types."""
        scope = list(SCOPE)
        bodies, text = self.bodies(scope, 4)
        text += "locals {\n" + "".join(f"  {name} = {self.expression(kind, scope)}\n" for name, kind in [("one", "string"), ("two", ["list", "number"])]) + "}\n"
        scope += [("local.one", "string")]
        made = [(f"{kind}.{name}.{attribute}", it["Type"]) for kind, name, block in bodies.made for attribute, it in block["Attributes"].items()
                if it.get("Type") and not it.get("Sensitive") and not it["Deprecation"]]
        for n, kind in enumerate(self.random.sample(list(TYPES.values()), 6)):
            text += self.output(f"o{n}", kind, self.expression(kind, scope + made))
            self.given.append((f"procedure.first.o{n}", kind))
        text += self.output("hidden", "string", f"sensitive({self.expression('string', scope)})", "  sensitive = true\n")
        reads = "".join(f"    var.{name},\n" for name in [*REFINED, *VARIABLES])
        return f'resource "terraform_data" "reads" {{\n  input = [\n{reads}  ]\n}}\n' + text

    def own_blocks(self):
        """tofu's own, around a resource: some of them."""
        return "".join(self.random.sample([
            'check "alive" {\n  data "null_data_source" "it" {\n    inputs = var.labels\n  }\n  assert {\n    condition     = data.null_data_source.it.outputs != null && var.number > 0\n    error_message = "It is ${var.number}."\n  }\n}\n',
            "moved {\n  from = terraform_data.older\n  to   = terraform_data.old\n}\n", "removed {\n  from = terraform_data.gone\n  lifecycle {\n    destroy = false\n  }\n}\n",
            'import {\n  to = terraform_data.old\n  id = var.string\n}\n', 'ephemeral "random_password" "it" {\n  length = 12\n}\n',
            'resource "terraform_data" "run" {\n  triggers_replace = [var.deep]\n  provisioner "local-exec" {\n    command     = "echo ${self.id} ${var.string}"\n    when        = create\n    on_failure  = continue\n    environment = var.labels\n  }\n}\n',
            'resource "terraform_data" "kept" {\n  input = <<-EOT\n    %{ for word in var.words ~}\n    ${word}: ${var.labels["k"]}\n    %{ endfor ~}\n  EOT\n  lifecycle {\n    prevent_destroy      = true\n    replace_triggered_by = [terraform_data.old]\n    postcondition {\n      condition     = self.output != ""\n      error_message = "empty"\n    }\n  }\n}\n',
            'module "app" {\n  for_each = toset(var.strings)\n  source   = "./modules/app"\n  name     = each.key\n  many     = var.things\n  limits   = { for key, list in var.deep : key => sum(concat(list, [1])) }\n}\nlocals {\n  names = [for app in module.app : app.name]\n}\n',
        ], self.random.randint(3, 7)))

    def web(self):
        text = 'mission "web" {\n  environments = [environment.sandbox]\n  spaces       = [space.here]\n'
        text += "".join(f'  variable "{name}" {{\n    type = {kind}\n  }}\n' for name, kind in VARIABLES.items())
        text += "".join(f'  variable "{name}" {{\n    {rules}\n  }}\n' for name, (rules, _) in REFINED.items())
        first = self.first()
        scope = SCOPE + self.given + [('procedure.keyed["a"].id', "string")]
        text += f'  stage "000" {{\n    procedure "first" {{\n{indented(first, 6)}    }}\n'
        text += '    procedure "keyed" {\n      for_each = toset(["a", "b"])\n      resource "terraform_data" "this" {\n        input = instance.key\n      }\n' + \
            indented(self.output("id", "string", "terraform_data.this.id"), 6) + "    }\n  }\n"
        inputs = "".join(f"        {name} = {self.expression(kind, scope)}\n" for name, kind in INPUTS.items() if name == "name" or self.random.random() < 0.7)
        text += f'  stage "010" {{\n    procedure "module" {{\n      source = "./modules/app"\n      inputs = {{\n{inputs}        token = {self.random.choice(["secret.token", "procedure.first.hidden"])}\n      }}\n'
        text += indented(self.output("name", "string", "").replace("  value = \n", "") + self.output("many", INPUTS["many"], "").replace("  value = \n", "")
                         + self.output("sum", "number", "").replace("  value = \n", ""), 6) + "    }\n"
        _, blocks = self.bodies(scope, 4)
        text += f'    procedure "second" {{\n      resource "terraform_data" "old" {{\n        input = [for key, it in procedure.keyed : "${{key}}=${{it.id}}"]\n      }}\n{indented(blocks + self.own_blocks(), 6)}    }}\n  }}\n'
        for name, kind in self.given:
            text += indented(f'export "{name.split(".")[-1]}" {{\n  type = {type_text(kind)}\n  value = {name}\n}}\n', 2)
        return text + '  export "sum" {\n    type = number\n    value = procedure.module.sum + 1\n  }\n}\n'

    def shop(self):
        scope = [(name.replace("procedure.first", "mission.web"), kind) for name, kind in self.given]
        scope += [(name.replace("procedure.first.", 'mission.web["here"].'), kind) for name, kind in self.given] + [("mission.web.sum", "number"), ("flight.mission", "string")]
        lines = "".join(f"    {self.expression(kind, scope)},\n" for kind in self.random.sample(list(TYPES.values()), 5))
        text = f'resource "terraform_data" "this" {{\n  input = [\n{lines}    [for space, it in mission.web : "${{space}} ${{it.sum}}"],\n  ]\n}}\n'
        text += self.output("last", ["list", "string"], self.expression(["list", "string"], scope))
        return f'mission "shop" {{\n  environments = [environment.sandbox]\n  spaces       = [space.here]\n  stage "000" {{\n    procedure "one" {{\n{indented(text, 6)}    }}\n  }}\n}}\n'
