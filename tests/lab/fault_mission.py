"""generated_mission's missions with objects of the fault provider beside the built-in ones: ids and values that a provider computes,
names that replace, looked-up data, objects that are imported; and a world that others change between two runs.

In: a random.Random, a folder, a lab.Bench. Out: a FaultMission.
"""

import json

import fault_provider
import generated_mission

OURS = {"named": "name", "named_kept": "name", "made": "content", "made_many": "content", "made_each": "content", "hidden_made": "content"}


class Thing(generated_mission.Thing):
    KINDS = generated_mission.Thing.KINDS + (*OURS, *OURS, "looked")

    @property
    def is_managed(self):
        return self.kind != "looked"

    @property
    def address(self):
        if self.kind == "looked":
            return f"data.fault_object.{self.name}"
        return f"fault_object.{self.name}" if self.kind in OURS else super().address

    def text(self):
        if self.kind == "looked":  # of a name that nobody makes: it is known before anything is done
            return (f'data "fault_object" "{self.name}" {{\n  name = "nobody-{self.word}"\n}}\n\n'
                    f'resource "terraform_data" "{self.name}" {{\n  input = [data.fault_object.{self.name}.ids, {self.value()}]\n}}')
        if self.kind not in OURS:
            return super().text()
        lines = [f'resource "fault_object" "{self.name}" {{']
        name = f'"{self.name}"'
        if self.kind == "made_many":
            lines.append(f"  count = {self.amount}")
        if self.kind == "made_each":
            lines.append("  for_each = toset([" + ", ".join(f'"{k}"' for k in sorted(self.keys)) + "])")
            name = f'"{self.name}-${{each.key}}"'
        value = f"sensitive({self.value()})" if self.kind == "hidden_made" else self.value()
        lines += [f"  name = {value}"] if OURS[self.kind] == "name" else [f"  name = {name}", f"  content = {value}"]
        if self.kind == "named_kept":
            lines += ["", "  lifecycle {", "    create_before_destroy = true", "  }"]
        blocks = ["\n".join(lines + ["}"])]
        if self.moved:
            blocks.append(f"moved {{\n  from = {self.moved}\n  to   = {self.address}\n}}")
        return "\n\n".join(blocks)


class Mission(generated_mission.Mission):
    THING = Thing
    OUTPUTS = {**generated_mission.OUTPUTS, "made": ("string", "fault_object.base.id"), "value": ("string", "fault_object.base.value"),
               "hidden_value": ("string", "sensitive(fault_object.base.value)")}

    SENSITIVE = generated_mission.Mission.SENSITIVE | {"hidden_value"}

    def __init__(self, rng, folder, bench):
        self.bench, self.imported = bench, 0
        super().__init__(rng, folder)

    def add_procedure(self, flight, stage):
        super().add_procedure(flight, stage)
        root = self.project.roots[-1]
        root.providers = {"fault": fault_provider.SOURCE}
        settings = "  token = var.size\n" if self.rng.random() < 0.3 else ""
        text = f'provider "fault" {{\n  world = {json.dumps(str(self.bench.world_file))}\n{settings}}}\n'
        root.blocks = [("fault", text, ["size"] if settings else [])]

    def body(self, root):
        text = self.seen(root)
        return super().body(root) + f'\nresource "fault_object" "base" {{\n  name = "base"\n  content = "{text}"\n}}\n'

    def seen(self, root):
        texts = [v for v in sorted(root.reads) if root.types[v] == "string" and v not in root.sensitive]
        return "-".join([f"${{var.{v}}}" for v in texts] + ["${var.size}"])

    def write(self):
        for root in self.project.roots:
            if root.id in self.empty:  # as a farewell: the providers that made what goes
                root.blocks = [(name, text.replace("  token = var.size\n", ""), []) for name, text, _ in root.blocks]
        super().write()

    def steps(self):
        return [*super().steps(), self.changed_elsewhere, self.gone_elsewhere, self.found, self.found]

    # What others do to the world.

    def objects(self, root):
        """(id, name) of what the state of a root has."""
        path = self.project.folder / f".space/state/{generated_mission.fixtures.state_address(root)}.tfstate"
        if not path.exists():
            return []
        found = [r for r in json.loads(path.read_text())["resources"] if r["mode"] == "managed" and r["type"] == "fault_object"]
        there = self.bench.objects()
        return sorted((i["attributes"]["id"], i["attributes"]["name"]) for r in found for i in r["instances"] if i["attributes"]["id"] in there)

    def tell_world(self, op, identity, name, content=""):
        with open(self.bench.world_file, "a", encoding="utf-8") as world:
            world.write(json.dumps({"op": op, "id": identity, "name": name, "content": content}) + "\n")

    def changed_elsewhere(self, root):
        objects = self.objects(root)
        if objects:
            self.tell_world("update", *self.rng.choice(objects), content="changed elsewhere")
            return "an object is changed elsewhere"
        return None

    def gone_elsewhere(self, root):
        objects = self.objects(root)
        if objects:
            self.tell_world("delete", *self.rng.choice(objects))
            return "an object is gone elsewhere"
        return None

    def found(self, root):
        """An object that somebody made is taken in, as it is or changed."""
        self.imported += 1
        identity, name = f"found-{self.imported}", f"f{self.imported}"
        self.tell_world("create", identity, name, "as it was")
        content = self.rng.choice(["as it was", "as it is to be"])
        text = f'resource "fault_object" "{name}" {{\n  name    = "{name}"\n  content = "{content}"\n}}'
        self.removed[root.id].append(text)
        address = f"fault_object.{name}"
        root.imports.append((address, f'import {{\n  to = {address}\n  id = "{identity}"\n}}\n'))
        return f"{address} is imported"
