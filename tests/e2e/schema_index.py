"""The schemas that are compiled in, as data: for tests that write bodies by them, and for a plugin that serves them
(described_provider). The grammar stands in compiler/schemas/README.md; here is a reader that shares no line with ours.

In: a `.schema` file. Out: a Provider's data as JSON has it: a block is {"Attributes", "Blocks", "Deprecation"}.
"""

import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "stdlib" / "schemas"
MODES = {"s": "single", "g": "group", "l": "list", "t": "set", "m": "map"}
PLAIN = {"A": "dynamic", "S": "string", "N": "number", "B": "bool"}
DEEP = {"L": "list", "T": "set", "M": "map"}
NAME = re.compile(r"[\w-]+")


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def take(self, wanted):
        if not self.text.startswith(wanted, self.at):
            return False
        self.at += len(wanted)
        return True

    def need(self, wanted):
        if not self.take(wanted):
            raise ValueError(f"expected `{wanted}` before {self.text[self.at:self.at + 30]!r}")

    def match(self, pattern):
        found = pattern.match(self.text, self.at)
        self.at = found.end()
        return found[0]

    def letter(self):
        self.at += 1
        return self.text[self.at - 1]

    def quoted(self):
        found = re.compile(r'"((?:[^"\\]|\\.)*)"').match(self.text, self.at)
        self.at = found.end()
        return re.sub(r"\\(.)", lambda it: "\n" if it[1] == "n" else it[1], found[1])

    def deprecation(self):
        return self.quoted() if self.text.startswith('"', self.at) else ""

    def type(self):
        letter = self.letter()
        if letter in PLAIN:
            return PLAIN[letter]
        if letter in DEEP:
            return [DEEP[letter], self.type()]
        if letter == "<":
            parts = []
            while not self.take(">"):
                parts.append(self.type())
            return ["tuple", parts]
        members, optional = {}, []
        while not self.take(")"):
            name = self.match(NAME)
            if self.letter() == "?":
                optional.append(name)
            members[name] = self.type()
            self.take(",")
        return ["object", members, optional] if optional else ["object", members]

    def attribute(self):
        made = {}
        qualities = {"r": "Required", "o": "Optional", "c": "Computed", "x": "Sensitive", "w": "WriteOnly"}
        while self.text[self.at] in "rocxwd":
            letter = self.letter()
            if letter != "d":
                made[qualities[letter]] = True
        if self.take("@"):
            made["Mode"] = MODES[self.letter()]
            made["Attributes"] = self.block()["Attributes"]
        else:
            made["Type"] = self.type()
        made["Deprecation"] = self.deprecation()
        return made

    def block(self):
        made = {"Attributes": {}, "Blocks": {}, "Deprecation": ""}
        self.need("{")
        if self.take("!"):
            made["Deprecation"] = self.quoted()
        while not self.take("}"):
            name = self.match(NAME)
            if self.take("="):
                made["Attributes"][name] = self.attribute()
            else:
                self.need("*")
                mode, least, most = MODES[self.letter()], *self.match(re.compile(r"\d+,\d+")).split(",")
                made["Blocks"][name] = {"Mode": mode, "Min": int(least), "Max": int(most), "Block": self.block()}
            self.take(" ")
        return made


def read(source):
    """(version, data) of "NAMESPACE/NAME"; of several versions the last by name."""
    path = sorted((FOLDER / source).glob("*.schema"))[-1]
    made = {"Address": f"registry.opentofu.org/{source}", "Provider": {"Attributes": {}, "Blocks": {}}, "Resources": {}, "Data": {}, "Ephemeral": {}}
    kinds = {"r": "Resources", "d": "Data", "e": "Ephemeral"}
    for line in path.read_text().splitlines()[1:]:
        kind, name, text = line.split(" ", 2)
        reader = Reader(text)
        block = reader.block()
        if reader.at != len(text):
            raise ValueError(f"{path.name}: something is left of {name}: {text[reader.at:][:30]!r}")
        if kind == "p":
            made["Provider"] = block
        else:
            made[kinds[kind]][name] = block
    return path.stem, made
