"""What the gates share: the files of the repository, the allow list, the report at the end."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATED = {".git", "build", "__pycache__", ".space", ".terraform"}


def tracked_files(root):
    """Paths relative to `root`: what git tracks or would; in an unpacked archive, whatever is there."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [path.relative_to(root).as_posix() for path in root.rglob("*")
                 if not GENERATED.intersection(path.relative_to(root).parts)]
    return sorted(name for name in names if (root / name).is_file() and not (root / name).is_symlink())


class AllowList:
    """tests/gates/allow.txt: `RULE SUBJECT REASON…` a line. A row that nothing needs any more is a finding too."""

    def __init__(self, text, rules):
        self.rows = {}
        self.reasons = {}
        self.used = set()
        self.findings = []
        for number, line in enumerate(text.splitlines(), 1):
            line = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()  # `a#b` is a word
            if not line:
                continue
            parts = line.split(None, 2)
            if len(parts) < 3:
                self.findings.append(f"tests/gates/allow.txt:{number}: a row is RULE SUBJECT REASON")
            elif parts[0] in rules:
                self.rows[(parts[0], parts[1])] = number
                self.reasons[(parts[0], parts[1])] = parts[2]

    def allows(self, rule, subject):
        if (rule, subject) not in self.rows:
            return False
        self.used.add((rule, subject))
        return True

    def unused(self):
        return [f"tests/gates/allow.txt:{number}: nothing needs `{rule} {subject}` any more"
                for (rule, subject), number in self.rows.items() if (rule, subject) not in self.used]


def read_allow_list(root, rules):
    path = root / "tests/gates/allow.txt"
    return AllowList(path.read_text() if path.exists() else "", rules)


def report(name, findings, warnings=()):
    for warning in warnings:
        print(f"warning: {warning}")
    for finding in findings:
        print(f"error: {finding}")
    print(f"{name}: {len(findings)} errors, {len(warnings)} warnings")
    return 1 if findings else 0


def root_from(arguments):
    return pathlib.Path(arguments[1]).resolve() if len(arguments) > 1 else ROOT


if __name__ == "__main__":
    sys.exit("common.py is a part of the other gates")
