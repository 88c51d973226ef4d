"""Resources in place, written by the schemas that are compiled in: required and some optional arguments, nested and dynamic blocks,
meta-arguments, references to each other. On request with one mistake, of a kind that has a name.

In: a random.Random, schemas (schema_index.py), what may be read. Out: the text of a block.
"""

from typed_expression import Expressions

SLIPS = ["none", "type", "inner type", "unknown argument", "missing argument", "computed argument", "unknown block", "missing block", "too many blocks",
         "block as argument", "argument as block", "unknown attribute read", "type of a meta-argument", "unknown meta-argument", "inner unknown argument"]


class Bodies:
    def __init__(self, random, providers, scope):
        self.random, self.scope, self.made = random, scope, []
        self.types = [(name, block) for data in providers for name, block in sorted(data["Resources"].items())]
        self.slip, self.did = "none", ""

    def resource(self, name, slip="none"):
        """(text, the slip that was made: "none" where this type has no place for it)."""
        self.slip, self.did, self.counted = slip, "none", False
        kind, block = self.random.choice(self.types)
        readable = [(f"{other}.{label}.{attribute}", it["Type"]) for other, label, known in self.made for attribute, it in known["Attributes"].items()
                    if it.get("Type") and not it.get("Sensitive") and not it.get("WriteOnly") and not it["Deprecation"]]
        self.expressions = Expressions(self.random, self.scope + self.random.sample(readable, min(len(readable), 6)))
        lines = [f'resource "{kind}" "{name}" {{'] + self.meta() + self.body(block, 1, top=True)
        lines += self.lifecycle(block) + ["}"]
        if self.did == "none" and not self.counted:
            self.made.append((kind, name, block))
        return "\n".join(lines) + "\n", self.did

    def take(self, slip):
        """Is this the place of the slip? Once."""
        if self.slip != slip or self.did != "none" or self.random.random() < 0.3:
            return False
        self.did = slip
        return True

    def meta(self):
        lines = []
        pick = self.random.random()
        if self.take("type of a meta-argument"):
            self.counted = True
            return ["  " + self.random.choice(['count = "x"', "count = [1]", "for_each = [1]", 'for_each = "a"', 'for_each = ["a"]', "count = -1", "count = true", "for_each = null",
                                               "for_each = toset([1])", "count = null", "depends_on = 1", "provider = 7", "for_each = {a = 1}\n  count = 1",
                                               'count = sensitive(1)', 'for_each = toset([sensitive("a")])', "count = 1.5"])]
        if self.take("unknown meta-argument"):
            return ["  " + self.random.choice(["each = 1", "count_of = 1", "source = \"x\"", "depend_on = []"])]
        if pick < 0.1:
            lines.append(f"  count = {self.random.choice(['2', 'var.number', 'length(var.strings)', 'var.bool ? 1 : 0'])}")
            self.counted = True
            self.expressions.scope.append(("count.index", "number"))
        elif pick < 0.25:
            lines.append(f"  for_each = {self.random.choice(['toset(var.strings)', '{ a = var.string }', 'var.labels', 'toset([for x in var.strings : upper(x)])'])}")
            self.counted = True
            self.expressions.scope += [("each.key", "string"), ("each.value", "string")]
        return lines

    def lifecycle(self, block):
        if self.random.random() > 0.15:
            return []
        named = [name for name, it in block["Attributes"].items() if it.get("Optional") or it.get("Required")]
        inside = self.random.choice([["    create_before_destroy = true"], ["    prevent_destroy = true"], ["    ignore_changes = all"],
                                     [f"    ignore_changes = [{self.random.choice(named)}]"] if named else [],
                                     ["    precondition {", f"      condition     = var.bool && {self.expressions.inner('bool', 1)}", "      error_message = \"no\"", "    }"]])
        return ["  lifecycle {"] + inside + ["  }"]

    def value(self, attribute, depth=2):
        kind = self.type_of(attribute)
        if kind != "dynamic" and self.take("type"):
            return self.expressions.wrong(kind)
        if kind != "dynamic" and self.slip == "inner type" and self.did == "none" and self.random.random() < 0.7:
            self.expressions.slip_in, self.expressions.slipped = self.random.randint(1, 3), ""
            text = self.expressions.of(kind, 3)
            self.expressions.slip_in = None
            if self.expressions.slipped:
                self.did = "inner type"
            return text
        if attribute.get("Mode") and self.slip in ("inner unknown argument",) and self.did == "none":
            text = self.expressions.literal(kind)
            if text.startswith("{ "):
                self.did = self.slip
                return "{ surplus = 1, " + text[2:]
            return text
        return self.expressions.of(kind, depth)

    def type_of(self, attribute):
        if not attribute.get("Mode"):
            return attribute["Type"]
        settable = {name: it for name, it in attribute["Attributes"].items() if it.get("Required") or it.get("Optional")}
        kind = ["object", {name: self.type_of(it) for name, it in settable.items()}, [name for name, it in settable.items() if not it.get("Required")]]
        return kind if attribute["Mode"] == "single" else [attribute["Mode"], kind]

    def body(self, block, level, top=False):
        pad, lines = "  " * level, []
        wanted = [(name, it) for name, it in sorted(block["Attributes"].items()) if it.get("Required") or (it.get("Optional") and self.random.random() < 0.35)]
        wanted = [(name, it) for name, it in wanted if it.get("Required") or not it["Deprecation"]]
        left_out = None
        required = [name for name, it in wanted if it.get("Required")]
        if required and self.take("missing argument"):
            left_out = self.random.choice(required)
        for name, it in wanted:
            if name == left_out:
                continue
            if self.take("argument as block"):
                lines += [f"{pad}{name} {{", f"{pad}}}"]
                continue
            lines.append(f"{pad}{name} = {self.value(it)}")
        if self.take("unknown argument" if top else "inner unknown argument"):
            lines.append(f"{pad}{self.random.choice(['surplus', 'nmae', 'Name', 'tag'])} = 1")
        computed = [name for name, it in sorted(block["Attributes"].items()) if it.get("Computed") and not it.get("Optional") and not it.get("Required")]
        if computed and self.take("computed argument"):
            lines.append(f"{pad}{self.random.choice(computed)} = {self.expressions.literal('string')}")
        readable = [entry for entry in self.made]
        if readable and wanted and self.take("unknown attribute read"):
            kind, label, _ = self.random.choice(readable)
            name, _ = self.random.choice(wanted)
            lines = [line for line in lines if not line.startswith(f"{pad}{name} ")] + [f"{pad}{name} = {kind}.{label}.nothing"]
        if self.take("unknown block"):
            lines += [f"{pad}{self.random.choice(['surplus', 'rul', 'timeout'])} {{", f"{pad}}}"]
        for name, it in sorted(block["Blocks"].items()):
            lines += self.nested(name, it, level)
        return lines

    def nested(self, name, it, level):
        pad, lines = "  " * level, []
        if it["Min"] and self.take("missing block"):
            return []
        if self.take("block as argument"):
            return [f"{pad}{name} = {self.random.choice(['{}', '[]', '[{}]', '1'])}"]
        most = it["Max"] or (1 if it["Mode"] in ("single", "group") else 0)
        if most and self.take("too many blocks"):
            count = most + 1
        else:
            count = self.random.randint(it["Min"], min(most, 2) if most else 2) if level < 3 or it["Min"] else it["Min"]
        for at in range(count):
            label = f' "l{at}"' if it["Mode"] == "map" else ""
            if not label and self.random.random() < 0.2 and count == 1 and it["Mode"] in ("list", "set"):
                self.expressions.scope += [(f"{name}.value", "string")]
                lines += [f'{pad}dynamic "{name}" {{', f"{pad}  for_each = {self.random.choice(['var.strings', 'toset(var.strings)', 'var.labels'])}", f"{pad}  content {{"]
                lines += self.body(it["Block"], level + 2) + [f"{pad}  }}", f"{pad}}}"]
                self.expressions.scope.pop()
            else:
                lines += [f"{pad}{name}{label} {{"] + self.body(it["Block"], level + 1) + [f"{pad}}}"]
        return lines
