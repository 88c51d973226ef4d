#!/usr/bin/env python3
"""The gates can fail: each rule is shown a small repository that breaks it, and one that does not."""

import pathlib
import tempfile
import unittest

import docs
import files
import layers

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
        self.expect(docs.check(self.root), "`SPC0001` (first) is expected by 1 files")
        self.write("tests/gates/allow.txt", "corpus SPC0001 cannot be made\n")
        self.expect(docs.check(self.root))

    def test_retired_and_unknown(self):
        self.write("docs/diagnostics/SPC0002.md", PAGE)
        self.write("docs/diagnostics/SPC0003.md", PAGE)
        self.write("tests/corpus/c.space", "# ^ error[SPC0002]: x\n")
        self.expect(docs.check(self.root), "`SPC0002` is retired", "`SPC0003` is no code",
                    "c.space: expects `SPC0002`, which is retired")


if __name__ == "__main__":
    unittest.main()
