"""The rows of eval_matrix.py that are no functions: operators, access, for, templates, heredocs."""
from eval_matrix_rows import row

GRAMMAR = {"count": "the grammar says how many parts there are"}


def construct(value, null, unknown, sensitive, wrong, edge, count=(), **impossible):
    return row(None, edge, value, null, unknown, sensitive, wrong, count, {**({} if count else GRAMMAR), **impossible})


def legacy(*cases):
    """What tofu still takes and `.space` refuses; each case is refused here."""
    return {**construct(*cases), "own": "refused"}


def unary(sign, good, edge, unknown):
    return construct([f"{sign}{good}"], [f"{sign}null"], [f"{sign}var.ua", *(f"{sign}{name}" for name in unknown)],
                     [f"{sign}sensitive({good})", f"{sign}(sensitive(null))"], [f"{sign}[]", f'{sign}"x"', f"{sign}{{}}"], edge,
                     count=[f"{sign}", f"{good}{sign}"])


def binary(sign, left, right, edge, names, type=None, why=None):
    """Everything from both sides, since an operator need not treat them alike."""
    wrong = ["[]", '"x"', "{}", "tolist([1])"] if type is None else type
    return construct([f"{left} {sign} {right}"], [f"null {sign} {right}", f"{left} {sign} null", f"null {sign} null", f"tonumber(null) {sign} {right}"],
                     [text for name in ["var.ua", *names] for text in (f"{name} {sign} {right}", f"{left} {sign} {name}")] + [f"{names[0]} {sign} {names[0]}", f"{names[0]} {sign} null", f"[] {sign} {names[0]}"],
                     [f"sensitive({left}) {sign} {right}", f"{left} {sign} sensitive({right})", f"sensitive({left}) {sign} {names[0]}", f"sensitive({names[0]}) {sign} {right}"],
                     [text for bad in wrong for text in (f"{bad} {sign} {right}", f"{left} {sign} {bad}")], edge,
                     count=[f"{left} {sign}", f"{sign} {right}" if sign != "-" else f"{left} {sign} {sign}"], **(why or {}))


NUMBERS = ["var.un", "var.us", "var.ub"]
BOOLS = ["var.ub", "var.us", "var.un"]
ANYTHING = ["var.us", "var.un", "var.ul", "var.um", "var.uo", "[var.us]"]
COMPARES = {"type": "any two values can be compared"}


def equality(sign):
    return binary(sign, "1", "2", [f'1 {sign} "1"', f'"e\\u0301" {sign} "é"', f"[1, 2] {sign} [1, 2]", f"{{ a = 1 }} {sign} {{ a = 1.0 }}", f"toset([1, 2]) {sign} toset([2, 1])", f"tolist([]) {sign} []", f"0.1 + 0.2 {sign} 0.3",
                                   f"null {sign} tostring(null)", f"[null] {sign} [null]", f"-0 {sign} 0", f"1e1000 {sign} 1e1000", f"[] {sign} null", f"tomap({{}}) {sign} {{}}", f"true {sign} \"true\"", f"[sensitive(1)] {sign} [1]", f"[1, var.us] {sign} [2, \"a\"]", f"[var.us] {sign} [1, 2]", f"tolist([var.us, \"a\"]) {sign} tolist([\"b\", \"c\"])", f"{{ a = var.us }} {sign} null"],
                  ANYTHING, why=COMPARES)


