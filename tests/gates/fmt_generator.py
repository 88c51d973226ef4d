"""Legal programs in a wild layout, and what comes of them when bytes go or come, for fmt_vs_tofu.py."""

NAMES = ["a", "bb", "name", "region", "x-y", "for_each", "in", "if", "source_ips", "été", "count", "v1"]
FUNCS = ["f", "merge", "jsonencode", "provider::x::f"]
BINARY = ["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"]


class Writer:
    """Random legal programs. `free`: newlines mean nothing here."""

    def __init__(self, rng):
        self.rng = rng
        self.taken = 0

    def chance(self, p):
        return self.rng.random() < p

    def gap(self, free=False, least=""):
        r = self.rng.random()
        if r < 0.5:
            return least
        if r < 0.75:
            return " "
        if r < 0.85:
            return self.rng.choice(["  ", "\t", "   "])
        if r < 0.88:
            return " /* c */ "
        if free and r < 0.97:
            return self.rng.choice(["\n", "\n\n", "\n   ", " # note\n", " // note\n", "\n# own line\n"])
        return " "

    def name(self):
        return self.rng.choice(NAMES)

    def unique(self):
        self.taken += 1
        return self.rng.choice(["n", "name_", "longer_name_", "é"]) + str(self.taken)

    def expr(self, depth, free):
        r = self.rng.random()
        g = lambda least="": self.gap(free, least)
        if depth <= 0 or r < 0.2:
            return self.atom(depth, free)
        if r < 0.3:
            return self.expr(depth - 1, free) + g(" ") + self.rng.choice(BINARY) + g(" ") + self.expr(depth - 1, free)
        if r < 0.36:
            return (self.expr(depth - 1, free) + g(" ") + "?" + g() + self.expr(depth - 1, free) + g(" ") + ":" + g()
                    + self.expr(depth - 1, free))
        if r < 0.42:
            return self.rng.choice("-!") + g() + self.expr(depth - 1, free)
        if r < 0.5:
            i = lambda: self.gap(True)
            return "(" + i() + self.expr(depth - 1, True) + i() + ")"
        if r < 0.6:
            return self.tuple(depth)
        if r < 0.72:
            return self.object(depth)
        if r < 0.8:
            return self.call(depth)
        if r < 0.86:
            return self.for_expr(depth)
        if r < 0.92:
            return self.atom(depth, free) + self.postfix(depth, free)
        return self.template(depth)

    def atom(self, depth, free):
        r = self.rng.random()
        if r < 0.3:
            return self.name() + self.postfix(depth, free)
        if r < 0.5:
            return self.rng.choice(["0", "1", "42", "1.5", "1e3", "2E-3"])
        if r < 0.6:
            return self.rng.choice(["true", "false", "null"])
        return self.template(depth - 1)

    def postfix(self, depth, free):
        out = ""
        while self.chance(0.4):
            r = self.rng.random()
            if r < 0.5:
                out += "." + self.rng.choice(["id", "name", "x-y"])
            elif r < 0.7:
                out += "[" + self.gap(True) + self.expr(min(depth - 1, 1), True) + self.gap(True) + "]"
            elif r < 0.85:
                out += "[*]"
            else:
                out += self.rng.choice([" ", ""]) + ".id"
        return out

    def items(self, depth, make):
        g = lambda: self.gap(True)
        parts = [g() + make() + g() for _ in range(self.rng.randrange(4))]
        out = ",".join(parts)
        return out + ("," + g() if parts and self.chance(0.3) else "")

    def tuple(self, depth):
        return "[" + self.items(depth, lambda: self.expr(depth - 1, True)) + self.gap(True) + "]"

    def call(self, depth):
        out = self.rng.choice(FUNCS[:3]) + self.rng.choice(["", "", " "]) + "("
        args = [self.gap(True) + self.expr(depth - 1, True) + self.gap(True) for _ in range(self.rng.randrange(4))]
        out += ",".join(args)
        if args and self.chance(0.2):
            out += "..." + self.gap(True)
        return out + ")"

    def key(self, depth):
        r = self.rng.random()
        if r < 0.6:
            return self.unique()
        if r < 0.8:
            return '"' + self.unique() + ' k"'
        return "(" + self.expr(depth - 1, True) + ")"

    def object(self, depth):
        out = "{"
        count = self.rng.randrange(4)
        lines = self.chance(0.6)
        for i in range(count):
            out += self.rng.choice(["\n", "\n  ", " # c\n", "\n\n"]) if lines else self.gap()
            out += self.key(depth) + self.gap(False, " ") + self.rng.choice("==:") + self.gap(False, " ")
            out += self.expr(depth - 1, False)
            if not lines or self.chance(0.3):
                out += self.gap() + "," if i + 1 < count or self.chance(0.3) else ""
            if lines and self.chance(0.2):
                out += " # trailing"
                if i + 1 == count:
                    out += "\n"
        return out + ("\n" if lines else self.gap()) + "}"

    def for_expr(self, depth):
        g = lambda least="": self.gap(True, least)
        names = "k" + g() + "," + g() + "v" if self.chance(0.5) else "v"
        intro = "for" + g(" ") + " " + names + g(" ") + " in " + g() + self.expr(depth - 1, True) + g(" ") + ":" + g()
        cond = g(" ") + " if " + self.expr(depth - 1, True) if self.chance(0.4) else ""
        if self.chance(0.5):
            return "[" + g() + intro + self.expr(depth - 1, True) + cond + g() + "]"
        group = self.rng.choice(["", "..."])
        return "{" + g() + intro + self.expr(1, True) + g(" ") + "=>" + g() + self.expr(1, True) + group + cond + g() + "}"

    def parts(self, depth, line):
        out = ""
        for _ in range(self.rng.randrange(4)):
            r = self.rng.random()
            if r < 0.4:
                out += self.rng.choice(["text", "  two words ", "$", "%", "$${no}", "%%{no}", "é", "a=b", "# no"])
            elif r < 0.5:
                out += self.rng.choice(["\\n", "\\\"", "\\u00e9"]) if not line else "\n"
            elif r < 0.8 and depth > 0:
                t1, t2 = self.rng.choice([("", ""), ("~", ""), ("", "~"), ("~", "~")])
                out += "${" + t1 + self.gap(True) + self.expr(depth - 1, True) + self.gap(True) + t2 + "}"
            elif depth > 0:
                d = lambda s: "%{" + self.rng.choice(["", "~", " "]) + s + self.rng.choice(["", " ", "~"]) + "}"
                if self.chance(0.5):
                    out += d("if " + self.expr(1, True)) + self.parts(depth - 1, line)
                    out += d("else") + self.parts(depth - 1, line) if self.chance(0.5) else ""
                    out += d("endif")
                else:
                    out += d("for x in " + self.expr(1, True)) + self.parts(depth - 1, line) + d("endfor")
        return out

    def template(self, depth):
        if self.chance(0.25) and depth > 0:  # a template round one expression
            return '"${' + self.rng.choice(["", " ", "\n"]) + self.expr(depth - 1, True) + self.rng.choice(["", " ", "\n"]) + '}"'
        return '"' + self.parts(depth, False) + '"'

    def heredoc(self, depth):
        marker = self.rng.choice(["EOT", "E", "end-1"])
        out = self.rng.choice(["<<", "<<-"]) + marker + "\n"
        for _ in range(self.rng.randrange(4)):
            out += self.rng.choice(["", "  ", "    "]) + self.parts(depth, True) + "\n"
        return out + self.rng.choice(["", "  "]) + marker

    def attribute(self, depth):
        g = lambda: self.gap(False)
        out = self.unique() + g() + "=" + g()
        r = self.rng.random()
        if r < 0.12:
            return out + self.heredoc(depth)
        if r < 0.15:
            return out + "f(" + self.heredoc(depth) + "\n" + self.rng.choice(["", ", 1"]) + ")"
        return out + self.expr(depth, False)

    def block(self, depth):
        out = self.rng.choice(["stage", "procedure", "resource", "variable", "x"])
        for _ in range(self.rng.randrange(3)):
            out += self.rng.choice([" ", "  ", "\t"]) + self.rng.choice(['"000"', '"a b"', "bare", '"é\\u00e9"', '""'])
        out += self.rng.choice([" ", "", "   "]) + "{"
        if self.chance(0.2):
            return out + self.gap() + self.attribute_in_line() + self.gap() + "}"
        if self.chance(0.1):
            return out + self.gap() + "}"
        return out + self.rng.choice(["\n", " # c\n", "\n\n"]) + self.body(depth - 1) + "}"

    def attribute_in_line(self):
        return self.unique() + self.gap() + "=" + self.gap() + self.expr(1, False)

    def body(self, depth):
        out = ""
        for _ in range(self.rng.randrange(6)):
            r = self.rng.random()
            indent = self.rng.choice(["", "  ", "    ", "\t"])
            if r < 0.15:
                out += indent + self.rng.choice(["# comment", "// comment", "/// doc", "/* c */", "/* a\n b */", ""])
            elif r < 0.7 or depth <= 0:
                out += indent + self.attribute(self.rng.randrange(4))
            elif r < 0.76:
                out += indent + "type=" + self.rng.choice(["string", "list", '"string"', '"map"', "map(string)", "set"]) \
                    if "type=" not in out else ""
            else:
                out += indent + self.block(depth)
            out += self.rng.choice(["", "", " ", "  # c", " // c", "\t# c"]) + self.rng.choice(["\n", "\n", "\n\n", "\n\n\n"])
        return out

    def file(self):
        out = self.body(3)
        if self.chance(0.1):
            out = out.replace("\n", "\r\n")
        if self.chance(0.05):
            out = "\ufeff" + out
        return out.encode()


def mutate(rng, text):
    for _ in range(rng.randrange(1, 4)):
        if not text:
            break
        at = rng.randrange(len(text))
        to = min(len(text), at + rng.choice([1, 1, 2, 5]))
        r = rng.random()
        if r < 0.4:
            text = text[:at] + text[to:]
        elif r < 0.7:
            text = text[:at] + rng.choice([b"{", b"}", b"(", b")", b"[", b"]", b'"', b"=", b",", b"\n", b".", b"${", b":", b"?",
                                          b"x", b"1", b" ", b"-", b"!", b"~}", b"%{", b"for ", b"in ", b"=>", b"<<E\n", b"\\", b"\nE\n",
                                          b"#", b"*", b"...", b"1.", b"if "]) + text[at:]
        else:
            text = text[:at] + text[at:to] * 2 + text[to:]
    return text
