"""The pages that show real output are run: what they show is what comes.

A fence ```hcl PATH writes that file, ```console runs its `$ ` lines in a shell and compares what comes, standard error
among it. What changes from run to run (times, identifiers) is compared as a placeholder; the lines of a block marked
```console unordered may come in any order. With --update the output in the pages is rewritten by what came.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import support
from support import Case

FENCE = re.compile(r"^```(\w+) ?([^\n`]*)\n(.*?)^```$", re.M | re.S)
CHANGING = [(re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "ID"),
            (re.compile(r"\b\d+(\.\d+)?m?s\b"), "TIME"),
            (re.compile(r"\([0-9a-f]{12}\)"), "(COMMIT)"),
            (re.compile(r"\b\d{4}-\d\d-\d\dT[0-9:.]+Z"), "WHEN")]
# Told of runs of a second or more alone: a machine's pace is no fact of a page.
LONGEST_WAY = re.compile(r"\nthe longest way took .*\n(?:  .*(?:\n|\Z))*")
PAGES = {"docs/tutorial.md": None, "docs/mistakes.md": None, "docs/affected.md": None, "docs/coming-from-terragrunt.md": None,
         "examples/first-mission/README.md": "first-mission", "examples/existing-module/README.md": "existing-module"}


def steady(text):
    text = LONGEST_WAY.sub("", text)
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    return [re.sub(r" {2,}", "  ", line.rstrip()) for line in text.rstrip().split("\n")]


def commands_of(body):
    """(command, output shown) pairs."""
    pairs = []
    for line in body.split("\n"):
        if line.startswith("$ "):
            pairs.append([line[2:], []])
        elif pairs:
            pairs[-1][1].append(line)
    return [(command, "\n".join(shown).rstrip()) for command, shown in pairs]


class Pages(Case):
    def execute(self, command, folder):
        tofu = self.need_tofu()
        path = os.pathsep.join([str(support.BIN), str(pathlib.Path(tofu).parent), os.environ["PATH"]])
        environment = {**os.environ, **support.tofu_environment(self.folder), "PATH": path, "NO_COLOR": "1"}
        ended = subprocess.run(["sh", "-c", command], cwd=folder, text=True, stdout=subprocess.PIPE, check=False,
                               stderr=subprocess.STDOUT, timeout=300, env=environment)
        return ended.stdout.rstrip()

    def play(self, page, update=False):
        example = PAGES[page]
        folder = self.copy_example(example) if example else self.folder / pathlib.Path(page).stem
        folder.mkdir(exist_ok=True)
        text = (support.ROOT / page).read_text()
        ran = 0

        def fence(match):
            nonlocal ran
            kind, info, body = match.groups()
            if kind == "hcl" and "." in info and not example:
                target = folder / info
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(body)
            if kind != "console":
                return match.group(0)
            shown_again = []
            for command, shown in commands_of(body):
                came = self.execute(command, folder)
                ran += 1
                shown_again += [f"$ {command}"] + ([came] if came else [])
                if update:
                    continue
                wanted, got = steady(shown), steady(came)
                if info == "unordered":
                    wanted, got = sorted(wanted), sorted(got)
                self.assertEqual(wanted, got, f"{page}: $ {command}")
            return f"```console{' ' + info if info else ''}\n" + "\n".join(shown_again) + "\n```"

        result = FENCE.sub(fence, text)
        self.assertGreater(ran, 0, page)
        if update:
            (support.ROOT / page).write_text(result)
        shutil.rmtree(folder)

    def test_pages(self):
        for page in PAGES:
            with self.subTest(page):
                self.play(page, "--update" in sys.argv)


if __name__ == "__main__":
    unittest.main(argv=[word for word in sys.argv if word != "--update"], verbosity=1)
