#!/usr/bin/env python3
"""`space destroy`: what others read stays. Refused while somebody outside of the target reads its outputs and has objects; otherwise in
exact reverse, after what would go was shown. With real tofu.

usage: destruction.py [PATH-OF-SPACE]
"""

import unittest

import fixtures
import support
import terminal

SHOP, DESK = "sandbox/one/shop", "sandbox/one/desk"
NOT_REVIEWED, STILL_READ = 16, 17


class Destruction(unittest.TestCase):
    def setUp(self):
        self.bench = support.Bench()
        self.addCleanup(self.bench.close)
        project = self.project = fixtures.Project(self.bench.project)
        first = project.add(SHOP, "000", "a")
        second = project.add(SHOP, "010", "b", reads={"up": (first.id, "id")})
        project.add(DESK, "000", "c", reads={"up": (second.id, "id")})
        project.after[DESK] = [SHOP]
        project.write()
        self.run_space("apply", "sandbox", "--auto-approve")

    def run_space(self, *arguments, code=0):
        done = self.bench.run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def destroy(self, target, code=0):
        return self.run_space("destroy", target, "--auto-approve", code=code)

    def left(self):
        return sum(bool(self.bench.state(address)["resources"]) for address in
                   ("sandbox/shop/one/a", "sandbox/shop/one/b", "sandbox/desk/one/c"))

    def test_what_another_flight_reads_stays(self):
        told = self.destroy(SHOP, code=STILL_READ)
        self.assertIn(f"what `{SHOP}` gives is read still: `{DESK}/000/c` reads `{SHOP}/010/b` and has 1 object", told)
        self.assertIn(f"destroy `{DESK}` first, or a target that holds both", told)
        told = self.destroy(f"{SHOP}/000", code=STILL_READ)  # so in one flight
        self.assertIn(f"`{SHOP}/010/b` reads `{SHOP}/000/a` and has 1 object", told)
        self.assertEqual(self.left(), 3)
        self.destroy(DESK)
        self.assertEqual(self.left(), 2)
        self.assertIn("destroyed       2", self.destroy(SHOP))
        self.assertEqual(self.left(), 0)

    def test_a_target_with_its_readers_goes_in_reverse(self):
        told = self.destroy("sandbox")
        order = [told.index(f"destroyed      {root}") for root in (f"{DESK}/000/c", f"{SHOP}/010/b", f"{SHOP}/000/a")]
        self.assertEqual(order, sorted(order))
        self.assertEqual(self.left(), 0)
        # It can be made again, and status says what is so.
        self.assertIn("destroyed", self.run_space("status", "sandbox"))
        self.assertIn("applied         3", self.run_space("apply", "sandbox", "--auto-approve"))
        self.assertEqual(self.left(), 3)

    def test_a_reader_whose_state_cannot_be_read_counts(self):
        path = next(p for p in self.bench.states() if p.name.startswith("c."))
        path.write_text("{")
        told = self.destroy(SHOP, code=STILL_READ)
        self.assertIn(f"`{DESK}/000/c` reads `{SHOP}/010/b` and its state cannot be read", told)
        self.assertEqual(len([p for p in self.bench.states() if p.name[0] in "ab"]), 2)

    def asked(self):
        """A terminal where the question stands."""
        shown = terminal.Terminal(self.bench.command("destroy", "sandbox"), self.bench.project, self.bench.environment, 120, 30)
        self.addCleanup(shown.close)
        shown.wait(lambda: any(line.startswith("Only `yes` goes on:") for line in shown.screen()), "the question")
        return shown

    def test_what_would_go_is_shown(self):
        shown = self.asked()
        text = "\n".join(shown.screen())
        self.assertIn(f"would be destroyed, in this order:\n  {DESK}/000/c  1 object\n  {SHOP}/010/b  1 object, after `{DESK}/000/c`", text)
        shown.type("no", "Enter")
        self.assertEqual(shown.wait_for_end(), 1)
        self.assertEqual(self.left(), 3)

    def test_what_was_not_shown_is_not_destroyed(self):
        shown = self.asked()
        # Somebody else applies while it is being thought over.
        self.project.roots[1].values["size"] = "2"
        self.project.write()
        self.run_space("apply", f"{SHOP}/010", "--auto-approve")
        shown.type("yes", "Enter")
        self.assertEqual(shown.wait_for_end(), NOT_REVIEWED)
        text = "\n".join(shown.screen())
        self.assertIn("somebody has applied it since it was shown", text)
        self.assertIn("its state has serial 2, and had 1 when it was shown", text)
        self.assertEqual(self.left(), 2)  # its reader had gone; what it reads is kept back
        shown = self.asked()
        shown.type("yes", "Enter")
        self.assertEqual(shown.wait_for_end(), 0)
        self.assertEqual(self.left(), 0)


if __name__ == "__main__":
    terminal.need_tmux()
    support.main()
