#!/usr/bin/env python3
"""Fails where a diagnostic's code lacks its page or its two corpus cases, or where a retired one still has some.

In: the rows of core/diagnostics/defs. Each active code has docs/diagnostics/SPC####.md, whose title holds the code and
the name and which has the sections Wrong, Why and Right, each with words in it; and at least two corpus files with
different contents that expect `[SPC####]`. A code that no source can bring about stands in allow.txt: `corpus SPC####
REASON`.
"""

import re
import sys

import common

RULES = {"corpus"}
CASES = 3  # that differ
SECTIONS = ["Wrong", "Why", "Right"]
ROW = re.compile(r'^SPACE_DIAGNOSTIC\(\s*(\d{4})\s*,\s*\w+\s*,\s*"([^"]+)"|^SPACE_RETIRED\(\s*(\d{4})\s*\)', re.MULTILINE)
EXPECTED = re.compile(r"\[(SPC\d{4})\]")


def read_rows(root):
    """(code -> name of active rows, retired codes)."""
    active, retired = {}, set()
    for path in sorted((root / "core/diagnostics/defs").glob("*.def")):
        for row in ROW.finditer(path.read_text()):
            if row.group(3):
                retired.add("SPC" + row.group(3))
            else:
                active["SPC" + row.group(1)] = row.group(2)
    return active, retired


def check_page(code, name, text):
    title = text.split("\n", 1)[0]
    if not title.startswith("# ") or code not in title or name not in title:
        yield f"its first line is no title with `{code}` and `{name}`"
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2]))
    for section in SECTIONS:
        if section not in sections:
            yield f"no section `## {section}`"
        elif not sections[section].strip():
            yield f"section `## {section}` is empty"


def corpus_cases(root):
    """Code -> the different contents of corpus files that expect it; and one file each for the message."""
    contents, places = {}, {}
    for path in common.tracked_files(root):
        if not path.startswith("tests/corpus/") or not path.endswith(".space"):  # a snapshot is no case
            continue
        text = (root / path).read_bytes().decode(errors="replace")
        for code in set(EXPECTED.findall(text)):
            contents.setdefault(code, set()).add(text)
            places.setdefault(code, path)
    return contents, places


def check(root):
    allow = common.read_allow_list(root, RULES)
    active, retired = read_rows(root)
    findings = [] if active else ["core/diagnostics/defs: no rows found"]
    pages = root / "docs/diagnostics"
    contents, places = corpus_cases(root)
    for code, name in sorted(active.items()):
        page = pages / f"{code}.md"
        if not page.exists():
            findings.append(f"docs/diagnostics/{code}.md: `{name}` has no page")
        else:
            findings += [f"docs/diagnostics/{code}.md: {text}" for text in check_page(code, name, page.read_text())]
        count = len(contents.get(code, ()))
        if count < CASES and not allow.allows("corpus", code):
            findings.append(f"tests/corpus: `{code}` ({name}) is expected by {count} files; {CASES} that differ are needed")
    for path in sorted(pages.glob("SPC*.md")):
        if path.stem not in active:
            why = "is retired" if path.stem in retired else "is no code"
            findings.append(f"docs/diagnostics/{path.name}: `{path.stem}` {why}")
    for code in sorted(set(contents) - set(active)):
        why = "is retired" if code in retired else "is no code"
        findings.append(f"{places[code]}: expects `{code}`, which {why}")
    return findings + allow.findings + allow.unused()


if __name__ == "__main__":
    sys.exit(common.report("docs", check(common.root_from(sys.argv))))
