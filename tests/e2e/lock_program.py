"""Generated programs for law 10: with keys, a space of their own, procedures that nobody reads and one of six kinds of
remotes; and what a change does to one: renames, `moved`, `removed`, lines of its lock.

In: a seed. Out: a LockedProgram, whose `files()` are built once before lock_changes.py changes it.
"""

import hashlib
import json
import re

from generated_program import Procedure, Program

KEYED = '''mission "keyed" {{
  for_each     = toset([{keys}])
  environments = [environment.nonprod, environment.prod, environment.sandbox]
  spaces       = [space.{space}]
{lines}  stage "000" {{
    procedure "disk" {{
      for_each = toset([{disks}])
      resource "terraform_data" "this" {{
        input = instance.key
      }}
    }}
    procedure "{lone}" {{
      resource "terraform_data" "this" {{
        input = flight.namespace
      }}
    }}
  }}
}}
'''

# type -> arguments as the program has them, and the same with another place in them.
REMOTES = {
    "local": ('folder = ".space/${flight.facts.account}"', 'folder = ".states/${flight.facts.account}"'),
    "s3": ('bucket       = "a-${flight.facts.account}"\n  region       = "eu-central-1"\n  use_lockfile = true',
           'bucket       = "b-${flight.facts.account}"\n  region       = "eu-central-1"\n  use_lockfile = true'),
    "gcs": ('bucket = "a-${flight.facts.account}"', 'bucket = "b-${flight.facts.account}"'),
    "azurerm": ('storage_account_name = "a${flight.facts.account}"\n  container_name       = "states"',
                'storage_account_name = "a${flight.facts.account}"\n  container_name       = "state"'),
    "pg": ('conn_str = "postgres://db/${flight.facts.account}"', 'conn_str = "postgres://db2/${flight.facts.account}"'),
    "http": ('base = "https://states.example.org/${flight.facts.account}"', 'base = "https://states.example.com/${flight.facts.account}"'),
}


class LockedProgram(Program):
    def __init__(self, seed):
        super().__init__(seed)
        self.type = self.random.choice(sorted(REMOTES))
        self.place = REMOTES[self.type][0]
        self.keyed = {"keys": '"blue", "red"', "disks": '"a", "b"', "space": "fsn1", "lines": "", "lone": "lone"}
        self.far = '\nspace "far" {\n  remote = remote.state\n  region = "far"\n}\nmission "away" {\n' \
                   '  environments = [environment.nonprod, environment.prod, environment.sandbox]\n  spaces = [space.far]\n' \
                   '  stage "000" {\n    procedure "one" {\n      resource "terraform_data" "this" {\n      }\n    }\n  }\n}\n'
        self.edits = []
        self.last = self.missions[-1]  # nobody reads its exports
        # What nobody reads, in a mission as the others are.
        for name in ("left", "right"):
            leaf = Procedure(name, "000", module=False)
            leaf.inputs = {"net": "var.net"}
            self.mission_of_leaves().procedures.append(leaf)

    def mission_of_leaves(self):
        return self.missions[0]

    def leaf(self, name):
        return next(p for p in self.mission_of_leaves().procedures if p.name == name)

    def files(self):
        files = super().files()
        text = files["main.space"].replace(f'remote "local" "state" {{\n{self.head["remote"]}', f'remote "{self.type}" "state" {{\n  {self.place}\n')
        text += KEYED.format(**self.keyed) + self.far
        for old, new in self.edits:
            assert old in text, old
            text = text.replace(old, new)
        return {**files, "main.space": text}

    def add(self, text):
        self.more += text + "\n"

    def in_mission(self, kind, **arguments):
        self.mission_of_leaves().lines.append(block(kind, **arguments))


def block(kind, **arguments):
    named = {"source": "from", "target": "to"}
    return f"{kind} {{\n" + "".join(f"  {named.get(name, name)} = {value}\n" for name, value in arguments.items()) + "}"


def moved(source, target):
    return block("moved", source=source, target=target)


def removed(source, destroy="true"):
    return block("removed", source=source, destroy=destroy)


def rename_mission(program, mission, name):
    for other in program.missions:
        for procedure in other.procedures:
            for key, value in procedure.inputs.items():
                procedure.inputs[key] = re.sub(rf"\bmission\.{mission.name}\b", f"mission.{name}", value)
    mission.name = name


def rename_procedure(mission, procedure, name):
    pattern, new = rf"\bprocedure\.{procedure.name}\b", f"procedure.{name}"
    for other in mission.procedures:
        other.inputs = {key: re.sub(pattern, new, value) for key, value in other.inputs.items()}
    mission.exports = {key: (kind, re.sub(pattern, new, value)) for key, (kind, value) in mission.exports.items()}
    procedure.name = name


def take_out(program, name):
    program.mission_of_leaves().procedures.remove(program.leaf(name))


def states(lock):
    return [at for at, line in enumerate(lock) if '"state"' in line]


def rewritten(line, **members):
    """The line with other members, and the digest that goes with them."""
    entry = {**json.loads(line), **members}
    entry["digest"] = hashlib.sha256(f'{entry["backend"]}\n{entry["address"]}'.encode()).hexdigest()[:16]
    return json.dumps(entry, separators=(",", ":"))