CONSTRUCTS = {
    "number": construct(["1.50"], ["tonumber(null)"], ["var.un"], ["sensitive(1.5)"], [], ["1e3", "1E-3", "0.10", "00", "01", "1e1000", "1e-1000", "1.", "0x1", "123456789012345678901234567890.123456789", "1e100", "1_0", "9007199254740993"], type="a literal has its type"),
    "string": construct(['"a"'], ["tostring(null)"], ["var.us"], ['sensitive("a")'], [], ['""', '"\\u00e9\\U0001F600"', '"e\\u0301"', '"\\x"', '"\\"\\\\\\n\\r\\t"', '"$${a} %%{b} $a %b $$a"', '"\\ud83d"', '"$"', '"%"', '"$$"', '"👨‍👩‍👧"', '"a\\u0000b"', '"$$${1}"', '"%%%{ if true }a%{ endif }"'], type="a literal has its type"),
    "bool": construct(["true"], ["tobool(null)"], ["var.ub"], ["sensitive(false)"], [], ["false", "True"], type="a literal has its type"),
    "tuple": construct(["[1, \"a\", true]"], ["[null]"], ["[var.us, 1]", "[var.ua]"], ["[sensitive(1), 2]"], [], ["[]", "[1,]", "[[], {}]", "[,]", "[1 2]", "[1, [2, [3]]]"], type="any value may be an element"),
    "object": construct(["{ a = 1, b = \"x\" }"], ["{ a = null }", "{ (null) = 1 }"], ["{ a = var.us }", "{ (var.us) = 1 }", "{ (var.ua) = 1 }"], ["{ a = sensitive(1) }", '{ (sensitive("a")) = 1 }'], ["{ ([]) = 1 }", "{ ({}) = 1 }"],
                        ["{}", "{ a = 1, a = 2 }", '{ "a b" = 1, "${"c"}d" = 2 }', "{ 1 = 2 }", "{ 1.50 = 2 }", "{ true = 1 }", "{ null = 1 }", "{ (1 + 1) : 2 }", "{ a : 1, }", '{ "e\\u0301" = 1, "é" = 2 }', "{ a-b = 1 }", "{ a.b = 1 }", "{ if = 1, for = 2 }", '{ "" = 1 }', "{ (true) = 1 }"]),
    "parentheses": construct(["(1 + 2) * 3"], ["(null)"], ["(var.us)"], ["(sensitive(1))"], [], ["((1))", "-(-(1))", "()", "(1", "[(1), (2)][(0)]"], type="any value may stand in parentheses"),
    "!": unary("!", "true", ['!"true"', "!!true", "!(1 == 2)", "!false == true"], BOOLS),
    "unary -": unary("-", "1", ['-"2"', "-0", "--1", "-1e1000", "-(0.1)", "- 1", "-1 - -1"], NUMBERS),
    "+": binary("+", "1", "2", ['"1" + 2', "0.1 + 0.2", "1e1000 + 1", "1 + 2 * 3", "1e30 + 1e-30", "1 + -1", "9007199254740992 + 1"], NUMBERS),
    "-": binary("-", "1", "2", ['"1" - "0x1"', "0 - 0", "0.3 - 0.1", "1 - 1e-30", "5 - 3 - 1"], NUMBERS),
    "*": binary("*", "2", "3", ['"2" * 2.5', "0 * -1", "1e200 * 1e200", "0.1 * 3", "2 * 3 + 1", "1.1 * 1.1"], NUMBERS),
    "/": binary("/", "1", "4", ["1 / 3", "2 / 3", "0 / -3", "1e300 / 1e-300", "7 / 7", "8 / 2 / 2", "1 / 0", "var.un / 0", "0 / var.un"], NUMBERS),
    "%": binary("%", "7", "3", ["-7 % 3", "7 % -3", "7.5 % 2", "0 % 5", "1e30 % 7", "7 % 0.1", "5 % 5", "7 % 0", "var.un % 0", "1 % 1e-30"], NUMBERS),
    "==": equality("=="),
    "!=": equality("!="),
    "<": binary("<", "1", "2", ['"10" < 9', "-0 < 0", "1e-300 < 1e-299", "1 < 2 == true", '"a" < "b"'], NUMBERS),
    "<=": binary("<=", "1", "2", ["1 <= 1.0", "0.1 + 0.2 <= 0.3", '"1" <= "1"'], NUMBERS),
    ">": binary(">", "2", "1", ["0 > -0", "1e300 > 1e299", '"2" > 1'], NUMBERS),
    ">=": binary(">=", "2", "1", ["1 >= 1", "-1 >= -1.0", '"a" >= 1'], NUMBERS),
    "&&": binary("&&", "true", "false", ['"true" && true', "false && 1 / 0 == 1", "true && false || true", "true && !false", "false && null", "null && false", "var.ub && false", "false && var.ub", "false && var.ua", "sensitive(false) && true", "false && sensitive(true)", "false && [1][1]", "false && nope"], BOOLS, type=["[]", '"x"', "{}", "1"]),
    "||": binary("||", "true", "false", ['"false" || true', "true || 1 / 0 == 1", "true || null", "null || true", "var.ub || true", "true || var.ub", "true || var.ua", "sensitive(true) || false", "true || sensitive(false)", "true || [1][1]"], BOOLS, type=["[]", '"x"', "{}", "1"]),
    "conditional": construct(["true ? 1 : 2"], ["null ? 1 : 2", "true ? null : 1", "true ? null : null", "false ? [1] : null", "var.ub ? null : 1", "var.ub ? { a = 1 } : null"],
                             ["var.ub ? 1 : 2", 'var.ub ? 1 : "a"', "var.ua ? 1 : 2", "var.us ? 1 : 2", "true ? var.us : 1", "false ? var.ua : 1", "true ? var.ua : 1", "var.ub ? [1] : [2, 3]", "var.ub ? [1] : tolist([2])", "var.ub ? {} : { a = 1 }", "var.ub ? var.um : {}", "var.ub ? var.ul : [1]", "true ? [var.us] : [1]", "var.ub ? toset([1]) : [2]", "var.ub ? var.uo : { a = 1, b = 2 }", "true ? var.um : { a = 1 }", "true ? { a = 1 } : var.um", "true ? var.uo : var.um", "var.ub ? \"a\" : \"a\"", "false ? var.us : var.un"],
                             ["sensitive(true) ? 1 : 2", "true ? sensitive(1) : 2", "false ? sensitive(1) : 2", "sensitive(var.ub) ? 1 : 2", "true ? [sensitive(1)] : [2]", "var.ub ? sensitive(1) : 2"],
                             ["[] ? 1 : 2", '"x" ? 1 : 2', "1 ? 1 : 2", "true ? 1 : []", "true ? {} : []", "var.ub ? 1 : []"],
                             ["false ? 1 / 0 : 1", "true ? 1 : [1][1]", '"true" ? 1 : 2', 'true ? 1 : "a"', "true ? true : 1", "true ? [] : [1]", "true ? [1, \"a\"] : [2]", "true ? { a = 1 } : { b = 2 }", "true ? { a = 1 } : { a = \"x\", b = 1 }", "true ? tomap({}) : { a = 1 }", "true ? toset([1]) : tolist([\"a\"])", "true ? false ? 1 : 2 : 3", "false ? 1 : true ? 2 : 3", "true ? [[1]] : [[]]", "true ? {} : { a = 1 }", "true ? [] : tolist([1])", "true ? [null] : [1]"],
                             count=["true ? 1", "true ? 1 :"]),
    "index": construct(["[1, 2][0]", '{ a = 1 }["a"]', 'tomap({ a = 1 })["a"]', "tolist([1])[0]"], ["null[0]", "[1][null]", "{ a = 1 }[null]", "[null][0]", "tolist(null)[0]"],
                       ["var.ul[0]", "var.um[\"a\"]", 'var.uo["a"]', 'var.uo["c"]', "var.ua[0]", "[1, 2][var.un]", '[1, "a"][var.un]', "{ a = 1 }[var.us]", "tomap({ a = 1 })[var.us]", "tolist([1])[var.un]", "[1][var.ua]", "var.ul[var.un]", "var.us[0]", "toset(var.ul)[0]", 'var.ul["x"]', "var.ul[-1]", "tolist([var.us])[0]"],
                       ["sensitive([1])[0]", "[1, 2][sensitive(0)]", "[sensitive(1), 2][1]", "[sensitive(1), 2][0]", 'sensitive(tomap({ a = 1 }))["a"]'], ["1[0]", '"abc"[0]', "[1][\"x\"]", "[1][[]]", "toset([1])[0]", "{ a = 1 }[[]]"],
                       ["[1, 2][2]", "[1, 2][-1]", "[1, 2][0.5]", '[1, 2]["1"]', '{ "1" = "x" }[1]', "[[1], [2]][1][0]", "[][0]", '{ a = 1 }["b"]', "tolist([])[0]", 'tomap({})["a"]', '{ "true" = 1 }[true]', "[1][1e30]", '{ "e\\u0301" = 1 }["é"]'], count=["[1][]", "[1][0"]),
    "attribute": construct(["{ a = 1 }.a", "tomap({ a = 1 }).a"], ["null.a", "{ a = null }.a", "{ a = null }.a.b"], ["var.uo.a", "var.uo.c", "var.um.a", "var.ua.x", "var.ua.x.y", "{ a = var.us }.a", "var.us.x", "var.ul.x"], ["sensitive({ a = 1 }).a", "{ a = sensitive(1), b = 2 }.b", "{ a = sensitive(1), b = 2 }.a"],
                           ["1.a", '"x".a', "[1].a", "toset([]).a", "true.a"], ["{ a = 1 }.b", "{ a = { b = [{ c = 1 }] } }.a.b[0].c", "tomap({ a = 1 }).b", "{ a-b = 1 }.a-b", "{ if = 1 }.if", "{ a = 1 } . a", "{ a = 1 }.\"a\""], count=["{ a = 1 }."]),
    "splat": construct(["[{ a = 1 }, { a = 2 }][*].a", "tolist([{ a = 1 }])[*].a"], ["null[*]", "null[*].a", "[null][*].a", "[{ a = null }][*].a"], ["var.ul[*]", "var.uo[*].a", "var.ua[*]", "var.ua[*].x", "[var.uo][*].a", "var.us[*]", "tolist([var.uo])[*].a", "toset([var.uo])[*].a", "var.um[*]", "var.ul[*].x", "[var.ua][*].x"],
                       ["sensitive([{ a = 1 }])[*].a", "[sensitive({ a = 1 })][*].a", "[{ a = sensitive(1) }, { a = 2 }][*].a", "sensitive(1)[*]", "sensitive(null)[*]"], ["[1][*].a", '"x"[*].a', "[{ a = 1 }, {}][*].a", "[[1]][*].a"],
                       ["[][*].a", "1[*]", "[[1, 2], [3]][*][0]", "[{ a = [{ b = 1 }] }][*].a[*].b", "toset([{ a = 1 }])[*].a", "{ a = 1 }[*].a", "tolist([])[*]", "toset([])[*].a", "[[{ a = 1 }]][*][*].a", "[{ a = { b = 1 } }][*].a.b"]),
    "legacy splat": legacy(["[{ a = 1 }, { a = 2 }].*.a"], ["null.*.a", "[null].*.a"], ["var.ul.*.x", "var.ua.*.x", "[var.uo].*.a"], ["sensitive([{ a = 1 }]).*.a", "[{ a = sensitive(1) }].*.a"], ["[1].*.a"], ["[].*.a", "[[1, 2]].*.a", "[{ a = [1, 2] }].*.a[0]", "{ a = 1 }.*.a", "[{ a = { b = 1 } }].*.a.b", "[[1, 2], [3]].*.0"]),
    "legacy index": legacy(["[1, 2].0", "[{ a = 1 }].0.a"], ["null.0"], ["var.ul.0", "var.ua.0"], ["sensitive([1]).0"], ["1.5.0", '"a".0'], ["[[1, 2]].0.1", "[1].1", "{ a = [1] }.a.0"]),
    "for tuple": construct(["[for x in [1, 2] : x * 2]", '[for k, v in { a = 1 } : "${k}${v}"]'], ["[for x in null : x]", "[for x in [null] : x]", "[for x in [1] : x if null]"], ["[for x in var.ul : x]", "[for x in var.ua : x]", "[for x in [var.us, 1] : x]", "[for k, v in var.um : k]", "[for k, v in var.uo : v]", "[for x in [1, 2] : x if var.ub]", "[for x in [1] : var.us]", "[for x in toset([var.us]) : x]", "[for x in var.us : x]", "[for x in [1] : x if var.ua]"],
                           ["[for x in sensitive([1]) : x]", "[for x in [sensitive(1), 2] : x]", "[for x in [1, 2] : x if sensitive(true)]", "[for x in [1] : sensitive(x)]", "[for x in [sensitive(1), 2] : x if x == 1]", "[for x in sensitive([]) : x]"], ['[for x in "a" : x]', "[for x in 1 : x]", "[for x in [1] : x if 1]", "[for x in [1] : x if []]"],
                           ["[for x in [] : x]", "[for i, x in [\"a\"] : i]", "[for k, v in toset([\"b\", \"a\"]) : \"${k}${v}\"]", "[for x in { b = 2, a = 1 } : x]", "[for x in [[1, 2], [3]] : [for y in x : y]]", "[for x in [1] : [for x in [2] : x]]", "[for x in tomap({}) : x]", "[for x in [1] : y]", '[for x in [1] : x if "true"]', "[for x, x in [1] : x]", "[for k, v in { é = 1, z = 2 } : k]", "[for x in [1, 2] : x...]"], count=["[for x in [1]]", "[for x, y, z in [1] : x]", "[for in [1] : 1]"]),
    "for object": construct(['{ for x in ["a", "b"] : x => upper(x) }', "{ for k, v in { a = 1 } : v => k }"], ["{ for x in null : x => x }", "{ for x in [1] : null => x }", "{ for x in [null] : \"a\" => x }", '{ for x in ["a"] : x => 1 if null }'], ["{ for x in var.ul : x => 1 }", "{ for x in [var.us] : x => 1 }", '{ for x in ["a"] : x => var.us }', '{ for x in ["a"] : x => 1 if var.ub }', "{ for k, v in var.um : k => v }", "{ for x in var.ua : x => x }", "{ for k, v in var.uo : k => v }", '{ for x in toset(["a"]) : x => var.ua }'],
                            ['{ for x in sensitive(["a"]) : x => 1 }', '{ for x in [sensitive("a")] : x => 1 }', '{ for x in ["a"] : x => sensitive(x) }', '{ for x in ["a"] : x => 1 if sensitive(true) }'], ["{ for x in [[]] : x => 1 }", "{ for x in 1 : x => 1 }", '{ for x in ["a"] : x => 1 if "y" }'],
                            ["{ for x in [] : x => 1 }", '{ for x in ["a", "a"] : x => 1 }', "{ for x in [1, true] : x => x }", "{ for x in [1, \"1\"] : x => x }", '{ for x in ["e\\u0301", "é"] : x => 1 }', "{ for x in [1, 2] : x => x if x > 1 }", '{ for x in ["a"] : (x) => { b = x } }', "{ for x in tomap({}) : x => x }"], count=["{ for x in [1] : x }", "{ for x in [1] : x => }", "[for x in [1] : x => x]"]),
    "for grouping": construct(['{ for x in ["a", "b", "a"] : x => 1... }'], ['{ for x in ["a"] : null => x... }', '{ for x in [null] : "a" => x... }'], ["{ for x in var.ul : x => 1... }", "{ for x in [var.us] : x => 1... }", '{ for x in ["a"] : x => var.us... }'], ['{ for x in [sensitive("a")] : x => 1... }', '{ for x in sensitive(["a"]) : x => 1... }', '{ for x in ["a"] : "k" => sensitive(x)... }'], ["{ for x in [[]] : x => 1... }"],
                              ["{ for x in [] : x => 1... }", '{ for x in [1, "a", true] : "k" => x... }', '{ for k, v in { a = 1, b = 1 } : v => k... }', '{ for x in ["e\\u0301", "é"] : x => x... }', "{ for x in [1, 2] : x => x... if x > 1 }"]),
    "expansion": construct(["max([1, 2]...)", "max(1, [2]...)"], ["max(null...)", "max([null]...)"], ["max(var.ul...)", "max(var.ua...)", "max([var.un]...)", "concat(var.ua...)"], ["max(sensitive([1])...)", "max([sensitive(1), 2]...)"], ["max(1...)", 'max("a"...)', "max({ a = 1 }...)", "max([[]]...)"], ["max([]...)", "max(toset([1, 2])...)", "max(tolist([1])..., 2)", "format([\"%s\", 1]...)", "upper([\"a\"]...)", "upper([]...)", "substr(\"abc\", [1, 1]...)", "merge([for x in [1, 2] : { \"k${x}\" = x }]...)"], count=['upper(["a", "b"]...)', "max(...)"]),
    "core::": construct(['core::upper("a")'], ["core::upper(null)"], ["core::upper(var.us)"], ['core::upper(sensitive("a"))'], ["core::upper([])"], ["core::nope()", "core::max([1, 2]...)", "core :: upper(\"a\")"], count=["core::upper()"]),
    "interpolation": construct(['"a${1}b"', '"${1}"'], ['"${null}"', '"a${null}"'], ['"a${var.us}b"', '"${var.us}"', '"${var.ua}"', '"a${var.ua}"', '"a${var.ul}"', '"${var.ul}"', '"a${[var.us]}"'], ['"a${sensitive(1)}"', '"${sensitive(1)}"', '"${var.us}${sensitive(1)}"'], ['"a${[]}"', '"a${{}}"', '"a${tolist([])}"'],
                               ['"${[1]}"', '"${1}${2}"', '"${"a${"b"}"}"', '"a${1.50}${true}"', '"e${"\\u0301"}"', '"$${1}"', '"$$${1}"', '"${ }"', '"${1"', '"${1 2}"', '"a${1e30}"'], count=['"${}"']),
    "trim markers": construct(['"a ${~ 1 ~} b"'], ['"a ${~ null ~} b"'], ['" ${~ var.us ~} b"', '"a ${~ var.us }b"'], ['"a ${~ sensitive(1) ~} b"'], ['"a ${~ [] ~} b"'], ['" ${~ 1 ~} "', '"\\n\\n ${~ 1}"', '"${1 ~}\\n\\n  b"', '"a ${1 ~} ${~ 2} b"', '"a \\t${~ "  " ~}\\t b"', '"a %{~ if true ~} b %{~ endif ~} c"', '"${~ 1 ~}"', '"a\\u00a0${~ 1}"', '"a %{ if true ~} \\n b %{~ else ~} c %{~ endif } d"', '" ${" a " ~} b"']),
    "if directive": construct(['"%{ if true }a%{ else }b%{ endif }"'], ['"%{ if null }a%{ endif }"', '"%{ if true }${null}%{ endif }"'], ['"%{ if var.ub }a%{ else }b%{ endif }"', '"%{ if var.ua }a%{ endif }"', '"x%{ if true }${var.us}%{ endif }"'], ['"%{ if sensitive(true) }a%{ endif }"', '"%{ if true }${sensitive(1)}%{ endif }"', '"%{ if false }${sensitive(1)}%{ endif }"'], ['"%{ if 1 }a%{ endif }"', '"%{ if [] }a%{ endif }"', '"%{ if true }${[]}x%{ endif }"'],
                              ['"%{ if false }a%{ endif }"', '"%{ if true }%{ if false }a%{ else }b%{ endif }%{ endif }"', '"%{ if true }${1}%{ endif }"', '"%{ if true }a"', '"%{ endif }"', '"%{ else }"', '"%{ if "true" }a%{ endif }"', '"%%{ if true }"', '"%{if true}a%{endif}"', '"%{ nope }"', '"%{ if true }a%{ else }b%{ else }c%{ endif }"'], count=['"%{ if }a%{ endif }"']),
    "for directive": construct(['"%{ for x in [1, 2] }${x},%{ endfor }"', '"%{ for k, v in { a = 1 } }${k}${v}%{ endfor }"'], ['"%{ for x in null }a%{ endfor }"', '"%{ for x in [null] }${x}%{ endfor }"'], ['"%{ for x in var.ul }${x}%{ endfor }"', '"%{ for x in [var.us] }${x}%{ endfor }"', '"%{ for x in var.ua }a%{ endfor }"'], ['"%{ for x in sensitive([1]) }${x}%{ endfor }"', '"%{ for x in [sensitive(1), 2] }${x}%{ endfor }"', '"%{ for x in [sensitive(1)] }a%{ endfor }"'], ['"%{ for x in 1 }a%{ endfor }"', '"%{ for x in [[]] }${x}a%{ endfor }"'],
                               ['"%{ for x in [] }a%{ endfor }"', '"%{ for x in toset(["b", "a"]) }${x}%{ endfor }"', '"%{ for x in [1, 2] ~} a %{~ endfor }"', '"%{ for x in [1] }%{ for y in [2] }${x}${y}%{ endfor }%{ endfor }"', '"%{ for x in [1] }a"', '"%{ endfor }"', '"%{ for x in [1] }%{ if true }a%{ endif }%{ endfor }"', '"a%{ for i, x in ["e", "\\u0301"] }${x}%{ endfor }"'], count=['"%{ for in [1] }%{ endfor }"', '"%{ for x, y, z in [1] }%{ endfor }"']),
    "heredoc": construct(["<<EOT\na\n  b\nEOT\n"], ["<<EOT\n${null}\nEOT\n"], ["<<EOT\na${var.us}\nEOT\n"], ["<<EOT\n${sensitive(1)}\nEOT\n"], ["<<EOT\n${[]}\nEOT\n"], ["<<EOT\nEOT\n", "<<EOT\n\nEOT\n", "<<EOT\na\n  EOT\n", "<<EOT\n\\n \"q\" $${x} %%{y}\nEOT\n", "[<<EOT\na\nEOT\n, 1]", "<<EOT\n%{ for x in [1, 2] ~}\n${x}\n%{ endfor ~}\nEOT\n", "<<EOT\na ${~ 1 ~}\n b\nEOT\n", "<<EOT\n${1}\nEOT\n", "<<EOT\ne\u0301\nEOT\n", "<<E-F_1\nx\nE-F_1\n", "<<EOT\na\nEOTX\nEOT\n", "<<EOT\n%{ if true }\na\n%{ endif }\nEOT\n", "<<EOT\na EOT\nEOT\n", "<<EOT\n\ta\n  \nEOT\n"]),
    "flush heredoc": construct(["<<-EOT\n    a\n      b\n    c\n  EOT\n"], ["<<-EOT\n  ${null}\n  EOT\n"], ["<<-EOT\n   a${var.us}\n  EOT\n"], ["<<-EOT\n  ${sensitive(1)}\n  EOT\n"], ["<<-EOT\n  ${[]}\n  EOT\n"], ["<<-EOT\nEOT\n", "<<-EOT\n  a\n\n    b\n  EOT\n", "<<-EOT\n\ta\n\t\tb\n  EOT\n", "<<-EOT\n  ${1}\n    ${2}\n  EOT\n", "<<-EOT\n    a\n  ${\"  x\"}\n  EOT\n", "<<-EOT\n  %{ for x in [1, 2] ~}\n    ${x}\n  %{ endfor ~}\n  EOT\n", "<<-EOT\n  a\n \n  b\n  EOT\n", "<<-EOT\n\u2003\u2003a\n  b\n  EOT\n", "<<-EOT\n  %{ if true }\n  a\n  %{ endif }\n  EOT\n", "<<-EOT\n      a\n        EOT\n"]),
}
