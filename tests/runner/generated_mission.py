"""Missions from a seed, on built-in resources, as data that can be changed: several flights and stages, procedures that read
outputs of earlier ones, with count, for_each, nested modules, replacements, moved and removed objects, sensitive values.

In: a random.Random and a folder. Out: a Mission, which writes itself as spacec would emit it and can be changed in places.
"""

import json
import random

import fixtures

INNER = '''variable "given" {
  type = string
}

variable "size" {
  type    = number
  default = 1
}

resource "terraform_data" "one" {
  input = var.given
}

resource "terraform_data" "more" {
  count = var.size
  input = "${terraform_data.one.id}-${count.index}"
}

output "id" {
  value = terraform_data.one.id
}
'''
UP = "/".join([".."] * 5)
# What a procedure gives: name -> (type as JSON, expression, kind of value).
OUTPUTS = {
    "id": ("string", "terraform_data.it.id"),
    "seen": ("string", "terraform_data.it.output"),
    "plain": ("string", "var.size"),
    "keys": (["list", "string"], "[for k in split(\",\", var.keys) : k]"),
    "many": (["list", "string"], "[for one in terraform_data.some : one.id]"),
    "secret": ("string", "sensitive(terraform_data.it.output)"),
}
HCL = {"string": "string", '["list", "string"]': "list(string)"}


class Thing:
    """One object, or a call of the nested module."""

    is_managed = True  # it can be moved and forgotten
    KINDS = ("plain", "trigger", "count", "each", "module", "module_each", "kept", "hidden")

    def __init__(self, rng, name, kind=None):
        self.name, self.kind = name, kind or rng.choice(self.KINDS)
        self.reads = None  # a variable
        self.word, self.amount = rng.choice("abcdef"), rng.randint(0, 3)
        self.keys = rng.sample(["a", "b c", "d.e", "f"], rng.randint(1, 3))
        self.moved = None

    @property
    def address(self):
        return f"module.{self.name}" if self.kind.startswith("module") else f"terraform_data.{self.name}"

    def value(self):
        return f"\"{self.word}-${{var.{self.reads}}}\"" if self.reads else f'"{self.word}-${{var.size}}"'

    def text(self):
        if self.kind == "module":
            lines = [f'module "{self.name}" {{', f'  source = "{UP}/modules/inner-1"', f"  given  = {self.value()}", f"  size   = {self.amount}"]
        elif self.kind == "module_each":
            keys = ", ".join(f'"{k}"' for k in sorted(self.keys))
            lines = [f'module "{self.name}" {{', f'  source = "{UP}/modules/inner-1"', f"  for_each = toset([{keys}])",
                     f'  given  = "${{each.key}}-${{{self.value()}}}"']
        else:
            lines = [f'resource "terraform_data" "{self.name}" {{']
            if self.kind == "count":
                lines.append(f"  count = {self.amount}")
            if self.kind == "each":
                lines.append("  for_each = toset([" + ", ".join(f'"{k}"' for k in sorted(self.keys)) + "])")
            lines.append(f"  input = sensitive({self.value()})" if self.kind == "hidden" else f"  input = {self.value()}")
            if self.kind in ("trigger", "kept"):
                lines.append(f"  triggers_replace = [{self.value()}]")
            if self.kind == "kept":
                lines += ["", "  lifecycle {", "    create_before_destroy = true", "  }"]
        blocks = ["\n".join(lines + ["}"])]
        if self.moved:
            blocks.append(f"moved {{\n  from = {self.moved}\n  to   = {self.address}\n}}")
        return "\n\n".join(blocks)


