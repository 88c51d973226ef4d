"""Law 10 over generated programs (lock_program.py, lock_changes.py): what is broken in one place is refused with the code that says
so, and mended by the fix that is offered; what keeps its names passes, and every state its address.

Sampled, each change once at least; with SPACE_TEST_FULL (`scripts/test --full`) 200 programs. SPACE_TEST_SEED chooses others.
"""

import json
import unittest

import support
from lock_changes import BREAKS, HARMLESS
from lock_program import LockedProgram
from support import FULL, SEED, Programs

COUNT = 200 if FULL else 0


class Locked(Programs):
    """A program is built, so that its states are in `spaces.lock`; then names, places or the lock change."""

    def built(self, seed, change):
        """(its folder, the program as it was built, what the lock said of each state), the change made."""
        program = LockedProgram(seed)
        folder = self.place(program.files())
        self.spacec("build", ".", folder=folder)
        before = self.addresses(folder)
        self.assertGreater(len(before), 20)
        program.random.seed(f"{change.__name__} {seed}")
        lock = (folder / "spaces.lock").read_text().splitlines()
        change(program, lock)
        for path, text in program.files().items():
            self.write(f"program/{path}", text)
        self.write("program/spaces.lock", "".join(f"{line}\n" for line in lock))
        return folder, before

    @staticmethod
    def addresses(folder):
        lines = [json.loads(line) for line in (folder / "spaces.lock").read_text().splitlines()]
        return {line["state"]: (line["backend"], line["address"]) for line in lines if "state" in line}

    def test_law_10_broken_in_one_place(self):
        seen, texts, mended = {}, set(), 0
        for n in range(max(COUNT, len(BREAKS))):
            change, codes, fix = BREAKS[n % len(BREAKS)]
            name = f"{change.__name__}, program {n}"
            folder, before = self.built(SEED * 1000 + n, change)
            text = (folder / "main.space").read_text() + (folder / "spaces.lock").read_text()
            texts.add(text)
            code, found = self.findings(folder)
            self.assertEqual(code, 1, f"{name}: nobody noticed\n{text}")
            errors = [item for item in found if item["severity"] == "error"]
            came = {item["code"] for item in errors}
            self.assertEqual(came, codes, f"{name}: {[item['message'] for item in found]}\n{text}")
            self.spacec("build", ".", folder=folder, code=1)
            self.assertTrue(((folder / "main.space").read_text() + (folder / "spaces.lock").read_text()) == text, f"{name}: what is refused writes nothing")
            for one in came:
                seen[one] = seen.get(one, 0) + 1
            if fix:
                self.mend(folder, errors, fix, before, name)
                mended += 1
        self.assertGreater(len(texts), (n + 1) * 9 // 10, "they differ")
        self.assertEqual(set(seen), {f"SPC50{at}" for at in range(13, 23)}, "each code of the law was said")
        print(f"law 10: {n + 1} programs in {len(BREAKS)} ways, " + ", ".join(f"{code} {times}" for code, times in sorted(seen.items())) +
              f"; {mended} mended by the fix that was offered")

    def mend(self, folder, errors, fix, before, name):
        """The fix makes it a program again, and no state has another address after the build."""
        for error in sorted(errors, key=lambda item: -item["fixes"][0]["edits"][0]["range"]["start"]["byte"]):
            support.apply_fix(folder, error, fix)
        self.spacec("build", ".", folder=folder)
        after = self.addresses(folder)
        if fix == "`moved`":
            self.assertEqual(sorted(after.values()), sorted(before.values()), name)
        else:
            self.assertLessEqual(set(after.items()), set(before.items()), name)

    def test_a_line_taken_out_is_a_new_state(self):
        def change(_program, lock):
            lock.pop()

        folder, _ = self.built(SEED, change)
        self.assertEqual(self.findings(folder), (0, []))
        _, err = self.spacec("build", "--check", ".", folder=folder, code=3)
        self.assertIn("would lock sandbox/", err)

    def test_what_keeps_its_names_breaks_nothing(self):
        for n in range(max(COUNT, len(HARMLESS))):
            change = HARMLESS[n % len(HARMLESS)]
            folder, before = self.built(SEED * 1000 + n, change)
            code, found = self.findings(folder)
            self.assertEqual((code, found), (0, []), f"{change.__name__}, program {n}")
            self.spacec("build", ".", folder=folder)
            lost = set(before.values()) - set(self.addresses(folder).values())
            self.assertFalse(lost, f"{change.__name__}, program {n}")


if __name__ == "__main__":
    unittest.main()
