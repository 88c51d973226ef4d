"""One mistake is one error: whatever follows from it is not said besides. (one_mistake.py makes them.)

Sampled; with SPACE_TEST_FULL (`scripts/test --full`) every mistake. SPACE_TEST_SEED chooses others.
"""

import collections
import unittest

import one_mistake
from support import FULL, SEED, Programs

PART = 1 if FULL else 24  # each PARTth mistake

# Where one edit is two mistakes, by program, kind of mistake and what is edited.
TWO = {
    # No flights are left to count, and `sum` refuses an empty list.
    ("language/blocks/ok_every_block.space", "text for a list", "[space.east, space.west]"),
    # What else a resource takes its schema says, and there is none: it could be a block of the provider's.
    ("language/tofu-blocks/ok_everything.space", "block", "provisioner"),
    # Names that are gone may be written in `moved`; two states of `spaces.lock` then lead to the same one.
    ("states/moved/ok_everything.space", "member, near", "store"),
    ("states/moved/ok_everything.space", "member, far", "store"),
}


class Cascade(Programs):
    def errors(self, folder):
        _, found = self.findings(folder)
        return [f"{one['code']} {one['message']}" for one in found if one["severity"] == "error"]

    def test_one_mistake_is_one_error(self):
        kinds, several, at = collections.Counter(), [], SEED
        for name, files in one_mistake.programs():
            chosen = []
            for mistake in one_mistake.mistakes(files):
                at += 1
                if at % PART == 0:
                    chosen.append(mistake)
            if not chosen:
                continue
            folder = self.place(files)
            if self.errors(folder):
                continue  # good for the corpus runner alone, which hands it more than files
            for kind, path, begin, end, text in chosen:
                good, edited = files[path], files[path][begin:end].strip()
                self.write(folder / path, good[:begin] + text + good[end:])
                found = self.errors(folder)
                self.write(folder / path, good)
                kinds[kind, min(len(found), 2)] += 1
                if len(found) > 1 and (name, kind, edited) not in TWO:
                    several.append(f"{name}: {kind}: {edited} -> {text}\n    " + "\n    ".join(found))
        for kind in sorted({kind for kind, _ in kinds}):
            print(f"{kind:20} {kinds[kind, 1]:5} one error, {kinds[kind, 0]:5} none, {kinds[kind, 2]:5} more")
            self.assertGreater(kinds[kind, 1], kinds[kind, 0] + kinds[kind, 2], kind)
        self.assertEqual(several, [], "\n".join(several))


if __name__ == "__main__":
    unittest.main()
