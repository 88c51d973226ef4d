"""Expressions from a seed, for eval_vs_tofu.py: mostly well-typed, some not, of bounded depth and size."""
import random

STRINGS = ['"a"', '"b"', '"ab"', '""', '"a,b,c"', '"10"', '"1.5"', '"true"', '"héllo wörld"', '"x y"', '"A-b_c"',
           '"line\\nnext"', '"e\\u0301"', '"10.0.0.0/8"', '"${1}x"', '"%{ if true }y%{ endif }"', '"$${z}"', '"👨‍👩‍👧"', '"🇩🇪🇫🇷a"',
           '"\\u00e9\\U0001F600"', '"ß İ ı ǆ"', '"नि각"', '"\\u00a0 a \\u2003"', '"a\\r\\nb\\n"', '"<&>\\u2028"', '"\\"q\\" \\\\"', '"-0"',
           '"1e3"', '" a "', '"null"', '"abcabc"', '"Ünïcödé"', '"a${"b"}c"', '"e${"\\u0301"}"', '"%%{x}"', '"0x1F"', '"ΑΣ"', '"1_0"']
NUMBERS = ["0", "1", "2", "3", "-1", "1.5", "0.1", "10", "255", "1e3", "123456789012345678901234567890", "-0.25", "1e-7", "9007199254740993",
           "0.30000000000000000000000000000000000001", "1e40", "-7", "64", "100", "2.5", "1e21", "-1e-10", "4294967296"]
