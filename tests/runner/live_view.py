#!/usr/bin/env python3
"""The live view in a real terminal (tmux): 500 procedures while the window is resized, interrupts, colours, wide names.

usage: live_view.py [PATH-OF-SPACE [PATH-OF-QUICK_TOFU]]
"""

import re
import time
import unittest

import quick
import support
import terminal

WORKING = re.compile(r"^  (fetch|init|plan|apply|output) +[0-9.ms]+ ")
COUNTS = re.compile(r"^\d+ of (\d+) proced")


class LiveView(unittest.TestCase):
    def setUp(self):
        self.bench = quick.Bench()
        self.shown = None
        self.scrolled = 0  # lines of earlier frames that a lower window has pushed up, at most; a higher one brings them back

    def tearDown(self):
        if self.shown:
            self.shown.close()
        self.bench.close()

    def open(self, *arguments, columns=80, rows=24, environment=None):
        self.rows = rows
        self.shown = terminal.Terminal(self.bench.command(*arguments), self.bench.project,
                                       {**self.bench.environment, **(environment or {})}, columns, rows)
        return self.shown

    def assert_one_frame(self, columns, rows):
        """One frame, whole, at the end of what is seen; no line of another one."""
        lines = self.shown.screen()
        text = f"{columns}x{rows}:\n" + "\n".join(lines)
        self.assertRegex(lines[-1], COUNTS, text)
        self.assertLessEqual(len(lines), rows - 1, text)
        at = [i for i, line in enumerate(lines) if COUNTS.match(line)]
        self.assertEqual(at, [len(lines) - 1], text)
        working = [i for i, line in enumerate(lines) if WORKING.match(line)]
        if working:
            self.assertLessEqual(len(lines) - 1 - working[-1], 3, text)  # more at work, failed, counts
        self.assertLessEqual(len(working), 16 + self.scrolled, text)
        if working and not self.scrolled:
            self.assertEqual(working, list(range(working[0], working[0] + len(working))), text)

    def settle(self, columns, rows):
        """The window has a new size and one frame in it, some draws later."""
        self.scrolled += max(0, self.rows - rows)
        self.rows = rows
        self.shown.resize(columns, rows)
        time.sleep(0.5)  # tmux tells the program at most four times a second
        for attempt in range(20):  # a screen may be taken while it is being drawn
            try:
                return self.assert_one_frame(columns, rows)
            except AssertionError:
                if attempt == 19:
                    raise
                time.sleep(0.03)

    def test_500_procedures_in_a_window_that_is_resized(self):
        quick.stages(self.bench.project, 5, 100, lambda s, p: f"apply_ms={200 + 2 * p}" + (" fail=apply" if (s, p) == (3, 7) else ""))
        shown = self.open("apply", "sandbox", "--auto-approve", "--parallel", "16")
        shown.wait(lambda: any("applied" in line for line in shown.screen()), "a first procedure")
        for columns, rows in ((50, 24), (30, 24), (100, 24)):
            self.settle(columns, rows)
        # Its height was the same: nothing of a frame has scrolled away.
        frames = [line for line in shown.all_lines() if COUNTS.match(line)]
        self.assertEqual(len(frames), 1, frames)
        for columns, rows in ((40, 8), (24, 4), (120, 40), (60, 2), (80, 24)):
            self.settle(columns, rows)
        self.assertEqual(shown.wait_for_end(), 21)
        lines = shown.all_lines()
        self.assertFalse([line for line in shown.screen() if COUNTS.match(line) or WORKING.match(line)])
        told = [line.split()[1] for line in lines if line.startswith("applied        ")]
        self.assertEqual(len(told), len(set(told)), "a line stands twice")
        for s in range(3):
            for p in range(100):
                self.assertIn(f"sandbox/one/shop/{s:02d}0/p{s}-{p:03d}", told)
        text = "\n".join(lines)
        self.assertIn("failed-partial sandbox/one/shop/030/p3-007", text)
        self.assertNotIn("skipped        sandbox", text)  # a hundred such lines would push away what failed
        self.assertIn("apply sandbox: 500 procedures", text)

    def test_an_interrupt_says_what_is_awaited(self):
        quick.stages(self.bench.project, 1, 6, lambda s, p: "apply_ms=60000")
        shown = self.open("apply", "sandbox", "--auto-approve", "--parallel", "4", columns=60, rows=12)
        shown.wait(lambda: sum("  terraform" in line for line in shown.screen()) == 4, "four applies")
        shown.type("C-c")
        self.assertEqual(shown.wait_for_end(), 130)
        text = "\n".join(shown.all_lines())
        self.assertEqual(text.count("interrupted    sandbox/one/shop/000/"), 4, text)

    def test_the_frame_stays_while_an_interrupted_procedure_ends(self):
        quick.stages(self.bench.project, 1, 2, lambda s, p: "apply_ms=4000 deaf=yes")
        shown = self.open("apply", "sandbox", "--auto-approve", "--parallel", "1", columns=60, rows=12)
        shown.wait(lambda: any("  terraform" in line for line in shown.screen()), "an apply")
        shown.type("C-c")
        shown.wait(lambda: "interrupted: what runs is let end, nothing more is started" in shown.screen(), "the notice")
        self.assertTrue(any(WORKING.match(line) for line in shown.screen()), shown.screen())
        self.assertEqual(shown.wait_for_end(), 130)
        self.assertIn("applied        sandbox/one/shop/000/p0-000", "\n".join(shown.all_lines()))

    def test_wide_names_do_not_break_the_frame(self):
        project = quick.stages(self.bench.project, 1, 1)
        for name in ("p--日本語日本語日本語", "p--e\u0301te\u0301", "p--\U0001f680\U0001f680\U0001f680\U0001f680\U0001f680\U0001f680"):
            project.add("sandbox/one/shop", "000", name, outputs={"id": "string"}, body="# quick apply_ms=3000\n")
        project.write()
        shown = self.open("apply", "sandbox", "--auto-approve", "--parallel", "4", columns=34, rows=10)
        shown.wait(lambda: sum(bool(WORKING.match(line)) for line in shown.screen()) == 3, "three applies")
        self.assert_one_frame(34, 10)
        lines = shown.screen()[-4:]
        self.assertTrue(all(WORKING.match(line) for line in lines[:3]), lines)
        self.assertEqual(shown.wait_for_end(), 0)

    def test_colours_are_for_who_wants_them(self):
        for arguments, environment, paints in (([], {}, True), (["--color", "never"], {}, False), ([], {"NO_COLOR": "1"}, False),
                                               (["--color", "always"], {"NO_COLOR": "1"}, True), ([], {"TERM": "dumb"}, False)):
            quick.stages(self.bench.project, 1, 1)
            shown = self.open("plan", "sandbox", "--refresh", *arguments, environment=environment)
            self.assertEqual(shown.wait_for_end(), 0)
            self.assertEqual("\x1b[33mplanned" in shown.painted(), paints, (arguments, environment))
            self.assertIn("planned        sandbox/one/shop/000/p0-000", "\n".join(shown.all_lines()))
            shown.close()

    def test_a_printing_terminal_gets_plain_lines(self):
        quick.stages(self.bench.project, 1, 1)
        piped = self.bench.run("plan", "sandbox")
        self.assertNotIn("\x1b", piped.stdout)
        self.assertIn("planned        sandbox/one/shop/000/p0-000  +1 ~0 -0", piped.stdout)


if __name__ == "__main__":
    terminal.need_tmux()
    support.main()
