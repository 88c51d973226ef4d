"""Programs from a seed, as data that a test can change in one place: missions in four environments and two spaces, with
modules, bodies in place, outputs that later stages read, exports that other missions read, and variables that vary.

In: a seed. Out: a Program, whose `files()` are a program that spacec takes without a word.
"""

import copy
import random

HEAD = '''project "made" {{
  edition  = 2026
  contract = "1.0"
  tofu     = "1.12.6"
}}

environment "common" {{
  kind  = "common"
  facts = {{ account = "shared" }}
}}

environment "nonprod" {{
  kind  = "nonprod"
  facts = {{ account = "test" }}
{nonprod}}}

environment "prod" {{
  kind         = "prod"
  promote_from = environment.nonprod
  facts        = {{ account = "live" }}
}}

environment "sandbox" {{
  kind  = "sandbox"
  facts = {{ account = "play" }}
}}

secret "token" {{
  from_env = "TOKEN"
}}

secret "phrase" {{
  from_file = "./keys/phrase"
}}

provider "hcloud" {{
  source  = "hetznercloud/hcloud"
  version = "1.68.0"
}}

remote "local" "state" {{
{remote}  encryption "pbkdf2" {{
    passphrase = {passphrase}
  }}
}}

space "fsn1" {{
  remote = remote.state
  region = "fsn1"
  provider "hcloud" {{
    token = {token}
  }}
}}

space "nbg1" {{
  remote = remote.state
  region = "nbg1"
  provider "hcloud" {{
    token = secret.token
  }}
}}

locals {{
  team = "{team}"
}}

'''

MODULE = '''variable "net" {
  type = string
}

variable "count_of" {
  type = number
}

variable "token" {
  type      = string
  sensitive = true
  default   = null
}

resource "terraform_data" "this" {
  input = [var.net, var.count_of]
}

output "id" {
  value = terraform_data.this.id
}
'''

# name -> (type, varies, value in nonprod, value in prod); what does not vary has one value.
VARIABLES = {
    "size": ("number", "size", "1", "9"),
    "host": ("hostname", "address", '"test.example.org"', '"example.org"'),
    "zone": ("string", "id", '"z-test"', '"z-live"'),
    "image": ("string", "version", '"debian-12"', '"debian-11"'),
    "net": ("cidr", None, '"10.0.0.0/16"', None),
    "label": ("string", None, '"web"', None),
}


class Procedure:
    def __init__(self, name, stage, module):
        self.name, self.stage, self.module = name, stage, module
        self.reads, self.inputs, self.lines, self.blocks, self.outputs = [], {}, [], [], [("id", "string", "terraform_data.this.id")]

    def text(self):
        out = [f'    procedure "{self.name}" {{']
        if self.module:
            out += ['      source = "./modules/app"', "      inputs = {"]
            out += [f"        {name} = {value}" for name, value in self.inputs.items()]
            out += ["      }"]
        else:
            out += ['      resource "terraform_data" "this" {', "        input = ["]
            out += [f"          {value}," for value in self.inputs.values()]
            out += ["        ]"] + [f"        {line}" for line in self.lines] + ["      }"]
            out += [f"      {line}" for block in self.blocks for line in block.split("\n")]
        for name, kind, value in self.outputs:
            out += [f'      output "{name}" {{', f"        type = {kind}"]
            out += [] if self.module else [f"        value = {value}"]
            out += ["      }"]
        return out + ["    }"]


