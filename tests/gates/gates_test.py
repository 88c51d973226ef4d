#!/usr/bin/env python3
"""The gates can fail: each rule is shown a small repository that breaks it, and one that does not."""

import pathlib
import tempfile
import unittest

import docs
import eval_matrix
import eval_vs_tofu
import files
import layers
import mutate
import places

TABLE = """
macro(room name)
endmacro()
room(core/base)
room(core/source USES core/base)
room(core/eval USES core/source)  # a remark
room(grammar)
room(compiler/cli USES core/eval
                       grammar)
"""


class Gate(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.write("cmake/rooms.cmake", TABLE)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def expect(self, findings, *pieces):
        self.assertEqual(len(findings), len(pieces), findings)
        for finding, piece in zip(findings, pieces):
            self.assertIn(piece, finding)


class Matrix(unittest.TestCase):
    FINE = {"json": "[1]", "type": "number", "sensitive": False}
    ROWS = {"f": {"own": None, "not": {column: "why" for column in eval_matrix.COLUMNS if column not in ("value", "type")}}}

    def tabulate(self, **answers):
        cases = [("f", column, f"f({column})") for column in answers]
        return eval_matrix.tabulate(cases, {f"f({column})": answer for column, answer in answers.items()}, self.ROWS)

    def test_full(self):
        _, findings, full, _ = self.tabulate(value=self.FINE, type={"failed": True})
        self.assertEqual((findings, full), ([], 2))

    def test_a_cell_without_a_case(self):
        self.assertEqual(self.tabulate(value=self.FINE)[1], ["f × type has no case that shows it"])

    def test_a_case_that_does_not_show_its_cell(self):
        secret = {**self.FINE, "sensitive": True}
        self.assertEqual(len(self.tabulate(value=secret, type=self.FINE)[1]), 2)

    def test_a_cell_that_can_be_after_all(self):
        self.assertIn("a case shows it", self.tabulate(value=self.FINE, type={"failed": True}, edge=self.FINE)[1][0])

    def test_answers_that_differ(self):
        for change in ({"json": "[2]"}, {"type": "string"}, {"sensitive": True}, {"failed": True}):
            own = {"e": {**self.FINE, **change}}
            self.assertEqual(eval_matrix.differing([("f", "value", "e")], {"e": self.FINE}, own, self.ROWS), {"e": ("f", "value")})

    def test_more_may_be_said_of_the_unknown_alone(self):
        unknown = {"json": None, "type": ["list", "dynamic"], "sensitive": False}
        self.assertTrue(eval_vs_tofu.is_same(unknown, {**unknown, "type": ["list", "string"]}))
        self.assertFalse(eval_vs_tofu.is_same({**unknown, "type": ["list", "string"]}, unknown))
        self.assertFalse(eval_vs_tofu.is_same({**unknown, "json": "[[]]"}, {**unknown, "json": "[[]]", "type": ["list", "string"]}))

    def test_nothing_is_let_through_without_its_reason(self):
        fine, failed = {"json": "[true]", "type": "bool", "sensitive": False}, {"failed": True, "why": ["no"]}
        for expression in ('cidrsubnet("10.0.0.0/8", -1, 0)', "1 / 0", "tomap(var.um)", "var.us == null", "merge(null, [])", "max(var.ul...)"):
            self.assertFalse(eval_vs_tofu.is_beyond(expression, fine, failed), expression)
            self.assertFalse(eval_vs_tofu.is_beyond(expression, failed, fine), expression)


class Layers(Gate):
    def test_what_the_table_allows(self):
        self.write("core/eval/a.cpp", '#include "core/base/b.h"\n#include "core/eval/a.h"\n#include <vector>\n')
        self.write("compiler/cli/a.cpp", '#include "grammar/g.h"\n#include "core/base/b.h"\n')
        self.expect(layers.check(self.root))

    def test_upwards(self):
        self.write("core/base/a.cpp", '\n#include "core/source/s.h"\n')
        self.expect(layers.check(self.root), "core/base/a.cpp:2: room `core/base` may not include `core/source/s.h`")

    def test_sideways(self):
        self.write("core/eval/a.h", '#  include "grammar/g.h"\n')
        self.expect(layers.check(self.root), "room `core/eval` may not include `grammar/g.h` of room `grammar`")

    def test_grammar_includes_no_room(self):
        self.write("grammar/g.h", '#include "core/base/b.h"\n')
        self.expect(layers.check(self.root), "room `grammar` may not include")

    def test_ways_around(self):
        self.write("core/base/a.cpp", '#include "../source/s.h"\n#include <core/source/s.h>\n#include "tests/t.h"\n')
        self.expect(layers.check(self.root), "is of no room", "with quotes", "is of no room")

    def test_a_folder_without_a_row(self):
        self.write("core/new/a.cpp", "")
        self.expect(layers.check(self.root), "core/new/a.cpp: its folder has no row")

    def test_the_table_itself(self):
        self.write("cmake/rooms.cmake", "room(a USES b)\nroom(b USES a)\nroom(a)\nroom(c USES d)\n")
        self.expect(layers.check(self.root), "two rows", "`d`, which has no row")
        self.write("cmake/rooms.cmake", "room(a USES b)\nroom(b USES a)\n")
        self.expect(layers.check(self.root), "a circle: a -> b -> a")
        self.write("cmake/rooms.cmake", "")
        self.expect(layers.check(self.root), "no rows found")


class Files(Gate):
    def findings(self):
        return files.check(self.root)[0]

    def test_size(self):
        self.write("core/base/a.cpp", "\n" * 600)
        self.write("core/base/b.cpp", "\n" * 601)
        self.write("tests/corpus/big.cpp", "\n" * 601)
        found, warned = files.check(self.root)
        self.expect(found, "core/base/b.cpp: 601 lines")
        self.expect(warned, "core/base/a.cpp: 600 lines")

    def test_allow_list(self):
        self.write("core/base/b.cpp", "\n" * 601)
        self.write("tests/gates/allow.txt", "size core/base/b.cpp a table\n")
        self.expect(self.findings())
        self.write("core/base/b.cpp", "\n")
        self.expect(self.findings(), "nothing needs `size core/base/b.cpp` any more")
        self.write("tests/gates/allow.txt", "size core/base/b.cpp\n")
        self.expect(self.findings(), "a row is RULE SUBJECT REASON")

    def test_head(self):
        self.write("runner/x/a.h", "#pragma once\n")
        self.write("tests/a.h", "#pragma once\n")
        self.expect(self.findings(), "runner/x/a.h: a header opens with a comment")

    def test_flags(self):
        self.write("core/base/a.h", "// Head.\n"
                   "void f(int a, bool b);\nvoid g(bool = false);\nvoid h(int,\n       const bool c = true);\n"
                   "Value v(bool b);  // NOLINT: the value itself\n"
                   "bool fine(int a, bool& out);\n// void comment(bool b);\n"
                   "template <class T, bool B, class U> struct S { bool member = false; bool call() const; };\n")
        self.expect(self.findings(), "a.h:2:", "a.h:3:", "a.h:5:")

    def test_notes(self):
        word = "TO" + "DO"
        self.write("core/base/a.cpp", f"// {word}: later\n// {word}(perf): a table\n// {word}(me): x\n")
        self.expect(self.findings(), "a.cpp:1:", "a.cpp:3:")

    def test_machines_and_hosts(self):
        self.write("README.md", "cd /ho" + "me/me\ncompiler/wo" + "rk/x and $HOME/x are fine\n"
                   "see deb.debian" + ".org\n")
        self.expect(self.findings(), "README.md:1: a path of one machine", "README.md:3: a package registry's host")


PAGE = "# SPC0001 · first\n\n## Wrong\nx\n\n## Why\nx\n\n## Right\nx\n"


class Docs(Gate):
    def setUp(self):
        super().setUp()
        self.write("core/diagnostics/defs/0.def",
                   'SPACE_DIAGNOSTIC(0001, first, "first", Error, Never, "x")\nSPACE_RETIRED(0002)\n')
        self.write("docs/diagnostics/SPC0001.md", PAGE)
        self.write("tests/corpus/a.space", "# ^ error[SPC0001]: x\n")
        self.write("tests/corpus/b.space", "\n# ^ error[SPC0001]: x\n")
        self.write("tests/corpus/c.space", "\n\n# ^ error[SPC0001]: x\n")

    def test_complete(self):
        self.expect(docs.check(self.root))

    def test_no_page(self):
        (self.root / "docs/diagnostics/SPC0001.md").unlink()
        self.expect(docs.check(self.root), "SPC0001.md: `first` has no page")

    def test_page_without_sections(self):
        self.write("docs/diagnostics/SPC0001.md", "# SPC0001\n## Wrong\n\n## Right\nx\n")
        self.expect(docs.check(self.root), "no title", "`## Wrong` is empty", "no section `## Why`")

    def test_corpus_cases_must_differ(self):
        self.write("tests/corpus/b.space", "# ^ error[SPC0001]: x\n")
        self.expect(docs.check(self.root), "`SPC0001` (first) is expected by 2 files")
        self.write("tests/gates/allow.txt", "corpus SPC0001 cannot be made\n")
        self.expect(docs.check(self.root))

    def test_retired_and_unknown(self):
        self.write("docs/diagnostics/SPC0002.md", PAGE)
        self.write("docs/diagnostics/SPC0003.md", PAGE)
        self.write("tests/corpus/d.space", "# ^ error[SPC0002]: x\n")
        self.expect(docs.check(self.root), "`SPC0002` is retired", "`SPC0003` is no code",
                    "d.space: expects `SPC0002`, which is retired")


RELAYS = '''#include "core/sink.h"
// Each caller is the place: sink.report(diagnostics::not_here, span);
void refuse(Context& c, std::string_view why,
            std::source_location origin = std::source_location::current());
'''
REPORTS = '''#include "core/relay.h"
void refuse(Context& c, std::string_view why, std::source_location origin) {
  c.sink.report(diagnostics::first, {c.span, origin}, "report(", why);
}
void check(Context& c) {
  if (c.a) refuse(c, "(a)");
  const auto say = [&](int why, std::source_location origin = std::source_location::current()) {
    c.sink->report(d::second, {c.span, origin}, why);
  };
  if (c.b) return refuse(c, std::string('"', 1) +
                                "b");
  say(1), other::say(2);
  c.sink
      .report(diagnostics::third,
              c.span)
      .help("sink.report(diagnostics::fourth, span)");
}
'''


class Places(Gate):
    def names(self, **texts):
        findings, found = places.check({path.replace("_", "/") + ext: text for path, text in texts.items()
                                        for ext in [".h" if path == "core_relay" else ".cpp"]})
        self.expect(findings)
        return [(place.name, place.first, place.last) for place in found]

    def test_calls_and_relays(self):
        self.assertEqual(self.names(core_relay=RELAYS, core_a=REPORTS), [
            ("core/a.cpp:refuse#1", 6, 6), ("core/a.cpp:refuse#2", 10, 11), ("core/a.cpp:say#1", 12, 12),
            ("core/a.cpp:third#1", 14, 15)])

    def test_a_relay_is_known_where_it_is_included(self):
        self.assertEqual(self.names(core_relay=RELAYS, core_b="void f() { refuse(1); }\n",
                                    core_c='#include "core/relay.h"\nvoid f() {\n  refuse(c, "x");\n}\n'),
                         [("core/c.cpp:refuse#1", 3, 3)])

    def test_what_cannot_be_told(self):
        self.expect(places.check({"core/a.cpp": "void f() { sink.report(kind, span); }\n"})[0],
                    "core/a.cpp:1: `report` without its kind", "no place reports")
        self.expect(places.check({"core/a.cpp": "void f() { s.report(d::a, x); s.report(d::b, x); }\n"})[0],
                    "core/a.cpp:1: two places on one line")
        self.expect(places.check({"core/a.cpp": "void f() {\n  s.report(d::a, {x, origin});\n  s.report(d::b, x);\n}\n"})[0],
                    "core/a.cpp:2: an origin that no function of the file takes")

    def test_the_repository_itself(self):
        findings, found = places.read(places.pathlib.Path(__file__).resolve().parents[2])
        self.expect(findings)
        self.assertGreater(len(found), 200)


class Mutations(Gate):
    def setUp(self):
        super().setUp()
        self.found = places.check({"core/a.cpp": "void f() {\n  s.report(d::a, x);\n  s.report(d::a, x);\n}\n"})[1]

    def reached(self, *lines):
        by_line, _ = mutate.read_origins("".join(f"case {line} SPC0001\n" for line in lines))
        return mutate.reached(self.found, by_line)

    def unreached(self, allow, *lines):
        return mutate.unreached(self.reached(*lines)[0], mutate.common.AllowList(allow, mutate.RULES), self.root)

    def test_every_place_is_reached(self):
        self.expect(self.unreached("", "core/a.cpp:2", "core/a.cpp:3"))
        self.expect(self.unreached("", "core/a.cpp:2"), "core/a.cpp:3: no case reaches `core/a.cpp:a#2`")

    def test_what_reports_is_a_place(self):
        self.expect(self.reached("core/a.cpp:4")[1], "core/a.cpp:4: reports, and 0 places")

    def test_allow_names_a_test(self):
        self.write("tests/e2e/hostile.py", "")
        row = "place core/a.cpp:a#2 a disk that fails: "
        self.expect(self.unreached(row + "tests/e2e/hostile.py\n", "core/a.cpp:2"))
        self.expect(self.unreached(row + "tests/e2e/none.py\n", "core/a.cpp:2"), "names no test")
        self.expect(self.unreached(row + "tests/e2e/hostile.py\n", "core/a.cpp:2", "core/a.cpp:3"), "nothing needs")


if __name__ == "__main__":
    unittest.main()
