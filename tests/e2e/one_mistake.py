"""Good programs of the corpus, and one mistake at a time in them: a name misspelt (near to what was meant, or nothing like it), a
block or an argument misspelt, an argument left out, a value of another type.

What is declared keeps its name: after another name for a local each place that reads it is wrong by itself.
"""

import collections
import re

from support import ROOT

CORPUS = ROOT / "tests" / "corpus"
ANNOTATION = re.compile(r"#[ ^|]*(\^|\|).*(error|warning)\[SPC")
REFERENCE = re.compile(r"\b(environment|space|type|var|local|mission|procedure|secret|remote|provider|interface|common)\.([A-Za-z_][\w-]*)")
TYPE = re.compile(r"(?<=[=(\[]) *(string|number|bool|list|map|set|object|hostname|cidr|ip|url|port|optional)\b(?=[()\s,}])")
BLOCK = re.compile(r'^ *([a-z_]+)(?: "[^"\n]*")* \{$', re.M)
ARGUMENTS = ("approvals after bucket condition contract default description edition environments error_message folder for_each foundation from "
             "ignore_changes inputs kind max min nullable on_failure one_of pattern promote_from providers region remote sensitive source spaces to tofu "
             "type use_lockfile value varies version when").split()
ARGUMENT = re.compile(rf"^ *({'|'.join(ARGUMENTS)})(?= *=[^=>])", re.M)
TEXT = re.compile(rf'^ *(?:{"|".join(ARGUMENTS)}) *= ("[^"$\n]*")$', re.M)
LIST = re.compile(rf"^ *(?:{'|'.join(ARGUMENTS)}) *= (\[[^\n]*\])$", re.M)
LEFT_OUT = re.compile(r'^ *(?:approvals|bucket|contract|edition|environments|error_message|kind|region|remote|spaces|tofu|use_lockfile|value) *= [^\n{\[<(]*\n', re.M)

Mistake = collections.namedtuple("Mistake", "kind file begin end text")


def programs():
    """(name, {path: text}) of every case that is good by itself, in order."""
    for path in sorted(CORPUS.rglob("ok_*.space")):
        files = files_of(path)
        if files is not None:
            yield str(path.relative_to(CORPUS)), files


def files_of(path):
    """None where a case is more than files: the standard library, links, what is generated."""
    files, name, prelude = {"main.space": []}, "main.space", None
    for line in path.read_text().split("\n"):
        begins = re.match(r"# --- (.*)$", line)
        if line.startswith("# prelude: "):
            prelude = line.split(": ")[1].strip()
        elif begins:
            name = begins[1].strip()
            files[name] = []
        elif not ANNOTATION.search(line):
            files[name].append(line)
    files.pop("expect", None)
    if any(" " in name or name.startswith("std/") for name in files):
        return None
    files = {name: "\n".join(lines) for name, lines in files.items()}
    if prelude:
        files["prelude.space"] = (CORPUS / "preludes" / f"{prelude}.space").read_text()
    return files


def mistakes(files):
    for name, text in files.items():
        if name.endswith(".space"):
            heredocs = heredocs_in(text)
            for one in mistakes_in(name, text):
                line = text[text.rfind("\n", 0, one.begin) + 1:one.begin]
                if "#" not in line and not any(one.begin in heredoc for heredoc in heredocs):
                    yield one


def mistakes_in(name, text):
    for found in REFERENCE.finditer(text):
        yield Mistake("member, near", name, *found.span(2), found[2] + "q")
        yield Mistake("member, far", name, *found.span(2), "zzx")
        yield Mistake("without its kind", name, *found.span(), found[2] + "q")
        yield Mistake("root, near", name, *found.span(1), found[1] + "q")
        yield Mistake("root, far", name, *found.span(1), "zzx")
    for found in TYPE.finditer(text):
        yield Mistake("type, near", name, *found.span(1), found[1] + "q")
        yield Mistake("type, far", name, *found.span(1), "zzx")
    for found in BLOCK.finditer(text):
        yield Mistake("block", name, *found.span(1), found[1] + "q")
    for found in ARGUMENT.finditer(text):
        yield Mistake("argument", name, *found.span(1), found[1] + "q")
    for found in TEXT.finditer(text):
        yield Mistake("number for text", name, *found.span(1), "7")
        yield Mistake("list for text", name, *found.span(1), '["x"]')
    for found in LIST.finditer(text):
        yield Mistake("text for a list", name, *found.span(1), '"x"')
    for found in LEFT_OUT.finditer(text):
        yield Mistake("left out", name, *found.span(), "")


def heredocs_in(text):
    """Where heredocs stand, as ranges: each from behind its first line to the end of its last."""
    heredocs, open_until, begin, at = [], None, 0, 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        begins = re.search(r"<<[-~]?(\w+)$", line.rstrip("\n"))
        if open_until is None and begins:
            open_until, begin = begins[1], at
        elif line.strip() == open_until:
            heredocs.append(range(begin, at))
            open_until = None
    return heredocs