BOOLS = ["true", "false"]
UNKNOWN = {"string": "var.us", "number": "var.un", "bool": "var.ub", "list": "var.ul", "map": "var.um", "object": "var.uo"}
KINDS = ["string", "number", "bool", "list", "map", "object"]
# Texts of a form that a function wants; now and then any other text.
FORMS = {
    "cidr": ['"10.0.0.0/8"', '"192.168.1.7/24"', '"fd00::/48"', '"10.0.0.0/31"', '"172.16.0.0/12"', '"2001:db8::/32"', '"10.1.2.3"', '"10.0.0.0/33"'],
    "time": ['"2020-02-29T23:59:59Z"', '"1999-12-31T00:00:00+05:30"', '"2024-01-01T12:30:45-08:00"', '"2021-02-29T00:00:00Z"', '"2020-01-01"', '"2000-06-15T06:07:08Z"'],
    "duration": ['"1h"', '"-30m"', '"1.5h"', '"24h10m5s"', '"0"', '"1d"', '"250ms"', '"-1ns"'],
    "dates": ['"YYYY-MM-DD"', '"hh:mm:ss"', '"EEEE, D MMM YY"', '"HH AA ZZZ"', '"\'at\' h"', '"Q"', '"MMMM Z"'],
    "pattern": ['"[a-z]+"', '"(a)(b)?"', '"(?P<x>[a-c])"', '"."', '"\\\\d+"', '"("', '"^a|c$"', '"(?i)AB"', '"\\\\pL+"', '""', '"a*"'],
    "json": ['"[1, 2.50, null]"', '"{\\"a\\": {\\"b\\": [true]}}"', '"\\"x\\""', '"1e3"', '"{"', '"null"', '"[]"'],
    "yaml": ['"a: 1\\nb: [x, 2]"', '"- yes\\n- 0x1F\\n- 1e3"', '"~"', '"{a: {b: c}}"', '"a: b: c"', '"2020-01-01"', '"|\\n x\\n y\\n"'],
    "csv": ['"a,b\\n1,2\\n"', '"a\\n\\"x,y\\"\\n"', '"a,a\\n1,2"', '"é,z\\n1,ü"', '"a"'],
    "base64": ['"YQ=="', '"aMOpbGxv"', '"YQ"', '""', '"8J+YgA=="', '"/w=="'],
    "path": ['"hello.txt"', '"data.yaml"', '"sub/one.txt"', '"nope"', '"binary.bin"', '"./sub/../hello.txt"'],
    "glob": ['"*.txt"', '"**"', '"{a,o}*"', '"*/*.md"', '"[o-z]*"', '"?ne.txt"', '"["'],
    "charset": ['"UTF-8"', '"UTF-16LE"', '"utf-16be"', '"UTF-16"'],
    "space": ['"dns"', '"url"', '"x500"', '"6ba7b810-9dad-11d1-80b4-00c04fd430c8"', '"nope"'],
    "small": ["0", "1", "2", "3", "4", "8", "-1", "1.5", '"2"', "16"],
    "spec": ['"%s"', '"%v"', '"%d"', '"%5.2f|"', '"%-6s|"', '"%q"', '"%#v"', '"%x"', '"%t"', '"a%%"', '"%03d"', '"%+e"', '"%.2s"', '"%s-%s"', '"%[1]s%[1]v"'],
}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = []

    def make(self, kind, depth):
        pick = self.random.random()
        if kind in FORMS:
            if pick < 0.88:
                return self.random.choice(FORMS[kind])
            if pick < 0.94:
                return f"sensitive({self.random.choice(FORMS[kind])})"
            return self.make("number" if kind == "small" else "string", depth)
        if pick < 0.04:
            kind = self.random.choice(KINDS)  # what does not fit
        elif pick < 0.07:
            return "null"
        elif pick < 0.10:
            return UNKNOWN[kind] if self.random.random() < 0.9 else "var.ua"
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
                           "base64sha256(<string>)", "base64sha512(<string>)", "sha1(<string>)", "sha256(<string>)", "sha512(<string>)", "base64decode(<base64>)",
                           "urldecode(<string>)", "basename(<string>)", "dirname(<string>)", "cidrhost(<cidr>, <small>)", "cidrnetmask(<cidr>)", "cidrsubnet(<cidr>, <small>, <small>)",
                           "formatdate(<dates>, <time>)", "timeadd(<time>, <duration>)", "textencodebase64(<string>, <charset>)", 'textdecodebase64(textencodebase64(<string>, "UTF-16LE"), <charset>)',
                           "uuidv5(<space>, <string>)", "file(<path>)", "filebase64(<path>)", "filemd5(<path>)", "filesha1(<path>)", "filesha256(<path>)", "filesha512(<path>)",
                           "filebase64sha256(<path>)", "filebase64sha512(<path>)", 'templatefile("greet.tftpl", { name = <string>, loud = <bool> })', 'templatestring("a$${x}", { x = <number> })', "regex(<pattern>, <string>)",
                           "replace(<string>, <string>, <string>)", 'replace(<string>, "/${<pattern>}/", "\0$0\1")', "format(<spec>, <string>)", "format(<spec>, <number>)", "format(<spec>, <list>)", "jsonencode(<object>)", "jsonencode(<string>)", "yamlencode(<string>)", "yamlencode(<object>)",
                           "nonsensitive(<string>)", "ephemeralasnull(<string>)", "join(<string>, <list>, <list>)", "tostring(<string>)", "format(<string>, <string>)", "substr(<string>, <small>, <small>)", "title(<string>)", "core::lower(<string>)",
                           '"a ${~ <string> ~} b"', '"%{ for k, v in <map> ~} ${k}=${v} %{ endfor ~}"', '"%{ if <bool> ~} x %{~ endif }${<number>}"', "(<map>)[<string>]", "(<list>)[<small>]",
                           "coalesce(<string>, <string>)", "lookup(<map>, \"a\", <string>)", "<list>[0]", "<map>[\"a\"]", "<map>.b",
                           "element(<list>, <number>)", "one(<list>)", "cidrsubnet(\"10.0.0.0/8\", 8, <number>)", "min([<string>]...)")

    def number(self, depth):
        return self.one_of(depth, "<number> + <number>", "(<number> - <number>)", "(<number> * <number>)", "(<number> / 3)", "(<number> % 4)",
                           "-(<number>)", "length(<list>)", "length(<string>)", "length(<map>)", "abs(<number>)", "ceil(<number>)",
                           "floor(<number>)", "max(<number>, <number>)", "min(<number>, <number>)", "sum(<list>)", "signum(<number>)",
                           "tonumber(<string>)", "parseint(<string>, 16)", "index(<list>, <string>)", "pow(<number>, 2)", "<object>.a",
                           "log(<number>, 10)", "pow(<small>, <small>)", "max(<list>...)", "min(<number>, <list>...)", "timecmp(<time>, <time>)", "parseint(<string>, <small>)", "tonumber(<number>)", "length(<object>)",
                           "sum([<number>, <number>])", "(<number> / <number>)", "(<number> % <number>)", "one([<number>])", "element([<number>, <number>], <small>)", "(<number> + <string>)", '"${<number>}"', "jsondecode(<json>)", '"%{ if <bool> }${<number>}%{ else }1%{ endif }"',  "coalesce(<number>, <number>)")

    def bool(self, depth):
        return self.one_of(depth, "!(<bool>)", "(<bool> && <bool>)", "(<bool> || <bool>)", "(<number> == <number>)", "(<string> == <string>)",
                           "(<list> == <list>)", "(<map> != <map>)", "(<object> == <object>)", "(<number> >= <number>)",
                           "contains(<list>, <string>)", "can(<list>[0])", "can(<object>.b)", "startswith(<string>, <string>)",
                           "endswith(<string>, \"b\")", "strcontains(<string>, <string>)", "alltrue([<bool>, <bool>])",
                           "anytrue([<bool>])", "tobool(<string>)", "issensitive(<string>)", "issensitive(<list>)", "cidrcontains(<cidr>, <cidr>)", "fileexists(<path>)", "can(<string>)", "can(<number>)", "(<string> != <number>)", "(<object> != null)", "(<number> \0 <number>)", "(<number> \0= <string>)",
                           "(<number> > <number>)", "alltrue(<list>)", "anytrue(<list>)", "contains(<list>, <number>)", "tobool(<bool>)", "startswith(<string>, \"\")", "strcontains(<string>, \"a\")", "(<list> == <list>)", "can(regex(<pattern>, <string>))",  "(<string> == null)")

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
                           "jsondecode(jsonencode(<list>))", "yamldecode(yamlencode(<list>))", "matchkeys(<list>, <list>, <list>)",
                           "slice(<list>, <small>, <small>)", "chunklist(<list>, <small>)", "fileset(\"sub\", <glob>)", "regexall(<pattern>, <string>)", "cidrsubnets(<cidr>, <small>, <small>)", "csvdecode(<csv>)", "yamldecode(<yaml>)", "jsondecode(<json>)",
                           "range(<small>, <small>)", "range(<small>, <small>, <small>)", "formatlist(<spec>, <list>)", "formatlist(<spec>, <list>, <list>)", "split(<string>, <string>)", "setproduct([<string>], <list>)", "flatten(<list>)", "flatten([<list>, <string>])", "sort(<list>)", "concat([<string>], <list>)",
                           "keys(<object>)", "values(<object>)", "toset(tolist(<list>))", "tolist(toset(<list>))", "nonsensitive(<list>)", "(<map>)[*]", "(<string>)[*]", "[for k, v in <object> : k]", "(<bool> ? <list> : <list>)", "setunion(<list>)", "setsubtract(toset(<list>), <list>)", "reverse(toset(<list>))", "distinct([<string>, <string>])", "[<list>]")

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
                           "transpose({ a = <list> })", "{ a = <list>, b = <map> }", "zipmap(keys(<map>), values(<map>))", "tomap({ a = <string>, b = <number> })", "zipmap([<string>], [<number>])", "zipmap(<list>, [<string>, <string>])", "transpose(<map>)", "lookup({ m = <map> }, \"m\", <map>)", "merge(<map>...)", "{ for v in <list> : v => v... }",
                           "coalesce(<map>, <map>)", "merge(null, <map>)", "merge(tomap(<map>), { c = <string> })")

    def object(self, depth):
        return self.one_of(depth, "{ a = <number>, b = <list> }", "{ a = <object> }", "merge(<object>, { b = <bool> })", "[<object>][0]",
                           "{ a = <bool>, c = null }", "yamldecode(<yaml>)", "jsondecode(<json>)", "csvdecode(<csv>)[0]", "one([<object>])", "try(<object>, {})", "coalesce(null, <object>)", "sensitive(<object>)", "element([<object>, <object>], <small>)", "merge({ a = <string> }, <object>)")