class Mission:
    def __init__(self, name):
        self.name = name
        self.environments, self.spaces = ["nonprod", "prod", "sandbox"], ["fsn1", "nbg1"]
        self.variables, self.locals, self.procedures, self.exports, self.lines = {}, {}, [], {}, []
        self.values = {"": {}, "nonprod": {}, "prod": {}, "sandbox": {}}
        self.types = {}

    def text(self):
        out = [f'mission "{self.name}" {{']
        out += [f"  environments = [{', '.join('environment.' + name for name in self.environments)}]",
                f"  spaces       = [{', '.join('space.' + name for name in self.spaces)}]", *self.lines]
        for name, lines in self.variables.items():
            out += [f'  variable "{name}" {{'] + [f"    {line}" for line in lines] + ["  }"]
        if self.locals:
            out += ["  locals {"] + [f"    {name} = {value}" for name, value in self.locals.items()] + ["  }"]
        for stage in sorted({procedure.stage for procedure in self.procedures}):
            out += [f'  stage "{stage}" {{']
            for procedure in self.procedures:
                out += procedure.text() if procedure.stage == stage else []
            out += ["  }"]
        for name, (kind, value) in self.exports.items():
            out += [f'  export "{name}" {{', f"    type = {kind}", f"    value = {value}", "  }"]
        out += ["}"]
        for environment, values in self.values.items():
            if values:
                out += [f'values "{self.name}"' + (f' "{environment}"' if environment else "") + " {"]
                out += [f"  {name} = {value}" for name, value in values.items()] + ["}"]
        return "\n".join(out) + "\n\n"


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.head = {"nonprod": "", "remote": '  folder = ".space/${flight.facts.account}"\n', "passphrase": "secret.phrase",
                     "token": "secret.token", "team": self.random.choice(["web", "api", "data"])}
        self.more, self.modules, self.templates = "", {"app": MODULE}, {}
        self.missions = [self.make_mission(n) for n in range(self.random.randint(2, 4))]
        for at, mission in enumerate(self.missions):
            for other in self.missions[:at]:
                if self.random.random() < 0.6:
                    self.random.choice([p for p in mission.procedures if not p.module]).inputs["other"] = self.random.choice(
                        [f"mission.{other.name}.id", f'mission.{other.name}["fsn1"].id', f"[for space, it in mission.{other.name} : it.id]"])

    def make_mission(self, number):
        mission = Mission(f"m{number}")
        for name in self.random.sample(sorted(VARIABLES), self.random.randint(3, 6)) + ["net", "size", "image"]:
            kind, varies, test, live = VARIABLES[name]
            mission.variables[name] = [f"type = {kind}"] + ([f'varies = "{varies}"'] if varies else [])
            for environment in ("nonprod", "prod", "sandbox") if varies else ("",):
                mission.values[environment][name] = live if environment == "prod" else test
        mission.locals = {"base": '"${local.team}-x"', "named": '"${var.image}-${local.base}"'}
        for stage in range(self.random.randint(2, 3)):
            for n in range(self.random.randint(1, 3)):
                procedure = Procedure(f"p{stage}{n}", f"0{stage}0", self.random.random() < 0.4 and stage + n > 0)
                procedure.inputs = {"net": "var.net", "count_of": "var.size"}
                earlier = [p for p in mission.procedures if p.stage < procedure.stage]
                if not procedure.module:
                    for name in self.random.sample(sorted(mission.variables), 2):
                        procedure.inputs[name] = f"var.{name}"
                    procedure.inputs["named"] = self.random.choice(["local.named", "local.base", '"${flight.namespace}-${flight.unique}"'])
                    if earlier:
                        procedure.inputs["earlier"] = f"procedure.{self.random.choice(earlier).name}.id"
                    if self.random.random() < 0.3:
                        procedure.blocks.append('resource "hcloud_volume" "this" {\n  name     = "v"\n  size     = var.size\n  location = flight.region\n}')
                mission.procedures.append(procedure)
        mission.exports["id"] = ("string", f"procedure.{self.random.choice(mission.procedures).name}.id")
        return mission

    def copy(self):
        return copy.deepcopy(self)

    def files(self):
        text = HEAD.format(**self.head) + "".join(mission.text() for mission in self.missions) + self.more
        return {"main.space": text, ".terraform.lock.hcl": "# none\n", "keys/phrase": "phrase\n", **self.templates,
                **{f"modules/{name}/main.tf": body for name, body in self.modules.items()}}

    # What a change needs: some mission, some procedure of a kind.
    def mission(self):
        return self.random.choice(self.missions)

    def body(self, mission=None, wanted=lambda p: True):
        found = [p for p in (mission or self.mission()).procedures if not p.module and wanted(p)]
        return self.random.choice(found)