class Mission:
    THING, OUTPUTS, SENSITIVE = Thing, OUTPUTS, frozenset({"secret"})

    def __init__(self, rng, folder):
        self.rng, self.number, self.made = rng, 0, []  # of the last: names of changes
        self.project = fixtures.Project(folder)
        self.things, self.removed, self.unknown_counts, self.empty = {}, {}, set(), set()
        self.flights = ["sandbox/one/shop", "sandbox/two/desk"][: rng.randint(1, 2)]
        for at, flight in enumerate(self.flights):
            if at:
                self.project.after[flight] = self.flights[:at]
            for stage in range(rng.randint(2, 3)):
                for _ in range(rng.randint(1, 2)):
                    self.add_procedure(flight, f"0{stage}0")
        (self.project.folder / "out/modules/inner-1").mkdir(parents=True)
        (self.project.folder / "out/modules/inner-1/main.tf").write_text(INNER)

    def earlier(self, flight, stage):
        before = self.flights[: self.flights.index(flight)]
        return [r for r in self.project.roots if r.id not in self.empty and (r.flight in before or (r.flight == flight and r.stage < stage))]

    def add_procedure(self, flight, stage):
        rng = self.rng
        self.number += 1
        root = self.project.add(flight, stage, f"p{self.number}", values={"size": str(rng.randint(1, 9)), "keys": rng.choice(["x", "x,y", "y,z"])})
        root.outputs = {name: kind for name, (kind, _) in self.OUTPUTS.items()}
        root.given = {name: text for name, (_, text) in self.OUTPUTS.items()}
        root.sensitive |= self.SENSITIVE
        root.modules = ["inner-1"]
        producers = self.earlier(flight, stage)
        for n in range(rng.randint(1, 3) if producers else 0):
            self.read(root, f"up{n}", rng.choice(producers).id, rng.choice(sorted(self.OUTPUTS)))
        self.things[root.id] = [self.new_thing(root) for _ in range(rng.randint(1, 4))]
        self.removed[root.id] = []

    def read(self, root, variable, producer, output):
        root.reads[variable] = (producer, output)
        kind = self.OUTPUTS[output][0]
        root.types[variable] = kind
        if output in self.SENSITIVE:
            root.sensitive.add(variable)
        else:
            root.sensitive.discard(variable)

    def new_thing(self, root):
        self.number += 1
        thing = self.THING(self.rng, f"t{self.number}")
        texts = [v for v in root.reads if root.types[v] == "string" and v not in root.sensitive]
        thing.reads = self.rng.choice(texts) if texts and self.rng.random() < 0.7 else None
        return thing

    def body(self, root):
        texts = [v for v in sorted(root.reads) if root.types[v] == "string"]
        lists = [v for v in sorted(root.reads) if root.types[v] != "string"]
        seen = "-".join([f"${{nonsensitive(var.{v})}}" if v in root.sensitive else f"${{var.{v}}}" for v in texts] + ["${var.size}"])
        blocks = [f'resource "terraform_data" "it" {{\n  input = "{seen}"\n}}']
        each = f"toset(var.{lists[0]})" if lists else 'toset(split(",", var.keys))'
        # Keys of objects that an earlier stage makes are known after it; a count of the text is, too.
        blocks.append(f'resource "terraform_data" "some" {{\n  for_each = {each}\n  input = each.key\n}}')
        if root.id in self.unknown_counts and texts:
            blocks.append(f'resource "terraform_data" "unknown" {{\n  count = length(var.{texts[0]}) > 2 ? 2 : 1\n  input = count.index\n}}\n\n'
                          'resource "terraform_data" "behind" {\n  input = length(terraform_data.unknown)\n}')
        blocks += [thing.text() for thing in self.things[root.id]] + self.removed[root.id]
        return "\n\n".join(blocks) + "\n"

    def write(self):
        for root in self.project.roots:
            root.body = "" if root.id in self.empty else self.body(root)
        self.project.write()

    def change(self):
        """A few changes, each told in a few words."""
        told = []
        for _ in range(self.rng.randint(2, 6)):
            root = self.rng.choice([r for r in self.project.roots if r.id not in self.empty] or self.project.roots[:1])
            if root.id in self.empty:
                break
            step = self.rng.choice(self.steps())
            told.append(f"{root.id}: {step(root) or step.__name__}")
            self.made.append(step.__name__)
        return told

    def steps(self):
        return [self.other_value, self.other_keys, self.other_thing, self.gone, self.new, self.renamed, self.forgotten, self.other_output,
                self.other_read, self.new_procedure, self.counted, self.tainted, self.emptied]

    def other_value(self, root):
        root.values["size"] += "!"

    def other_keys(self, root):
        root.values["keys"] = self.rng.choice(["x", "x,y", "z", "y,z,w"])

    def other_thing(self, root):
        thing = self.rng.choice(self.things[root.id] or [self.new_thing(root)])
        thing.word, thing.amount, thing.keys = self.rng.choice("ghij"), self.rng.randint(0, 3), self.rng.sample(["a", "b c", "d.e", "f", "g"], 2)

    def gone(self, root):
        if self.things[root.id]:
            self.things[root.id].pop(self.rng.randrange(len(self.things[root.id])))

    def new(self, root):
        self.things[root.id].append(self.new_thing(root))

    def renamed(self, root):
        for thing in self.things[root.id]:
            if thing.moved is None and thing.is_managed:
                before, self.number = thing.address, self.number + 1
                thing.name = f"t{self.number}"
                thing.moved = before if self.rng.random() < 0.8 else None
                return f"{before} is {thing.address}"
        return None

    def forgotten(self, root):
        if self.things[root.id]:
            thing = self.things[root.id].pop()
            if thing.moved is None and thing.is_managed:
                self.removed[root.id].append(f"removed {{\n  from = {thing.address}\n\n  lifecycle {{\n    destroy = false\n  }}\n}}")

    def other_output(self, root):
        root.given["plain"] = self.rng.choice(['"other"', "var.keys", "terraform_data.it.id", "var.size"])

    def other_read(self, root):
        producers = self.earlier(root.flight, root.stage)
        if root.reads and producers:
            self.read(root, sorted(root.reads)[0], self.rng.choice(producers).id, self.rng.choice(["id", "seen", "plain"]))
            for thing in self.things[root.id]:
                if thing.reads not in root.reads or root.types[thing.reads] != "string" or thing.reads in root.sensitive:
                    thing.reads = None

    def new_procedure(self, root):
        self.add_procedure(root.flight, root.stage)

    def counted(self, root):
        self.unknown_counts.add(root.id)

    def tainted(self, root):
        path = self.project.folder / f".space/state/{fixtures.state_address(root)}.tfstate"
        if not path.exists():
            return
        state = json.loads(path.read_text())
        objects = [one for resource in state["resources"] for one in resource["instances"]]
        if objects:
            self.rng.choice(objects)["status"] = "tainted"
            state["serial"] += 1
            path.write_text(json.dumps(state, indent=2))

    def emptied(self, root):
        """As a procedure's farewell is: its code is gone, its state is there."""
        if any(root.id == producer for one in self.project.roots for producer, _ in one.reads.values()):
            return
        self.empty.add(root.id)
        root.outputs, root.reads, root.values, root.imports = {}, {}, {}, []


def make(seed, folder, kind=Mission, **more):
    mission = kind(random.Random(seed), folder, **more)
    mission.write()
    return mission