def generate(count, seed):
    generator = Generator(seed)
    out = {}  # each once, in order
    while len(out) < count:
        expression = generator.make(generator.random.choice(KINDS), generator.random.choice([1, 2, 2, 3]))
        expression = expression.replace("\0", "<").replace("\1", ">")
        if len(expression) < 600:
            out[expression] = None
    return list(out)


# One or more of each type, for what two of them are together.
SHAPES = ['"a"', "1", "true", "null", "var.ua", "var.us", "var.ul", "var.um", "var.uo", "[]", '["a"]', '["a", 1]', "[true]", "[[]]", "[null]", "tolist([])", 'tolist(["b"])', "tolist([1])",
          "toset([])", 'toset(["b"])', "toset([1])", "{}", "{ a = 1 }", '{ a = "x" }', "{ b = true }", "{ a = 1, b = 2 }", "{ a = [] }", '{ a = ["x"] }', "tomap({})", 'tomap({ a = "x" })', "tomap({ c = 1 })",
          "[{ a = 1 }]", "[{ b = 1 }]", "tolist([{ a = 1 }])", "{ a = { b = 1 } }", "{ a = { c = null } }", "[tolist([1]), [1]]", "sensitive(1)", 'sensitive(["a"])']


def pairs():
    """Unification: each shape beside each other one, in a conditional and in a list."""
    out = {}
    for a in SHAPES:
        for b in SHAPES:
            out[f"true ? {a} : {b}"] = None
            out[f"tolist([{a}, {b}])"] = None
    return list(out)


