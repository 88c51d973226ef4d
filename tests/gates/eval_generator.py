"""Expressions from a seed, for eval_vs_tofu.py: mostly well-typed, some not, of bounded depth and size."""
import random

STRINGS = ['"a"', '"b"', '"ab"', '""', '"a,b,c"', '"10"', '"1.5"', '"true"', '"héllo wörld"', '"x y"', '"A-b_c"',
           '"line\\nnext"', '"e\\u0301"', '"10.0.0.0/8"', '"${1}x"', '"%{ if true }y%{ endif }"', '"$${z}"']
NUMBERS = ["0", "1", "2", "3", "-1", "1.5", "0.1", "10", "255", "1e3", "123456789012345678901234567890", "-0.25"]
BOOLS = ["true", "false"]
UNKNOWN = {"string": "var.us", "number": "var.un", "bool": "var.ub", "list": "var.ul", "map": "var.um", "object": "var.uo"}
KINDS = ["string", "number", "bool", "list", "map", "object"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = []

    def make(self, kind, depth):
        pick = self.random.random()
        if pick < 0.04:
            kind = self.random.choice(KINDS)  # what does not fit
        elif pick < 0.07:
            return "null"
        elif pick < 0.10:
            return UNKNOWN[kind]
        elif pick < 0.12:
            return f"sensitive({self.make(kind, depth - 1)})" if depth > 0 else "null"
        if self.names and self.random.random() < 0.2:
            return self.random.choice(self.names)
        if depth <= 0:
            return self.leaf(kind)
        if self.random.random() < 0.12:
            return (f"({self.make('bool', depth - 1)} ? {self.make(kind, depth - 1)} : "
                    f"{self.make(kind, depth - 1)})")
        if self.random.random() < 0.05:
            return f"try({self.make(kind, depth - 1)}, {self.make(kind, depth - 1)})"
        return getattr(self, kind)(depth - 1)

    def leaf(self, kind):
        if kind == "string":
            return self.random.choice(STRINGS)
        if kind == "number":
            return self.random.choice(NUMBERS)
        if kind == "bool":
            return self.random.choice(BOOLS)
        if kind == "list":
            return self.random.choice(['[]', '["a"]', '["b", "a"]', '[1, 2, 3]', '["a", 1, true]', '[["a"], []]',
                                       'tolist(["b", "a"])', 'toset(["b", "a", "b"])', 'tolist([])', 'toset([2, 1])'])
        if kind == "map":
            return self.random.choice(['{}', '{ a = "x" }', '{ b = 1, a = "y" }', 'tomap({ a = "x", b = "y" })',
                                       'tomap({})', '{ a = ["x"], b = [] }'])
        return self.random.choice(['{ a = 1 }', '{ a = "x", b = [1] }', '{ a = { b = null } }', '{}'])

    def one_of(self, depth, *templates):
        """Each `<kind>` in a template becomes an expression."""
        out = self.random.choice(templates)
        while "<" in out:
            start = out.index("<")
            end = out.index(">", start)
            out = out[:start] + self.make(out[start + 1:end], depth).replace("<", "\0").replace(">", "\1") + out[end + 1:]
        return out

    def string(self, depth):
        return self.one_of(depth, "upper(<string>)", "lower(<string>)", "title(<string>)", "strrev(<string>)",
                           "trimspace(<string>)", "chomp(<string>)", 'join(",", <list>)', "substr(<string>, <number>, <number>)",
                           'replace(<string>, "a", <string>)', 'replace(<string>, "/[a-c]+/", "_")', "format(\"%s-%v\", <string>, <number>)",
                           'format("%05.1f", <number>)', 'format("%v", <list>)', 'format("%#v", <map>)', "jsonencode(<list>)", "jsonencode(<map>)",
                           "yamlencode(<map>)", "yamlencode(<list>)", "tostring(<number>)", "tostring(<bool>)", "trim(<string>, \"a\")",
                           "trimprefix(<string>, <string>)", "trimsuffix(<string>, <string>)", "base64encode(<string>)", "md5(<string>)",
                           "urlencode(<string>)", "indent(2, <string>)", '"${<string>}"', '"a${<number>}b"', '"${<bool>}-${<string>}"',
                           '"%{ for x in <list> }${x},%{ endfor }"', '"%{ if <bool> }p%{ else }${<string>}%{ endif }"',
                           "coalesce(<string>, <string>)", "lookup(<map>, \"a\", <string>)", "<list>[0]", "<map>[\"a\"]", "<map>.b",
                           "element(<list>, <number>)", "one(<list>)", "cidrsubnet(\"10.0.0.0/8\", 8, <number>)", "min([<string>]...)")

    def number(self, depth):
        return self.one_of(depth, "<number> + <number>", "(<number> - <number>)", "(<number> * <number>)", "(<number> / 3)", "(<number> % 4)",
                           "-(<number>)", "length(<list>)", "length(<string>)", "length(<map>)", "abs(<number>)", "ceil(<number>)",
                           "floor(<number>)", "max(<number>, <number>)", "min(<number>, <number>)", "sum(<list>)", "signum(<number>)",
                           "tonumber(<string>)", "parseint(<string>, 16)", "index(<list>, <string>)", "pow(<number>, 2)", "<object>.a",
                           "log(10, 3)", "coalesce(<number>, <number>)")

    def bool(self, depth):
        return self.one_of(depth, "!(<bool>)", "(<bool> && <bool>)", "(<bool> || <bool>)", "(<number> == <number>)", "(<string> == <string>)",
                           "(<list> == <list>)", "(<map> != <map>)", "(<object> == <object>)", "(<number> >= <number>)",
                           "contains(<list>, <string>)", "can(<list>[0])", "can(<object>.b)", "startswith(<string>, <string>)",
                           "endswith(<string>, \"b\")", "strcontains(<string>, <string>)", "alltrue([<bool>, <bool>])",
                           "anytrue([<bool>])", "tobool(<string>)", "issensitive(<string>)", "(<string> == null)")

    def list(self, depth):
        name = f"v{len(self.names)}"
        if self.random.random() < 0.25:
            source = self.make(self.random.choice(["list", "map", "object"]), depth)
            self.names.append(name)
            body = self.make(self.random.choice(KINDS), depth)
            condition = f" if {self.make('bool', depth)}" if self.random.random() < 0.4 else ""
            self.names.pop()
            return f"[for {name} in {source} : {body}{condition}]"
        return self.one_of(depth, "[<string>, <number>]", "[<list>, <list>]", "[<map>]", "[<bool>, <object>]", "concat(<list>, <list>)",
                           "flatten([<list>, <list>])", "distinct(<list>)", "reverse(<list>)", "sort(<list>)", "compact(<list>)",
                           "slice(<list>, 0, 1)", "keys(<map>)", "values(<map>)", 'split(",", <string>)', "tolist(<list>)", "toset(<list>)",
                           "range(<number>)", "chunklist(<list>, 2)", "setunion(<list>, <list>)", "setintersection(<list>, <list>)",
                           "setsubtract(<list>, <list>)", "setproduct(<list>, <list>)", "coalescelist(<list>, <list>)",
                           'regexall("[a-z]", <string>)', 'formatlist("%s!", <list>)', "<list>[*]", "<object>[*].a", "[<object>][*].a",
                           "jsondecode(jsonencode(<list>))", "yamldecode(yamlencode(<list>))", "matchkeys(<list>, <list>, <list>)")

    def map(self, depth):
        name = f"v{len(self.names)}"
        if self.random.random() < 0.25:
            source = self.make(self.random.choice(["list", "map"]), depth)
            self.names.append(name)
            value = self.make(self.random.choice(KINDS), depth)
            self.names.pop()
            group = "..." if self.random.random() < 0.4 else ""
            return f'{{ for k{name}, {name} in {source} : "k${{k{name}}}" => {value}{group} }}'
        return self.one_of(depth, "{ a = <string>, b = <string> }", "{ (<string>) = <number> }", "merge(<map>, <map>)", "tomap(<map>)",
                           "zipmap(<list>, <list>)", "merge(<map>, <object>)", "jsondecode(jsonencode(<map>))", "yamldecode(yamlencode(<map>))",
                           "transpose({ a = <list> })", "{ a = <list>, b = <map> }")

    def object(self, depth):
        return self.one_of(depth, "{ a = <number>, b = <list> }", "{ a = <object> }", "merge(<object>, { b = <bool> })", "[<object>][0]",
                           "{ a = <bool>, c = null }")


def generate(count, seed):
    generator = Generator(seed)
    out = []
    while len(out) < count:
        expression = generator.make(generator.random.choice(KINDS), generator.random.choice([1, 2, 2, 3]))
        expression = expression.replace("\0", "<").replace("\1", ">")
        if len(expression) < 600:
            out.append(expression)
    return out
