"""Expressions of a wanted type, from a random generator: literals, references, operators, functions, conditionals, templates, `for`,
splats. On request one place, anywhere inside, has another type than it needs.

Types are as JSON has them: "string", ["list", "number"], ["object", {"a": "bool"}, ["a"]] (the last: what is optional).
In: a random.Random, and what may be read: (text, type). Out: text, valid inside brackets.
"""

PRIMITIVES = ["string", "number", "bool"]


class Expressions:
    def __init__(self, random, scope):
        self.random, self.scope, self.names = random, list(scope), 0
        self.slip_in = None  # the so-many-th place from here is the wrong one
        self.slipped = ""  # what is wrong, once it is

    def of(self, kind, depth=2):
        if self.slip_in is not None:
            self.slip_in -= 1
            if self.slip_in < 0:
                self.slip_in = None
                return self.wrong(kind)
        pick = self.random.random()
        if depth > 0 and pick < 0.12 and (kind == "dynamic" or self.has_one_form(kind)):
            one = self.any_type() if kind == "dynamic" else kind  # both results are of one type
            return f"{self.inner('bool', depth - 1)} ? {self.inner(one, depth - 1)} : {self.inner(one, depth - 1)}"
        if pick < 0.4:
            found = [text for text, known in self.reachable() if known == kind]
            if found:
                return self.random.choice(found)
        if depth > 0 and pick < 0.75:
            made = getattr(self, "make_" + (kind if isinstance(kind, str) else kind[0]))(kind, depth - 1)
            if made is not None:
                return made
        return self.literal(kind, depth)

    def has_one_form(self, kind):
        """Whether all that is written for a type has one type: two results of one conditional. tofu unifies no set of objects with a
        tuple of them, and no objects of which one lacks what is optional."""
        if isinstance(kind, str):
            return kind != "dynamic"
        if kind[0] == "set" and not isinstance(kind[1], str) or kind[0] == "object" and len(kind) > 2 and kind[2]:
            return False
        inner = kind[1].values() if kind[0] == "object" else kind[1] if kind[0] == "tuple" else [kind[1]]
        return all(self.has_one_form(one) for one in inner)

    def inner(self, kind, depth):
        """In brackets where an operator would take it apart."""
        text = self.of(kind, depth)
        return f"({text})" if " ? " in text or any(f" {sign} " in text for sign in ("+", "-", "*", "||", "&&", "==", "!=", "<", ">=")) else text

    def reachable(self):
        for text, kind in self.scope:
            yield text, kind
            if kind[0] == "list":
                yield f"{text}[0]", kind[1]
            elif kind[0] == "map":
                yield f'{text}["k"]', kind[1]
            elif kind[0] == "object":
                for name, inner in kind[1].items():
                    yield f"{text}.{name}", inner

    def name(self):
        self.names += 1
        return f"x{self.names}"

    # --- Literals.

    def literal(self, kind, depth=1):
        if kind == "string" or kind == "dynamic":
            return self.random.choice(['"a"', '"eins zwei"', '"é"', '"$${x}"', '""', '"a\\nb"'])
        if kind == "number":
            return self.random.choice(["0", "1", "7", "-3", "1.5", "1e3"])
        if kind == "bool":
            return self.random.choice(["true", "false"])
        if kind[0] in ("list", "set"):
            parts = [self.of(kind[1], depth - 1) for _ in range(self.random.randint(1, 3))]
            is_set = kind[0] == "set" and isinstance(kind[1], str) and self.random.random() < 0.5
            return f"toset([{', '.join(parts)}])" if is_set else f"[{', '.join(parts)}]"
        if kind[0] == "tuple":
            return f"[{', '.join(self.of(one, depth - 1) for one in kind[1])}]"
        if kind[0] == "map":
            keys = self.random.sample(["k", '"l m"', "(1 + 1)", '"${"n"}"'], self.random.randint(1, 3))
            return "{ " + ", ".join(f"{key} = {self.of(kind[1], depth - 1)}" for key in keys) + " }"
        optional = kind[2] if len(kind) > 2 else []
        parts = [f"{name} = {self.of(inner, depth - 1)}" for name, inner in kind[1].items() if name not in optional or self.random.random() < 0.5]
        return "{ " + ", ".join(parts) + " }" if parts else "{}"

    # --- What is wrong where `kind` is wanted.

    def wrong(self, kind):
        choices = {"string": ["[1]", "{ a = 1 }", '["a"]', "toset([])"], "number": ['"x"', "[1]", "true", "{}", '"1x"'],
                   "bool": ['"maybe"', "1", "[true]", "{ a = true }"], "dynamic": ["1 + [2]"],
                   "list": ['"a"', "1", "true"], "set": ['"a"', "1", "false"], "map": ['"a"', "[1]", "1", 'toset(["a"])'],
                   "object": ['"a"', "[1]", "1", "true"], "tuple": ['"a"', "1"]}[kind if isinstance(kind, str) else kind[0]]
        if kind[0] == "object":
            required = [name for name in kind[1] if len(kind) < 3 or name not in kind[2]]
            if required:
                left = self.random.choice(required)
                choices = choices + ["{ " + ", ".join(f"{name} = {self.literal(inner)}" for name, inner in kind[1].items() if name != left) + " }"] * 3
            typed = [name for name in required if kind[1][name] != "dynamic"]
            if typed:
                broken = self.random.choice(typed)
                choices = choices + ["{ " + ", ".join(f"{name} = {self.wrong(inner) if name == broken else self.literal(inner)}" for name, inner in kind[1].items()) + " }"] * 3
        elif kind[0] in ("list", "set", "map") and kind[1] != "dynamic":
            inside = self.wrong(kind[1])
            choices = choices + [f"{{ k = {inside} }}" if kind[0] == "map" else f"[{inside}]"] * 2
        self.slipped = self.random.choice([*choices, "upper([])", "1 + []", "missing_function(1)" if self.random.random() < 0.1 else "!{}"]) \
            if self.random.random() < 0.15 else self.random.choice(choices)
        return self.slipped

    # --- What computes one.

    def make_string(self, _kind, depth):
        def of(kind):
            return self.of(kind, depth)

        word = self.name()
        return self.random.choice([
            lambda: f'"a-${{{of(self.random.choice(PRIMITIVES))}}}-b"', lambda: f"upper({of('string')})", lambda: f'format("%s/%v", {of("string")}, {of("number")})',
            lambda: f'join(",", {of(["list", "string"])})', lambda: f"jsonencode({of(self.any_type())})", lambda: f'replace({of("string")}, "a", "b")',
            lambda: f"substr({of('string')}, 0, 1)", lambda: f"try({of('string')}, \"else\")", lambda: f'coalesce({of("string")}, "x")',
            lambda: f"lookup({of(['map', 'string'])}, \"k\", {of('string')})", lambda: f"tostring({of(self.random.choice(PRIMITIVES))})",
            lambda: f'"%{{ if {of("bool")} }}yes%{{ else }}${{{of("number")}}}%{{ endif }}"',
            lambda: f'"%{{ for {word} in {of(["list", "string"])} ~}}${{{word}}}%{{ endfor }}"', lambda: f"sha256({of('string')})", lambda: f"trimspace({of('string')})",
            lambda: f"element(concat({of(['list', 'string'])}, [\"z\"]), 0)", lambda: f"cidrsubnet(\"10.0.0.0/8\", 8, {self.random.randint(0, 9)})",
        ])()

    def make_number(self, _kind, depth):
        def of(kind):
            return self.inner(kind, depth)

        return self.random.choice([
            lambda: f"{of('number')} {self.random.choice('+-*')} {of('number')}", lambda: f"{of('number')} % 7", lambda: f"-{of('number')}" if depth else "-1",
            lambda: f"length({of(self.collection())})", lambda: f"length({of('string')})", lambda: f"max({of('number')}, {of('number')})", lambda: f"abs({of('number')})",
            lambda: f"ceil({of('number')} / 2)", lambda: 'parseint("ff", 16)', lambda: 'tonumber("12")', lambda: f"sum(concat({of(['list', 'number'])}, [1]))",
        ])()

    def make_bool(self, _kind, depth):
        def of(kind):
            return self.inner(kind, depth)

        kind = self.random.choice(PRIMITIVES)
        return self.random.choice([
            lambda: f"{of('number')} {self.random.choice(['<', '<=', '>', '>='])} {of('number')}", lambda: f"{of(kind)} {self.random.choice(['==', '!='])} {of(kind)}",
            lambda: f"{of('bool')} {self.random.choice(['&&', '||'])} {of('bool')}", lambda: f"!{of('bool')}" if depth else "!true",
            lambda: f"contains({of(['list', 'string'])}, {of('string')})", lambda: f"can({of(kind)})", lambda: f"alltrue({of(['list', 'bool'])})",
            lambda: f'startswith({of("string")}, "a")', lambda: f'can(regex("^a", {of("string")}))',
        ])()

    def make_dynamic(self, _kind, depth):
        return self.of(self.any_type(), depth)

    def make_list(self, kind, depth):
        inner, word = kind[1], self.name()

        def with_word():
            self.scope.append((word, "string"))
            made = self.of(inner, depth)
            self.scope.pop()
            return made

        choices = [lambda: f"concat({self.of(kind, depth)}, {self.of(kind, depth)})", lambda: f"[for {word} in {self.of(['list', 'string'], depth)} : {with_word()}]",
                   lambda: f"[for {word} in {self.of(['set', 'string'], depth)} : {with_word()} if {word} != \"a\"]", lambda: f"reverse({self.of(kind, depth)})",
                   lambda: f"values({self.of(['map', inner], depth)})", lambda: f"flatten([{self.of(kind, depth)}, {self.of(kind, depth)}])" if isinstance(inner, str) else None,
                   lambda: f"[{{ v = {self.of(inner, depth)} }}][*].v", lambda: f"slice({self.literal(kind)}, 0, 1)"]
        if inner == "string":
            choices += [lambda: f'split(",", {self.of("string", depth)})', lambda: f"keys({self.of(['map', 'number'], depth)})", lambda: f"sort({self.of(kind, depth)})",
                        lambda: f"compact({self.of(kind, depth)})", lambda: f"tolist({self.of(['set', 'string'], depth)})", lambda: f"distinct({self.of(kind, depth)})"]
        if inner == "number":
            choices += [lambda: f"range({self.random.randint(1, 5)})"]
        return self.random.choice(choices)()

    def make_set(self, kind, depth):
        inner = kind[1]
        return self.random.choice([lambda: f"toset({self.of(['list', inner], depth)})", lambda: f"setunion({self.of(kind, depth)}, toset({self.literal(['list', inner])}))",
                                   lambda: f"toset([for x in {self.of(['list', 'string'], depth)} : {self.of(inner, 0)}])"])()

    def make_map(self, kind, depth):
        inner, word = kind[1], self.name()
        return self.random.choice([
            lambda: f"merge({self.of(kind, depth)}, {self.of(kind, depth)})", lambda: f"{{ for {word} in {self.of(['set', 'string'], depth)} : {word} => {self.of(inner, depth)} }}",
            lambda: f"{{ for {word}, v in {self.of(['map', 'string'], depth)} : upper({word}) => {self.of(inner, depth)} if v != \"\" }}",
            lambda: f"zipmap([\"k\"], [{self.of(inner, depth)}])", lambda: f"tomap({self.literal(kind)})"])()

    def make_tuple(self, _kind, _depth):
        return None

    def make_object(self, _kind, _depth):
        return None

    def collection(self):
        return self.random.choice([["list", "string"], ["map", "number"], ["set", "string"], ["list", "number"], ["map", "string"]])

    def any_type(self):
        return self.random.choice([*PRIMITIVES, self.collection(), ["object", {"a": "string", "b": "number"}]])