# At the edges of 512 binary digits, of shortest decimals, and of whole numbers. (Of what is below the normal numbers of 64
# bits tofu's logarithm follows from the processor.)
EDGES = ["0", "1", "-1", "2", "3", "7", "10", "0.1", "0.2", "0.3", "0.5", "1.5", "2.5", "-2.5", "-0.5", "1e-30", "1e30", "1e-300", "1e300", "3.14159265358979323846264338327950288419716939937510",
         "9007199254740993", "18446744073709551616", "340282366920938463463374607431768211457", "123456789012345678901234567890.123456789", "1e154", "1e155", "0.99999999999999999999999999999999999999",
         "13407807929942597099574024998205846127479365820592393377723561443721764030073546976801874298166903427690031858186486050853753882811946569946433649006084095",
         "13407807929942597099574024998205846127479365820592393377723561443721764030073546976801874298166903427690031858186486050853753882811946569946433649006084097",
         "26815615859885194199148049996411692254958731641184786755447122887443528060147093953603748596333806855380063716372972101707507765623893139892867298012168191",
         "1e-200", "2.3e-308", "1.7976931348623157e308", "1e400", "1e-400", "0.000001", "1000000", "123e-7", "6.02214076e23", "-9223372036854775808", "9223372036854775807", "4294967295"]


def numbers(count, seed):
    """Arithmetic whose digits matter."""
    chance = random.Random(seed)

    def make(depth):
        if depth == 0 or chance.random() < 0.2:
            number = chance.choice(EDGES)
            return f"({number})" if number.startswith("-") else number
        a, b = make(depth - 1), make(depth - 1)
        return chance.choice([f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} / {b})", f"({a} % {b})", f"-({a})", f"floor({a})", f"ceil({a})", f"abs({a})", f"signum({a})",
                              f"max({a}, {b})", f"min({a}, {b})", f"sum([{a}, {b}])", f'tonumber("${{{a}}}")', f"jsondecode(jsonencode({a}))", f"yamldecode(yamlencode({a}))"])

    out = {}
    while len(out) < count:
        a, b = make(chance.choice([1, 2, 2, 3])), make(1)
        out[chance.choice([a, a, a, f'"${{{a}}}"', f"jsonencode({a})", f"yamlencode({a})", f"{a} == {b}", f"{a} < {b}", f"log({a}, {chance.choice(['2', '10', b])})",
                           f"pow({a}, {chance.choice(['0', '1', '2', '0.5', '-1', '3'])})", f'parseint("{chance.choice(["ff", "-7F", "zz", "0", "1e3", "", "Zz9", "99999999999999999999999", "-0"])}", {chance.choice([2, 8, 10, 16, 36, 37, 62, 63, 1])})',
                           f'format("%g|%v|%s|%.3f|%e", {a}, {a}, {a}, {a}, {a})', f'format("%d|%x|%05d", floor({a}), floor({a}), floor({a}))', f"tostring({a})", f"range({b}, {b} + 3)"])] = None
    return list(out)
